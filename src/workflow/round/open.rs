//! Opens a round: an existing one, or a new one with a new world.

use std::sync::Arc;

use crate::bundle::{Brief, DEMO_MARK, FORMAT, RoundError, RoundKey, RoundNotes, RoundPaths};
use crate::certify::Certificate;
use crate::generate::{BundleContext, FrozenWorld, Variant};
use crate::progress::Progress;
use crate::random::Secret;
use crate::scenario::Scenario;
use crate::staging::is_empty_folder;

use crate::workflow::error::GenerateError;
use crate::workflow::request::{GenerateRequest, SecretSource};

use super::difficulty::bands;
use super::misleading_clusterings::misleading_clusterings;
use super::select_world::select_world;

/// The world of a round's key; none if the key was altered or belongs to another scenario.
pub(crate) fn frozen_world(scenario: Scenario, key: &RoundKey) -> Option<FrozenWorld> {
    if !key.tuning.in_range() {
        return None;
    }
    let scenario = Arc::new(scenario.with_parameters(key.tuning));
    FrozenWorld::restore(scenario, key.world.clone(), key.calibration.clone())
}

/// A round to which bundles can be added.
pub(crate) struct Round {
    pub(crate) notes: RoundNotes,
    pub(crate) key: RoundKey,
    pub(crate) secret: Secret,
    pub(crate) frozen: FrozenWorld,
    /// Results of measuring its world, if it is new and this was requested.
    pub(crate) certificate: Option<Certificate>,
    /// Whether it is not on disk yet.
    pub(crate) new: bool,
}

impl Round {
    /// The requested round, or a new one if it does not exist.
    pub(crate) fn open(
        request: &GenerateRequest,
        scenario: Scenario,
        brief: Brief,
        progress: &dyn Progress,
    ) -> Result<Self, GenerateError> {
        if request.out.symlink_metadata().is_ok() && !is_empty_folder(&request.out) {
            Self::existing(request, scenario, brief)
        } else {
            Self::begin(request, scenario, brief, progress)
        }
    }

    fn begin(
        request: &GenerateRequest,
        scenario: Scenario,
        brief: Brief,
        progress: &dyn Progress,
    ) -> Result<Self, GenerateError> {
        let (secret, mark) = match request.origin {
            SecretSource::System => (Secret::from_system()?, None),
            SecretSource::Demo(seed) => (Secret::demo(seed), Some(DEMO_MARK.to_owned())),
        };
        let stream = secret.stream();
        let scenario = Arc::new(scenario);
        let planted = !request.without_defects;
        let accepted = select_world(&scenario, &stream, planted, request.certify, progress)?;
        let misleading = request.certify.map_or_else(Vec::new, |_| {
            progress.stage("looking for misleading clusterings", 0);
            let stream = stream.fork("rushed");
            misleading_clusterings(&accepted.frozen, &stream)
        });
        let rows = request.rows.unwrap_or(scenario.rows);
        let parity = request.certify.map_or(Ok(Vec::new()), |_| {
            bands(
                &accepted.frozen,
                (rows, &stream.fork("parity")),
                &request.out,
                progress,
            )
        })?;
        let (world_selection, certificate) = accepted.selection.unzip();
        // Derived from the secret without revealing it: a fork's first draws.
        let round = name(&secret, "round id");
        let notes = RoundNotes {
            format: FORMAT,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            mark: mark.clone(),
            round: round.clone(),
            scenario: scenario.name.clone(),
            scenario_hash: scenario.hash.clone(),
            rows,
            variant: request.variant.unwrap_or_default(),
            formats: request.formats.unwrap_or_default(),
            without_defects: request.without_defects,
            without_explorer: request.without_explorer,
            certified: world_selection.as_ref().map(|selection| selection.depth),
            brief,
            candidate: Vec::new(),
        };
        let key = RoundKey {
            format: FORMAT,
            round,
            mark,
            secret: secret.to_hex(),
            world: (*accepted.frozen.world).clone(),
            calibration: (*accepted.frozen.calibration).clone(),
            tuning: accepted.tuning,
            decoys: accepted.decoys,
            misleading_clusterings: misleading,
            parity,
            world_selection,
        };
        Ok(Self {
            notes,
            key,
            secret,
            frozen: accepted.frozen,
            certificate,
            new: true,
        })
    }

