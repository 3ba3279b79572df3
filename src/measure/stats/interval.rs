//! A value with its 95 % interval.

/// A value and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The value itself, on all rows.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The lower end; it may leave the range of the measure.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Total tail probability of a 95 % interval.
pub(in crate::measure) const TAIL: f64 = 0.025;
