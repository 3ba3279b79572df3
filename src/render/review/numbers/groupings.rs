//! One grouping: a sentence, meters, and what stands behind them.

use maud::{Markup, html};

use crate::render::page::{Head, Meter, meters, table};
use crate::review::sentences::{decimals, of_grouping, recovery as shown};
use crate::review::{Against, Baselines, GroupingEvidence};

use super::{atlas, beyond, cell, meter, moving};

pub(super) fn grouping(grouping: &GroupingEvidence, baselines: &Baselines) -> Markup {
    let against = &grouping.against;
    let rows: Vec<Meter> = against
        .iter()
        .map(|one| {
            let line = one.matched.as_ref().and_then(|line| line.value);
            meter((&one.finding, &one.what), &one.recovery, line, baselines)
        })
        .collect();
    html! {
        article.answer {
            h4 { (grouping.name) }
            p { (of_grouping(grouping)) }
            (meters(&rows, 0.0, 1.0))
            @if !against.is_empty() {
                details {
                    summary { "All numbers" }
                    (told(against, baselines))
                    (pairs(against))
                }
            }
            @if let Some(atlas) = &grouping.atlas {
                details {
                    summary { "Row by row" }
                    (atlas::atlas(atlas))
                }
            }
        }
    }
}

/// How much is told.
fn told(against: &[Against], baselines: &Baselines) -> Markup {
    let heads = [
        Head::Words("against"),
        Head::Numbers("recovery"),
        Head::Numbers("chance"),
        Head::Numbers("beyond rivals"),
        Head::Numbers("k-means, as many groups"),
        Head::Numbers("best pipeline"),
        Head::Numbers("ceiling"),
    ];
    let rows: Vec<Vec<Markup>> = against
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (shown(&one.recovery)) },
                cell(one.recovery.chance),
                html! { (beyond(one.beyond.as_ref())) },
                cell(one.matched.as_ref().and_then(|line| line.value)),
                cell(baselines.most(&one.finding, &one.what)),
                cell(baselines.ceiling(&one.finding, &one.what)),
            ]
        })
        .collect();
    table(
        &moving(against.iter().map(|one| &one.recovery)),
        &heads,
        &rows,
    )
}

/// A column of a table.
struct Column {
    head: &'static str,
    told: fn(&Against) -> Option<f64>,
    /// What pairs at random get.
    by_chance: fn(&Against) -> Option<f64>,
}

impl Column {
    const fn of(head: &'static str, told: fn(&Against) -> Option<f64>) -> Self {
        Self {
            head,
            told,
            by_chance: |_| None,
        }
    }
}

/// How rows are paired; the shares of pairs with what pairs at random get, the indices without.
const PAIRS: [Column; 7] = [
    Column {
        head: "pair precision",
        told: |one| one.pair_precision,
        by_chance: |one| one.pair_precision_by_chance,
    },
    Column {
        head: "pair recall",
        told: |one| one.pair_recall,
        by_chance: |one| one.pair_recall_by_chance,
    },
    Column::of("adjusted Rand index", |one| one.adjusted_rand),
    Column::of("with rows left out as groups of their own", |one| {
        one.adjusted_rand_of_all
    }),
    Column::of("expected, where a side is soft", |one| {
        one.expected?.adjusted_rand
    }),
    Column::of("attainable", |one| one.expected?.attainable),
    Column::of("element-centric similarity", |one| one.element_similarity),
];

/// How rows are paired; columns that have no number anywhere are left out.
fn pairs(against: &[Against]) -> Markup {
    let told = |column: &Column| against.iter().any(|one| (column.told)(one).is_some());
    let there: Vec<Column> = PAIRS.into_iter().filter(told).collect();
    if there.is_empty() {
        return html! {};
    }
    let mut heads = vec![Head::Words("against")];
    heads.extend(there.iter().map(|column| Head::Numbers(column.head)));
    let rows: Vec<Vec<Markup>> = against
        .iter()
        .filter(|one| there.iter().any(|column| (column.told)(one).is_some()))
        .map(|one| {
            let mut row = vec![html! { (one.what) }];
            row.extend(there.iter().map(|column| {
                let by_chance = (column.by_chance)(one).map(decimals);
                html! {
                    (cell((column.told)(one)))
                    @if let Some(by_chance) = by_chance { " (by chance " (by_chance) ")" }
                }
            }));
            row
        })
        .collect();
    table(
        "How pairs of rows agree, where the thing is a grouping itself.",
        &heads,
        &rows,
    )
}
