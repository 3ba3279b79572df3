//! What is free: how far default pipelines get on this bundle.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::explore::{count, share};
use crate::generate::{Finding, FindingKind};
use crate::review::sentences::decimals;
use crate::review::{Ladder, Reached, Rung};

use super::super::page::{Head, coded, records, section};
use super::{anchor, kind};

/// What the pipelines are, and what each reaches of every finding.
pub(super) fn free(key: &Key, ladder: &Ladder) -> Markup {
    if ladder.rungs.is_empty() {
        return html! {};
    }
    section(
        "What is free",
        &html! {
            p.soft {
                "Default pipelines, run on this bundle before anybody saw it. What they reach takes no \
                 insight; what they hand in is kept beside this page, in autopilots/, as submissions."
                @if (ladder.rows as u64) < key.delivered_rows {
                    " They worked on " (count(ladder.rows)) " of "
                    (count(key.delivered_rows as usize)) " delivered rows."
                }
            }
            dl.told {
                @for rung in &ladder.rungs {
                    dt { (rung.name) }
                    dd {
                        @if !rung.steps.is_empty() { (sentence(&rung.steps)) " " }
                        (coded(&rung.says))
                    }
                }
            }
            (reached(key, &ladder.rungs))
        },
    )
}

fn sentence(steps: &str) -> String {
    format!("{}.", super::capital(steps))
}

/// A row for each finding, a column for each pipeline.
fn reached(key: &Key, rungs: &[Rung]) -> Markup {
    let mut heads = vec![Head::Words("finding"), Head::Words("kind")];
    heads.extend(rungs.iter().map(|rung| Head::Words(&rung.name)));
    let mut findings: Vec<&Finding> = key.findings.iter().collect();
    findings.sort_by_key(|finding| (finding.kind, !super::is_decoy(finding)));
    let rows: Vec<Vec<Markup>> = findings
        .into_iter()
        .map(|finding| {
            let mut cells = vec![
                html! { a href=(format!("#{}", anchor(finding))) { (finding.title) } },
                html! { (kind(finding)) },
            ];
            let reached = rungs.iter().map(|rung| rung.of_finding(&finding.id));
            cells.extend(reached.map(|reached| cell(finding, reached)));
            cells
        })
        .collect();
    records(
        "Recovery by the best of its answers, from 0 (chance) to 1 (all of it). For a decoy it says how \
         far a grouping rests on the artefact. “Said”: its report has a passage that bears on it.",
        &heads,
        &rows,
    )
}

fn cell(finding: &Finding, reached: Option<&Reached>) -> Markup {
    let Some(reached) = reached else {
        return html! { "–" };
    };
    let rests = finding.kind == FindingKind::Defect;
    let mut words: Vec<String> = Vec::new();
    if let Some(recovery) = reached.recovery {
        let by = reached.by.as_deref().unwrap_or_default();
        let by = if rests {
            format!("“{by}” rests on it")
        } else {
            by.to_owned()
        };
        words.push(format!("{} ({by})", decimals(recovery)));
    }
    if let Some(repaired) = reached.repaired.filter(|repaired| repaired.of > 0) {
        let part = repaired.count as f64 / repaired.of as f64;
        words.push(format!("{} repaired", share(part)));
    }
    if reached.said {
        words.push("said".to_owned());
    }
    if words.is_empty() {
        words.push("–".to_owned());
    }
    html! { (words.join(", ")) }
}
