//! A candidate's folder, as its recipients see it.

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
    /// The other tables, which are not read.
    pub children: Vec<ChildFile>,
}

/// A table next to the main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildFile {
    /// Its name, without the prefix of the main table.
    pub name: String,
    /// Its file: Parquet if there is one.
    pub file: PathBuf,
    /// Name of its row id column; none if the dictionary gives none.
    pub row_id: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<String>,
}

impl DataFolder {
    /// Whether `path` looks like such a folder.
    pub fn is_one(path: &Path) -> bool {
        path.join("data").join("dictionary.csv").is_file()
    }

    /// Read `data/dictionary.csv` and the main table next to it, from Parquet if it exists.
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
        let file = file_of(&data, main);
        let children = children(&data, &dictionary);
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
            children,
        })
    }
}

fn file_of(data: &Path, table: &str) -> PathBuf {
    let parquet = data.join(format!("{table}.parquet"));
    if parquet.is_file() {
        parquet
    } else {
        data.join(format!("{table}.csv"))
    }
}

/// The tables that the dictionary names after the main one.
fn children(data: &Path, dictionary: &Dictionary) -> Vec<ChildFile> {
    let main = dictionary.main_table().unwrap_or_default();
    let mut children: Vec<ChildFile> = Vec::new();
    let others = dictionary.entries.iter();
    for entry in others.filter(|entry| entry.table != main && is_plain(&entry.table)) {
        let name = entry.table.strip_prefix(main);
        let name = name.and_then(|name| name.strip_prefix('_'));
        let name = name.unwrap_or(&entry.table);
        if children.last().is_none_or(|child| child.name != name) {
            children.push(ChildFile {
                name: name.to_owned(),
                file: file_of(data, &entry.table),
                row_id: None,
                columns: Vec::new(),
            });
        }
        if let Some(child) = children.last_mut() {
            if entry.kind == "identifier" {
                child.row_id.get_or_insert_with(|| entry.column.clone());
            }
            child.columns.push(entry.column.clone());
        }
    }
    children
}

/// Whether a name is safe to display and to append to a path: the dictionary may be from a
/// stranger.
fn is_plain(name: &str) -> bool {
    let usual = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    name.starts_with(char::is_alphanumeric) && name.chars().all(usual)
}
