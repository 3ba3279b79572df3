//! A candidate's folder in one file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::staging::StagingError;

use super::commitment::FileHash;

/// Put `files` of `folder` into a zip at `path`, below a folder called `name`. Same files, same
/// bytes: order and dates are fixed.
pub fn zip_folder(
    folder: &Path,
    files: &[FileHash],
    name: &str,
    path: &Path,
) -> Result<(), StagingError> {
    let wrong =
        |why: zip::result::ZipError| StagingError::at(path)(io::Error::other(why.to_string()));
    let file = File::create(path).map_err(StagingError::at(path))?;
    let mut writer = ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for entry in files {
        let inside = folder.join(&entry.path);
        let mut source = File::open(&inside).map_err(StagingError::at(&inside))?;
        let size = source.metadata().map_err(StagingError::at(&inside))?.len();
        // Only where it is needed: the wider fields are other bytes.
        let options = options.large_file(size >= u64::from(u32::MAX));
        writer
            .start_file(format!("{name}/{}", entry.path), options)
            .map_err(wrong)?;
        io::copy(&mut source, &mut writer).map_err(StagingError::at(path))?;
    }
    let mut inner = writer.finish().map_err(wrong)?;
    inner.flush().map_err(StagingError::at(path))
}
