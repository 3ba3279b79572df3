//! File formats of delivered tables.

use serde::{Deserialize, Serialize};

/// File formats of the delivered tables; the cells are the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Formats {
    /// Parquet.
    pub parquet: bool,
    /// CSV, missing values as empty fields.
    pub csv: bool,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            parquet: true,
            csv: true,
        }
    }
}

impl Formats {
    /// `parquet,csv`
    pub fn names(self) -> String {
        let names = [(self.parquet, "parquet"), (self.csv, "csv")];
        let wanted = names.iter().filter(|(wanted, _)| *wanted);
        let names: Vec<&str> = wanted.map(|(_, name)| *name).collect();
        names.join(",")
    }

    /// The paths of a table's files, as Markdown.
    pub fn locations(self, table: &str) -> String {
        match (self.parquet, self.csv) {
            (true, false) => format!("`data/{table}.parquet`"),
            (false, _) => format!("`data/{table}.csv`"),
            (true, true) => {
                format!("`data/{table}.parquet` (and, with the same cells, `data/{table}.csv`)")
            }
        }
    }
}
