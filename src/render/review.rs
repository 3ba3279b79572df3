//! The review page: the report compared with the truth, for the interviewer.

mod finding;
mod numbers;

use maud::{Markup, html};

use crate::bundle::Key;
use crate::generate::FindingKind;
use crate::report::NOT_SUBMITTED;
use crate::review::{Baselines, Evidence, FindingEvidence};
use crate::text::thousands;

use super::page::{coded, facts, notice, quote, section, styled};

const STYLE: &str = include_str!("review/review.css");

/// `review.html`: passages first, then numbers where files allow them. It draws no conclusion.
pub fn review_page(evidence: &Evidence, key: &Key, baselines: &Baselines) -> String {
    let body = html! {
        @if let Some(mark) = &evidence.mark { (notice(mark, "")) }
        (section("Submission", &submitted(evidence)))
        @for (kind, title, lede) in KINDS {
            @let these: Vec<&FindingEvidence> = in_order(evidence, key, kind);
            @if !these.is_empty() {
                (section(title, &html! {
                    p.soft { (lede) }
                    @for one in these { (finding::block(one, evidence, key, baselines)) }
                }))
            }
        }
        (section("Other passages", &passages_not_in_key(evidence)))
        (section("Numbers from the files", &numbers::all(evidence, baselines)))
        (section("Left out on purpose", &left_out(evidence)))
        (section("How to read this page", &how_to_read()))
    };
    styled(
        &format!("Review of the report by {}", evidence.candidate),
        &format!("{}, for reviewers only", evidence.scenario),
        "What the report says about each finding, in the candidate’s own words, and numbers where \
         the submitted files allow them. This page draws no conclusion: you do, before the interview \
         and again after it.",
        STYLE,
        &body,
    )
}

/// Kinds of finding in the order of the page.
const KINDS: [(FindingKind, &str, &str); 4] = [
    (
        FindingKind::Structure,
        "Structures",
        "What the columns reveal together.",
    ),
    (
        FindingKind::Groups,
        "Groups",
        "Whether there are groups, and how many.",
    ),
    (
        FindingKind::Defect,
        "Defects",
        "Planted problems. Recognising an artefact is worth as much as finding a structure.",
    ),
    (
        FindingKind::Benign,
        "Benign anomaly",
        "It looks wrong, is real, and should be kept.",
    ),
];

/// Findings of a kind in the order of the key; those not in the key come last.
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
            h3 { "Notes on the files" }
            ul { @for note in &evidence.notes { li { (coded(note)) } } }
        }
        h3 { "Issues listed" }
        @if evidence.issues.is_empty() {
            p { (NOT_SUBMITTED) }
        } @else {
            ul { @for issue in &evidence.issues { li { (coded(issue)) } } }
        }
    }
}

fn passages_not_in_key(evidence: &Evidence) -> Markup {
    html! {
        @if evidence.not_in_key.is_empty() {
            p { "No other long passage." }
        } @else {
            p.soft { "Not quoted under any finding above. True statements that are not in the key count \
                      just as much." }
        }
        @for passage in &evidence.not_in_key {
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
            dd { "How much of a structure an answer recovers: 0 is chance, 1 is everything. All columns \
                  are noisy, so even the best analysis stays well below 1." }
            dt { "Chance" }
            dd { "The grey range: the 99th percentile of the best of N random answers, N being the \
                  number of answers compared. A dot inside it means nothing." }
            dt { "Conditional recovery" }
            dd { "Recovery among rows that agree in the other structures. A grouping may follow one \
                  structure only because it is correlated with another; then its conditional recovery is \
                  chance. Here 1 is everything that the other structures leave over (for a factor: \
                  everything that the columns show of it), so this number can be the larger one. A structure \
                  counts as recovered if both numbers are above chance. “Nothing left to find” means that the \
                  other structures already explain nearly all of it." }
            dt { "K-means with the same number of groups" }
            dd { "More groups always recover more. The dashed line is what k-means gets with the same \
                  number of groups, on the columns before any defect. Only the distance from it says \
                  something about the grouping." }
            dt { "Ceiling" }
            dd { "What a learner recovers that sees the truth of other rows (boosted trees; for factors, \
                  least squares on the truth itself). It is low for a structure that the columns barely \
                  show. It is an estimate, so a very clear answer may exceed it." }
            dt { "Rests on an artefact" }
            dd { "Among everything planted, the grouping matches the rows of a defect best. It may be an \
                  honest description of these rows; the interview shows what its author makes of it." }
            dt { "Intervals" }
            dd { "95 % confidence intervals. All rows of an entity count as one draw, since what is true \
                  of an entity repeats in each of its rows." }
            dt { "Row by row" }
            dd { "Each group is read as its most frequent type, and a row is matched if it is of that type \
                  itself. Rows are mixtures, so each counts with its share of that type, and even the best \
                  possible grouping stays below 100 %." }
            dt { "Adjusted Rand index, element-centric similarity" }
            dd { "Agreement of two groupings, for comparison with other work. 1 is identical; for the former \
                  0 is chance, and it punishes finer groupings even where they recover more. For soft \
                  memberships the expected value is given, and as “attainable” what the truth’s own most \
                  likely types would get." }
            dt { "Effect of cleaning" }
            dd { "Boosted trees and least squares learn the truth from the delivered and from the cleaned \
                  data. If they predict it better from the cleaned data, the cleaning helped. Dropped rows \
                  lower none of these numbers, so check how many are left. Both learners tolerate much \
                  that would mislead a simple method, such as another unit: cleaning may have mattered more \
                  than this shows." }
            dt { "Pair precision, pair recall" }
            dd { "Precision: of two rows in one group, how often they belong together. Recall: of two rows \
                  that belong together, how often they are in one group. Many small groups raise the \
                  first and lower the second." }
            dt { "Repaired, acted on" }
            dd { "Of what a defect touched, the share that is now as it should be, and the share that was \
                  changed or dropped at all, with 95 % intervals. Another repair can be as reasonable as \
                  ours." }
            dt { "Baselines" }
            dd { "What default pipelines, and baselines that the team added, find without a person: their \
                  best recovery, and whether their report mentions it. A dash means that they find \
                  nothing. The interview need not dwell on what they find." }
            dt { "Passages" }
            dd { "Found by words and columns: at most three per finding, each up to about 500 characters. \
                  Some will be irrelevant, and the report may say a thing in other words. Read \
                  before you conclude." }
        }
        p { "No number here is a mark. What is not in the report may still come up in the interview, \
             something true may be missing from the key, and you may have misread. The boxes have room \
             for that." }
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
            FindingKind::Benign,
        ] {
            assert!(kinds.contains(&kind));
        }
    }

    #[test]
    fn help_text_judges_nobody() {
        let words = how_to_read().into_string().to_lowercase();
        for bad in ["missed", "fooled", "wrong", "score", "rank", "fail"] {
            assert!(!words.contains(bad), "{bad}");
        }
    }
}
