//! Explore a table: a file, or a candidate's folder.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::explore::{Profile, distribution, profile, structure};
use crate::render::exploration;
use crate::table::{DataFolder, Table, TableError, read_table};

/// A table, looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Exploration {
    /// Name of the file that was read.
    pub name: String,
    /// Facts about it.
    pub profile: Profile,
    /// The page, when it was asked for.
    pub page: Option<String>,
    /// Files of other tables beside it, when it was found in a candidate's folder.
    pub beside: Vec<PathBuf>,
}

/// Why a table could not be explored.
#[derive(Debug, Error)]
pub enum ExploreError {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A folder, but not one of ours.
    #[error("{} is a folder without data/dictionary.csv", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

impl ExploreError {
    /// What the person can do about it, where that is plain.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Table(why) => why.hint(),
            Self::Folder { .. } => {
                Some("give a .csv or .parquet file, or a candidate folder of a round")
            }
        }
    }
}

/// Explore the table at `path`: a `.csv` or `.parquet` file, or a candidate's folder.
pub fn explore(path: &Path, with_page: bool) -> Result<Exploration, ExploreError> {
    let (name, table, beside) = read(path)?;
    let profile = profile(&table);
    // A page is passed on: it says where the files lie in the folder, not on this machine.
    let inside = |file: &PathBuf| {
        let inside = file.strip_prefix(path).unwrap_or(file);
        inside.to_string_lossy().into_owned()
    };
    let places: Vec<String> = beside.iter().map(inside).collect();
    let page = with_page.then(|| explore_page(&name, &table, &profile, &places));
    Ok(Exploration {
        name,
        profile,
        page,
        beside,
    })
}

/// The page about `table`, called `title`, with its facts as `profile` found them; `beside` are
/// files of other tables.
pub fn explore_page(title: &str, table: &Table, profile: &Profile, beside: &[String]) -> String {
    let charts: Vec<_> = profile.columns.iter().map(distribution).collect();
    exploration(title, profile, &charts, &structure(table), beside)
}

/// The table at `path` with its name, and files of other tables beside it.
pub(super) fn read(path: &Path) -> Result<(String, Table, Vec<PathBuf>), ExploreError> {
    let name = |file: &Path| {
        file.file_name().map_or_else(
            || "table".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    if DataFolder::is_one(path) {
        let folder = DataFolder::read(path)?;
        let children = folder.children.into_iter().map(|child| child.file);
        let there = children.filter(|file| file.is_file()).collect();
        Ok((name(&folder.file), folder.table, there))
    } else if path.is_dir() {
        Err(ExploreError::Folder {
            path: path.to_owned(),
        })
    } else {
        Ok((name(path), read_table(path)?, Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_explored_and_a_strange_folder_refused() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, "a,b\n1,x\n2,y\n2,y\n").unwrap();
        let found = explore(&path, true).unwrap();
        assert_eq!(
            (
                found.name.as_str(),
                found.profile.rows,
                found.profile.repeated_rows
            ),
            ("t.csv", 3, 1)
        );
        assert!(found.page.unwrap().contains("<title>t.csv</title>"));
        assert!(explore(&path, false).unwrap().page.is_none());
        let refused = explore(room.path(), false).unwrap_err();
        assert!(
            refused
                .to_string()
                .ends_with("is a folder without data/dictionary.csv")
        );
        assert!(matches!(
            explore(&room.path().join("no.csv"), false),
            Err(ExploreError::Table(_))
        ));
    }

    #[test]
    fn a_folder_names_the_other_tables_that_it_has() {
        let room = tempfile::tempdir().unwrap();
        let data = room.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let dictionary = "table,column,kind,stored_as,unit,description,example\n\
                          t,id,identifier,text,,The row.,a\n\
                          t_steps,id,reference,text,,The row.,a\n\
                          ../t_far,id,reference,text,,The row.,a\n\
                          t_gone,id,reference,text,,The row.,a\n";
        std::fs::write(data.join("dictionary.csv"), dictionary).unwrap();
        for file in ["data/t.csv", "data/t_steps.csv", "t_far.csv"] {
            std::fs::write(room.path().join(file), "id\na\nb\n").unwrap();
        }
        let found = explore(room.path(), true).unwrap();
        assert_eq!(found.beside, [data.join("t_steps.csv")]);
        let page = found.page.unwrap().replace("<wbr>", "");
        assert!(page.contains("drumlin explore data/t_steps.csv"));
    }

    #[test]
    fn a_header_without_rows_is_explored() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, "a,b\n").unwrap();
        assert_eq!(explore(&path, true).unwrap().profile.rows, 0);
    }
}
