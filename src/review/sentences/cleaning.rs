//! What became of the data, in plain words.

use crate::text::{percent, thousands};

use super::super::{CleaningEvidence, Consequence, DamagedColumn, RepairError, Share};
use super::{ALIKE, decimals};

/// Columns that are named where cells were changed for nothing.
const NAMED: usize = 3;

/// What became of the planted defects.
pub fn of_cleaning(cleaning: &[CleaningEvidence]) -> String {
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
        "mostly as delivered"
    } else {
        "as delivered"
    };
    let clauses: Vec<String> = [
        ("mostly repaired", repaired),
        ("mostly changed or dropped, but not as it should be", acted),
        (untouched, rest),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(said, names)| format!("{said}: {names}"))
    .collect();
    format!("In the cleaned data, {}.", clauses.join("; "))
}

/// What the cleaning did to cells that nothing was wrong with, and in which columns.
pub fn of_damage(damage: &Share, damaged: &[DamagedColumn]) -> String {
    if damage.count == 0 {
        return "No cell was changed that nothing was wrong with.".to_owned();
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
        "Of {} cells that nothing was wrong with, {} were changed ({}): {}. Columns that were changed as a \
         whole are left out.",
        thousands(damage.of as usize),
        thousands(damage.count as usize),
        percent(part),
        named.join(", "),
    )
}

/// Which of the rows that were left out had nothing wrong with them.
pub fn of_dropped(dropped: &Share) -> String {
    match (dropped.count, dropped.of) {
        (_, 0) => "No row was left out.".to_owned(),
        (0, 1) => "One row was left out; something was wrong with it.".to_owned(),
        (0, of) => format!("{} left out, each with something wrong with it.", rows(of)),
        (lost, of) => format!(
            "{} left out; in {} of them nothing was wrong.",
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

/// How far off the numbers are that a defect touched, as delivered and as cleaned: `3.20 to 0 (812 cells)`;
/// `3.20, as delivered (812 cells)` where nothing became of them.
pub fn of_error(error: &RepairError) -> String {
    let shown = |value: f64| match value {
        value if value >= 10.0 => thousands(value.round() as usize),
        value => nought(value),
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

/// Two decimals, and 0 where it is nothing at all.
pub fn nought(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        value => decimals(value),
    }
}

/// What the cleaning did to the structures, by consequence.
pub fn of_consequences(consequences: &[Consequence]) -> String {
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
        (true, true) => "about as much of every structure".to_owned(),
        (false, true) => format!("more of {more}"),
        (true, false) => format!("less of {less}"),
        (false, false) => format!("more of {more}, and less of {less}"),
    };
    format!(
        "By consequence: from the numbers of the cleaned data, beside those of the delivered data, a learner \
         with the answers tells {said}. {} of the original rows are left in the cleaned data.",
        percent(first.kept)
    )
}

fn named_all<'a>(some: impl Iterator<Item = &'a CleaningEvidence>) -> String {
    // Some have a comma of their own, and "another unit" would be read as one more.
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
    fn what_was_changed_for_nothing_is_told_by_column() {
        let column = |at: u64| DamagedColumn {
            table: None,
            column: format!("column_{at}"),
            changed: part(50 - at, 1_000),
        };
        let damaged: Vec<DamagedColumn> = (0..5).map(column).collect();
        let said = of_damage(&part(240, 5_000), &damaged);
        assert!(
            said.contains(
                "240 were changed (4.8 %): column_0 (50), column_1 (49), column_2 (48), 2 more."
            ),
            "{said}"
        );
        assert_eq!(
            of_damage(&part(0, 10), &[]),
            "No cell was changed that nothing was wrong with."
        );
    }

    #[test]
    fn rows_left_out_are_told_by_whether_something_was_wrong() {
        assert_eq!(of_dropped(&part(0, 0)), "No row was left out.");
        assert_eq!(
            of_dropped(&part(0, 1)),
            "One row was left out; something was wrong with it."
        );
        assert_eq!(
            of_dropped(&part(12, 1_512)),
            "1,512 rows were left out; in 12 of them nothing was wrong."
        );
    }

    #[test]
    fn an_error_of_nothing_is_nought() {
        let error = |delivered, cleaned| RepairError {
            cells: 812,
            delivered,
            cleaned,
        };
        assert_eq!(of_error(&error(Some(3.2), 0.0)), "3.20 to 0 (812 cells)");
        assert_eq!(of_error(&error(None, 1e-4)), "– to <0.01 (812 cells)");
        let still = error(Some(951.6), 951.6);
        assert_eq!(of_error(&still), "952, as delivered (812 cells)");
    }
}
