//! Explore a table: a file, or a candidate's folder.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::explore::{
    LevelComparison, PageScope, Profile, compare_levels, distribution, numeric_view, page_data,
    profile_survey,
};
use crate::render::exploration;
use crate::table::{DataFolder, Dictionary, Survey, Table, TableError, read_table, survey};

/// Results of exploring a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Exploration {
    /// Name of the file that was read.
    pub name: String,
    /// Facts about it.
    pub profile: Profile,
    /// A comparison of the columns by the levels of one of them, if requested.
    pub by: Option<LevelComparison>,
    /// The page, if requested.
    pub page: Option<String>,
    /// Other tables in the same candidate's folder.
    pub beside: Vec<PathBuf>,
}

/// Why a table could not be explored.
#[derive(Debug, Error)]
pub enum ExploreError {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The table has no such column.
    #[error("{table} has no column `{name}`")]
    NoColumn {
        /// The file.
        table: String,
        /// The requested name.
        name: String,
        /// The most similar name in the table, if any.
        nearest: Option<String>,
    },
    /// A folder that is not a candidate's folder.
    #[error("{} is a folder without data/dictionary.csv", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

impl ExploreError {
    /// What the user can do about it, if known.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Table(why) => why.hint().map(str::to_owned),
            Self::NoColumn { nearest, .. } => Some(match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "`drumlin explore` of the table alone lists its columns".to_owned(),
            }),
            Self::Folder { .. } => {
                Some("give a .csv or .parquet file, or a candidate folder of a round".to_owned())
            }
        }
    }
}

/// Request for exploring a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExploreRequest {
    /// A `.csv` or `.parquet` file, or a candidate's folder.
    pub table: PathBuf,
    /// The columns to report; empty for all.
    pub columns: Vec<String>,
    /// The column by whose levels the others are compared.
    pub by: Option<String>,
    /// Whether to make a page.
    pub with_page: bool,
}

/// Explore a table.
///
/// # Errors
/// When it cannot be read, or lacks a requested column.
pub fn explore(request: &ExploreRequest) -> Result<Exploration, ExploreError> {
    let looked = look(&request.table)?;
    let (title, own) = (looked.name.clone(), looked.survey.table.columns().len());
    told(request, &title, own, looked)
}

/// A table that was read.
pub(super) struct Looked {
    /// Name of its file.
    pub(super) name: String,
    /// Its file.
    pub(super) file: PathBuf,
    /// The table.
    pub(super) survey: Survey,
    /// What its columns mean, if its folder has a dictionary.
    pub(super) dictionary: Option<Dictionary>,
    /// Files of other tables in its folder.
    pub(super) beside: Vec<PathBuf>,
}

impl Looked {
    fn profile(&self) -> Profile {
        let profile = profile_survey(&self.survey);
        match &self.dictionary {
            Some(dictionary) => profile.with_dictionary(dictionary),
            None => profile,
        }
    }
}

/// Results for a table that was read. Only the first `own` columns are analysed together: columns
/// added from a key describe the rows and are not part of the data.
pub(super) fn told(
    request: &ExploreRequest,
    title: &str,
    own: usize,
    looked: Looked,
) -> Result<Exploration, ExploreError> {
    let table = &looked.survey.table;
    let place = |column: &String| place(&looked.name, table, column);
    let level_of = request.by.as_ref().map(place).transpose()?;
    let named: Vec<usize> = request
        .columns
        .iter()
        .map(place)
        .collect::<Result<_, _>>()?;
    let mut profile = looked.profile();
    let places = inside(&request.table, &looked.beside);
    let page = request.with_page.then(|| {
        page(
            title,
            (&looked.survey, own),
            &profile,
            &places,
            PageScope::All,
        )
    });
    if !named.is_empty() {
        let all = profile.columns;
        profile.columns = named.iter().map(|at| all[*at].clone()).collect();
    }
    Ok(Exploration {
        by: level_of.map(|at| compare_levels(table, at)),
        name: looked.name,
        profile,
        page,
        beside: looked.beside,
    })
}

/// Minimum similarity of a name to be suggested.
const NEAR: f64 = 0.75;

/// Position of a column in the table.
fn place(file: &str, table: &Table, name: &str) -> Result<usize, ExploreError> {
    table.position(name).ok_or_else(|| {
        let wanted = name.to_lowercase();
        let near = table
            .names()
            .map(|known| (strsim::jaro_winkler(&wanted, &known.to_lowercase()), known))
            .filter(|(alike, _)| *alike >= NEAR);
        let nearest = near.max_by(|one, other| one.0.total_cmp(&other.0));
        ExploreError::NoColumn {
            table: file.to_owned(),
            name: name.to_owned(),
            nearest: nearest.map(|(_, name)| name.to_owned()),
        }
    })
}

