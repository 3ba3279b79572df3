//! Numbers on their scale, between chance, baselines and the ceiling.

use maud::{Markup, html};

/// A number on its scale.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meter {
    /// What the number is about.
    pub name: String,
    /// The number; none if it was not submitted or is not defined.
    pub value: Option<f64>,
    /// The number as text: `0.42`, or why there is none.
    pub shown: String,
    /// The range of chance, from and to.
    pub chance: Option<(f64, f64)>,
    /// The interval of the number.
    pub interval: Option<(f64, f64)>,
    /// Other numbers to compare with: a baseline, the ceiling.
    pub references: Vec<ReferenceMark>,
}

/// A number to compare with, shown as a vertical line.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceMark {
    pub name: String,
    pub value: f64,
    pub style: MarkStyle,
}

/// Styles of vertical lines; they differ by shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkStyle {
    /// A line.
    Solid,
    /// A dashed line.
    Dashed,
    /// A bracket that closes the scale.
    Bracket,
}

impl MarkStyle {
    /// Its CSS class.
    fn class(self) -> &'static str {
        match self {
            Self::Solid => "reference",
            Self::Dashed => "reference dashed",
            Self::Bracket => "reference bracket",
        }
    }
}

/// A reference mark on its own, for a legend.
pub fn mark_sample(style: MarkStyle) -> Markup {
    html! { span.sign aria-hidden="true" { span class=(style.class()) {} } }
}

/// Numbers on one scale from `from` to `to`, one per row: a dot for the value with a bar for its
/// interval, a grey range for chance, vertical lines for references.
pub fn meters(rows: &[Meter], from: f64, to: f64) -> Markup {
    let place = |value: f64| position((value - from) / (to - from));
    html! {
        ul."scale-rows".meter {
            @for row in rows {
                li {
                    span.name title=(row.name) { (row.name) }
                    span.track {
                        @if let Some((low, high)) = row.chance {
                            span.chance title="chance"
                                style=(format!("left:{:.2}%;right:{:.2}%", place(low), 100.0 - place(high))) {}
                        }
                        @for one in &row.references {
                            span class=(one.style.class()) title=(one.name)
                                style=(format!("left:{:.2}%", place(one.value))) {}
                        }
                        @if let Some((low, high)) = row.interval {
                            span.interval title="95 % interval"
                                style=(format!("left:{:.2}%;right:{:.2}%", place(low), 100.0 - place(high))) {}
                        }
                        @if let Some(value) = row.value {
                            span.value style=(format!("left:{:.2}%", place(value))) {}
                        }
                    }
                    span.shown { (row.shown) }
                }
            }
        }
    }
}

/// A share as a position on the track, in per cent; 0 if there is no number.
pub(super) fn position(share: f64) -> f64 {
    if share.is_finite() {
        (share * 100.0).clamp(0.0, 100.0)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meter_off_its_scale_stays_on_the_track() {
        let rows = [-3.0, 7.0, f64::NAN].map(|value| Meter {
            value: Some(value),
            chance: Some((-1.0, f64::INFINITY)),
            interval: Some((f64::NEG_INFINITY, 2.0)),
            ..Meter::default()
        });
        let text = meters(&rows, 0.0, 1.0).into_string();
        assert!(text.contains("left:0.00%") && text.contains("left:100.00%"));
        assert!(!text.contains("NaN") && !text.contains("inf"));
    }
}
