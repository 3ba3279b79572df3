//! Make a round, or add candidates to one.

use std::path::PathBuf;

use crate::bundle::{Brief, Candidate, RoundError, RoundPaths, WorldSelection, check_id};
use crate::certify::Depth;
use crate::progress::Progress;
use crate::render::certificate_page;
use crate::scenario::{Thresholds, load};
use crate::staging::{Privacy, Staging, restrict, write_file, write_json};

use super::bundle::bundle;
use super::error::GenerateError;
use super::request::{GenerateRequest, checked_rows};
use super::round::{Round, install};

/// What was made.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Whether the round is new.
    pub new: bool,
    /// Whether it was made with a demo seed.
    pub demo: bool,
    /// How the world of a new round was accepted; none where that was not asked for, or long ago.
    pub world_selection: Option<WorldSelection>,
    /// Where the verdict on its world turns.
    pub thresholds: Thresholds,
    /// How much was measured when the round's world was accepted; none when nobody has certified it.
    pub certified: Option<Depth>,
    /// The bundles, in the order asked for.
    pub made: Vec<NewBundle>,
    /// Parts of the brief that nobody has filled in.
    pub brief_blanks: Vec<String>,
}

/// One bundle that was made.
#[derive(Debug, Clone)]
pub struct NewBundle {
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
        install(&stage, &RoundPaths::new(&request.out), &request.candidates)?;
    }
    let paths = RoundPaths::new(&request.out);
    Ok(Generated {
        new: round.new,
        demo: round.demo(),
        certified: round.notes.certified,
        thresholds: round.frozen.scenario.thresholds,
        world_selection: round.key.world_selection.clone().filter(|_| round.new),
        made: made
            .into_iter()
            .map(|(candidate, size)| NewBundle {
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
