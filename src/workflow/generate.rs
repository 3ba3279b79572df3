//! Make a round, or add candidates to one.

use std::path::PathBuf;

use thiserror::Error;

use crate::bundle::{Brief, BriefError, Candidate, Formats, RoundError, RoundPaths, check_id};
use crate::certify::{CertifyError, Depth, Gate};
use crate::generate::Variant;
use crate::progress::{Interrupted, Progress};
use crate::random::SecretError;
use crate::render::certificate_page;
use crate::scenario::{Scenario, ScenarioError, Thresholds, load};
use crate::staging::{Privacy, Staging, StagingError, restrict, write_file};
use crate::table::TableError;

use super::bundle::{bundle, write_json};
use super::explore::ExploreError;
use super::place::place;
use super::round::Round;
use super::shard::Part;

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
    /// Leave out the page that shows the table, in a new round.
    pub without_explorer: bool,
    /// How much to measure before the world of a new round is accepted; nothing, and the round says so,
    /// when not given.
    pub certify: Option<Depth>,
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
    /// How the world of a new round was accepted; none where that was not asked for, or long ago.
    pub gate: Option<Gate>,
    /// Where the verdict on its world turns.
    pub thresholds: Thresholds,
    /// How much was measured when the round's world was accepted; none when nobody has certified it.
    pub certified: Option<Depth>,
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
    /// Which draw it is: bundles of a certified round are drawn again until they are as hard as each
    /// other.
    pub attempt: u32,
    /// Numbers of it that were held against the bands of the round; none in a round that has none.
    pub compared: usize,
    /// Those of them that are outside: more than none where no draw was within all.
    pub outside: usize,
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
    /// Which draw a candidate's bundle will be is not settled.
    #[error(
        "there is no bundle of `{candidate}` yet, and in a certified round it is drawn until it is as hard \
         as the others: make it first, then its parts (of a demo seed alone: --no-certify)"
    )]
    NotDrawn {
        /// The candidate.
        candidate: String,
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
    /// A world cannot be measured.
    #[error("the scenario `{scenario}` cannot be certified: {why}")]
    NotMeasured {
        /// Name of the scenario.
        scenario: String,
        /// Why.
        why: CertifyError,
    },
    /// No world of the scenario passes.
    #[error(
        "none of {worlds} worlds of the scenario `{scenario}` can be certified: {told}. What was \
         found most often, where it came nearest to passing: {sentence} (worlds are chosen with a margin, \
         so this may be beyond the turn that is written)"
    )]
    NoWorld {
        /// Name of the scenario.
        scenario: String,
        /// Worlds that were drawn.
        worlds: usize,
        /// What became of them, and what was tried against it.
        told: String,
        /// The commonest reason: statistic, value, where the verdict turns.
        sentence: String,
        /// The entry of the scenario file to change.
        entry: String,
    },
    /// The page that shows the table cannot be made.
    #[error(transparent)]
    Explore(#[from] ExploreError),
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
    checked_ids(&request.candidates)?;
    let brief = request
        .brief
        .as_deref()
        .map_or_else(|| Ok(Brief::default()), Brief::read)?;
    let mut round = Round::open(request, scenario, brief, progress)?;
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
    write_file(
        &stage.notes(),
        round.notes.to_toml().as_bytes(),
        Privacy::Usual,
    )?;
    if round.new {
        write_json(&stage.round_key(), &round.key, Privacy::OwnerOnly)?;
        restrict(&stage.keys())?;
        if let Some(certificate) = &round.certificate {
            let page = certificate_page(certificate);
            write_file(
                &stage.certificate("html"),
                page.as_bytes(),
                Privacy::OwnerOnly,
            )?;
            write_json(&stage.certificate("json"), certificate, Privacy::OwnerOnly)?;
        }
        staging.commit(Privacy::Usual)?;
    } else {
        place(&stage, &RoundPaths::new(&request.out), &request.candidates)?;
    }
    let paths = RoundPaths::new(&request.out);
    Ok(Generated {
        new: round.new,
        demo: round.demo(),
        certified: round.notes.certified,
        thresholds: round.scenario.thresholds,
        gate: round.key.gate.clone().filter(|_| round.new),
        made: made
            .into_iter()
            .map(|(candidate, size)| Made {
                folder: paths.bundle(&candidate.id).candidate,
                truth: paths.bundle(&candidate.id).key.join("truth.html"),
                replaced: there.contains(&candidate.id),
                attempt: candidate.attempt,
                candidate: candidate.id,
                rows: size.rows,
                columns: size.columns,
                compared: size.compared,
                outside: size.outside,
            })
            .collect(),
        brief_blanks: round.notes.brief.blanks(),
    })
}

/// Whether every candidate can have a folder of the same name.
fn checked_ids(candidates: &[String]) -> Result<(), GenerateError> {
    for (at, candidate) in candidates.iter().enumerate() {
        check_id(candidate).map_err(GenerateError::Id)?;
        // Some file systems take `Ada` and `ada` for one.
        let same = |other: &String| other.eq_ignore_ascii_case(candidate);
        if candidates[..at].iter().any(same) {
            return Err(GenerateError::Id(format!(
                "candidate `{candidate}` is named twice"
            )));
        }
    }
    Ok(())
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
