//! Marks and names that several figures share.

use crate::chart::{Axis, Marks, Tone};
use crate::generate::Finding;

use super::sample_rows::SampleRows;

/// Tones of series, in order.
pub(super) const TONES: [Tone; 4] = [Tone::First, Tone::Second, Tone::Third, Tone::Fourth];
/// More points make a figure slow and no clearer.
pub(super) const MOST_POINTS: usize = 2_000;

pub(super) fn line(name: &str, points: Vec<(f64, f64)>, tone: Tone) -> Marks {
    Marks::Line {
        name: name.to_owned(),
        points,
        tone,
    }
}

pub(super) fn points(name: &str, points: Vec<(f64, f64)>, tone: Tone) -> Marks {
    Marks::Points {
        name: name.to_owned(),
        points,
        tone,
    }
}

pub(super) fn rule(at: f64, name: impl Into<String>) -> Marks {
    Marks::Rule {
        at,
        name: name.into(),
    }
}

/// One bar of a bar chart.
pub(super) struct NamedBar {
    pub(super) name: String,
    pub(super) height: f64,
    /// Whether it is highlighted.
    pub(super) marked: bool,
}

/// Named bars next to each other, with the highlighted ones in `tone`; the axis carries the names.
pub(super) fn bars(bars: &[NamedBar], label: &str, tone: Tone) -> (Axis, Vec<Marks>) {
    let side = |marked: bool, tone: Tone| Marks::Bars {
        name: String::new(),
        bars: bars
            .iter()
            .enumerate()
            .filter(|(_, bar)| bar.marked == marked)
            .map(|(at, bar)| (at as f64 + 0.12, at as f64 + 0.88, bar.height))
            .collect(),
        tone,
    };
    let axis = Axis {
        label: label.to_owned(),
        range: Some((0.0, bars.len().max(1) as f64)),
        ticks: bars
            .iter()
            .enumerate()
            .map(|(at, bar)| (at as f64 + 0.5, bar.name.clone()))
            .collect(),
    };
    (axis, vec![side(false, Tone::Quiet), side(true, tone)])
}

/// The columns of a finding that are ordered.
pub(super) fn drawable<'a>(
    rows: &'a SampleRows<'_>,
    finding: &'a Finding,
) -> impl Iterator<Item = &'a String> {
    let measured = rows.measured();
    let columns = finding.columns.iter();
    columns.filter(move |name| measured.contains(&name.as_str()))
}

/// The name of a column as code, with what is drawn of it.
pub(super) fn coded(rows: &SampleRows<'_>, name: &str) -> String {
    let code = format!("`{name}`");
    rows.called(name).replace(name, &code)
}
