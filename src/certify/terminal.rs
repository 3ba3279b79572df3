//! A certificate in a terminal: one screen, without colour, in a pipe.

use std::fmt::Write;

use super::certificate::Certificate;
use super::oracle::Oracle;
use super::thresholds::Thresholds;
use super::verdict::Kind;

/// Widest line.
const WIDTH: usize = 80;
/// Names in a list before it says how many more there are.
const NAMES: usize = 6;

/// The certificate as lines of at most 80 characters.
pub fn terminal(certificate: &Certificate) -> String {
    let mut text = head(certificate);
    text.push('\n');
    let (answer, advice) = answer(certificate);
    wrap(&mut text, "", &format!("{answer} {advice}"));
    for reason in &certificate.verdict.reasons {
        wrap(&mut text, "  - ", &reason.sentence);
    }
    text.push('\n');
    let _ = writeln!(text, "{:<52}{:>12}{:>14}", "", "found", "turns at");
    let mut heading = "";
    for line in lines(certificate) {
        if line.heading != heading {
            heading = line.heading;
            let _ = writeln!(text, "{heading}");
        }
        let _ = writeln!(
            text,
            "  {:<50}{:>12}{:>14}",
            line.name, line.found, line.turns
        );
    }
    text.push('\n');
    wrap(&mut text, "", NOT_PROVED);
    text
}

/// What a certificate does not say.
pub const NOT_PROVED: &str = "This does not prove that no grouping exists: it says that no partition \
into 2 to 8 groups of at least 5 % of the rows, found by these algorithms on these numbers, is separated \
and agreed upon. It says nothing of categories, texts and dates, of rarer groups, or of what a grouping is \
for.";

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
        &format!("measured: {}", list(&names, usize::MAX)),
    );
    let left: Vec<String> = view
        .left_out
        .iter()
        .map(|one| format!("{} ({})", one.name, one.why.says()))
        .collect();
    if !left.is_empty() {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        wrap(&mut text, "", &format!("left out: {}", list(&left, NAMES)));
    }
    text
}

fn list(names: &[&str], most: usize) -> String {
    let shown = names.len().min(most);
    let mut text = names[..shown].join(", ");
    if names.len() > shown {
        let _ = write!(text, " and {} more", names.len() - shown);
    }
    text
}

/// The verdict in plain words, and what follows for somebody who wants to cluster.
pub fn answer(certificate: &Certificate) -> (&'static str, &'static str) {
    match certificate.verdict.kind() {
        None => (
            "Ambiguous and meaningful.",
            "Columns tell of each other, and more than pairwise correlation does, but no grouping is \
             separated and agreed upon: describe directions, and defend any cut as a convenience.",
        ),
        Some(Kind::TooClear) => (
            "Too clear.",
            "There is a grouping that one could defend as right:",
        ),
        Some(Kind::Meaningless) => (
            "Meaningless.",
            "Columns hardly tell of each other, and groups of such rows are noise with a name:",
        ),
        Some(Kind::Dull) => (
            "Dull.",
            "Straight relations of two columns at a time are all that there is; a few axes say it, and \
             groups would cut them up:",
        ),
        Some(Kind::TooFewRows) => (
            "Too few rows.",
            "Nothing can be said but that nothing is outright:",
        ),
    }
}

/// A statistic as it is shown.
struct Line {
    heading: &'static str,
    name: &'static str,
    found: String,
    turns: String,
}

