//! The cleaned data in words.

use crate::text::{percent, thousands};

use super::recoveries::{ALIKE, decimals};
use crate::review::{CleaningEvidence, Consequence, DamagedColumn, RepairError, Share};

/// Columns that are named where correct cells were changed.
const NAMED: usize = 3;

/// Which planted defects the cleaned data repair.
pub fn cleaning_sentence(cleaning: &[CleaningEvidence]) -> String {
    let most = |share: &Share| share.count * 2 > share.of;
    let repaired = named_all(cleaning.iter().filter(|one| most(&one.repaired)));
    let acted = named_all(
        cleaning
            .iter()
            .filter(|one| !most(&one.repaired) && most(&one.acted_on)),
    );
    let rest = named_all(
        cleaning
            .iter()
            .filter(|one| !most(&one.repaired) && !most(&one.acted_on)),
    );
    let untouched = if cleaning.iter().any(|one| one.acted_on.count > 0) {
        "Mostly left as delivered"
    } else {
        "Left as delivered"
    };
    let clauses: Vec<String> = [
        ("Mostly repaired", repaired),
        ("Mostly changed or dropped, but not repaired", acted),
        (untouched, rest),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(clause, names)| format!("{clause}: {names}."))
    .collect();
    clauses.join(" ")
}

/// How many correct cells were changed, and in which columns.
pub fn damage_sentence(damage: &Share, damaged: &[DamagedColumn]) -> String {
    if damage.count == 0 {
        return "No correct cell was changed.".to_owned();
    }
    let part = damage.count as f64 / damage.of.max(1) as f64;
    let own = damaged.iter().filter(|one| one.table.is_none());
    let mut named: Vec<String> = own
        .map(|one| format!("{} ({})", one.column, thousands(one.changed.count as usize)))
        .collect();
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    format!(
        "{} of {} correct cells were changed ({}): {}. Columns that were transformed as a whole are not \
         counted.",
        thousands(damage.count as usize),
        thousands(damage.of as usize),
        percent(part),
        named.join(", "),
    )
}

/// How many of the removed rows were correct.
pub fn dropped_rows_sentence(dropped: &Share) -> String {
    match (dropped.count, dropped.of) {
        (_, 0) => "No row was removed.".to_owned(),
        (0, 1) => "One row was removed; it had a defect.".to_owned(),
        (0, of) => format!("{} removed, all of them with a defect.", rows(of)),
        (lost, of) => format!(
            "{} removed; {} of them had no defect.",
            rows(of),
            thousands(lost as usize)
        ),
    }
}

fn rows(of: u64) -> String {
    match of {
        1 => "One row was".to_owned(),
        of => format!("{} rows were", thousands(of as usize)),
    }
}

/// Root mean square error of the numbers that a defect changed, as delivered and as cleaned:
/// `3.20 to 0 (812 cells)`, or `3.20, as delivered (812 cells)` if it stayed the same.
pub fn repair_error_text(error: &RepairError) -> String {
    let shown = |value: f64| match value {
        value if value >= 10.0 => thousands(value.round() as usize),
        value => decimals_or_zero(value),
    };
    let cells = match error.cells {
        1 => "one cell".to_owned(),
        cells => format!("{} cells", thousands(cells as usize)),
    };
    let delivered = error.delivered.map_or("–".to_owned(), shown);
    match shown(error.cleaned) {
        same if same == delivered && same != "0" => format!("{same}, as delivered ({cells})"),
        cleaned => format!("{delivered} to {cleaned} ({cells})"),
    }
}

/// Two decimals, and a plain 0 for zero.
pub fn decimals_or_zero(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        value => decimals(value),
    }
}

/// Which structures the cleaned data recover better or worse than the delivered data.
pub fn consequences_sentence(consequences: &[Consequence]) -> String {
    let Some(first) = consequences.first() else {
        return String::new();
    };
    let apart = |one: &Consequence| one.cleaned.unwrap_or(0.0) - one.delivered.unwrap_or(0.0);
    let named = |pick: &dyn Fn(f64) -> bool| {
        let some = consequences.iter().filter(|one| pick(apart(one)));
        let words = some.map(|one| {
            let [from, to] =
                [one.delivered, one.cleaned].map(|x| x.map_or("–".to_owned(), decimals));
            format!("{} ({from} to {to})", one.what)
        });
        words.collect::<Vec<_>>().join(", ")
    };
    let (more, less) = (named(&|x| x >= ALIKE), named(&|x| x <= -ALIKE));
    let said = match (more.is_empty(), less.is_empty()) {
        (true, true) => "every structure about equally well".to_owned(),
        (false, true) => format!("more of {more}"),
        (true, false) => format!("less of {less}"),
        (false, false) => format!("more of {more}, and less of {less}"),
    };
    format!(
        "Effect of the cleaning: compared with the delivered data, a model trained on the truth recovers {said} \
         from the cleaned data. The cleaned data keep {} of the original rows.",
        percent(first.kept)
    )
}

fn named_all<'a>(some: impl Iterator<Item = &'a CleaningEvidence>) -> String {
    // Quoted, since some names contain a comma.
    let names: Vec<String> = some.map(|one| format!("“{}”", one.what)).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(count: u64, of: u64) -> Share {
        Share {
            count,
            of,
            interval: None,
        }
    }

    #[test]
    fn changes_to_correct_cells_are_listed_by_column() {
        let column = |at: u64| DamagedColumn {
            table: None,
            column: format!("column_{at}"),
            changed: part(50 - at, 1_000),
        };
        let damaged: Vec<DamagedColumn> = (0..5).map(column).collect();
        let text = damage_sentence(&part(240, 5_000), &damaged);
        assert!(
            text.contains(
                "240 of 5,000 correct cells were changed (4.8 %): column_0 (50), column_1 (49), column_2 (48), 2 more."
            ),
            "{text}"
        );
        assert_eq!(
            damage_sentence(&part(0, 10), &[]),
            "No correct cell was changed."
        );
    }

    #[test]
    fn removed_rows_are_counted_by_whether_they_had_a_defect() {
        assert_eq!(dropped_rows_sentence(&part(0, 0)), "No row was removed.");
        assert_eq!(
            dropped_rows_sentence(&part(0, 1)),
            "One row was removed; it had a defect."
        );
        assert_eq!(
            dropped_rows_sentence(&part(12, 1_512)),
            "1,512 rows were removed; 12 of them had no defect."
        );
    }

    #[test]
    fn an_error_of_zero_is_shown_as_zero() {
        let error = |delivered, cleaned| RepairError {
            cells: 812,
            delivered,
            cleaned,
        };
        assert_eq!(
            repair_error_text(&error(Some(3.2), 0.0)),
            "3.20 to 0 (812 cells)"
        );
        assert_eq!(
            repair_error_text(&error(None, 1e-4)),
            "– to <0.01 (812 cells)"
        );
        let still = error(Some(951.6), 951.6);
        assert_eq!(repair_error_text(&still), "952, as delivered (812 cells)");
    }
}
