//! Make a round, or add candidates to one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::bundle::{
    Brief, BriefError, Candidate, DEMO_MARK, FORMAT, FileHash, Formats, Key, Manifest, RoundError,
    RoundPaths, check_id, commitment, hash_files, zip_folder,
};
use crate::generate::{Setup, Variant, blocks_of, findings};
use crate::progress::{Interrupted, Progress};
use crate::random::SecretError;
use crate::render::{brief_page, truth_page};
use crate::review::{Sample, illustrate};
use crate::scenario::{Scenario, ScenarioError, load};
use crate::staging::{Privacy, Staging, StagingError, restrict, write_file};
use crate::table::TableError;

use super::dictionary::dictionary;
use super::round::{Round, name};
use super::shard::Part;
use super::tables::{Output, write_tables};

/// What to make.
#[derive(Debug, Clone)]
pub struct GenerateRequest {
    /// Name of a shipped scenario, or path of a file.
    pub scenario: String,
    /// The round folder.
    pub out: PathBuf,
    /// Ids of the candidates to make bundles for.
    pub candidates: Vec<String>,
    /// Rows before defects; the scenario's own number when not given.
    pub rows: Option<u64>,
    /// Where the round secret of a new round comes from.
    pub origin: Origin,
    /// What the hiring team has filled in for the brief.
    pub brief: Option<PathBuf>,
    /// Whether candidates of a new round get the same rows; other rows when not given.
    pub variant: Option<Variant>,
    /// File formats of a new round's tables; both when not given.
    pub formats: Option<Formats>,
    /// Plant nothing: for demonstrations and teaching.
    pub without_defects: bool,
    /// Replace a candidate that is there.
    pub force: bool,
}

/// Where a round secret comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The operating system.
    System,
    /// A number that everybody may know: for demos and tests.
    Demo(u64),
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Whether the round is new.
    pub new: bool,
    /// Whether it was made with a demo seed.
    pub demo: bool,
    /// The bundles, in the order asked for.
    pub made: Vec<Made>,
    /// Parts of the brief that nobody has filled in.
    pub brief_blanks: Vec<String>,
}

/// One bundle that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The candidate.
    pub candidate: String,
    /// Whether it replaced a bundle that was there; its rows are the same as before.
    pub replaced: bool,
    /// The folder that is sent.
    pub folder: PathBuf,
    /// The page that only reviewers read.
    pub truth: PathBuf,
    /// Rows delivered.
    pub rows: u64,
    /// Columns delivered.
    pub columns: usize,
}

/// Why nothing was made.
#[derive(Debug, Error)]
pub enum GenerateError {
    /// The scenario is not usable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// The brief's file is not usable.
    #[error(transparent)]
    Brief(#[from] BriefError),
    /// The round is not usable.
    #[error(transparent)]
    Round(#[from] RoundError),
    /// A candidate's id is not usable.
    #[error("{0}")]
    Id(String),
    /// A number of rows is not usable.
    #[error("{rows} rows; expected 100 to {most}")]
    Rows {
        /// As asked for.
        rows: u64,
        /// As many as the scenario can have.
        most: u64,
    },
    /// A part of a table needs the secret of its round.
    #[error("there is no round in {}, and a part of a table needs the secret of its round", .path.display())]
    NoRound {
        /// Where it should be.
        path: PathBuf,
    },
    /// There is no such part of the table.
    #[error(
        "part {} of {}: the table has {blocks} blocks of rows, so expected 1/1 to {blocks}/{blocks}",
        part.number,
        part.of
    )]
    Part {
        /// As asked for.
        part: Part,
        /// Blocks of the table.
        blocks: u64,
    },
    /// There is no secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// A table could not be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A file could not be put in place.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// The person asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

/// Make a round with bundles for the candidates asked for, or add them to the round that is
/// there. Everything appears whole or not at all.
pub fn generate(
    request: &GenerateRequest,
    progress: &dyn Progress,
) -> Result<Generated, GenerateError> {
    let scenario = load(&request.scenario)?;
    checked_rows(request, &scenario)?;
    for (at, candidate) in request.candidates.iter().enumerate() {
        check_id(candidate).map_err(GenerateError::Id)?;
        // Some file systems take `Ada` and `ada` for one.
        let same = |other: &String| other.eq_ignore_ascii_case(candidate);
        if request.candidates[..at].iter().any(same) {
            return Err(GenerateError::Id(format!(
                "candidate `{candidate}` is named twice"
            )));
        }
    }
    let brief = request
        .brief
        .as_deref()
        .map_or_else(|| Ok(Brief::default()), Brief::read)?;
    let mut round = Round::open(request, scenario, brief)?;
    for candidate in &request.candidates {
        let there = round
            .notes
            .candidate
            .iter()
            .any(|known| known.id == *candidate);
        let twin = round
            .notes
            .candidate
            .iter()
            .find(|known| known.id != *candidate && known.id.eq_ignore_ascii_case(candidate));
        if let Some(twin) = twin {
            return Err(GenerateError::Id(format!(
                "candidate `{candidate}` differs from `{}` only in capital letters",
                twin.id
            )));
        }
        if there && !request.force {
            return Err(RoundError::Taken {
                id: candidate.clone(),
            }
            .into());
        }
    }
    let staging = if round.new {
        Staging::folder(&request.out, request.out.exists())?
    } else {
        // A sibling of the bundles, so that putting them in place is a rename.
        Staging::folder(&request.out.join(".adding"), true)?
    };
    let stage = RoundPaths::new(staging.path());
    let mut made = Vec::new();
    for candidate in &request.candidates {
        made.push(bundle(&round, &stage, candidate, progress)?);
    }
    let there: Vec<String> = round.notes.candidate.iter().map(|c| c.id.clone()).collect();
    let added: Vec<Candidate> = made
        .iter()
        .map(|(candidate, _)| candidate.clone())
        .collect();
    round
        .notes
        .candidate
        .retain(|known| added.iter().all(|new| new.id != known.id));
    round.notes.candidate.extend(added);
    if round.new {
        write_json(&stage.round_key(), &round.key, Privacy::OwnerOnly)?;
        write_file(
            &stage.notes(),
            round.notes.to_toml().as_bytes(),
            Privacy::Usual,
        )?;
        restrict(&stage.keys())?;
        staging.commit(Privacy::Usual)?;
    } else {
        place(&stage, &RoundPaths::new(&request.out), &request.candidates)?;
        let notes = RoundPaths::new(&request.out).notes();
        write_file(&notes, round.notes.to_toml().as_bytes(), Privacy::Usual)?;
    }
    let paths = RoundPaths::new(&request.out);
    Ok(Generated {
        new: round.new,
        demo: round.demo(),
        made: made
            .into_iter()
            .map(|(candidate, (rows, columns))| Made {
                folder: paths.bundle(&candidate.id).candidate,
                truth: paths.bundle(&candidate.id).key.join("truth.html"),
                replaced: there.contains(&candidate.id),
                candidate: candidate.id,
                rows,
                columns,
            })
            .collect(),
        brief_blanks: round.notes.brief.blanks(),
    })
}

/// The number of rows that was asked for.
pub(super) fn checked_rows(
    request: &GenerateRequest,
    scenario: &Scenario,
) -> Result<u64, GenerateError> {
    let rows = request.rows.unwrap_or(scenario.rows);
    // Fewer rows hold no rare group; more do not fit the ids.
    let most = scenario.most_rows();
    if (100..=most).contains(&rows) {
        Ok(rows)
    } else {
        Err(GenerateError::Rows { rows, most })
    }
}

/// Make one candidate's bundle below `stage`.
fn bundle(
    round: &Round,
    stage: &RoundPaths,
    candidate: &str,
    progress: &dyn Progress,
) -> Result<(Candidate, (u64, usize)), GenerateError> {
    let attempt = 1;
    let secret = round.candidate_secret(candidate, attempt);
    let setup = Setup::new(
        round.scenario.clone(),
        round.world.clone(),
        round.calibration.clone(),
        secret.stream(),
        round.notes.rows,
    );
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
    );
    write_bytes(&paths.candidate.join("README.md"), text.as_bytes())?;
    let page = brief_page(&round.scenario.title, &text);
    write_bytes(&paths.candidate.join("README.html"), page.as_bytes())?;

