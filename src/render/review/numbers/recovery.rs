//! A recovery as a meter or a cell, with the legend of its marks.

use maud::{Markup, html};

use crate::measure::Recovery;
use crate::render::page::{MarkStyle, Meter, ReferenceMark, mark_sample};
use crate::report::{decimals, recovery_text};
use crate::review::{Baselines, ConditionalEvidence};
use crate::text::thousands;

/// Reference marks and their meaning; the first is for groupings only.
pub(super) const MARKS: [(&str, MarkStyle); 3] = [
    ("k-means with the same number of groups", MarkStyle::Dashed),
    ("best baseline", MarkStyle::Solid),
    ("ceiling: a learner that sees the truth", MarkStyle::Bracket),
];

/// One recovery on its scale, between baselines and the ceiling.
pub(super) fn meter(
    (finding, what): (&str, &str),
    recovery: &Recovery,
    line: Option<f64>,
    baselines: &Baselines,
) -> Meter {
    let values = [
        line,
        baselines.most(finding, what),
        baselines.ceiling(finding, what),
    ];
    let marks = MARKS.into_iter().zip(values);
    Meter {
        name: what.to_owned(),
        value: recovery.value,
        shown: recovery_text(recovery),
        chance: recovery.chance.map(|chance| (0.0, chance)),
        interval: recovery
            .interval
            .map(|interval| (interval.low, interval.high)),
        references: marks
            .filter_map(|((name, style), value)| {
                let value = value?;
                let name = name.to_owned();
                Some(ReferenceMark { name, value, style })
            })
            .collect(),
    }
}

pub(super) fn legend(marks: &[(&str, MarkStyle)], recoveries: usize) -> Markup {
    html! {
        p.keys {
            "Recovery runs from 0 (chance) to 1 (everything), with its 95 % interval. Grey: the 99th \
             percentile of the best of " (thousands(recoveries)) " random answers. "
            @for (at, (name, mark)) in marks.iter().enumerate() {
                @if at > 0 { ", " }
                (mark_sample(*mark)) " " (name)
            }
            "."
        }
    }
}

/// A number in a table; a dash if there is none.
pub(super) fn cell(value: Option<f64>) -> Markup {
    html! { (value.map_or("–".to_owned(), decimals)) }
}

/// Conditional recovery, or why there is none.
pub(super) fn conditional(beyond: Option<&ConditionalEvidence>) -> String {
    beyond.map_or_else(|| "–".to_owned(), |beyond| recovery_text(&beyond.recovery))
}