fn lines(certificate: &Certificate) -> Vec<Line> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let numbers = s.numbers.as_ref();
    let separation = &s.separation;
    let gap = numbers.map(|n| n.gap_copula_most);
    let votes = numbers.map(|n| n.agreeing);
    let excess = separation.silhouette_excess;
    let strength = Some(s.stability.strength_most);
    let doubt = s.stability.ambiguity_least;
    let mut lines = vec![
        below(
            "valley between neighbouring groups",
            Some(separation.valley),
            t.valley,
        ),
        above(
            "  silhouette beyond correlation's",
            excess,
            t.silhouette_excess,
        ),
        above(
            "  algorithms find the same groups (ARI)",
            Some(s.agreement.core_most),
            t.agreement,
        ),
        above(
            "  groups replicate (prediction strength, k ≥ 3)",
            strength,
            t.strength,
        ),
        below("  pairs of rows in doubt (PAC, k ≥ 3)", doubt, t.ambiguity),
        above("  gap beyond correlation's", gap, t.gap),
        above("silhouette", separation.silhouette, t.silhouette),
        above(
            "consensus: agreed upon and replicated at one k",
            Some(s.consensus),
            t.consensus,
        ),
        above("criteria that agree on a number of groups", votes, t.votes),
        above(
            "dense groups (relative validity)",
            Some(s.density.validity),
            t.validity,
        ),
        Line {
            heading: CLEAR,
            name: "pairs of columns with a clear split",
            found: format!("{} of {}", s.pairs.clear, s.pairs.looked_at),
            turns: format!("≥ {}", t.clear_pairs),
        },
    ];
    lines.extend(meanings(certificate));
    if let Some(oracle) = &certificate.statistics.oracle {
        lines.extend(found(oracle, &certificate.thresholds));
    }
    lines
}

/// What the key adds.
fn found(oracle: &Oracle, t: &Thresholds) -> Vec<Line> {
    let line = |name, found: Option<f64>, turns: f64, sign: &str| Line {
        heading: KNOWN,
        name,
        found: shown(found),
        turns: format!("{sign} {turns:.2}"),
    };
    let sampled = oracle.sampled.as_ref();
    vec![
        line(
            "weakest factor, told by all columns (R²)",
            Some(oracle.weakest),
            t.weakest_factor,
            "<",
        ),
        line(
            "factors on unsupervised axes (mean R²)",
            Some(oracle.unsupervised_mean),
            t.unsupervised,
            "<",
        ),
        line(
            "cost of clustering: lost by the best grouping",
            oracle.cost,
            t.cost,
            "<",
        ),
        line(
            "best grouping against the ceiling for types",
            sampled.and_then(|s| s.efficiency),
            t.efficiency,
            "≥",
        ),
    ]
}

fn meanings(certificate: &Certificate) -> [Line; 4] {
    let (m, t) = (&certificate.statistics.meaning, &certificate.thresholds);
    let columns = certificate.statistics.columns;
    let share = (t.predictable_share * columns as f64).ceil() as usize;
    let enough = t.predictable.min(share).max(1);
    let line = |name, found: String, turns: String| Line {
        heading: MEANING,
        name,
        found,
        turns: format!("< {turns}"),
    };
    let area =
        |name, found: f64, turns: f64| line(name, format!("{found:.2}"), format!("{turns:.2}"));
    [
        line(
            "factors beyond chance (parallel analysis)",
            m.factors.to_string(),
            "1".to_owned(),
        ),
        line(
            "columns that the others tell (R² ≥ 0.10)",
            format!("{} of {columns}", m.predictable),
            enough.to_string(),
        ),
        area(
            "told from independent columns (AUC)",
            m.two_sample_permuted,
            t.two_sample_permuted,
        ),
        area(
            "told from mere correlation (AUC)",
            m.two_sample_copula,
            t.two_sample_copula,
        ),
    ]
}

const CLEAR: &str = "Is there one right grouping?";
const KNOWN: &str = "Can what is known to be there be found?";
const MEANING: &str = "Does it mean anything?";

fn above(name: &'static str, found: Option<f64>, turns: f64) -> Line {
    Line {
        heading: CLEAR,
        name,
        found: shown(found),
        turns: format!("≥ {turns:.2}"),
    }
}

fn below(name: &'static str, found: Option<f64>, turns: f64) -> Line {
    Line {
        turns: format!("≤ {turns:.2}"),
        ..above(name, found, turns)
    }
}

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "not measured".to_owned(), |value| format!("{value:.2}"))
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
