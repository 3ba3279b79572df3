//! Sentences about the file and the table.

use crate::explore::{Profile, SampleInfo};
use crate::table::{FileFacts, TextFacts};
use crate::text::{quantity, thousands};

use super::layout::wrapped;

/// Sentences about the file, its irregular lines and the sample; none for a table that was not read from a file.
pub fn table_facts(profile: &Profile) -> Vec<String> {
    let file = profile.file.as_ref();
    let text = file.and_then(|file| file.text.as_ref());
    let odd = text.and_then(|text| odd_line(text, profile.columns.len()));
    let sampled = profile.sample.as_ref().map(sampled_line);
    let lines = file.map(file_line).into_iter().chain(odd);
    lines.chain(sampled).collect()
}

/// What is computed on all rows, and what on a sample.
fn sampled_line(sampled: &SampleInfo) -> String {
    format!(
        "Rows, missing values, extremes and means cover all rows. Everything else is computed on a fixed random sample of \
         {} rows: in 95 % of such samples, shares and quantile ranks are within {:.2} percentage points; distinct counts \
         marked ≈ have a standard error of 0.8 %",
        thousands(sampled.rows),
        100.0 * sampled.rank_error
    )
}

pub(super) fn head(profile: &Profile, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    if let Some(file) = &profile.file {
        lines.push(file_line(file));
    }
    lines.push(format!(
        "{}, {}, {}",
        quantity(profile.rows, "row"),
        quantity(profile.columns.len(), "column"),
        match profile.repeated_rows {
            0 => "no duplicate rows".to_owned(),
            1 => "1 duplicate row".to_owned(),
            n if profile.sample.is_some_and(|one| one.repeats_estimated) => {
                format!("about {} duplicate rows", thousands(n))
            }
            n => format!("{} duplicate rows", thousands(n)),
        },
    ));
    if let Some(text) = profile.file.as_ref().and_then(|file| file.text.as_ref()) {
        lines.extend(odd_line(text, profile.columns.len()));
    }
    lines.extend(profile.sample.as_ref().map(sampled_line));
    lines.iter().map(|line| wrapped(line, width)).collect()
}

/// `CSV, 12.3 MB, UTF-8 with a byte-order mark, separated by semicolons, line endings CR LF`
fn file_line(file: &FileFacts) -> String {
    let size = bytes(file.bytes);
    let Some(text) = &file.text else {
        return format!("{}, {size}", file.format);
    };
    let mark = if text.byte_order_mark {
        " with a byte-order mark"
    } else {
        ""
    };
    let separator = match text.separator {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        _ => "bars",
    };
    format!(
        "{}, {size}, {}{mark}, separated by {separator}, line endings {}",
        file.format,
        text.encoding,
        text.line_ends.words()
    )
}

/// Irregular lines of a text file, if any.
fn odd_line(text: &TextFacts, columns: usize) -> Option<String> {
    let mut parts = Vec::new();
    if text.irregular_lines > 0 {
        let named = text.irregular.iter();
        let named: Vec<String> = named
            .map(|odd| format!("line {}: {}", odd.line, odd.fields))
            .collect();
        let more = if text.irregular_lines > text.irregular.len() {
            ", …"
        } else {
            ""
        };
        let lines = match text.irregular_lines {
            1 => "1 line does".to_owned(),
            lines => format!("{} lines do", thousands(lines)),
        };
        parts.push(format!(
            "{lines} not have {columns} fields ({}{more})",
            named.join(", ")
        ));
    }
    if text.repeated_headers > 0 {
        let times = match text.repeated_headers {
            1 => "once".to_owned(),
            times => format!("{} times", thousands(times)),
        };
        parts.push(format!(
            "the header is repeated {times} and not counted as a row"
        ));
    }
    if text.open_quote {
        parts.push(
            "a quotation mark is never closed, so everything after it is one field".to_owned(),
        );
    }
    if text.empty_lines > 0 {
        parts.push(quantity(text.empty_lines, "empty line"));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// `812 bytes`, `12.3 MB`: powers of 1,000.
fn bytes(bytes: u64) -> String {
    let units = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let size = bytes as f64;
    match units.into_iter().find(|(unit, _)| size >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", size / unit),
        None => quantity(bytes as usize, "byte"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::explore::profile_survey;
    use crate::table::survey_csv;

    #[test]
    fn irregular_lines_are_listed_with_their_numbers() {
        let bytes = b"\xef\xbb\xbfa;b\r\n1;x\r\n2\r\na;b\r\n\r\n3;y;z\r\n";
        let found = survey_csv(Path::new("t.csv"), bytes).unwrap();
        let lines = head(&profile_survey(&found), 80);
        let expected = [
            "CSV, 30 bytes, UTF-8 with a byte-order mark, separated by semicolons, line",
            "  endings CR LF",
            "3 rows, 2 columns, no duplicate rows",
            "2 lines do not have 2 fields (line 3: 1, line 6: 3); the header is repeated once",
            "  and not counted as a row; 1 empty line",
        ];
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(
            [1, 999, 12_345, 12_345_678].map(bytes),
            ["1 byte", "999 bytes", "12.3 kB", "12.3 MB"]
        );
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 8), "one two\n  three\n");
        assert_eq!(wrapped("wordlongerthanline x", 8), "wordlon…\n  x\n");
    }
}
