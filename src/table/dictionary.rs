//! The data dictionary: what each column is, but not its role in the world.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::TableError;

/// One line of `dictionary.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryEntry {
    /// Name of the table the column is in.
    pub table: String,
    /// Name of the column.
    pub column: String,
    /// `identifier`, `reference`, `timestamp`, `real`, `count`, `fraction`, `category`, `flag`,
    /// `text`, `embedding` or `derived`.
    pub kind: String,
    /// Type of the delivered cells: `real`, `whole`, `flag`, `timestamp` or `text`.
    pub stored_as: String,
    /// Unit of measurement; empty where there is none.
    pub unit: String,
    /// One sentence.
    pub description: String,
    /// A value as it may occur.
    pub example: String,
}

/// The columns of a bundle's tables, main table first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dictionary {
    /// One entry per column, in order.
    pub entries: Vec<DictionaryEntry>,
}

impl Dictionary {
    /// Read `dictionary.csv`.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let damaged = |why: csv::Error| TableError::Damaged {
            path: path.to_owned(),
            why: format!("not a data dictionary: {why}"),
        };
        let mut reader = csv::Reader::from_path(path).map_err(damaged)?;
        let entries = reader
            .deserialize()
            .collect::<Result<Vec<DictionaryEntry>, _>>()
            .map_err(damaged)?;
        Ok(Self { entries })
    }

    /// As the bytes of `dictionary.csv`.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for entry in &self.entries {
            // Writing text to memory cannot fail.
            let _ = writer.serialize(entry);
        }
        writer.into_inner().unwrap_or_default()
    }

    /// Name of the row id of the main table: the first identifier.
    pub fn row_id(&self) -> Option<&str> {
        self.entries
            .iter()
            .find(|entry| entry.kind == "identifier")
            .map(|entry| entry.column.as_str())
    }

    /// Name of the main table.
    pub fn main_table(&self) -> Option<&str> {
        self.entries.first().map(|entry| entry.table.as_str())
    }

    /// The columns of the main table, in order.
    pub fn main_entries(&self) -> impl Iterator<Item = &DictionaryEntry> {
        let main = self.main_table();
        let entries = self.entries.iter();
        entries.filter(move |entry| Some(entry.table.as_str()) == main)
    }

    /// The entry of `column` in the main table.
    pub fn entry(&self, column: &str) -> Option<&DictionaryEntry> {
        self.main_entries().find(|entry| entry.column == column)
    }
}
