//! Make one candidate's bundle: what is sent, and its key.

use std::path::Path;

use crate::bundle::{
    Candidate, DEMO_MARK, FORMAT, FileHash, Key, Manifest, RoundPaths, commitment, hash_files,
    zip_folder,
};
use crate::generate::{Setup, blocks_of, findings};
use crate::progress::Progress;
use crate::random::Secret;
use crate::render::{Free, brief_page, truth_page};
use crate::review::illustrate;
use crate::staging::{Privacy, StagingError, restrict, write_file};

use super::dictionary::dictionary;
use super::generate::GenerateError;
use super::ladder::climb;
use super::round::{Round, name};
use super::tables::{Output, write_tables};

/// Make one candidate's bundle below `stage`.
pub(super) fn bundle(
    round: &Round,
    stage: &RoundPaths,
    candidate: &str,
    progress: &dyn Progress,
) -> Result<(Candidate, (u64, usize)), GenerateError> {
    let attempt = 1;
    let secret = round.candidate_secret(candidate, attempt);
    let setup = setup_of(round, &secret);
    let paths = stage.bundle(candidate);
    let data = paths.candidate.join("data");
    let output = Output {
        data: &data,
        key: &paths.key,
        formats: round.notes.formats,
        blocks: 0..blocks_of(setup.rows),
    };
    let written = write_tables(&setup, &output, progress)?;
    let dictionary = dictionary(
        &round.scenario,
        &written.sample.delivered,
        &written.sample.surface,
        &written.children,
    );
    write_bytes(&data.join("dictionary.csv"), &dictionary.to_csv())?;
    let text = round.notes.brief.to_markdown(
        &round.scenario,
        &dictionary,
        written.delivered_rows,
        round.notes.formats,
        round.demo(),
        !round.notes.without_defects,
    );
    write_bytes(&paths.candidate.join("README.md"), text.as_bytes())?;
    let page = brief_page(&round.scenario.title, &text);
    write_bytes(&paths.candidate.join("README.html"), page.as_bytes())?;

    let mut key = Key {
        format: FORMAT,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        bundle: name(&secret, "bundle id"),
        mark: round.notes.mark.clone(),
        candidate: candidate.to_owned(),
        attempt,
        nonce: secret.for_candidate("nonce", candidate, attempt).to_hex(),
        scenario: round.scenario.name.clone(),
        row_id: dictionary.row_id().unwrap_or_default().to_owned(),
        source_rows: round.notes.rows,
        delivered_rows: written.delivered_rows,
        children: written.children.into_iter().map(|one| one.rows).collect(),
        delivered: Vec::new(),
        findings: findings(&round.scenario, &round.world, &round.calibration),
        instances: written.counts,
        decoys: round.key.decoys.clone(),
        world: (*round.world).clone(),
    };
    let pilots = secret.stream().fork("autopilots");
    let ((illustration, files), ladder) = rayon::join(
        || {
            rayon::join(
                || illustrate(&key, &setup, &written.sample),
                || hash_files(&paths.candidate),
            )
        },
        || climb(&key, &written.sample, &pilots, &paths.key),
    );
    let files = files?;
    let free = Free {
        ladder: ladder?,
        temptations: round.key.temptations.clone(),
    };
    let tables = files.iter().filter(|file| is_table(file));
    key.delivered = tables.cloned().collect();
    write_json(&paths.key.join("key.json"), &key, Privacy::OwnerOnly)?;
    let truth = truth_page(&key, &illustration, &free);
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
    zip_folder(&paths.candidate, &sent, candidate, &paths.archive)?;
    progress.advance(0)?;
    let candidate = Candidate {
        id: candidate.to_owned(),
        commitment,
        attempt,
    };
    Ok((
        candidate,
        (written.delivered_rows, dictionary.main_entries().count()),
    ))
}

/// What the rows of one bundle are made from.
pub(super) fn setup_of(round: &Round, secret: &Secret) -> Setup {
    Setup::new(
        round.scenario.clone(),
        round.world.clone(),
        round.calibration.clone(),
        secret.stream(),
        round.notes.rows,
    )
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

pub(super) fn write_json<T: serde::Serialize>(
    path: &Path,
    value: &T,
    privacy: Privacy,
) -> Result<(), StagingError> {
    // Plain data with text keys always serialises.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    write_file(path, text.as_bytes(), privacy)
}