/// The page about a table called `title`, with its facts as in `profile`; `beside` are the files of
/// other tables.
fn page(
    title: &str,
    (survey, own): (&Survey, usize),
    profile: &Profile,
    beside: &[String],
    views: PageScope,
) -> String {
    let charts: Vec<_> = profile.columns.iter().map(distribution).collect();
    let columns = survey.table.columns();
    let mut structure = if own < columns.len() {
        // The first columns of a table form a table.
        let own = Table::new(columns[..own].to_vec()).unwrap_or_default();
        numeric_view(&own, views)
    } else {
        numeric_view(&survey.table, views)
    };
    structure.rows = profile.rows;
    let embedded = page_data(&survey.table, survey.full_table.as_ref(), profile, own);
    exploration(
        title, profile, &charts, &structure, &embedded, beside, views,
    )
}

/// Paths of files without their folder: a page is shared, and should not reveal paths on this
/// machine.
fn inside(folder: &Path, files: &[PathBuf]) -> Vec<String> {
    let inside = |file: &PathBuf| {
        let inside = file.strip_prefix(folder).unwrap_or(file);
        inside.to_string_lossy().into_owned()
    };
    files.iter().map(inside).collect()
}

/// The explorer page of a take-home, made from its folder alone.
///
/// # Errors
/// When the table cannot be read.
pub fn bundle_page(folder: &Path) -> Result<String, ExploreError> {
    let looked = in_folder(folder)?;
    let places = inside(folder, &looked.beside);
    let own = looked.survey.table.columns().len();
    Ok(page(
        &looked.name,
        (&looked.survey, own),
        &looked.profile(),
        &places,
        PageScope::Bundle,
    ))
}

/// The table at `path`. Malformed files are read anyway.
pub(super) fn look(path: &Path) -> Result<Looked, ExploreError> {
    if path.is_dir() {
        return in_folder(path);
    }
    Ok(Looked {
        name: file_name(path),
        file: path.to_owned(),
        survey: survey(path)?,
        dictionary: None,
        beside: Vec::new(),
    })
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(
        || "table".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The table at `path` with its name: a well-formed file, or a candidate's folder.
pub(super) fn read(path: &Path) -> Result<(String, Table), ExploreError> {
    if path.is_dir() {
        let looked = in_folder(path)?;
        return Ok((looked.name, looked.survey.table));
    }
    Ok((file_name(path), read_table(path)?))
}

/// The main table of a candidate's folder.
fn in_folder(path: &Path) -> Result<Looked, ExploreError> {
    if !DataFolder::is_one(path) {
        return Err(ExploreError::Folder {
            path: path.to_owned(),
        });
    }
    let folder = DataFolder::read(path)?;
    let children = folder.children.into_iter().map(|child| child.file);
    Ok(Looked {
        name: file_name(&folder.file),
        file: folder.file,
        survey: Survey::of(folder.table),
        dictionary: Some(folder.dictionary),
        beside: children.filter(|file| file.is_file()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &Path, with_page: bool) -> ExploreRequest {
        ExploreRequest {
            table: path.to_owned(),
            with_page,
            ..ExploreRequest::default()
        }
    }

    #[test]
    fn a_file_is_explored_and_a_strange_folder_refused() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, "a,b\n1,x\n2,y\n2,y\n").unwrap();
        let found = explore(&of(&path, true)).unwrap();
        assert_eq!(
            (
                found.name.as_str(),
                found.profile.rows,
                found.profile.repeated_rows
            ),
            ("t.csv", 3, 1)
        );
        assert!(found.page.unwrap().contains("<title>t.csv</title>"));
        assert!(explore(&of(&path, false)).unwrap().page.is_none());
        let refused = explore(&of(room.path(), false)).unwrap_err();
        assert!(
            refused
                .to_string()
                .ends_with("is a folder without data/dictionary.csv")
        );
        assert!(matches!(
            explore(&of(&room.path().join("no.csv"), false)),
            Err(ExploreError::Table(_))
        ));
    }

    #[test]
    fn columns_are_asked_for_by_name() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, "price,plan\n1,x\n2,y\n2,y\n").unwrap();
        let mut request = of(&path, false);
        request.columns = vec!["plan".to_owned()];
        request.by = Some("plan".to_owned());
        let found = explore(&request).unwrap();
        assert_eq!(found.profile.columns.len(), 1);
        assert_eq!(found.by.unwrap().levels[0].value, "y");
        request.by = Some("pirce".to_owned());
        let refused = explore(&request).unwrap_err();
        assert_eq!(refused.to_string(), "t.csv has no column `pirce`");
        assert_eq!(refused.hint().unwrap(), "did you mean `price`?");
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
        let found = explore(&of(room.path(), true)).unwrap();
        assert_eq!(found.beside, [data.join("t_steps.csv")]);
        let page = found.page.unwrap().replace("<wbr>", "");
        assert!(page.contains("drumlin explore data/t_steps.csv"));
    }

    #[test]
    fn a_header_without_rows_is_explored() {
        let room = tempfile::tempdir().unwrap();
        let path = room.path().join("t.csv");
        std::fs::write(&path, "a,b\n").unwrap();
        assert_eq!(explore(&of(&path, true)).unwrap().profile.rows, 0);
    }
}
