//! How well the planted factors are recovered; only with a key.

use maud::{Markup, html};

use crate::certify::{Certificate, Oracle};
use crate::measure::mean;

use super::super::page::{
    ColumnHead, MarkStyle, Meter, ReferenceMark, mark_sample, meters, name, records,
};
use super::pairs::column_names;
use super::panel::percent;

/// Number of columns named for each factor, and the smallest share of variance that is named.
const NAMED: usize = 4;
const LEAST: f64 = 0.05;

/// The factors: how well each is recovered, and which columns depend on it. Empty without a key.
pub(super) fn recovered(certificate: &Certificate) -> Markup {
    let Some(oracle) = &certificate.statistics.oracle else {
        return html! {};
    };
    let found = oracle.factors.iter().zip(&oracle.unsupervised);
    let rows: Vec<Meter> = found
        .enumerate()
        .map(|(at, (supervised, found))| meter(certificate, oracle, at, (*supervised, *found)))
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
        || "the best clustering into at most six clusters".to_owned(),
        |(algorithm, k)| {
            format!(
                "the best clustering into at most six clusters ({}, {k} clusters)",
                algorithm.name()
            )
        },
    );
    html! {
        h3 { "What were the rows generated from, and what recovers it?" }
        p {
            "The rows were generated from " (oracle.factors.len()) " factors that candidates are not told. The plot shows how much of each is recovered: \
             the share of its variance predicted on unseen rows (R²), from 0 to 1. Dot: \
             unsupervised axes (the first five principal components, or as many axes of a factor \
             analysis as there are factors), regressed on the factor on other rows. "
            (mark_sample(MarkStyle::Bracket)) " a model trained on the factors. "
            (mark_sample(MarkStyle::Dashed)) " " (grouping) ", the one that preserves the most."
        }
        (meters(&rows, 0.0, 1.0))
        p.contrast {
            "If the structure could not be found, the dots would be far left of the brackets. If a \
             clustering captured as much, the dashed lines would be at the dots."
        }
        @if !carried.is_empty() {
            (records(
                "Columns that carry the factors (share of a column's variance explained by the \
                 factor)",
                &[ColumnHead::Words("factor"), ColumnHead::Words("columns")],
                &carried,
            ))
        }
    }
}

/// How well the types that rows were drawn from can be predicted; none without types or a key.
pub(super) fn types(certificate: &Certificate) -> Option<String> {
    let sampled = certificate.statistics.oracle.as_ref()?.sampled?;
    Some(format!(
        "The rows do have types, but they overlap. Each row was drawn as a mixture of soft types; \
         even a model trained on the true types recovers them only to an adjusted Rand index of \
         {:.2} on unseen rows. The best clustering reaches {:.2}. No clustering is right, even for \
         someone who knows how the data were made.",
        sampled.oracle, sampled.unsupervised
    ))
}

/// The same in one sentence; none without a key.
pub(super) fn sentence(certificate: &Certificate) -> Option<String> {
    let oracle = certificate.statistics.oracle.as_ref()?;
    let found = oracle.unsupervised.iter().enumerate();
    let names: Vec<String> = found
        .map(|(at, found)| format!("{} {found:.2}", factor(certificate, at)))
        .collect();
    Some(format!(
        "The underlying factors can be recovered: unsupervised axes (principal components and the \
         like) explain {} of their variance on average (R²; {}); a model trained on them explains \
         {}.",
        percent(oracle.unsupervised_mean),
        names.join(", "),
        percent(mean(&oracle.factors).unwrap_or(0.0)),
    ))
}

fn factor(certificate: &Certificate, at: usize) -> String {
    let named = certificate.factors.get(at).cloned();
    named.unwrap_or_else(|| format!("factor {}", at + 1))
}

/// `supervised` by a model trained on the factor, `found` by unsupervised axes.
fn meter(
    certificate: &Certificate,
    oracle: &Oracle,
    at: usize,
    (supervised, found): (f64, f64),
) -> Meter {
    let mut references = vec![ReferenceMark {
        name: format!("a model trained on it: {supervised:.2}"),
        value: supervised,
        style: MarkStyle::Bracket,
    }];
    let kept = oracle.best_grouping_factors.get(at);
    references.extend(kept.map(|kept| ReferenceMark {
        name: format!("the best clustering: {kept:.2}"),
        value: *kept,
        style: MarkStyle::Dashed,
    }));
    Meter {
        name: factor(certificate, at),
        value: Some(found),
        shown: kept.map_or_else(
            || format!("{found:.2}"),
            |kept| format!("{found:.2}, clustering {kept:.2}"),
        ),
        chance: None,
        interval: None,
        references,
    }
}

/// The columns that depend most on a factor, with their shares.
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
