//! Column descriptions from a dictionary.

use super::types::{ColumnDescription, Profile};
use crate::table::Dictionary;

impl Profile {
    /// Adds what `dictionary` says about the columns of its main table.
    #[must_use]
    pub fn with_dictionary(mut self, dictionary: &Dictionary) -> Self {
        for column in &mut self.columns {
            column.dictionary = dictionary
                .entry(&column.name)
                .map(|entry| ColumnDescription {
                    description: entry.description.clone(),
                    unit: entry.unit.clone(),
                });
        }
        self
    }
}
