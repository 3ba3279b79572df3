//! Make one candidate's bundle: what is sent, and its key.

use std::fs;
use std::io;
use std::path::Path;

use crate::baseline::Pipeline;
use crate::bundle::{
    BundlePaths, Candidate, DEMO_MARK, Delivery, FORMAT, FileHash, Key, Manifest, RoundPaths,
    commitment, hash_files, zip_folder,
};
use crate::generate::{BundleContext, blocks_of};
use crate::progress::Progress;
use crate::render::{brief_page, truth_page};
use crate::review::{Baselines, illustrate};
use crate::staging::{Privacy, StagingError, restrict, write_file, write_json};
use crate::table::Dictionary;

use super::baselines::run_baselines;
use super::error::GenerateError;
use super::explore::bundle_page;
use super::pilot::pilot_key;
use super::round::{BandDeviation, MOST_DRAWS, Round, compare_with_bands, difficulty, name};
use super::tables::{TableOutput, WrittenTables, dictionary, write_tables};

/// The page that shows the table of a bundle.
const EXPLORER: &str = "explore.html";
/// A longer table is not read again for a page: bundles are made in constant memory.
const EXPLORED_ROWS: u64 = 1_000_000;

/// A bundle's tables, drawn once, with their truth.
struct BundleDraft {
    context: BundleContext,
    written: WrittenTables,
    dictionary: Dictionary,
    key: Key,
    baselines: Baselines,
}

/// Summary of a finished bundle.
pub(super) struct BundleSize {
    /// Rows delivered.
    pub(super) rows: u64,
    /// Columns delivered.
    pub(super) columns: usize,
    /// Numbers compared with the bands of the round.
    pub(super) compared: usize,
    /// Values outside their band.
    pub(super) outside: usize,
}

/// Make one candidate's bundle below `stage`: redrawn until its difficulty matches the others of
/// its round.
pub(super) fn bundle(
    round: &Round,
    stage: &RoundPaths,
    candidate: &str,
    progress: &dyn Progress,
) -> Result<(Candidate, BundleSize), GenerateError> {
    let paths = stage.bundle(candidate);
    // The draw was settled earlier, and its rows may have been sent.
    if let Some(attempt) = round.attempt(candidate) {
        let drawn = draw(round, &paths, candidate, attempt, progress)?;
        return finish(round, &paths, drawn, progress);
    }
    let mut nearest: Option<(BandDeviation, u32)> = None;
    for attempt in 1..=MOST_DRAWS {
        let drawn = draw(round, &paths, candidate, attempt, progress)?;
        let off = BandDeviation::of(&drawn.key.parity);
        if off.outside == 0 {
            return finish(round, &paths, drawn, progress);
        }
        if nearest
            .as_ref()
            .is_none_or(|(nearest, _)| off.less(nearest))
        {
            nearest = Some((off, attempt));
        }
    }
    let attempt = nearest.map_or(1, |(_, attempt)| attempt);
    let drawn = draw(round, &paths, candidate, attempt, progress)?;
    finish(round, &paths, drawn, progress)
}

/// Draw the tables of a bundle and run the baselines; replaces what an earlier draw wrote.
fn draw(
    round: &Round,
    paths: &BundlePaths,
    candidate: &str,
    attempt: u32,
    progress: &dyn Progress,
) -> Result<BundleDraft, GenerateError> {
    for folder in [&paths.candidate, &paths.key] {
        match fs::remove_dir_all(folder) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => {
                return Err(StagingError::at(folder)(why).into());
            }
            _ => {}
        }
    }
    let secret = round.candidate_secret(candidate, attempt);
    let context = round.context(&secret);
    let output = TableOutput {
        data: &paths.candidate.join("data"),
        key: &paths.key,
        formats: round.notes.formats,
        blocks: 0..blocks_of(context.rows),
    };
    let written = write_tables(&context, &output, progress)?;
    let dictionary = dictionary(
        &round.frozen.scenario,
        &written.sample.delivered,
        &written.sample.surface,
        &written.children,
    );
    let mut key = Key {
        bundle: name(&secret, "bundle id"),
        mark: round.notes.mark.clone(),
        candidate: candidate.to_owned(),
        attempt,
        nonce: secret.for_candidate("nonce", candidate, attempt).to_hex(),
        row_id: dictionary.row_id().unwrap_or_default().to_owned(),
        delivered_rows: written.delivered_rows,
        children: written
            .children
            .iter()
            .map(|one| one.rows.clone())
            .collect(),
        decoys: round.key.decoys.clone(),
        ..pilot_key(&context, written.counts.clone())
    };
    let stream = secret.stream();
    let baselines = run_baselines(
        &key,
        &written.sample,
        &stream.fork("autopilots"),
        &paths.key,
    )?;
    if !round.key.parity.is_empty() {
        let careful = baselines.result(Pipeline::Careful.name());
        let stream = stream.fork("parity");
        let measured = difficulty(&context, &key, &written.sample, careful, &stream);
        key.parity = compare_with_bands(&round.key.parity, &measured);
    }
    Ok(BundleDraft {
        context,
        written,
        dictionary,
        key,
        baselines,
    })
}

