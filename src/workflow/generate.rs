//! Make a round, or add candidates to one.

use std::path::PathBuf;

use crate::bundle::{Brief, Candidate, RoundError, RoundPaths, WorldSelection, check_id};
use crate::certify::Depth;
use crate::progress::Progress;
use crate::render::certificate_page;
use crate::scenario::{Scenario, Thresholds, load};
use crate::staging::{Privacy, Staging, restrict, write_file, write_json};

use super::bundle::bundle;
use super::error::GenerateError;
use super::request::GenerateRequest;
use super::round::{Round, install};

/// Result of making or extending a round.
#[derive(Debug, Clone)]
pub struct Generated {
    /// Whether the round is new.
    pub new: bool,
    /// Whether its seed is a demo seed.
    pub demo: bool,
    /// How the world of a new round was chosen; none without a certificate or for an existing
    /// round.
    pub world_selection: Option<WorldSelection>,
    /// Thresholds of the certificate.
    pub thresholds: Thresholds,
    /// Depth of the certificate; none in a round that was not certified.
    pub certified: Option<Depth>,
    /// The bundles, in the requested order.
    pub made: Vec<NewBundle>,
    /// Fields of the brief left blank.
    pub brief_blanks: Vec<String>,
}

/// One bundle that was made.
#[derive(Debug, Clone)]
pub struct NewBundle {
    /// The candidate.
    pub candidate: String,
    /// Whether it replaced an earlier bundle with the same rows.
    pub replaced: bool,
    /// The folder that is sent.
    pub folder: PathBuf,
    /// The page for reviewers only.
    pub truth: PathBuf,
    /// Which draw it is: bundles of a certified round are redrawn until their difficulty matches.
    pub attempt: u32,
    /// Values that were compared with the round's bands.
    pub compared: usize,
    /// Values outside their band; more than 0 if no draw was within all of them.
    pub outside: usize,
    /// Rows delivered.
    pub rows: u64,
    /// Columns delivered.
    pub columns: usize,
}

/// Make a round with bundles for the requested candidates, or add them to an existing round. Each
/// is written completely or not at all.
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
        let alike = round
            .notes
            .candidate
            .iter()
            .find(|known| known.id != *candidate && known.id.eq_ignore_ascii_case(candidate));
        if let Some(alike) = alike {
            return Err(GenerateError::Id(format!(
                "candidate `{candidate}` differs from `{}` only in upper and lower case",
                alike.id
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
        // A sibling of the bundles' folder, so that installing is a rename.
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

/// Check that every candidate can have a folder of that name.
fn checked_ids(candidates: &[String]) -> Result<(), GenerateError> {
    for (at, candidate) in candidates.iter().enumerate() {
        check_id(candidate).map_err(GenerateError::Id)?;
        // On some file systems `Ada` and `ada` are the same folder.
        let same = |other: &String| other.eq_ignore_ascii_case(candidate);
        if candidates[..at].iter().any(same) {
            return Err(GenerateError::Id(format!(
                "candidate `{candidate}` is listed twice"
            )));
        }
    }
    Ok(())
}

/// The requested number of rows.
pub(super) fn checked_rows(
    request: &GenerateRequest,
    scenario: &Scenario,
) -> Result<u64, GenerateError> {
    let rows = request.rows.unwrap_or(scenario.rows);
    // With fewer rows there is no room for a rare group; more do not fit the ids.
    let most = scenario.most_rows();
    if (100..=most).contains(&rows) {
        Ok(rows)
    } else {
        Err(GenerateError::Rows { rows, most })
    }
}
