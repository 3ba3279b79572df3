//! Facts about a column in words.

use crate::explore::{ColumnDescription, ColumnProfile};
use crate::text::{thousands, truncate};

/// Maximum length of a displayed description, in characters.
const LONGEST: usize = 400;

/// The description of a column in a dictionary, with its unit: `What it cost. Unit: euros.`
pub fn description(column: &ColumnDescription) -> String {
    let words = match (column.description.trim(), column.unit.trim()) {
        (description, "") => description.to_owned(),
        ("", unit) => format!("Unit: {unit}."),
        (description, unit) => format!("{description} Unit: {unit}."),
    };
    truncate(&words, LONGEST)
}

pub fn all_unique(column: &ColumnProfile) -> &'static str {
    if column.distinct_estimated {
        "all sampled values are unique"
    } else {
        "all values are unique"
    }
}

/// The number of distinct values, with ≈ if it is an estimate.
pub fn distinct_values(column: &ColumnProfile) -> String {
    let about = if column.distinct_estimated { "≈" } else { "" };
    format!("{about}{}", thousands(column.distinct))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_ends_with_its_unit() {
        let of = |description: &str, unit: &str| {
            let (description, unit) = (description.to_owned(), unit.to_owned());
            super::description(&ColumnDescription { description, unit })
        };
        assert_eq!(of("What it cost.", "euros"), "What it cost. Unit: euros.");
        assert_eq!(of("What it cost.", ""), "What it cost.");
        assert_eq!(of("", "euros"), "Unit: euros.");
        assert_eq!(of("", " "), "");
    }
}
