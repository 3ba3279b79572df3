//! One finding: the candidate's words, the answer key, and boxes for the reviewer.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::report::{baselines_text, recovery_text, share_text};
use crate::review::{Baselines, Evidence, FindingEvidence, FindingState};

use crate::render::page::{coded, quote};

/// The block of one finding.
pub(super) fn block(
    finding: &FindingEvidence,
    evidence: &Evidence,
    key: &Key,
    baselines: &Baselines,
) -> Markup {
    html! {
        article.finding {
            div.words {
                h3 { (finding.title) }
                @if finding.disclosed { p.soft { "Stated in the brief, so nobody gets credit for it." } }
                @if finding.passages.is_empty() {
                    p.none { "No passage seems to concern this. Read the report before you conclude." }
                }
                @for passage in &finding.passages { (quote(&passage.quote, &passage.place)) }
                (answer_key(finding, evidence, key, baselines))
            }
            (boxes(finding))
        }
    }
}

fn answer_key(
    finding: &FindingEvidence,
    evidence: &Evidence,
    key: &Key,
    baselines: &Baselines,
) -> Markup {
    let files = in_the_files(&finding.id, evidence);
    let known = key.finding(&finding.id);
    html! {
        details {
            summary { "Answer key" }
            p { (coded(&finding.statement)) }
            dl.reading {
                @if let Some(known) = known {
                    @if !known.columns.is_empty() {
                        dt { "Columns" }
                        dd { @for (at, column) in known.columns.iter().enumerate() {
                            @if at > 0 { ", " } code { (column) }
                        } }
                    }
                    dt { "How to notice it" }
                    dd { (coded(&known.how_to_notice)) }
                    dt { "Also accepted" }
                    dd { (coded(&known.accepted)) }
                }
                @if !baselines.results.is_empty() {
                    dt { "Baselines" }
                    dd { (baselines_text(baselines, &finding.id)) }
                }
                @if !files.is_empty() {
                    dt { "In the files" }
                    dd { (files.join("; ")) }
                }
            }
        }
    }
}

/// What the submitted files show of it, briefly.
fn in_the_files(id: &str, evidence: &Evidence) -> Vec<String> {
    let axes = evidence.axes.iter().filter(|axis| axis.finding == id);
    let axes =
        axes.map(|axis| format!("all axes together: recovery {}", recovery_text(&axis.alone)));
    let groupings = evidence.groupings.iter().flat_map(|grouping| {
        let these = grouping.comparisons.iter().filter(|one| one.finding == id);
        these.map(|one| {
            let recovery = recovery_text(&one.alone);
            format!("“{}” and {}: recovery {recovery}", grouping.name, one.what)
        })
    });
    let cleaning = evidence.cleaning.iter().filter(|one| one.finding == id);
    let cleaning = cleaning.map(|one| format!("repaired: {}", share_text(&one.repaired)));
    axes.chain(groupings).chain(cleaning).collect()
}

const STATES: [(FindingState, &str); 4] = [
    (FindingState::InTheReport, "in the report"),
    (FindingState::Partly, "partly"),
    (FindingState::NotInTheReport, "not in the report"),
    (FindingState::Contradicted, "contradicted"),
];

fn boxes(finding: &FindingEvidence) -> Markup {
    let ticked = |state: Option<FindingState>, this: FindingState| {
        if state == Some(this) { "☑" } else { "☐" }
    };
    html! {
        dl.boxes {
            div {
                dt { "before interview" }
                dd { @for (state, word) in STATES { span { (ticked(finding.state, state)) " " (word) } " " } }
            }
            div {
                dt { "after interview" }
                dd {
                    @for (state, word) in STATES { span { (ticked(finding.after_talk, state)) " " (word) } " " }
                    span { (ticked(finding.after_talk, FindingState::IHadMisreadIt)) " I had misread it" }
                }
            }
            div.note {
                dt { "note" }
                dd { (finding.note) }
            }
        }
    }
}
