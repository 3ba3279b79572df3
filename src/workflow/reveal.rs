//! A delivered table with its key, for reviewers: the explorer page with the truth of each row as
//! additional columns. Nothing that candidates get or run uses this.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::bundle::{Key, KeyError, hash_file};
use crate::review::{BundleTruth, TruthError};
use crate::scenario::record_of;
use crate::table::{Cells, Column, Survey, Table, TableError, read_table};

use super::explore::{Exploration, ExploreError, ExploreRequest, Looked, look, told};
use super::review::truth_tables;

/// Prefix of columns from the key.
const MARK: &str = "key: ";

/// Why a table cannot be shown with its key.
#[derive(Debug, Error)]
pub enum RevealError {
    /// The table cannot be explored.
    #[error(transparent)]
    Explore(#[from] ExploreError),
    /// The key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A table of the key cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The key belongs to another bundle, or is damaged.
    #[error(transparent)]
    Truth(#[from] TruthError),
    /// The table differs from the delivered one.
    #[error("{} is not a table that the key in {} was made for", .table.display(), .key.display())]
    Other {
        /// The table.
        table: PathBuf,
        /// The folder of the key.
        key: PathBuf,
    },
    /// The table has a column with the name of a column of the key.
    #[error("a column of the table is called as one of the key")]
    Names,
}

/// Explore a delivered table with what the key in the folder `key` says about its rows. Each
/// property is a column whose name begins with `key: `: latents, memberships, sides, changes, and
/// for each planted defect whether it affected the row.
///
/// # Errors
/// When the table or the key cannot be read, or the table differs from the one delivered with the
/// key.
pub fn reveal(request: &ExploreRequest, key: &Path) -> Result<Exploration, RevealError> {
    let found = look(&request.table)?;
    let file = found.file;
    let known = Key::read(&key.join("key.json"))?;
    let sha256 = hash_file(&file).map_err(|why| TableError::Open {
        path: file.clone(),
        why,
    })?;
    if known.delivered.iter().all(|one| one.sha256 != sha256) {
        return Err(RevealError::Other {
            table: file,
            key: key.to_owned(),
        });
    }
    // Types are kept as written, not inferred: ids made of digits are text in a key.
    let delivered = if request.table == file {
        read_table(&file)?
    } else {
        found.survey.table
    };
    let own = delivered.columns().len();
    let title = format!("{}, with its key: never send this page", found.name);
    let shown = Looked {
        name: found.name,
        file,
        survey: Survey::of(revealed(known, key, delivered)?),
        dictionary: found.dictionary,
        beside: Vec::new(),
    };
    Ok(told(request, &title, own, shown)?)
}

/// The table with columns of the key after its own.
fn revealed(key: Key, folder: &Path, delivered: Table) -> Result<Table, RevealError> {
    let truth = BundleTruth::new(key, truth_tables(folder, delivered)?)?;
    let mut columns: Vec<Column> = truth.delivered.columns().to_vec();
    let described = truth.described();
    let told = described.columns().iter();
    // The ids of the row and its entity are already in the table.
    columns.extend(
        told.filter(|column| !matches!(column.cells, Cells::Text(_)))
            .map(|column| marked(&column.name, column.cells.clone())),
    );
    for (at, instance) in truth.key.world.instances.iter().enumerate() {
        let struck = truth.struck(at as u16).into_iter().map(Some);
        let decoy = if instance.decoy { " (decoy)" } else { "" };
        let name = format!("{} {}{decoy}", instance.id, record_of(instance.kind).title);
        columns.push(marked(&name, Cells::Flag(struck.collect())));
    }
    Table::new(columns).ok_or(RevealError::Names)
}

fn marked(name: &str, cells: Cells) -> Column {
    Column {
        name: format!("{MARK}{name}"),
        cells,
    }
}
