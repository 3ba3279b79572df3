//! Assembles the evidence about one submission.

use super::comparison::{
    Cleaning, ComparisonContext, compare_axes, compare_cleaned, compare_groupings, consequences,
};
use super::{BundleTruth, Evidence, FindingEvidence, Passage, Terms, find, passages_not_in_key};
use crate::generate::{Finding, Truth};
use crate::random::Stream;
use crate::submission::{Issue, Report, Submission};

/// Version of `evidence.json`.
const FORMAT: u32 = 2;

/// The evidence about a submission. The same input gives the same evidence: `stream` is used only
/// for chance levels.
pub fn assess(truth: &BundleTruth, submission: &Submission, stream: &Stream) -> Evidence {
    let answers = submission.groups.len()
        + submission.soft.len()
        + submission.axes.len()
        + usize::from(submission.cleaned.is_some());
    // Without comparisons with the truth, no context is needed.
    let context = if answers > 0 {
        ComparisonContext::new(truth, &stream.fork("ground"))
    } else {
        ComparisonContext::alone(truth)
    };
    on_ground(truth, submission, &context, stream)
}

/// [`assess`] without other structures as covariates and without the k-means comparison: enough for
/// a baseline.
pub fn assess_alone(truth: &BundleTruth, submission: &Submission, stream: &Stream) -> Evidence {
    on_ground(truth, submission, &ComparisonContext::alone(truth), stream)
}

fn on_ground(
    truth: &BundleTruth,
    submission: &Submission,
    context: &ComparisonContext,
    stream: &Stream,
) -> Evidence {
    let key = &truth.key;
    // Training models is for reviews; baselines do not need it.
    let cleaned = submission
        .cleaned
        .as_ref()
        .filter(|_| context.rows().is_some());
    let of_data = || {
        let consequences = cleaned.map_or_else(Vec::new, |cleaned| {
            consequences(truth, cleaned, context, &stream.fork("consequences"))
        });
        (cleaning(truth, submission), consequences)
    };
    let of_answers = || {
        let groupings = compare_groupings(truth, submission, context, &stream.fork("groupings"));
        let axes = compare_axes(truth, submission, context, &stream.fork("axes"));
        (groupings, axes)
    };
    let ((cleaning, consequences), (groupings, axes)) = rayon::join(of_data, of_answers);
    let listed = groupings.iter().map(|one| one.comparisons.len());
    let unlisted = groupings.len() * context.subjects.len() - listed.sum::<usize>();
    let notes = submission.notes.iter();
    let notes = notes.map(|note| format!("{}: {}", note.file, note.says));
    let scope = submission.scope.as_ref();
    let findings: Vec<FindingEvidence> = key
        .findings
        .iter()
        .map(|finding| beside(finding, &submission.report))
        .collect();
    let mut columns: Vec<String> = truth.delivered.names().map(str::to_owned).collect();
    let told = key.findings.iter().flat_map(|finding| &finding.columns);
    for column in told {
        // Columns of child tables are known from the findings in them.
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    let not_in_key = passages_not_in_key(&submission.report, &findings, &columns);
    Evidence {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        mark: key.mark.clone(),
        bundle: key.bundle.clone(),
        candidate: key.candidate.clone(),
        scenario: key.scenario.clone(),
        rows: truth.delivered.rows(),
        report: submission.report.file.clone(),
        words: submission.report.words,
        submitted: submission.present.clone(),
        notes: notes.chain(cleaning.notes).collect(),
        findings,
        recoveries: 0,
        groupings,
        axes,
        cleaning: cleaning.defects,
        damage: cleaning.damage,
        damaged: cleaning.damaged,
        dropped: cleaning.dropped,
        consequences,
        issues: submission.issues.iter().map(issue).collect(),
        left_out: scope.map_or_else(Vec::new, |scope| scope.left_out.clone()),
        not_in_key,
    }
    .with_chance_of_largest(unlisted)
}

/// What the cleaned data repaired, table by table. A table that was not submitted gives no
/// comparison, which is noted if others were submitted.
fn cleaning(truth: &BundleTruth, submission: &Submission) -> Cleaning {
    let main = submission.cleaned.as_ref();
    let mut all = main.map_or_else(Cleaning::none, |cleaned| compare_cleaned(truth, cleaned));
    let mut tables: Vec<&String> = truth
        .key
        .findings
        .iter()
        .filter_map(|finding| finding.table.as_ref())
        .collect();
    tables.sort_unstable();
    tables.dedup();
    let submitted = |table: &String| submission.cleaned_children.contains_key(table);
    let any = main.is_some() || tables.iter().any(|table| submitted(table));
    for table in tables {
        let known = truth.children.iter();
        let child = known
            .clone()
            .find(|child| child.table.as_ref() == Some(table));
        match (child, submission.cleaned_children.get(table)) {
            (Some(child), Some(cleaned)) => {
                let found = compare_cleaned(child, cleaned);
                all.defects.extend(found.defects);
                all.notes.extend(found.notes);
                all.damaged.extend(found.damaged);
                if let Some(damage) = found.damage.filter(|damage| damage.count > 0) {
                    all.notes.push(format!(
                        "the cleaned data of `{table}`: {} of {} untouched cells changed",
                        damage.count, damage.of
                    ));
                }
            }
            _ if any => all.notes.push(format!(
                "the cleaned data of `{table}`: not submitted; nothing follows from that"
            )),
            _ => {}
        }
    }
    all
}

/// One finding with the passages that bear on it; fields for a person to fill in are empty.
fn beside(finding: &Finding, report: &Report) -> FindingEvidence {
    let terms = Terms {
        columns: finding.columns.clone(),
        strong: finding.words.clone(),
        weak: finding.hints.clone(),
    };
    FindingEvidence {
        id: finding.id.clone(),
        kind: finding.kind,
        title: finding.title.clone(),
        statement: finding.statement.clone(),
        disclosed: finding.disclosed,
        passages: bearing(finding, find(report, &terms)),
        state: None,
        after_talk: None,
        note: String::new(),
    }
}

/// Passages that only name columns bear on gradients, as a list of loadings does, and on nothing
/// else: naming two columns does not yet say that they are swapped.
fn bearing(finding: &Finding, mut passages: Vec<Passage>) -> Vec<Passage> {
    if !matches!(finding.truth, Truth::Factor { .. } | Truth::Curve { .. }) {
        passages.retain(|passage| {
            let words = finding.words.iter().chain(&finding.hints);
            words.into_iter().any(|word| passage.matched.contains(word))
        });
    }
    passages
}

/// An entry of `issues.csv` as one line.
fn issue(issue: &Issue) -> String {
    let about = if issue.column.is_empty() {
        "whole rows".to_owned()
    } else {
        format!("`{}`", issue.column)
    };
    let said = [&issue.kind, &issue.rows, &issue.action];
    let said: Vec<&str> = said
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    format!("{about}: {}", said.join("; "))
}
