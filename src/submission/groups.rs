//! `groups.csv`: hard and soft groupings of rows.

use super::DeliveredRows;
use super::answers::{Answers, is_missing};
use super::diagnostics::Diagnostics;
use super::soft::{self, SoftGrouping};
use crate::labels::Partition;
use crate::table::Text;
use crate::text::{quantity, thousands};

/// A column with more distinct labels than this is a number or a text, not a grouping.
const MAX_GROUPS: usize = 1_000;

/// One label column.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// Name of the column.
    pub name: String,
    /// The label of each delivered row.
    pub partition: Partition,
}

/// Read `groups.csv`.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> (Vec<Grouping>, Vec<SoftGrouping>) {
    let Some(answers) = Answers::read(file, bytes, delivered, diagnostics) else {
        return (Vec::new(), Vec::new());
    };
    let hard = answers
        .columns()
        .iter()
        .filter(|(name, _)| !soft::is_share(name))
        .filter_map(|(name, labels)| grouping(&answers, name, labels, diagnostics));
    let hard = hard.collect();
    (hard, soft::read(&answers, diagnostics))
}

fn grouping(
    answers: &Answers<'_>,
    name: &str,
    fields: &[Option<Text>],
    diagnostics: &mut Diagnostics,
) -> Option<Grouping> {
    let mut empty = 0;
    let labels: Vec<Option<Text>> = fields
        .iter()
        .map(|field| match field {
            Some(label) if !is_missing(label) => Some(Text::from(label.trim())),
            _ => {
                empty += 1;
                None
            }
        })
        .collect();
    if empty > 0 {
        let lines = quantity(empty, "line");
        let says =
            format!("`{name}`: {lines} with an empty or NaN label; these rows count as unlabelled");
        diagnostics.note(answers.file, says);
    }
    let by_row = answers.by_row(&format!("`{name}`"), &whole_numbers(labels), diagnostics);
    let partition = Partition::from_labels(&by_row);
    if partition.groups() > MAX_GROUPS {
        let says = format!(
            "`{name}`: {} distinct labels are too many for a grouping; ignored",
            thousands(partition.groups())
        );
        diagnostics.note(answers.file, says);
        return None;
    }
    if partition.answered() == 0 {
        diagnostics.note(
            answers.file,
            format!("`{name}`: no row has a label; ignored"),
        );
        return None;
    }
    for (label, rows) in partition.names().iter().zip(partition.sizes()) {
        if may_mean_missing(label) {
            let says = format!(
                "`{name}`: the label `{label}` ({}) counts as a group; leave it empty if it means \
                 “no group”",
                quantity(rows, "row")
            );
            diagnostics.note(answers.file, says);
        }
    }
    Some(Grouping {
        name: name.to_owned(),
        partition,
    })
}

/// Whether programs use this label for rows without a group, such as `-1` for noise points.
fn may_mean_missing(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    matches!(lower.as_str(), "-1" | "none" | "na" | "n/a" | "null")
}

