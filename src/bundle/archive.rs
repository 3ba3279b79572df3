//! Packs a candidate's folder into one file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::staging::StagingError;

/// Put `files` (paths with `/` as separator) of `folder` into a zip at `path`, in a folder called
/// `name`. The same files give the same bytes: order and dates are fixed.
pub fn zip_folder(
    folder: &Path,
    files: &[String],
    name: &str,
    path: &Path,
) -> Result<(), StagingError> {
    let wrong =
        |why: zip::result::ZipError| StagingError::at(path)(io::Error::other(why.to_string()));
    let file = File::create(path).map_err(StagingError::at(path))?;
    let mut writer = ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for entry in files {
        let inside = folder.join(entry);
        let mut source = File::open(&inside).map_err(StagingError::at(&inside))?;
        let size = source.metadata().map_err(StagingError::at(&inside))?.len();
        // Only if needed, since the wider fields change the bytes.
        let options = options.large_file(size >= u64::from(u32::MAX));
        // Parquet is already compressed: deflating it again took longer than making it, and saved 1
        // %.
        let compressed = inside.extension().is_some_and(|ending| ending == "parquet");
        let options = options.compression_method(if compressed {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        });
        writer
            .start_file(format!("{name}/{entry}"), options)
            .map_err(wrong)?;
        io::copy(&mut source, &mut writer).map_err(StagingError::at(path))?;
    }
    let mut inner = writer.finish().map_err(wrong)?;
    inner.flush().map_err(StagingError::at(path))
}
