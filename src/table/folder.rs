//! A candidate's folder, as anyone who received it sees it.

use std::path::{Path, PathBuf};

use super::{Dictionary, Table, TableError, read_table};

/// The main table of a `candidate/<id>/` folder with its dictionary.
#[derive(Debug, Clone)]
pub struct DataFolder {
    /// File that the table was read from.
    pub file: PathBuf,
    /// What each column is.
    pub dictionary: Dictionary,
    /// The main table.
    pub table: Table,
    /// Name of the row id column.
    pub row_id: String,
    /// Files of the other tables that the dictionary names.
    pub beside: Vec<PathBuf>,
}

impl DataFolder {
    /// Whether `path` looks like such a folder.
    pub fn is_one(path: &Path) -> bool {
        path.join("data").join("dictionary.csv").is_file()
    }

    /// Read `data/dictionary.csv` and the main table beside it, from Parquet if there is one.
    pub fn read(path: &Path) -> Result<Self, TableError> {
        let data = path.join("data");
        let dictionary_path = data.join("dictionary.csv");
        if !dictionary_path.is_file() {
            return Err(TableError::Open {
                path: dictionary_path,
                why: std::io::Error::new(
                    std::io::ErrorKind::NotFound,
                    "not there; expected a candidate folder of a round",
                ),
            });
        }
        let dictionary = Dictionary::read(&dictionary_path)?;
        let lacks = |what: &str| TableError::Damaged {
            path: dictionary_path.clone(),
            why: format!("names no {what}"),
        };
        let main = dictionary.main_table().ok_or_else(|| lacks("table"))?;
        let row_id = dictionary.row_id().ok_or_else(|| lacks("identifier"))?;
        let row_id = row_id.to_owned();
        let file_of = |name: &str| {
            let parquet = data.join(format!("{name}.parquet"));
            if parquet.is_file() {
                parquet
            } else {
                data.join(format!("{name}.csv"))
            }
        };
        let file = file_of(main);
        let mut others: Vec<&str> = Vec::new();
        for entry in &dictionary.entries {
            let name = entry.table.as_str();
            if name != main && is_plain(name) && !others.contains(&name) {
                others.push(name);
            }
        }
        let beside = others.into_iter().map(file_of);
        let beside = beside.filter(|file| file.is_file()).collect();
        let table = read_table(&file)?;
        if table.column(&row_id).is_none() {
            return Err(TableError::Damaged {
                path: file,
                why: format!("has no column `{row_id}`, which the dictionary calls the row id"),
            });
        }
        Ok(Self {
            file,
            dictionary,
            table,
            row_id,
            beside,
        })
    }
}

/// Whether a name can be shown and joined to a path as it is: a dictionary may be a stranger's.
fn is_plain(name: &str) -> bool {
    let usual = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    name.starts_with(char::is_alphanumeric) && name.chars().all(usual)
}
