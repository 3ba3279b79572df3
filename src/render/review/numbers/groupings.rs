//! One grouping: a sentence, meters, and all numbers.

use maud::{Markup, html};

use crate::render::page::{ColumnHead, Meter, meters, table};
use crate::report::interval_note;
use crate::report::{decimals, grouping_sentence, recovery_text};
use crate::review::{Baselines, GroupingComparison, GroupingEvidence};

use super::atlas;
use super::recovery::{cell, conditional, meter};

pub(super) fn grouping(grouping: &GroupingEvidence, baselines: &Baselines) -> Markup {
    let against = &grouping.comparisons;
    let rows: Vec<Meter> = against
        .iter()
        .map(|one| {
            let line = one.kmeans.as_ref().and_then(|line| line.value);
            meter((&one.finding, &one.what), &one.alone, line, baselines)
        })
        .collect();
    html! {
        article.answer {
            h4 { (grouping.name) }
            p { (grouping_sentence(grouping)) }
            (meters(&rows, 0.0, 1.0))
            @if !against.is_empty() {
                details {
                    summary { "All numbers" }
                    (recoveries(against, baselines))
                    (pairs(against))
                }
            }
            @if let Some(atlas) = &grouping.row_agreement {
                details {
                    summary { "Row by row" }
                    (atlas::atlas(atlas))
                }
            }
        }
    }
}

/// Recovery of each structure, with all values to compare it with.
fn recoveries(against: &[GroupingComparison], baselines: &Baselines) -> Markup {
    let heads = [
        ColumnHead::Words("structure"),
        ColumnHead::Numbers("recovery"),
        ColumnHead::Numbers("chance"),
        ColumnHead::Numbers("conditional"),
        ColumnHead::Numbers("k-means, same k"),
        ColumnHead::Numbers("best baseline"),
        ColumnHead::Numbers("ceiling"),
    ];
    let rows: Vec<Vec<Markup>> = against
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (recovery_text(&one.alone)) },
                cell(one.alone.chance),
                html! { (conditional(one.conditional.as_ref())) },
                cell(one.kmeans.as_ref().and_then(|line| line.value)),
                cell(baselines.most(&one.finding, &one.what)),
                cell(baselines.ceiling(&one.finding, &one.what)),
            ]
        })
        .collect();
    table(
        &interval_note(against.iter().map(|one| &one.alone)),
        &heads,
        &rows,
    )
}

struct PairColumn {
    head: &'static str,
    value: fn(&GroupingComparison) -> Option<f64>,
    /// The value of random pairs.
    by_chance: fn(&GroupingComparison) -> Option<f64>,
}

impl PairColumn {
    const fn of(head: &'static str, value: fn(&GroupingComparison) -> Option<f64>) -> Self {
        Self {
            head,
            value,
            by_chance: |_| None,
        }
    }
}

/// How pairs of rows agree: the shares also with those of random pairs.
const PAIRS: [PairColumn; 7] = [
    PairColumn {
        head: "pair precision",
        value: |one| one.pair_precision,
        by_chance: |one| one.pair_precision_by_chance,
    },
    PairColumn {
        head: "pair recall",
        value: |one| one.pair_recall,
        by_chance: |one| one.pair_recall_by_chance,
    },
    PairColumn::of("adjusted Rand index", |one| one.adjusted_rand),
    PairColumn::of("unlabelled rows as singletons", |one| {
        one.adjusted_rand_of_all
    }),
    PairColumn::of("expected (soft)", |one| one.expected?.adjusted_rand),
    PairColumn::of("attainable", |one| one.expected?.attainable),
    PairColumn::of("element-centric similarity", |one| one.element_similarity),
];

/// How pairs of rows agree; columns without any number are omitted.
fn pairs(against: &[GroupingComparison]) -> Markup {
    let has_value = |column: &PairColumn| against.iter().any(|one| (column.value)(one).is_some());
    let there: Vec<PairColumn> = PAIRS.into_iter().filter(has_value).collect();
    if there.is_empty() {
        return html! {};
    }
    let mut heads = vec![ColumnHead::Words("structure")];
    heads.extend(there.iter().map(|column| ColumnHead::Numbers(column.head)));
    let rows: Vec<Vec<Markup>> = against
        .iter()
        .filter(|one| there.iter().any(|column| (column.value)(one).is_some()))
        .map(|one| {
            let mut row = vec![html! { (one.what) }];
            row.extend(there.iter().map(|column| {
                let by_chance = (column.by_chance)(one).map(decimals);
                html! {
                    (cell((column.value)(one)))
                    @if let Some(by_chance) = by_chance { " (chance " (by_chance) ")" }
                }
            }));
            row
        })
        .collect();
    table(
        "How pairs of rows agree, for structures that are groupings themselves.",
        &heads,
        &rows,
    )
}
