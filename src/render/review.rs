//! The review page: the report beside what is there, for the person who holds the talk.

mod finding;
mod numbers;

use maud::{Markup, html};

use crate::bundle::Key;
use crate::generate::FindingKind;
use crate::review::{Baselines, Evidence, FindingEvidence};
use crate::text::thousands;

use super::page::{coded, facts, notice, quote, section, styled};

const STYLE: &str = include_str!("review/review.css");

/// Said wherever a file is not there.
const NOT_SUBMITTED: &str = "Not submitted; nothing follows from that.";

/// `review.html`: passages first, then numbers where files allow them. It concludes nothing.
pub fn review_page(evidence: &Evidence, key: &Key, baselines: &Baselines) -> String {
    let body = html! {
        @if let Some(mark) = &evidence.mark { (notice(mark, "")) }
        (section("What was submitted", &submitted(evidence)))
        @for (kind, title, lede) in KINDS {
            @let these: Vec<&FindingEvidence> = in_order(evidence, key, kind);
            @if !these.is_empty() {
                (section(title, &html! {
                    p.soft { (lede) }
                    @for one in these { (finding::block(one, evidence, key, baselines)) }
                }))
            }
        }
        (section("Also in the report", &unplaced(evidence)))
        (section("The numbers, where files allow them", &numbers::all(evidence, baselines)))
        (section("What was left out on purpose", &left_out(evidence)))
        (section("How to read these numbers", &how_to_read()))
    };
    styled(
        &format!("Review of the report by {}", evidence.candidate),
        &format!("{}, for reviewers only", evidence.scenario),
        "What the report says about each thing that is there, in the candidate’s own words, then \
         numbers where files allow them. This page offers and does not conclude: you do, before \
         the talk and again after it.",
        STYLE,
        &body,
    )
}

/// Kinds of finding in the order of the page.
const KINDS: [(FindingKind, &str, &str); 4] = [
    (
        FindingKind::Structure,
        "Structures",
        "Latent meaning: what the columns tell together.",
    ),
    (
        FindingKind::Groups,
        "Groups",
        "Whether there are groups, and how many.",
    ),
    (
        FindingKind::Defect,
        "Defects",
        "Planted problems. Naming an artefact as one is worth as much as any structure.",
    ),
    (
        FindingKind::Innocent,
        "The innocent",
        "An anomaly that is real and should be left alone.",
    ),
];

/// Findings of a kind in the key's order; those that the key does not know come last.
fn in_order<'a>(evidence: &'a Evidence, key: &Key, kind: FindingKind) -> Vec<&'a FindingEvidence> {
    let place = |finding: &FindingEvidence| {
        let mut known = key.findings.iter();
        known
            .position(|other| other.id == finding.id)
            .unwrap_or(usize::MAX)
    };
    let these = evidence.findings.iter();
    let mut these: Vec<&FindingEvidence> = these.filter(|finding| finding.kind == kind).collect();
    these.sort_by_key(|finding| place(finding));
    these
}

fn submitted(evidence: &Evidence) -> Markup {
    html! {
        (facts(&[
            ("report", evidence.report.clone()),
            ("words", thousands(evidence.words)),
            ("rows delivered", thousands(evidence.rows)),
            ("bundle", evidence.bundle.clone()),
        ]))
        ul { @for line in &evidence.submitted { li { (coded(line)) } } }
        @if !evidence.notes.is_empty() {
            h3 { "Worth knowing about the files" }
            ul { @for note in &evidence.notes { li { (coded(note)) } } }
        }
        h3 { "Issues that the candidate listed" }
        @if evidence.issues.is_empty() {
            p { "No list of issues was submitted; nothing follows from that." }
        } @else {
            ul { @for issue in &evidence.issues { li { (coded(issue)) } } }
        }
    }
}

fn unplaced(evidence: &Evidence) -> Markup {
    html! {
        @if evidence.unplaced.is_empty() {
            p { "No other paragraph of some length." }
        } @else {
            p.soft { "Quoted under no finding above. True things that are not in the key count as \
                      much." }
        }
        @for passage in &evidence.unplaced {
            article.finding.aside {
                (quote(&passage.quote, &passage.place))
                dl.boxes { div.note { dt { "note" } dd {} } }
            }
        }
    }
}

fn left_out(evidence: &Evidence) -> Markup {
    html! {
        @if evidence.left_out.is_empty() {
            p { (NOT_SUBMITTED) }
        } @else {
            ul { @for one in &evidence.left_out { li { "“" (one) "”" } } }
        }
    }
}