    fn existing(
        request: &GenerateRequest,
        scenario: Scenario,
        brief: Brief,
    ) -> Result<Self, GenerateError> {
        let paths = RoundPaths::new(&request.out);
        if !paths.notes().is_file() {
            return Err(RoundError::NotARound {
                path: request.out.clone(),
            }
            .into());
        }
        let mut notes = RoundNotes::read(&paths.notes())?;
        notes.brief = brief.or(&notes.brief);
        let key = RoundKey::read(&paths.round_key())?;
        let differs = |what, found: &str, asked: &str| RoundError::Differs {
            what,
            found: found.to_owned(),
            asked: asked.to_owned(),
        };
        if notes.scenario_hash != scenario.hash {
            let found = format!("{} ({})", notes.scenario, short(&notes.scenario_hash));
            let asked = format!("{} ({})", scenario.name, short(&scenario.hash));
            return Err(differs("the scenario", &found, &asked).into());
        }
        if let Some(rows) = request.rows.filter(|rows| *rows != notes.rows) {
            return Err(differs("rows", &notes.rows.to_string(), &rows.to_string()).into());
        }
        let frozen = frozen_world(scenario, &key).ok_or_else(|| RoundError::Altered {
            path: paths.round_key(),
        })?;
        if let Some(formats) = request.formats.filter(|formats| *formats != notes.formats) {
            let (found, asked) = (notes.formats.names(), formats.names());
            return Err(differs("the formats", &found, &asked).into());
        }
        if request.without_defects && !notes.without_defects {
            return Err(differs("planted defects", "", "--without-defects").into());
        }
        if request.without_explorer && !notes.without_explorer {
            return Err(differs("the page explore.html", "", "--no-explorer").into());
        }
        let variant = request.variant;
        if let Some(variant) = variant.filter(|variant| *variant != notes.variant) {
            return Err(differs("the policy", notes.variant.name(), variant.name()).into());
        }
        let secret = key.secret()?;
        if let SecretSource::Demo(seed) = request.origin
            && Secret::demo(seed) != secret
        {
            return Err(differs("a secret", "of its own", &format!("--demo-seed {seed}")).into());
        }
        Ok(Self {
            secret,
            frozen,
            certificate: None,
            new: false,
            notes,
            key,
        })
    }

    /// The secret of one candidate's bundle.
    pub(crate) fn candidate_secret(&self, candidate: &str, attempt: u32) -> Secret {
        let who = match self.notes.variant {
            Variant::Same => "",
            Variant::Resample => candidate,
        };
        self.secret.for_candidate(&self.notes.round, who, attempt)
    }

    /// The number of the draw that is the candidate's bundle. None if it is not settled: for a
    /// candidate who does not exist, in a round whose bundles are redrawn until they are equally
    /// hard.
    pub(crate) fn attempt(&self, candidate: &str) -> Option<u32> {
        let mut known = self.notes.candidate.iter();
        let known = known.find(|known| known.id == candidate);
        let first = self.key.parity.is_empty().then_some(1);
        known.map(|known| known.attempt).or(first)
    }

    /// What the rows of one bundle are generated from.
    pub(crate) fn context(&self, secret: &Secret) -> BundleContext {
        self.frozen.bundle(secret.stream(), self.notes.rows)
    }

    /// Whether its seed is a demo seed.
    pub(crate) fn demo(&self) -> bool {
        self.notes.mark.is_some()
    }
}

/// A name derived from a secret: sixteen hexadecimal digits.
pub(crate) fn name(secret: &Secret, of: &str) -> String {
    let mut draws = secret.stream().fork(of).draws();
    format!("{:016x}", rand::RngCore::next_u64(&mut draws))
}

fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}
