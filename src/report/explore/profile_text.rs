//! The profile in a terminal: readable in a minute, without colour, also in a pipe.

use std::fmt::Write;

use crate::explore::{ColumnProfile, Histogram, Profile, ValueCount};
use crate::text::{number, percent, quantity, thousands, truncate};

use super::column_facts::{all_unique, distinct_values};
use super::layout::{BLOCKS, LEAST_WIDTH, quoted, trend_line, wrapped};
use super::table_facts::head;

/// Width of all fields but the name.
const OTHER_FIELDS: usize = 60;

/// The profile as lines of at most `width` characters (at least 80).
pub fn profile_text(profile: &Profile, width: usize) -> String {
    let width = width.max(LEAST_WIDTH);
    let mut text = head(profile, width);
    let longest = profile.columns.iter().map(|c| c.name.chars().count()).max();
    // The rest of a line next to the other fields.
    let room = longest.unwrap_or(0).clamp(20, width - OTHER_FIELDS);
    let head = format!(
        "\n{:room$}  {:<9}  {:>8}  {:>9}\n",
        "column", "type", "missing", "distinct"
    );
    text.push_str(&head);
    let (mut overflow, mut logged) = (false, false);
    for column in &profile.columns {
        let name = truncate(&column.name, room);
        let missing = if column.missing == 0 {
            "none".to_owned()
        } else {
            percent(column.missing_share)
        };
        let picture = column
            .histogram
            .as_ref()
            .map_or(String::new(), |histogram| {
                overflow |= outside(histogram) > 0;
                logged |= histogram.log;
                let scale = if histogram.log { " log" } else { "" };
                spark(histogram) + scale
            });
        let line = format!(
            "{name:room$}  {:<9}  {missing:>8}  {:>9}  {picture}",
            column.kind,
            distinct_values(column),
        );
        let _ = writeln!(text, "{}", line.trim_end());
        lines_below(&mut text, column, width);
    }
    text.push_str(&legend(profile, overflow, logged, width));
    text
}

/// The lines below a column: its values and its trend over time (in one line if there is room), text patterns, and values
/// of the wrong type.
fn lines_below(text: &mut String, column: &ColumnProfile, width: usize) {
    let trend = column.time_trend.as_ref().map_or(String::new(), trend_line);
    // At the right edge, indented by two.
    let left = width - 2 - trend.chars().count();
    let detail = detail(column, width - 2);
    let fits = detail.chars().count() + 2 <= left;
    let mut lines = Vec::new();
    match (trend.is_empty(), fits) {
        (true, _) => lines.push(detail),
        (false, true) => lines.push(format!("{detail:<left$}{trend}")),
        (false, false) => lines.extend([detail, format!("{}{trend}", " ".repeat(left))]),
    }
    lines.push(pattern_line(column, width - 2));
    if let Some(unread) = &column.unread {
        let kind = match column.kind {
            "timestamp" => "a time",
            "flag" => "a flag",
            _ => "a number",
        };
        let values = common(&unread.examples, width - 26 - kind.len());
        lines.push(format!(
            "not read as {kind}: {}, {values}",
            percent(unread.share)
        ));
    }
    for line in lines {
        if !line.trim().is_empty() {
            let _ = writeln!(text, "  {}", line.trim_end());
        }
    }
}

/// Lengths and patterns of texts.
fn pattern_line(column: &ColumnProfile, room: usize) -> String {
    let Some(lengths) = column.lengths else {
        return String::new();
    };
    let long = match (lengths.min, lengths.max) {
        (one, other) if one == other => format!("{} long", quantity(one, "character")),
        (min, max) => format!("{min} to {max} characters"),
    };
    match column
        .text_patterns
        .first()
        .filter(|mask| mask.share >= LEAST_PATTERN_SHARE)
    {
        None => long,
        Some(_) => format!(
            "{long}; patterns: {}",
            common(&column.text_patterns, room - long.chars().count() - 12)
        ),
    }
}

/// Patterns are shown if the most frequent one has at least this share.
const LEAST_PATTERN_SHARE: f64 = 0.05;

fn legend(profile: &Profile, overflow: bool, logged: bool, width: usize) -> String {
    let mut text = String::new();
    if overflow {
        text.push_str("\n│ separates values outside the plotted range (a long tail)\n");
    }
    if logged {
        text.push_str(
            "\nlog: plotted on a log scale; values of zero or less are at its left, before │\n",
        );
    }
    if let Some(time) = &profile.time_column {
        let line = format!(
            "Below each column, over {}: number of rows; median of numbers (p1 to p99, on the \
             scale of the histogram); share of true, or of the most frequent value (0 to 1)",
            truncate(time, 30)
        );
        let _ = write!(text, "\n{}", wrapped(&line, width));
    }
    text
}

