//! What a dictionary says of columns.

use serde::Serialize;

use super::Profile;
use crate::table::Dictionary;
use crate::text::truncate;

/// What a dictionary says of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// One sentence.
    pub description: String,
    /// Unit of measurement; empty where there is none.
    pub unit: String,
}

/// Characters of a meaning that are told.
const LONGEST: usize = 400;

impl Meaning {
    /// The sentence with its unit: `What it cost. In euros.`
    pub fn words(&self) -> String {
        let words = match (self.description.trim(), self.unit.trim()) {
            (description, "") => description.to_owned(),
            ("", unit) => format!("Unit: {unit}."),
            (description, unit) => format!("{description} Unit: {unit}."),
        };
        truncate(&words, LONGEST)
    }
}

impl Profile {
    /// With what `dictionary` says of the columns of its main table.
    #[must_use]
    pub fn explained_by(mut self, dictionary: &Dictionary) -> Self {
        for column in &mut self.columns {
            column.meaning = dictionary.entry(&column.name).map(|entry| Meaning {
                description: entry.description.clone(),
                unit: entry.unit.clone(),
            });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_a_sentence_and_a_unit() {
        let of = |description: &str, unit: &str| {
            let (description, unit) = (description.to_owned(), unit.to_owned());
            Meaning { description, unit }.words()
        };
        assert_eq!(of("What it cost.", "euros"), "What it cost. Unit: euros.");
        assert_eq!(of("What it cost.", ""), "What it cost.");
        assert_eq!(of("", "euros"), "Unit: euros.");
        assert_eq!(of("", " "), "");
    }
}
