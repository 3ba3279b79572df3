//! Scales from values to pixels, and the range that the marks need.

use crate::chart::Marks;

/// A scale from values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct AxisScale {
    pub(super) from: f64,
    pub(super) to: f64,
    /// Pixel of `from`.
    pub(super) start: f64,
    /// Pixel of `to`.
    pub(super) end: f64,
}

impl AxisScale {
    /// The pixel of `value`.
    pub(super) fn place(&self, value: f64) -> f64 {
        self.start + (value - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    /// Whether `value` is on the axis.
    pub(super) fn holds(&self, value: f64) -> bool {
        let slack = (self.to - self.from) * 1e-6;
        (self.from - slack..=self.to + slack).contains(&value)
    }
}

/// The range of the marks; finite numbers only.
pub(super) struct Extent {
    x: Option<(f64, f64)>,
    y: Option<(f64, f64)>,
    /// Bars start at zero and end exactly at their edges.
    bars: bool,
}

impl Extent {
    pub(super) fn of(marks: &[Marks]) -> Self {
        let mut all = Self {
            x: None,
            y: None,
            bars: false,
        };
        for mark in marks {
            match mark {
                Marks::Line { points, .. } | Marks::Points { points, .. } => {
                    for (x, y) in points
                        .iter()
                        .filter(|(x, y)| x.is_finite() && y.is_finite())
                    {
                        grow(&mut all.x, *x);
                        grow(&mut all.y, *y);
                    }
                }
                Marks::Bars { bars, .. } => {
                    for (from, to, height) in bars {
                        grow(&mut all.x, *from);
                        grow(&mut all.x, *to);
                        grow(&mut all.y, *height);
                        grow(&mut all.y, 0.0);
                        all.bars = true;
                    }
                }
                Marks::Band { points, .. } => {
                    for (at, low, high) in points {
                        grow(&mut all.x, *at);
                        grow(&mut all.y, *low);
                        grow(&mut all.y, *high);
                    }
                }
                Marks::Rule { at, .. } => grow(&mut all.x, *at),
            }
        }
        all
    }

    pub(super) fn x(&self, given: Option<(f64, f64)>) -> (f64, f64) {
        given.and_then(sound).unwrap_or_else(|| {
            let (from, to) = widened(self.x);
            let margin = if self.bars { 0.0 } else { 0.03 * (to - from) };
            (from - margin, to + margin)
        })
    }

    pub(super) fn y(&self, given: Option<(f64, f64)>) -> (f64, f64) {
        given.and_then(sound).unwrap_or_else(|| {
            let (low, high) = widened(self.y);
            let margin = 0.05 * (high - low);
            let on_zero = |end: f64| self.bars && end.abs() < f64::MIN_POSITIVE;
            let low = if on_zero(low) { low } else { low - margin };
            (low, if on_zero(high) { high } else { high + margin })
        })
    }
}

/// Larger values are treated as infinite, so that the difference of two of them stays finite.
const LARGEST: f64 = 1e300;

fn grow(span: &mut Option<(f64, f64)>, value: f64) {
    if value.is_finite() {
        let value = value.clamp(-LARGEST, LARGEST);
        let (low, high) = span.unwrap_or((value, value));
        *span = Some((low.min(value), high.max(value)));
    }
}

fn sound((from, to): (f64, f64)) -> Option<(f64, f64)> {
    let (from, to) = (from.clamp(-LARGEST, LARGEST), to.clamp(-LARGEST, LARGEST));
    (from < to && to - from > from.abs().max(to.abs()) * 1e-12).then_some((from, to))
}

/// A single value gets space on both sides; without values the range is 0 to 1.
fn widened(span: Option<(f64, f64)>) -> (f64, f64) {
    let (low, high) = span.unwrap_or((0.0, 1.0));
    sound((low, high)).unwrap_or_else(|| {
        let margin = (low.abs() * 0.1).max(0.5);
        (low - margin, high + margin)
    })
}
