//! What baselines find on this bundle.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::generate::Finding;
use crate::report::{baseline_finding_text, baseline_sentence};
use crate::report::{finding_kind, is_decoy, sentence};
use crate::review::{BaselineResult, Baselines};
use crate::text::thousands;

use super::super::page::{ColumnHead, coded, records, section};
use super::finding_link::finding_link;

/// The baselines, and how much of every finding each recovers.
pub(super) fn section_of(key: &Key, baselines: &Baselines) -> Markup {
    if baselines.results.is_empty() {
        return html! {};
    }
    section(
        "What baselines find",
        &html! {
            p.soft {
                "Default pipelines, run on this bundle before anyone saw it. Finding what they find \
                 takes no insight. Their submissions are in baselines/, next to this page."
                @if (baselines.rows as u64) < key.delivered_rows {
                    " They ran on " (thousands(baselines.rows)) " of "
                    (thousands(key.delivered_rows as usize)) " delivered rows."
                }
            }
            dl.details {
                @for result in results(baselines) {
                    dt { (result.name) }
                    dd {
                        @if !result.steps.is_empty() { (sentence(&result.steps)) " " }
                        @if let Some(candidate) = &result.candidate { "Added by the team, based on the bundle of " (candidate) ". " }
                        (coded(&baseline_sentence(result)))
                    }
                }
            }
            (reached(key, baselines))
        },
    )
}

/// The baselines, followed by the model trained on the truth.
fn results(baselines: &Baselines) -> impl Iterator<Item = &BaselineResult> {
    baselines.results.iter().chain(&baselines.oracle)
}

/// A row per finding, a column per baseline.
fn reached(key: &Key, baselines: &Baselines) -> Markup {
    let mut heads = vec![ColumnHead::Words("finding"), ColumnHead::Words("kind")];
    heads.extend(results(baselines).map(|result| ColumnHead::Words(&result.name)));
    let mut findings: Vec<&Finding> = key.findings.iter().collect();
    findings.sort_by_key(|finding| (finding.kind, !is_decoy(finding)));
    let rows: Vec<Vec<Markup>> = findings
        .into_iter()
        .map(|finding| {
            let mut cells = vec![finding_link(finding), html! { (finding_kind(finding)) }];
            let reached = results(baselines).map(|result| result.of_finding(&finding.id));
            cells.extend(
                reached.map(|one| html! { (one.map_or("–".to_owned(), baseline_finding_text)) }),
            );
            cells
        })
        .collect();
    records(
        "Best recovery among a baseline’s answers, from 0 (chance) to 1 (everything); for a defect, how \
         well a grouping matches its rows. “Mentioned”: a passage of its report concerns the finding, \
         correctly or not.",
        &heads,
        &rows,
    )
}