/// Write the other files of a bundle, and its key.
fn finish(
    round: &Round,
    paths: &BundlePaths,
    drawn: BundleDraft,
    progress: &dyn Progress,
) -> Result<(Candidate, BundleSize), GenerateError> {
    let BundleDraft {
        context,
        written,
        dictionary,
        mut key,
        baselines,
    } = drawn;
    write_bytes(
        &paths.candidate.join("data").join("dictionary.csv"),
        &dictionary.to_csv(),
    )?;
    let delivery = Delivery {
        rows: written.delivered_rows,
        formats: round.notes.formats,
        demo: round.demo(),
        dirty: !round.notes.without_defects,
        explorer: !round.notes.without_explorer && written.delivered_rows <= EXPLORED_ROWS,
    };
    if delivery.explorer {
        // From the files alone, as the candidate could: the page cannot contain anything else.
        let page = bundle_page(&paths.candidate)?;
        write_bytes(&paths.candidate.join(EXPLORER), page.as_bytes())?;
    }
    let brief = &round.notes.brief;
    let text = brief.to_markdown(&round.frozen.scenario, &dictionary, delivery);
    write_bytes(&paths.candidate.join("README.md"), text.as_bytes())?;
    let page = brief_page(&round.frozen.scenario.title, &text);
    write_bytes(&paths.candidate.join("README.html"), page.as_bytes())?;

    let (illustration, files) = rayon::join(
        || illustrate(&key, &context, &written.sample),
        || hash_files(&paths.candidate),
    );
    let files = files?;
    let tables = files.iter().filter(|file| is_table(file));
    key.delivered = tables.cloned().collect();
    write_json(&paths.key.join("key.json"), &key, Privacy::OwnerOnly)?;
    let truth = truth_page(
        &key,
        &illustration,
        &baselines,
        &round.key.misleading_clusterings,
    );
    write_bytes(&paths.key.join("truth.html"), truth.as_bytes())?;
    restrict(&paths.key)?;

    let commitment = commitment(&hash_files(&paths.key)?);
    let manifest = Manifest {
        format: FORMAT,
        bundle: key.bundle.clone(),
        mark: round.demo().then(|| DEMO_MARK.to_owned()),
        files,
        commitment: commitment.clone(),
    };
    write_json(
        &paths.candidate.join("manifest.json"),
        &manifest,
        Privacy::Usual,
    )?;
    let mut sent = vec!["manifest.json".to_owned()];
    sent.extend(manifest.files.into_iter().map(|file| file.path));
    sent.sort_unstable();
    zip_folder(&paths.candidate, &sent, &key.candidate, &paths.archive)?;
    progress.advance(0)?;
    let candidate = Candidate {
        id: key.candidate.clone(),
        commitment,
        attempt: key.attempt,
    };
    let size = BundleSize {
        rows: written.delivered_rows,
        columns: dictionary.main_entries().count(),
        compared: key.parity.len(),
        outside: BandDeviation::of(&key.parity).outside,
    };
    Ok((candidate, size))
}

fn is_table(file: &FileHash) -> bool {
    let ending = Path::new(&file.path)
        .extension()
        .and_then(|ending| ending.to_str());
    matches!(ending, Some("parquet" | "csv")) && file.path != "data/dictionary.csv"
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), StagingError> {
    write_file(path, bytes, Privacy::Usual)
}
