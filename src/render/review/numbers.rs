//! Numbers, where the submitted files allow them: a sentence, then meters, then tables.

mod atlas;
mod cleaning;
mod groupings;

use maud::{Markup, html};

use crate::measure::Recovery;
use crate::review::sentences::{decimals, of_axes, recovery as shown};
use crate::review::{AxesEvidence, Baselines, BeyondEvidence, Evidence};
use crate::text::thousands;

use crate::render::page::{
    ColumnHead, MarkStyle, Meter, ReferenceMark, mark_sample, meters, table,
};

use super::NOT_SUBMITTED;

/// Groupings, axes and cleaning; each has its place whether or not there is a file.
pub(super) fn all(evidence: &Evidence, baselines: &Baselines) -> Markup {
    let (groupings, axes) = (&evidence.groupings, &evidence.axes);
    let cleaned = !evidence.cleaning.is_empty() || evidence.damage.is_some();
    html! {
        section {
            h3 { "Groupings" }
            @if groupings.is_empty() { p { (NOT_SUBMITTED) } } @else { (keys(&MARKS, evidence.recoveries)) }
            @for one in groupings { (groupings::grouping(one, baselines)) }
        }
        section {
            h3 { "Axes" }
            @if axes.is_empty() { p { (NOT_SUBMITTED) } } @else { (keys(&MARKS[1..], evidence.recoveries)) (against_axes(axes, baselines)) }
        }
        section {
            h3 { "Cleaned data" }
            @if cleaned { (cleaning::cleaning(evidence)) } @else { p { (NOT_SUBMITTED) } }
        }
    }
}

fn keys(marks: &[(&str, MarkStyle)], recoveries: usize) -> Markup {
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

/// Marks on a scale, by what they stand for; the first is for groupings.
const MARKS: [(&str, MarkStyle); 3] = [
    ("k-means with the same number of groups", MarkStyle::Dashed),
    ("best baseline", MarkStyle::Solid),
    ("ceiling: a learner that sees the truth", MarkStyle::Bracket),
];

/// One recovery on its scale, between baselines and the ceiling.
fn meter(
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
        shown: shown(recovery),
        chance: recovery.chance.map(|chance| (0.0, chance)),
        interval: recovery
            .interval
            .map(|interval| (interval.low, interval.high)),
        references: marks
            .filter_map(|((name, look), value)| {
                let value = value?;
                let name = name.to_owned();
                Some(ReferenceMark { name, value, look })
            })
            .collect(),
    }
}

fn against_axes(axes: &[AxesEvidence], baselines: &Baselines) -> Markup {
    let rows: Vec<Meter> = axes
        .iter()
        .map(|one| meter((&one.finding, &one.what), &one.together, None, baselines))
        .collect();
    let heads = [
        ColumnHead::Words("structure"),
        ColumnHead::Numbers("recovery"),
        ColumnHead::Numbers("conditional"),
        ColumnHead::Numbers("best baseline"),
        ColumnHead::Numbers("ceiling"),
        ColumnHead::Words("best single axis"),
        ColumnHead::Numbers("its squared rank correlation"),
    ];
    let cells: Vec<Vec<Markup>> = axes
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (shown(&one.together)) },
                html! { (beyond(one.beyond.as_ref())) },
                cell(baselines.most(&one.finding, &one.what)),
                cell(baselines.ceiling(&one.finding, &one.what)),
                html! { (one.best.as_deref().unwrap_or("none")) },
                cell(one.best_squared),
            ]
        })
        .collect();
    html! {
        p { (of_axes(axes)) }
        (meters(&rows, 0.0, 1.0))
        details.answer {
            summary { "All numbers" }
            (table(&moving(axes.iter().map(|one| &one.together)), &heads, &cells))
        }
    }
}

/// A number in a table; a dash where there is none.
fn cell(value: Option<f64>) -> Markup {
    html! { (value.map_or("–".to_owned(), decimals)) }
}

/// What intervals rest on: how many rows, and how many independent ones that is.
fn moving<'a>(recoveries: impl Iterator<Item = &'a Recovery>) -> String {
    let all: Vec<&Recovery> = recoveries.filter(|one| one.interval.is_some()).collect();
    let intervals = || all.iter().filter_map(|one| one.interval);
    let Some(first) = intervals().next().filter(|first| first.units < all[0].rows) else {
        return String::new();
    };
    let whole = |value: f64| thousands(value.round() as usize);
    let effective = || intervals().map(|interval| interval.effective_rows);
    let (low, high) = effective().fold((f64::INFINITY, 0.0_f64), |(low, high), rows| {
        (low.min(rows), high.max(rows))
    });
    format!(
        "Intervals of 95 %. Rows of one entity are alike, so they are drawn together ({} entities): for what \
         differs between entities alone, the {} rows are worth {} that are independent, and for what differs \
         within them up to {}.",
        thousands(first.units),
        thousands(all[0].rows),
        whole(low),
        whole(high)
    )
}

/// Conditional recovery, or why there is none.
fn beyond(beyond: Option<&BeyondEvidence>) -> String {
    beyond.map_or_else(|| "–".to_owned(), |beyond| shown(&beyond.recovery))
}
