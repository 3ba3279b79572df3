//! A certificate in a terminal: one screen, without colour, in a pipe.

use std::fmt::Write;

use crate::certify::{Certificate, ReasonKind};
use crate::scenario::Thresholds;
use crate::text::first_and_more;

use super::statistic_table::{Question, statistic_rows};

/// Widest line.
const WIDTH: usize = 80;
/// Names in a list before it says how many more there are.
const NAMES: usize = 6;

/// The certificate as lines of at most 80 characters.
pub fn certificate_text(certificate: &Certificate) -> String {
    let mut text = head(certificate);
    text.push('\n');
    let (answer, advice) = verdict_summary(certificate);
    wrap(&mut text, "", &format!("{answer} {advice}"));
    for reason in &certificate.verdict.reasons {
        wrap(&mut text, "  - ", &reason.sentence);
    }
    if let Some(moved) = changed_thresholds(&certificate.thresholds) {
        wrap(&mut text, "", &moved);
    }
    if let Some(near) = close_calls(certificate) {
        wrap(&mut text, "", &near);
    }
    text.push('\n');
    let _ = writeln!(text, "{:<52}{:>12}{:>14}", "", "found", "turns at");
    let mut question = None;
    // One screen holds what decides; a page shows the rest.
    for line in statistic_rows(certificate)
        .iter()
        .filter(|line| line.question != Question::Shown)
    {
        if question != Some(line.question) {
            question = Some(line.question);
            let _ = writeln!(text, "{}", line.question.words());
        }
        let indent = if line.with_valley { "    " } else { "  " };
        let name = format!("{indent}{}", line.name);
        let _ = writeln!(text, "{name:<52}{:>12}{:>14}", line.found, line.threshold);
    }
    text.push('\n');
    wrap(&mut text, "", LIMITS);
    text
}

/// Which thresholds are not where they usually are; none when all are.
pub fn changed_thresholds(thresholds: &Thresholds) -> Option<String> {
    let moved = thresholds.differences_from_default();
    let moved: Vec<String> = moved
        .iter()
        .map(|(name, value, usual)| format!("{name} at {value} (usually {usual})"))
        .collect();
    (!moved.is_empty()).then(|| {
        let moved = moved.join(", ");
        format!("The scenario moves where the answer turns: {moved}.")
    })
}

/// Which numbers of an accepted table are so near their turn that other rows might be refused; none
/// when all are further off.
pub fn close_calls(certificate: &Certificate) -> Option<String> {
    let near = certificate.close_calls();
    let lines = statistic_rows(certificate);
    let mut told: Vec<String> = Vec::new();
    for reason in &near {
        // Several declared groupings are one line.
        let Some(line) = lines.iter().find(|line| line.statistic == reason.statistic) else {
            continue;
        };
        let one = match reason.statistic.as_str() {
            "within" => "the valley within a declared group".to_owned(),
            _ => format!(
                "{} ({}, turns at {})",
                line.name, line.found, line.threshold
            ),
        };
        if !told.contains(&one) {
            told.push(one);
        }
    }
    let valley = near.iter().any(|reason| {
        let mut lines = lines.iter();
        lines.any(|line| line.with_valley && line.statistic == reason.statistic)
    });
    if valley {
        let (found, turns) = (
            certificate.statistics.separation.valley,
            certificate.thresholds.valley,
        );
        told.insert(0, format!("the valley ({found:.2}, turns at ≤ {turns:.2})"));
    }
    (!told.is_empty()).then(|| {
        format!(
            "Near a turn, so that other rows of the same kind might be refused: {}.",
            told.join("; ")
        )
    })
}

/// What a certificate does not say.
pub const LIMITS: &str = "This does not prove that no grouping exists: it says that no partition \
into 2 to 8 groups of at least 5 % of the rows, found by these algorithms on these numbers, is separated \
and agreed upon. It says nothing of texts, of categories and dates beyond the groups that they name, of rarer \
groups, or of what a grouping is for.";

/// Rows, columns, what was left out.
fn head(certificate: &Certificate) -> String {
    let (view, statistics) = (&certificate.view, &certificate.statistics);
    let mut text = String::new();
    let sampled = if view.table_rows > statistics.rows_used {
        format!(
            ", {} of them measured (sampled, the same each time)",
            statistics.rows_used
        )
    } else {
        String::new()
    };
    let rows = format!("{}: {} rows{sampled}", certificate.table, view.table_rows);
    wrap(&mut text, "", &rows);
    let names: Vec<&str> = view.columns.iter().map(|one| one.name.as_str()).collect();
    wrap(
        &mut text,
        "",
        &format!("measured: {}", first_and_more(&names, usize::MAX)),
    );
    let left: Vec<String> = view
        .left_out
        .iter()
        .map(|one| format!("{} ({})", one.name, one.why.says()))
        .collect();
    if !left.is_empty() {
        wrap(
            &mut text,
            "",
            &format!("left out: {}", first_and_more(&left, NAMES)),
        );
    }
    text
}

/// The verdict in plain words, and what follows for somebody who wants to cluster.
pub fn verdict_summary(certificate: &Certificate) -> (&'static str, &'static str) {
    match certificate.verdict.kind() {
        None => (
            "Ambiguous and meaningful.",
            "Columns tell of each other, and more than pairwise correlation does, but no grouping is \
             separated and agreed upon: describe directions, and defend any cut as a convenience.",
        ),
        Some(ReasonKind::TooClear) => (
            "Too clear.",
            "There is a grouping that one could defend as right:",
        ),
        Some(ReasonKind::Meaningless) => (
            "Meaningless.",
            "Columns hardly tell of each other, and groups of such rows are noise with a name:",
        ),
        Some(ReasonKind::Dull) => (
            "Dull.",
            "Straight relations of two columns at a time are all that there is; a few axes say it, and \
             groups would cut them up:",
        ),
        Some(ReasonKind::WeakDecoy) => (
            "Harmless.",
            "Nothing that was planted would mislead who does not look:",
        ),
        Some(ReasonKind::TooFewRows) => (
            "Too few rows.",
            "Nothing can be said but that nothing is outright:",
        ),
    }
}

/// Write `words` in lines of at most [`WIDTH`] characters, the first behind `front`.
fn wrap(text: &mut String, front: &str, words: &str) {
    let indent = " ".repeat(front.chars().count());
    let mut line = front.to_owned();
    let mut empty = true;
    for word in words.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line.clone_from(&indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(text, "{line}");
}
