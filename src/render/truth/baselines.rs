//! What is free: how far default pipelines get on this bundle.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::generate::Finding;
use crate::review::sentences::of_reached;
use crate::review::{BaselineResult, Baselines};
use crate::text::thousands;

use super::super::page::{Head, coded, records, section};
use super::{anchor, kind};

/// What the pipelines are, and what each reaches of every finding.
pub(super) fn free(key: &Key, baselines: &Baselines) -> Markup {
    if baselines.results.is_empty() {
        return html! {};
    }
    section(
        "What is free",
        &html! {
            p.soft {
                "Default pipelines, run on this bundle before anybody saw it. What they reach takes no \
                 insight; what they hand in is kept beside this page, in autopilots/, as submissions."
                @if (baselines.rows as u64) < key.delivered_rows {
                    " They worked on " (thousands(baselines.rows)) " of "
                    (thousands(key.delivered_rows as usize)) " delivered rows."
                }
            }
            dl.told {
                @for result in results(baselines) {
                    dt { (result.name) }
                    dd {
                        @if !result.steps.is_empty() { (sentence(&result.steps)) " " }
                        @if let Some(on) = &result.on { "Added by the team, on the bundle of " (on) ". " }
                        (coded(&result.says))
                    }
                }
            }
            (reached(key, baselines))
        },
    )
}

/// The pipelines, and last the one who knows the truth.
fn results(baselines: &Baselines) -> impl Iterator<Item = &BaselineResult> {
    baselines.results.iter().chain(&baselines.oracle)
}

fn sentence(steps: &str) -> String {
    format!("{}.", super::capital(steps))
}

/// A row for each finding, a column for each pipeline.
fn reached(key: &Key, baselines: &Baselines) -> Markup {
    let mut heads = vec![Head::Words("finding"), Head::Words("kind")];
    heads.extend(results(baselines).map(|result| Head::Words(&result.name)));
    let mut findings: Vec<&Finding> = key.findings.iter().collect();
    findings.sort_by_key(|finding| (finding.kind, !super::is_decoy(finding)));
    let rows: Vec<Vec<Markup>> = findings
        .into_iter()
        .map(|finding| {
            let mut cells = vec![
                html! { a href=(format!("#{}", anchor(finding))) { (finding.title) } },
                html! { (kind(finding)) },
            ];
            let reached = results(baselines).map(|result| result.of_finding(&finding.id));
            cells.extend(reached.map(|one| html! { (one.map_or("–".to_owned(), of_reached)) }));
            cells
        })
        .collect();
    records(
        "The largest recovery of its answers, from 0 (chance) to 1 (all of it); of a defect, how far a \
         grouping rests on it. “Mentioned”: its report has a passage that bears on it, whether it names it \
         or falls for it.",
        &heads,
        &rows,
    )
}
