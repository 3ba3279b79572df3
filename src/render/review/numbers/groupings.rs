//! One grouping: a sentence, meters, and what stands behind them.

use maud::{Markup, html};

use crate::render::page::{Head, Meter, meters, table};
use crate::review::sentences::{of_grouping, recovery as shown};
use crate::review::{Against, GroupingEvidence, Ladder};

use super::{atlas, beyond, cell, meter, moving};

pub(super) fn grouping(grouping: &GroupingEvidence, free: &Ladder) -> Markup {
    let against = &grouping.against;
    let rows: Vec<Meter> = against
        .iter()
        .map(|one| {
            let line = one.matched.as_ref().and_then(|line| line.value);
            meter((&one.finding, &one.what), &one.recovery, line, free)
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
                    (told(against, free))
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
fn told(against: &[Against], free: &Ladder) -> Markup {
    let heads = [
        Head::Words("against"),
        Head::Numbers("recovery"),
        Head::Numbers("chance"),
        Head::Numbers("beyond rivals"),
        Head::Numbers("k-means, as many groups"),
        Head::Numbers("best pipeline"),
        Head::Numbers("gain over that"),
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
                cell(free.most(&one.finding, &one.what)),
                cell(one.adds),
                cell(free.ceiling(&one.finding, &one.what)),
            ]
        })
        .collect();
    table(
        &moving(against.iter().map(|one| &one.recovery)),
        &heads,
        &rows,
    )
}

/// A column of a table: its head, and its number.
type Column = (&'static str, Told, Told);
type Told = fn(&Against) -> Option<f64>;

/// How rows are paired; each with what pairs at random get, where that is not 0.
const PAIRS: [Column; 7] = [
    (
        "pair precision",
        |one| one.pair_precision,
        |one| one.pair_precision_by_chance,
    ),
    (
        "pair recall",
        |one| one.pair_recall,
        |one| one.pair_recall_by_chance,
    ),
    ("adjusted Rand index", |one| one.adjusted_rand, |_| None),
    (
        "with rows left out as groups of their own",
        |one| one.adjusted_rand_of_all,
        |_| None,
    ),
    (
        "expected, where a side is soft",
        |one| one.expected?.adjusted_rand,
        |_| None,
    ),
    ("attainable", |one| one.expected?.attainable, |_| None),
    (
        "element-centric similarity",
        |one| one.element_similarity,
        |_| None,
    ),
];

/// How rows are paired; columns that have no number anywhere are left out.
fn pairs(against: &[Against]) -> Markup {
    let told = |column: &Column| against.iter().any(|one| column.1(one).is_some());
    let there: Vec<Column> = PAIRS.into_iter().filter(told).collect();
    if there.is_empty() {
        return html! {};
    }
    let mut heads = vec![Head::Words("against")];
    heads.extend(there.iter().map(|column| Head::Numbers(column.0)));
    let rows: Vec<Vec<Markup>> = against
        .iter()
        .filter(|one| there.iter().any(|column| column.1(one).is_some()))
        .map(|one| {
            let mut row = vec![html! { (one.what) }];
            row.extend(there.iter().map(|(_, told, by_chance)| {
                let by_chance = by_chance(one).map(crate::review::sentences::decimals);
                html! {
                    (cell(told(one)))
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
