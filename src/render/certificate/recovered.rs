//! What rows were made from, and who finds it: only where a key is.

use maud::{Markup, html};

use crate::certify::{Certificate, Oracle};
use crate::measure::mean;

use super::super::page::{
    ColumnHead, MarkStyle, Meter, ReferenceMark, mark_sample, meters, name, records,
};
use super::pairs::column_names;
use super::percent;

/// Columns named for each factor, and the least share of a column's variance that is named.
const NAMED: usize = 4;
const LEAST: f64 = 0.05;

/// The factors: what is found of each, and which columns carry it. Nothing for a table without a key.
pub(super) fn recovered(certificate: &Certificate) -> Markup {
    let Some(oracle) = &certificate.statistics.oracle else {
        return html! {};
    };
    let found = oracle.factors.iter().zip(&oracle.unsupervised);
    let rows: Vec<Meter> = found
        .enumerate()
        .map(|(at, (told, found))| meter(certificate, oracle, at, (*told, *found)))
        .collect();
    let carried: Vec<Vec<Markup>> = oracle
        .carried
        .iter()
        .enumerate()
        .map(|(at, shares)| {
            vec![
                html! { (factor(certificate, at)) },
                carriers(certificate, shares),
            ]
        })
        .collect();
    let grouping = oracle.best_grouping_of.map_or_else(
        || "the best grouping of at most six groups".to_owned(),
        |(algorithm, k)| {
            format!(
                "the best grouping of at most six groups ({}, {k} groups)",
                algorithm.name()
            )
        },
    );
    html! {
        h3 { "What are these rows made from, and who finds it?" }
        p {
            "A program made the rows from " (oracle.factors.len()) " factors, which nobody who gets the table \
             is told. Shown is how much of each is found, as the share of its variance that is told of rows \
             not seen before (R²), from 0 to 1. The dot: axes that were made without the factors (the first five \
             principal components, or as many axes of a factor analysis as there are factors), fitted to the factor \
             on other rows. "
            (mark_sample(MarkStyle::Bracket)) " a learner that was shown the factors. "
            (mark_sample(MarkStyle::Dashed)) " " (grouping) ", the one that keeps most."
        }
        (meters(&rows, 0.0, 1.0))
        p.otherwise {
            "If the meaning were out of reach, the dots would lie far left of the brackets. If a grouping said \
             as much, the dashed lines would lie at the dots."
        }
        @if !carried.is_empty() {
            (records(
                "Which columns carry them (share of a column's variance that goes with the factor)",
                &[ColumnHead::Words("factor"), ColumnHead::Words("columns")],
                &carried,
            ))
        }
    }
}

/// What of the types that rows were drawn from can be told; none where there are no types, or no key.
pub(super) fn types(certificate: &Certificate) -> Option<String> {
    let sampled = certificate.statistics.oracle.as_ref()?.sampled?;
    Some(format!(
        "Types there are, and little of them can be told: each row was drawn as a mixture of soft types, which \
         overlap so much that a learner that was shown every row's type finds no more of them than an adjusted Rand \
         index of {:.2}, on rows not seen before; the best grouping reaches {:.2}. No grouping is right, then, even for \
         who knows how the rows were made.",
        sampled.oracle, sampled.unsupervised
    ))
}

/// The same in one sentence; none for a table without a key.
pub(super) fn sentence(certificate: &Certificate) -> Option<String> {
    let oracle = certificate.statistics.oracle.as_ref()?;
    let found = oracle.unsupervised.iter().enumerate();
    let names: Vec<String> = found
        .map(|(at, found)| format!("{} {found:.2}", factor(certificate, at)))
        .collect();
    Some(format!(
        "What the rows were made from lies open: axes that are made without it (principal components and the like) \
         hold {} of the variance of its factors on average (R²; {}); a learner that is shown them tells {}.",
        percent(oracle.unsupervised_mean),
        names.join(", "),
        percent(mean(&oracle.factors).unwrap_or(0.0)),
    ))
}

fn factor(certificate: &Certificate, at: usize) -> String {
    let named = certificate.factors.get(at).cloned();
    named.unwrap_or_else(|| format!("factor {}", at + 1))
}

/// `told` by a learner that was shown the factor, `found` by axes made without it.
fn meter(
    certificate: &Certificate,
    oracle: &Oracle,
    at: usize,
    (told, found): (f64, f64),
) -> Meter {
    let mut references = vec![ReferenceMark {
        name: format!("a learner that was shown it: {told:.2}"),
        value: told,
        style: MarkStyle::Bracket,
    }];
    let kept = oracle.best_grouping_factors.get(at);
    references.extend(kept.map(|kept| ReferenceMark {
        name: format!("the best grouping: {kept:.2}"),
        value: *kept,
        style: MarkStyle::Dashed,
    }));
    Meter {
        name: factor(certificate, at),
        value: Some(found),
        shown: kept.map_or_else(
            || format!("{found:.2}"),
            |kept| format!("{found:.2}, grouping {kept:.2}"),
        ),
        chance: None,
        interval: None,
        references,
    }
}

/// The columns that carry a factor most, each with its share.
fn carriers(certificate: &Certificate, shares: &[f64]) -> Markup {
    let names = column_names(certificate);
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
    let most = order
        .into_iter()
        .filter(|at| shares[*at] >= LEAST)
        .take(NAMED);
    html! {
        @for (place, at) in most.enumerate() {
            @if place > 0 { ", " }
            (name(names.get(at).map_or("", String::as_str))) " " (format!("{:.2}", shares[at]))
        }
    }
}
