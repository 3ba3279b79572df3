//! A certificate in a terminal: one screen, no colour.

use std::fmt::Write;

use crate::certify::{Certificate, ReasonKind};
use crate::scenario::Thresholds;
use crate::text::first_and_more;

use super::statistic_table::{StatisticGroup, statistic_rows};

/// Maximum width of a line.
const WIDTH: usize = 80;
/// Number of names in a list before the rest is only counted.
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
    let _ = writeln!(text, "{:<52}{:>12}{:>14}", "", "value", "threshold");
    let mut question = None;
    // One screen holds what decides; the page has the rest.
    for line in statistic_rows(certificate)
        .iter()
        .filter(|line| line.question != StatisticGroup::Shown)
    {
        if question != Some(line.question) {
            question = Some(line.question);
            let _ = writeln!(text, "{}", line.question.heading());
        }
        let indent = if line.with_valley { "    " } else { "  " };
        let name = format!("{indent}{}", line.name);
        let _ = writeln!(text, "{name:<52}{:>12}{:>14}", line.found, line.threshold);
    }
    text.push('\n');
    wrap(&mut text, "", LIMITS);
    text
}

/// The thresholds that differ from the defaults; none if all are default.
pub fn changed_thresholds(thresholds: &Thresholds) -> Option<String> {
    let moved = thresholds.differences_from_default();
    let moved: Vec<String> = moved
        .iter()
        .map(|(name, value, usual)| format!("{name} = {value} (default {usual})"))
        .collect();
    (!moved.is_empty()).then(|| {
        let moved = moved.join(", ");
        format!("The scenario changes thresholds: {moved}.")
    })
}

/// The statistics of an accepted table that are close enough to their threshold that another sample
/// might be rejected; none if there are none.
pub fn close_calls(certificate: &Certificate) -> Option<String> {
    let near = certificate.close_calls();
    let lines = statistic_rows(certificate);
    let mut close: Vec<String> = Vec::new();
    for reason in &near {
        // Several declared groups share one row.
        let Some(line) = lines.iter().find(|line| line.statistic == reason.statistic) else {
            continue;
        };
        let one = match reason.statistic.as_str() {
            "within" => "the valley depth within a declared group".to_owned(),
            _ => format!(
                "{} ({}, threshold {})",
                line.name, line.found, line.threshold
            ),
        };
        if !close.contains(&one) {
            close.push(one);
        }
    }
    let valley = near.iter().any(|reason| {
        let mut lines = lines.iter();
        lines.any(|line| line.with_valley && line.statistic == reason.statistic)
    });
    if valley {
        let (found, threshold) = (
            certificate.statistics.separation.valley,
            certificate.thresholds.valley,
        );
        close.insert(
            0,
            format!("valley depth ({found:.2}, threshold ≤ {threshold:.2})"),
        );
    }
    (!close.is_empty()).then(|| {
        format!(
            "Close to a threshold, so another sample might be rejected: {}.",
            close.join("; ")
        )
    })
}

/// What a certificate claims, and what it does not.
pub const LIMITS: &str = "Apart from the declared groups, no partition into 2 to 8 groups of at \
                          least 5 % of the rows found by this panel is separated and agreed upon. \
                          This does not prove that none exists. It says nothing about text \
                          columns, about categories and dates beyond the groups they declare, \
                          about smaller groups, or about what a clustering might be useful for.";

/// Rows, columns, and what was omitted.
fn head(certificate: &Certificate) -> String {
    let (view, statistics) = (&certificate.view, &certificate.statistics);
    let mut text = String::new();
    let sampled = if view.table_rows > statistics.rows_used {
        format!(
            ", {} of them measured (a fixed random sample)",
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

/// The verdict, and what it means for someone who wants to cluster.
pub fn verdict_summary(certificate: &Certificate) -> (&'static str, &'static str) {
    match certificate.verdict.kind() {
        None => (
            "Ambiguous and meaningful.",
            "Columns predict each other, beyond pairwise correlation, but no clustering is \
             separated and agreed upon. Describe the directions in the data; treat any clustering \
             as a convenience.",
        ),
        Some(ReasonKind::TooClear) => {
            ("Too clear.", "One clustering could be defended as correct:")
        }
        Some(ReasonKind::Meaningless) => (
            "Meaningless.",
            "Columns barely predict each other, so clusters of these rows are noise:",
        ),
        Some(ReasonKind::Dull) => (
            "Dull.",
            "There is nothing beyond pairwise correlation. A few axes describe it; clusters would \
             only cut them up:",
        ),
        Some(ReasonKind::WeakDecoy) => (
            "Weak decoy.",
            "No planted defect would mislead a careless analyst:",
        ),
        Some(ReasonKind::TooFewRows) => (
            "Too few rows.",
            "There are too few rows to say more than that nothing is obvious:",
        ),
    }
}

/// Wrap `words` into lines of at most [`WIDTH`] characters, the first one after `front`.
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
