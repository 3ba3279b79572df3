//! Certify a table: a file, or the main table of a candidate's folder.

use std::fs;
use std::path::Path;

use thiserror::Error;

use crate::certify::{Certificate, CertifyError, Depth, Thresholds, View};
use crate::progress::{Interrupted, Progress};
use crate::random::Secret;
use crate::staging::{Privacy, StagingError, write_file};
use crate::table::write_parquet;

use super::explore::{ExploreError, read};

/// What to certify, and how.
#[derive(Debug, Clone, Copy)]
pub struct CertifyRequest<'a> {
    /// A `.csv` or `.parquet` file, or a candidate's folder.
    pub table: &'a Path,
    /// How much to measure.
    pub depth: Depth,
    /// Which rows are sampled, and every other draw.
    pub seed: u64,
}

/// Why there is no certificate.
#[derive(Debug, Error)]
pub enum CertifyJobError {
    /// The table cannot be read.
    #[error(transparent)]
    Read(#[from] ExploreError),
    /// It cannot be measured.
    #[error("{name}: {why}")]
    Measure {
        /// Name of the table.
        name: String,
        /// Why.
        why: CertifyError,
    },
    /// The view cannot be written.
    #[error(transparent)]
    Write(#[from] StagingError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl CertifyJobError {
    /// What the person can do about it, where that is plain.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Read(why) => why.hint(),
            Self::Measure {
                why: CertifyError::TooLittle { .. },
                ..
            } => Some(
                "only columns of numbers with at least 20 different values are measured: drumlin \
                 explore shows what there is",
            ),
            _ => None,
        }
    }
}

/// Measure a table of which nothing is known.
pub fn certify(
    request: &CertifyRequest<'_>,
    progress: &impl Progress,
) -> Result<Certificate, CertifyJobError> {
    progress.stage("reading", 0);
    let (name, table, _) = read(request.table)?;
    progress.advance(0)?;
    progress.stage("measuring", 0);
    let stream = Secret::demo(request.seed).stream().fork("certify");
    let thresholds = Thresholds::default();
    let certificate = Certificate::of(&name, &table, request.depth, thresholds, &stream)
        .map_err(|why| CertifyJobError::Measure { name, why })?;
    progress.advance(0)?;
    Ok(certificate)
}

/// Write the numbers that were measured as a Parquet file, whole or not at all.
pub fn write_view(view: &View, path: &Path) -> Result<(), CertifyJobError> {
    let room = tempfile::tempdir().map_err(StagingError::at(path))?;
    let file = room.path().join("view.parquet");
    write_parquet(&file, &view.table()).map_err(ExploreError::from)?;
    // At most 5,000 rows.
    let bytes = fs::read(&file).map_err(StagingError::at(path))?;
    Ok(write_file(path, &bytes, Privacy::Usual)?)
}
