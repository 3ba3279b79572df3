//! The numbers, where files allow them: a sentence, then meters, then a table.

use maud::{Markup, html};

use crate::measure::Recovery;
use crate::review::sentences::{
    counted, decimals, of_axes, of_cleaning, of_damage, of_grouping, recovery,
};
use crate::review::{AxesEvidence, CleaningEvidence, Evidence, GroupingEvidence};

use crate::render::page::{Head, Meter, meters, table};

use super::NOT_SUBMITTED;

/// Groupings, axes and cleaning; each has its place whether or not there is a file.
pub(super) fn all(evidence: &Evidence) -> Markup {
    let (groupings, axes) = (&evidence.groupings, &evidence.axes);
    let cleaned = !evidence.cleaning.is_empty() || evidence.damage.is_some();
    html! {
        section {
            h3 { "Groupings" }
            @if groupings.is_empty() { p { (NOT_SUBMITTED) } } @else { (keys()) }
            @for one in groupings { (grouping(one)) }
        }
        section {
            h3 { "Axes" }
            @if axes.is_empty() { p { (NOT_SUBMITTED) } } @else { (against_axes(axes)) }
        }
        section {
            h3 { "Cleaned data" }
            @if cleaned { (cleaning(evidence)) } @else { p { (NOT_SUBMITTED) } }
        }
    }
}

fn keys() -> Markup {
    html! {
        p.keys { "Recovery from 0, what chance gives, to 1, all of it. Grey: what random answers of \
                  the same shape reach." }
    }
}

fn meter(name: String, recovery: &Recovery, shown: String) -> Meter {
    Meter {
        name,
        value: recovery.value,
        shown,
        chance: recovery.chance.map(|chance| (0.0, chance)),
        references: Vec::new(),
    }
}

fn grouping(grouping: &GroupingEvidence) -> Markup {
    let rows: Vec<Meter> = grouping
        .against
        .iter()
        .map(|one| meter(one.what.clone(), &one.recovery, recovery(&one.recovery)))
        .collect();
    let heads = [
        Head::Words("against"),
        Head::Numbers("recovery"),
        Head::Numbers("chance"),
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

fn against_axes(axes: &[AxesEvidence]) -> Markup {
    let rows: Vec<Meter> = axes
        .iter()
        .map(|one| meter(one.what.clone(), &one.together, recovery(&one.together)))
        .collect();
    let heads = [
        Head::Words("structure"),
        Head::Words("axis that alone goes best with it"),
        Head::Numbers("squared rank correlation"),
    ];
    let cells: Vec<Vec<Markup>> = axes
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (one.best.as_deref().unwrap_or("none")) },
                html! { (one.best_squared.map_or("–".to_owned(), decimals)) },
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