fn how_to_read() -> Markup {
    html! {
        dl.reading {
            dt { "Recovery" }
            dd { "How much of a structure an answer tells: 0 is what chance gives, 1 is all of it. \
                  Every structure is noisy in the columns, so even the best analysis stays well \
                  under 1." }
            dt { "Chance" }
            dd { "The grey range. Random answers of the same shape stay inside it in 99 of 100 \
                  cases; a dot inside it says nothing." }
            dt { "Beyond rivals" }
            dd { "What an answer tells of a structure among rows that agree in the other structures. A \
                  grouping may follow one thing only because that goes with another: then it tells \
                  nothing beyond its rivals. Here 1 is what the others leave of it, and of a gradient \
                  what the columns show of that, so this number may be the larger one. A structure \
                  counts as recovered when both numbers are above chance. “Nothing left to find” says that the others tell nearly all of it." }
            dt { "K-means with as many groups" }
            dd { "More groups tell more of everything. The dashed line is what k-means gets with as many, \
                  on the columns before any defect; only the distance from it says something about the \
                  grouping." }
            dt { "A learner with the answers" }
            dd { "The ceiling: boosted trees that were shown the truth of other rows, for gradients least \
                  squares on the truth itself. What the columns hardly show has a low one. It is an estimate: where \
                  sides lie apart, an answer may pass it." }
            dt { "Rests on an artefact" }
            dd { "Of all that is there, a grouping lies closest to rows that a planted defect touched. It may be \
                  an honest description of these rows; the talk shows what its author makes of it." }
            dt { "Intervals" }
            dd {
                "Where the number would lie in 95 of 100 tables like this one. All rows of an entity count as one \
                 draw: what is true of an entity is not seen again in each of its rows."
            }
            dt { "Row by row" }
            dd {
                "Each group is read as the type that it has most of; a row is told when it is of that type itself. Of \
                 mixtures this is the row’s share, so even types that are told as well as can be stay under 100 %."
            }
            dt { "Adjusted Rand index, element-centric similarity" }
            dd {
                "Agreement of two groupings, for comparison with other work: 1 is the same grouping; 0 is chance for \
                 the former, which punishes finer answers even where they tell more. Of soft sides the expected value \
                 is given, and as attainable what the truth’s own largest shares would get."
            }
            dt { "Cleaning by consequence" }
            dd {
                "Boosted trees and least squares that know the answers learn from the delivered and from the cleaned \
                 data. Where they tell more from the latter, the cleaning has helped. Rows that were dropped take \
                 nothing away from these numbers, so see how many are left. \
                 Both forgive much, another unit say, that would mislead a plain method: cleaning may have mattered \
                 more than this shows."
            }
            dt { "Pair precision, pair recall" }
            dd { "Of two rows in one group, how often they belong together; of two rows that belong \
                  together, how often they are in one group. Many small groups raise the first and \
                  lower the second." }
            dt { "Repaired, acted on" }
            dd { "Of what a defect touched, the share that is as it should be, and the share that was \
                  changed or dropped at all, with 95 % intervals. Another repair can be as \
                  reasonable as ours." }
            dt { "Free" }
            dd { "What default pipelines, and baselines that the team added, reach of it without a \
                  person: the largest recovery of their answers, and whether their report speaks of it. \
                  A dash says that they reach nothing. It tells what the talk need not dwell on." }
            dt { "Passages" }
            dd { "Found by words and columns, three at most, each up to about 500 characters. Some will be beside the point, and the \
                  report may say a thing in words that nobody thought of: read before you conclude." }
        }
        p { "No number here is a mark. What is not in the report may still come up in the talk, \
             something true may be missing from the key, and you may have misread: the boxes \
             have room for that." }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_finding_has_a_place() {
        let kinds = KINDS.map(|(kind, ..)| kind);
        for kind in [
            FindingKind::Structure,
            FindingKind::Groups,
            FindingKind::Defect,
            FindingKind::Innocent,
        ] {
            assert!(kinds.contains(&kind));
        }
    }

    #[test]
    fn what_is_said_on_every_page_names_nobody_down() {
        let words = how_to_read().into_string().to_lowercase();
        for bad in ["missed", "fooled", "wrong", "score", "rank", "fail"] {
            assert!(!words.contains(bad), "{bad}");
        }
    }
}
