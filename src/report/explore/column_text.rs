//! Everything about one column, in a terminal.

use std::fmt::Write;

use crate::explore::{ColumnProfile, Histogram, NumberSummary, TimeTrend, ValueCount};
use crate::table::show_time;
use crate::text::{number, percent, thousands, truncate};

use super::column_facts::{all_unique, description, distinct_values};
use super::layout::{LEAST_WIDTH, quoted, trend_line, wrapped};

/// Length of the longest bar in characters.
const BAR: usize = 40;
/// Width of the label before a bar.
const LABEL: usize = 24;

/// Everything about one column, in lines of at most `width` characters (at least 80).
pub fn column_text(column: &ColumnProfile, width: usize) -> String {
    let width = width.max(LEAST_WIDTH);
    let mut text = String::new();
    let missing = match column.missing {
        0 => "none missing".to_owned(),
        some => format!(
            "{} missing ({})",
            thousands(some),
            percent(column.missing_share)
        ),
    };
    let head = format!(
        "{}: {}, {missing}, {} distinct",
        column.name,
        column.kind,
        distinct_values(column)
    );
    let _ = writeln!(text, "{}", truncate(&head, width));
    if let Some(meaning) = &column.dictionary {
        let _ = write!(text, "  {}", wrapped(&description(meaning), width - 2));
    }
    if let Some(n) = &column.numbers {
        number_summary(&mut text, n);
    }
    if let Some(times) = &column.times {
        let _ = writeln!(
            text,
            "  {} to {}, {} days",
            times.first,
            times.last,
            number(times.days)
        );
    }
    if let Some(lengths) = column.lengths {
        let _ = match lengths {
            one if one.min == one.max => writeln!(text, "  {} characters", one.min),
            some => writeln!(
                text,
                "  {} to {} characters, median {}",
                some.min, some.max, some.p50
            ),
        };
    }
    if let Some(histogram) = &column.histogram {
        bars(&mut text, histogram, column.times.is_some());
    }
    if column
        .most_frequent
        .first()
        .is_some_and(|first| first.count > 1)
    {
        list(&mut text, "most frequent", &column.most_frequent, width);
    } else if !column.most_frequent.is_empty() {
        let _ = writeln!(
            text,
            "\n  {}; the first in sorted order:",
            all_unique(column)
        );
        for value in &column.most_frequent {
            let _ = writeln!(text, "    {}", quoted(value, width - 4));
        }
    }
    if !column.text_patterns.is_empty() {
        list(
            &mut text,
            "patterns (A capital, a other letter, 9 digit, ␣ space, … more of the same)",
            &column.text_patterns,
            width,
        );
    }
    if let Some(unread) = &column.unread {
        let title = format!(
            "wrong type: {} ({})",
            thousands(unread.count),
            percent(unread.share)
        );
        list(&mut text, &title, &unread.examples, width);
    }
    if let Some(strip) = &column.time_trend {
        trend(&mut text, strip, width);
    }
    text
}

fn number_summary(text: &mut String, n: &NumberSummary) {
    let values = [
        ("min", n.min),
        ("p1", n.p1),
        ("p5", n.p5),
        ("p25", n.p25),
        ("p50", n.p50),
        ("p75", n.p75),
        ("p95", n.p95),
        ("p99", n.p99),
        ("max", n.max),
    ];
    for row in values.chunks(5) {
        let cells = row
            .iter()
            .map(|(name, value)| format!("{name:>4} {:<10}", number(*value)));
        let _ = writeln!(text, "  {}", cells.collect::<String>().trim_end());
    }
    let sd = n.sd.map_or(String::new(), |sd| {
        format!("  standard deviation {}", number(sd))
    });
    let _ = writeln!(text, "  mean {}{sd}", number(n.mean));
}

fn bars(text: &mut String, histogram: &Histogram, time: bool) {
    let edge = |at: f64| match (time, histogram.log) {
        (true, _) => show_time(at as i64).chars().take(10).collect(),
        (false, true) => number(10_f64.powf(at)),
        (false, false) => number(at),
    };
    let width = histogram.width;
    let mut rows: Vec<(String, usize)> = Vec::new();
    if histogram.not_positive > 0 {
        rows.push(("zero or less".to_owned(), histogram.not_positive));
    }
    if histogram.below > 0 {
        rows.push((format!("below {}", edge(histogram.from)), histogram.below));
    }
    for (at, rows_in) in histogram.counts.iter().enumerate() {
        rows.push((
            format!("from {}", edge(histogram.from + width * at as f64)),
            *rows_in,
        ));
    }
    if histogram.above > 0 {
        rows.push((format!("above {}", edge(histogram.to())), histogram.above));
    }
    let most = rows.iter().map(|(_, rows)| *rows).max().unwrap_or(0).max(1);
    let scale = if histogram.log {
        " per cell, on a log scale"
    } else {
        ""
    };
    let _ = writeln!(text, "\n  rows{scale}");
    for (name, rows) in rows {
        // A cell with at least one row stays visible.
        let eighths = (8 * BAR * rows).div_ceil(most);
        let bar = "█".repeat(eighths / 8);
        let end = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
        let _ = writeln!(text, "  {name:>LABEL$} {bar}{end} {}", thousands(rows));
    }
}

fn list(text: &mut String, title: &str, values: &[ValueCount], width: usize) {
    let _ = writeln!(text, "\n  {title}");
    for value in values {
        let name = quoted(value, width - 30);
        let _ = writeln!(
            text,
            "  {:>10}  {:>7}  {name}",
            thousands(value.count),
            percent(value.share)
        );
    }
}

fn trend(text: &mut String, strip: &TimeTrend, width: usize) {
    let line = format!(
        "  over time: {} {}, from {} to {}",
        trend_line(strip),
        strip.statistic,
        number(strip.from),
        number(strip.to)
    );
    let _ = write!(text, "\n{}\n", truncate(&line, width));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::profile;
    use crate::table::{Cells, Column, DAY, Table};

    #[test]
    fn every_fact_of_a_column_has_its_line() {
        let column = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let rows = 0..1000_i64;
        let table = Table::new(vec![
            column(
                "x",
                Cells::Real(
                    rows.clone()
                        .map(|row| Some(if row == 7 { 1e9 } else { row as f64 }))
                        .collect(),
                ),
            ),
            column(
                "code",
                Cells::Text(
                    rows.clone()
                        .map(|row| Some(format!("AB-{row:03}").into()))
                        .collect(),
                ),
            ),
            column("at", Cells::Time(rows.map(|row| Some(row * DAY)).collect())),
        ])
        .unwrap();
        let found = profile(&table);
        let texts: Vec<String> = found
            .columns
            .iter()
            .map(|one| column_text(one, 80))
            .collect();
        for text in &texts {
            assert!(
                text.lines().all(|line| line.chars().count() <= 80),
                "{text}"
            );
        }
        assert!(
            texts[0].contains("above 999.5") && texts[0].contains("p75"),
            "{}",
            texts[0]
        );
        assert!(
            texts[1].contains("AA-999") && texts[1].contains("all values are unique"),
            "{}",
            texts[1]
        );
        assert!(texts[2].contains("from 1970-01-01"), "{}", texts[2]);
    }
}
