//! The numbers, where files allow them: a sentence, then meters, then a table.

use maud::{Markup, html};

use crate::measure::Recovery;
use crate::review::sentences::{
    counted, decimals, of_axes, of_cleaning, of_damage, of_grouping, recovery as shown,
};
use crate::review::{
    AxesEvidence, BeyondEvidence, CleaningEvidence, Evidence, GroupingEvidence, Ladder,
};

use crate::render::page::{Head, Look, Meter, Reference, look, meters, table};

use super::NOT_SUBMITTED;

/// Groupings, axes and cleaning; each has its place whether or not there is a file.
pub(super) fn all(evidence: &Evidence, free: &Ladder) -> Markup {
    let (groupings, axes) = (&evidence.groupings, &evidence.axes);
    let cleaned = !evidence.cleaning.is_empty() || evidence.damage.is_some();
    html! {
        section {
            h3 { "Groupings" }
            @if groupings.is_empty() { p { (NOT_SUBMITTED) } } @else { (keys(&MARKS)) }
            @for one in groupings { (grouping(one, free)) }
        }
        section {
            h3 { "Axes" }
            @if axes.is_empty() { p { (NOT_SUBMITTED) } } @else { (keys(&MARKS[1..])) (against_axes(axes, free)) }
        }
        section {
            h3 { "Cleaned data" }
            @if cleaned { (cleaning(evidence)) } @else { p { (NOT_SUBMITTED) } }
        }
    }
}

fn keys(marks: &[(&str, Look)]) -> Markup {
    html! {
        p.keys {
            "Recovery from 0, what chance gives, to 1, all of it. Grey: what random answers of the same \
             shape reach. Where there is one: "
            @for (at, (name, mark)) in marks.iter().enumerate() {
                @if at > 0 { ", " }
                (look(*mark)) " " (name)
            }
            "."
        }
    }
}

/// Marks on a scale, by what they stand for; the first is for groupings.
const MARKS: [(&str, Look); 3] = [
    ("k-means with as many groups", Look::Dashed),
    ("the best default pipeline or baseline", Look::Solid),
    ("a learner with the answers at hand", Look::Bracket),
];

/// One thing on its scale, between what is free and what can be had.
fn meter(
    (finding, what): (&str, &str),
    recovery: &Recovery,
    line: Option<f64>,
    free: &Ladder,
) -> Meter {
    let values = [line, free.most(finding, what), free.ceiling(finding, what)];
    let marks = MARKS.into_iter().zip(values);
    Meter {
        name: what.to_owned(),
        value: recovery.value,
        shown: shown(recovery),
        chance: recovery.chance.map(|chance| (0.0, chance)),
        references: marks
            .filter_map(|((name, look), value)| {
                let value = value?;
                let name = name.to_owned();
                Some(Reference { name, value, look })
            })
            .collect(),
    }
}

fn grouping(grouping: &GroupingEvidence, free: &Ladder) -> Markup {
    let rows: Vec<Meter> = grouping
        .against
        .iter()
        .map(|one| {
            let line = one.matched.as_ref().and_then(|line| line.value);
            meter((&one.finding, &one.what), &one.recovery, line, free)
        })
        .collect();
    let heads = [
        Head::Words("against"),
        Head::Numbers("recovery"),
        Head::Numbers("chance"),
        Head::Numbers("beyond rivals"),
        Head::Numbers("k-means, as many groups"),
        Head::Numbers("best pipeline"),
        Head::Numbers("ceiling"),
        Head::Numbers("pair precision"),
        Head::Numbers("pair recall"),
        Head::Numbers("adjusted Rand index"),
    ];
    let cell = |value: Option<f64>| html! { (value.map_or("–".to_owned(), decimals)) };
    let cells: Vec<Vec<Markup>> = grouping
        .against
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                cell(one.recovery.value),
                cell(one.recovery.chance),
                html! { (beyond(one.beyond.as_ref())) },
                cell(one.matched.as_ref().and_then(|line| line.value)),
                cell(free.most(&one.finding, &one.what)),
                cell(free.ceiling(&one.finding, &one.what)),
                cell(one.pair_precision),
                cell(one.pair_recall),
                cell(one.adjusted_rand),
            ]
        })
        .collect();
    html! {
        article.answer {
            h4 { (grouping.name) }
            p { (of_grouping(grouping)) }
            (meters(&rows, 0.0, 1.0))
            @if !cells.is_empty() {
                details {
                    summary { "All numbers" }
                    (table("A dash stands where the thing is not a grouping.", &heads, &cells))
                }
            }
        }
    }
}

fn against_axes(axes: &[AxesEvidence], free: &Ladder) -> Markup {
    let rows: Vec<Meter> = axes
        .iter()
        .map(|one| meter((&one.finding, &one.what), &one.together, None, free))
        .collect();
    let heads = [
        Head::Words("structure"),
        Head::Words("axis that alone goes best with it"),
        Head::Numbers("squared rank correlation"),
        Head::Numbers("beyond rivals"),
        Head::Numbers("best pipeline"),
        Head::Numbers("ceiling"),
    ];
    let cell = |value: Option<f64>| html! { (value.map_or("–".to_owned(), decimals)) };
    let cells: Vec<Vec<Markup>> = axes
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (one.best.as_deref().unwrap_or("none")) },
                cell(one.best_squared),
                html! { (beyond(one.beyond.as_ref())) },
                cell(free.most(&one.finding, &one.what)),
                cell(free.ceiling(&one.finding, &one.what)),
            ]
        })
        .collect();
    html! {
        p { (of_axes(axes)) }
        (meters(&rows, 0.0, 1.0))
        details {
            summary { "Axis by axis" }
            (table("", &heads, &cells))
        }
    }
}

/// What is left with rivals held fixed, or why that is no number.
fn beyond(beyond: Option<&BeyondEvidence>) -> String {
    beyond.map_or_else(|| "–".to_owned(), |beyond| shown(&beyond.recovery))
}

fn cleaning(evidence: &Evidence) -> Markup {
    let heads = [
        Head::Words("defect"),
        Head::Words("what would repair it"),
        Head::Numbers("repaired"),
        Head::Numbers("acted on"),
    ];
    let row = |one: &CleaningEvidence| {
        vec![
            html! { (one.what) },
            html! { (one.repair) },
            html! { (counted(&one.repaired)) },
            html! { (counted(&one.acted_on)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = evidence.cleaning.iter().map(row).collect();
    html! {
        @if !rows.is_empty() {
            p { (of_cleaning(&evidence.cleaning)) }
            (table("What each defect touched, with 95 % intervals.", &heads, &rows))
        }
        @if let Some(damage) = &evidence.damage { p { (of_damage(damage)) } }
    }
}