/// Programs that store missing values as NaN write whole numbers as `3.0`.
fn whole_numbers(labels: Vec<Option<Text>>) -> Vec<Option<Text>> {
    let whole = |label: &Text| {
        let digits = label.strip_suffix(".0")?;
        digits.parse::<i64>().ok().map(|_| Text::from(digits))
    };
    let trimmed: Option<Vec<Option<Text>>> = labels
        .iter()
        .map(|label| match label {
            None => Some(None),
            Some(label) => whole(label).map(Some),
        })
        .collect();
    trimmed.unwrap_or(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivered(ids: &[&str]) -> DeliveredRows {
        let ids: Vec<Option<Text>> = ids.iter().map(|id| Some(Text::from(*id))).collect();
        DeliveredRows::new("prompt_id", &ids, vec!["prompt_id".to_owned()])
    }

    fn groups(csv: &str, ids: &[&str]) -> (Vec<Grouping>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let (hard, _) = read(
            "groups.csv",
            csv.as_bytes(),
            &delivered(ids),
            &mut diagnostics,
        );
        (hard, diagnostics)
    }

    #[test]
    fn labels_are_aligned_by_id_in_any_order() {
        let (hard, diagnostics) = groups("row_id,k\nc,2\na,1\n", &["a", "b", "c"]);
        assert_eq!(hard[0].partition.codes(), &[Some(0), None, Some(1)]);
        assert_eq!(diagnostics.problems, []);
        assert!(diagnostics.notes[0].says.starts_with("2 of 3 row ids"));
    }

    #[test]
    fn repeated_ids_of_the_data_may_repeat_and_must_agree() {
        let ids = ["a", "a", "b", "b"];
        let (hard, diagnostics) = groups("prompt_id,k\na,1\na,1\nb,1\nb,2\n", &ids);
        assert_eq!(hard[0].partition.codes(), &[Some(0), Some(0), None, None]);
        assert_eq!(diagnostics.problems, []);
        let says = &diagnostics.notes[0].says;
        assert_eq!(
            says,
            "`k`: 1 repeated row id with contradictory values; these rows count as empty"
        );
    }

    #[test]
    fn other_repeated_ids_are_a_problem() {
        let (_, diagnostics) = groups("row_id,k\na,1\nb,1\na,1\n", &["a", "b"]);
        assert_eq!(diagnostics.problems[0].line, Some(4));
        assert!(diagnostics.problems[0].found.contains("\"a\""));
    }

    #[test]
    fn unknown_ids_are_counted_with_examples() {
        let (_, diagnostics) = groups("row_id,k\n0,1\n1,1\n2,1\n3,1\na,1\n", &["a"]);
        let problem = &diagnostics.problems[0];
        assert!(problem.found.starts_with("4 row ids"), "{}", problem.found);
        assert!(problem.found.ends_with("\"0\", \"1\", \"2\" and 1 more"));
        assert!(problem.hint.as_ref().unwrap().contains("row numbers"));
    }

    #[test]
    fn empty_and_nan_labels_are_missing_and_floats_are_trimmed() {
        let (hard, diagnostics) = groups("row_id,k\na,1.0\nb,\nc,NaN\n", &["a", "b", "c"]);
        assert_eq!(hard[0].partition.names(), &["1"]);
        assert_eq!(hard[0].partition.answered(), 1);
        assert!(
            diagnostics.notes[0]
                .says
                .contains("2 lines with an empty or NaN label")
        );
    }

    #[test]
    fn labels_that_may_mean_no_group_are_noted() {
        let (hard, diagnostics) = groups("row_id,k\na,-1\nb,0\nc,-1\n", &["a", "b", "c"]);
        assert_eq!(hard[0].partition.groups(), 2);
        assert_eq!(
            diagnostics.notes[0].says,
            "`k`: the label `-1` (2 rows) counts as a group; leave it empty if it means “no group”"
        );
    }

    #[test]
    fn a_file_without_row_ids_gets_a_hint() {
        let hint = |csv: &str| {
            let (_, diagnostics) = groups(csv, &["a"]);
            diagnostics.problems[0].hint.clone().unwrap_or_default()
        };
        assert_eq!(hint("RowId,k\na,1\n"), "rename `RowId` to `row_id`");
        assert!(hint("row_id;k\na;1\n").contains("semicolons"));
    }

    #[test]
    fn damaged_files_are_problems_with_a_line() {
        for (csv, line, found) in [
            (&b"row_id,k\na\n"[..], Some(2), "1 field"),
            (b"row_id,k\na,\xff\n", Some(2), "bytes that are not UTF-8"),
            (b"", None, "an empty file"),
            (b"row_id,k\n", None, "an empty file"),
            (b"row_id,k,k\na,1,1\n", Some(1), "two columns called `k`"),
            (b"row_id\na\n", Some(1), "only the column `row_id`"),
        ] {
            let mut diagnostics = Diagnostics::default();
            read("groups.csv", csv, &delivered(&["a"]), &mut diagnostics);
            assert_eq!(diagnostics.problems.len(), 1, "{found}");
            assert_eq!(diagnostics.problems[0].line, line, "{found}");
            assert_eq!(diagnostics.problems[0].found, found);
        }
    }
}