fn detail(column: &ColumnProfile, room: usize) -> String {
    if let Some(n) = &column.numbers {
        let line = format!(
            "min {}  p1 {}  p50 {}  p99 {}  max {}",
            number(n.min),
            number(n.p1),
            number(n.p50),
            number(n.p99),
            number(n.max),
        );
        return truncate(&line, room);
    }
    if let Some(t) = &column.times {
        let line = format!("{} to {}, {} days", t.first, t.last, number(t.days));
        return truncate(&line, room);
    }
    if column
        .most_frequent
        .first()
        .is_some_and(|first| first.count == 1)
    {
        let line = format!(
            "{}: {}, …",
            all_unique(column),
            quoted(&column.most_frequent[0], 30)
        );
        return truncate(&line, room);
    }
    common(&column.most_frequent, room)
}

/// Below this share, the count is shown.
const RARE: f64 = 0.001;

/// The most frequent values: up to three, if they fit.
fn common(top: &[ValueCount], room: usize) -> String {
    let mut line = String::new();
    for value in top.iter().take(3) {
        let often = if value.share < RARE {
            format!("{}×", thousands(value.count))
        } else {
            percent(value.share)
        };
        let word = format!("{} {often}", quoted(value, 30));
        let gap = if line.is_empty() { "" } else { "   " };
        if line.chars().count() + gap.len() + word.chars().count() > room {
            break;
        }
        line = line + gap + &word;
    }
    line
}

/// Histogram bins are merged to at most this number of characters.
const MOST_CHARACTERS: usize = 16;

fn outside(histogram: &Histogram) -> usize {
    histogram.below + histogram.above + histogram.not_positive
}

/// The histogram in at most 20 characters; values outside its range are beyond a `│`.
fn spark(histogram: &Histogram) -> String {
    let together = histogram.counts.len().div_ceil(MOST_CHARACTERS).max(1);
    let sums: Vec<usize> = histogram
        .counts
        .chunks(together)
        .map(|cells| cells.iter().sum())
        .collect();
    let below = histogram.below + histogram.not_positive;
    let highest = sums.iter().chain([&below, &histogram.above]).max();
    let highest = highest.copied().unwrap_or(0).max(1);
    let block = |n: usize| match n {
        0 => ' ',
        n => BLOCKS[(n * 8).div_ceil(highest).clamp(1, 8) - 1],
    };
    let mut picture = String::new();
    if below > 0 {
        picture.extend([block(below), '│']);
    }
    picture.extend(sums.into_iter().map(block));
    if histogram.above > 0 {
        picture.extend(['│', block(histogram.above)]);
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::profile;
    use crate::table::{Cells, Column, Table};

    fn table() -> Table {
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let n = 500_i64;
        Table::new(vec![
            column(
                "latency of the whole request, in milliseconds, as the client saw it",
                Cells::Real(
                    (0..n)
                        .map(|x| Some(if x == 7 { 1e9 } else { x as f64 }))
                        .collect(),
                ),
            ),
            column(
                "plan",
                Cells::Text(
                    (0..n)
                        .map(|x| Some(["free", "team\u{1b}[2J"][usize::from(x % 3 == 0)].into()))
                        .collect(),
                ),
            ),
            column(
                "at",
                Cells::Time((0..n).map(|x| Some(x * 60_000)).collect()),
            ),
            column("nothing", Cells::Real(vec![None; n as usize])),
            column(
                "wide",
                Cells::Real(
                    (0..n)
                        .map(|x| Some((x as f64 / 25.0).exp() - 1.0))
                        .collect(),
                ),
            ),
        ])
        .unwrap()
    }

    #[test]
    fn lines_fit_and_hold_no_control_characters() {
        for width in [20, 80, 120] {
            let text = profile_text(&profile(&table()), width);
            for line in text.lines() {
                assert!(line.chars().count() <= width.max(80), "{width}: {line}");
                assert!(!line.chars().any(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn columns_come_in_file_order_with_their_facts() {
        let text = profile_text(&profile(&table()), 80);
        let places: Vec<usize> = ["\nlatency", "\nplan", "\nat ", "\nnothing"]
            .iter()
            .map(|name| text.find(name).unwrap())
            .collect();
        assert!(places.is_sorted());
        assert!(text.contains("free 66.6 %"), "{text}");
        assert!(text.contains('│') && text.contains('█'));
        assert!(text.contains("100 %"));
    }

    #[test]
    fn an_empty_table_has_a_line_of_facts() {
        let text = profile_text(&profile(&Table::default()), 80);
        assert!(text.starts_with("0 rows, 0 columns"));
    }
}