    let files = hash_files(&paths.candidate)?;
    let key = Key {
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
        delivered: files
            .iter()
            .filter(|file| is_table(file))
            .cloned()
            .collect(),
        findings: findings(&round.scenario, &round.world, &round.calibration),
        instances: written.counts,
        decoys: round.key.decoys.clone(),
        world: (*round.world).clone(),
    };
    write_json(&paths.key.join("key.json"), &key, Privacy::OwnerOnly)?;
    let truth = truth(&key, &setup, &written.sample);
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

fn truth(key: &Key, setup: &Setup, sample: &Sample) -> String {
    truth_page(key, &illustrate(key, setup, sample))
}

fn is_table(file: &FileHash) -> bool {
    let ending = Path::new(&file.path)
        .extension()
        .and_then(|ending| ending.to_str());
    matches!(ending, Some("parquet" | "csv")) && file.path != "data/dictionary.csv"
}

/// Put new bundles into a round that is there: keys first, so that no bundle is without one. What
/// stood there before is set aside and put back when something cannot be placed.
fn place(
    stage: &RoundPaths,
    round: &RoundPaths,
    candidates: &[String],
) -> Result<(), GenerateError> {
    let aside = stage.root().join("replaced");
    fs::create_dir(&aside).map_err(StagingError::at(&aside))?;
    let moves: Vec<(PathBuf, PathBuf)> = candidates
        .iter()
        .flat_map(|candidate| {
            let (from, to) = (stage.bundle(candidate), round.bundle(candidate));
            [
                (from.key, to.key),
                (from.candidate, to.candidate),
                (from.archive, to.archive),
            ]
        })
        .collect();
    for (at, (from, to)) in moves.iter().enumerate() {
        if let Err(why) = swap(from, to, &aside.join(at.to_string())) {
            for (earlier, (_, to)) in moves[..at].iter().enumerate().rev() {
                put_back(to, &aside.join(earlier.to_string()), &aside);
            }
            return Err(StagingError::at(to)(why).into());
        }
    }
    Ok(())
}

/// Put `from` where `to` is; what stood there goes to `old`.
fn swap(from: &Path, to: &Path, old: &Path) -> io::Result<()> {
    let there = to.symlink_metadata().is_ok();
    if there {
        fs::rename(to, old)?;
    }
    fs::rename(from, to).inspect_err(|_| {
        if there {
            // Better the old bundle than none; there is nothing more to do if this fails, too.
            let _ = fs::rename(old, to);
        }
    })
}

/// Undo one [`swap`] as far as possible: an error is under way already.
fn put_back(to: &Path, old: &Path, aside: &Path) {
    let _ = fs::rename(to, aside.join("undone")).and_then(|()| fs::rename(old, to));
    let _ =
        fs::remove_dir_all(aside.join("undone")).or_else(|_| fs::remove_file(aside.join("undone")));
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), StagingError> {
    write_file(path, bytes, Privacy::Usual)
}

fn write_json<T: serde::Serialize>(
    path: &Path,
    value: &T,
    privacy: Privacy,
) -> Result<(), StagingError> {
    // Plain data with text keys always serialises.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    write_file(path, text.as_bytes(), privacy)
}
