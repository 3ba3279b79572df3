//! Choose the world of a new round: draw until one is ambiguous, meaningful and has a strong decoy.

use std::sync::Arc;

use crate::bundle::{Attempt, WorldSelection};
use crate::certify::{Certificate, CertifyError, Depth, Reason};
use crate::generate::{Decoy, FrozenWorld, World, measure_decoys};
use crate::progress::Progress;
use crate::random::Stream;
use crate::scenario::{Scenario, TunedParameters};

use crate::workflow::error::GenerateError;
use crate::workflow::reference::reference;

use super::world_selection::{
    commonest_reason, decoy_effect, margin, next_attempt, rejection_summary, setting_to_change,
    tuned_parameters, weak_decoy,
};

/// The chosen world.
pub(crate) struct SelectedWorld {
    /// With the scenario as tuned by `tuning`.
    pub(crate) frozen: FrozenWorld,
    pub(crate) tuning: TunedParameters,
    pub(crate) decoys: Vec<Decoy>,
    /// How it was chosen, and its certificate; none if no certificate was requested.
    pub(crate) selection: Option<(WorldSelection, Certificate)>,
}

/// Draw worlds from the round's `stream` until one is accepted, tuning parameters when one is close
/// to being accepted. Without `depth`, the first one is taken.
///
/// A world is measured in light depth first, then at `depth` on other rows, and must pass both with a margin;
/// a single light pass accepted worlds so close to a threshold that other rows were rejected. The verdict is
/// taken at `depth` on rows that were not used for the choice, so choosing does not flatter the certificate.
pub(crate) fn select_world(
    scenario: &Arc<Scenario>,
    stream: &Stream,
    planted: bool,
    depth: Option<Depth>,
    progress: &dyn Progress,
) -> Result<SelectedWorld, GenerateError> {
    let mut worlds: Vec<Attempt> = Vec::new();
    while let Some((world, tuning)) = next_attempt(&worlds) {
        // Light, again with a margin, and for the verdict.
        let steps = depth.map_or(0, |_| 3 * Certificate::STEPS);
        progress.stage(&stage(world, &worlds), steps);
        let drawn = draw_world(scenario, stream, world, tuning, planted);
        progress.advance(0)?;
        let Some(depth) = depth else {
            return Ok(drawn);
        };
        // Other rows for every attempt. The stream's name must not change.
        let rows = stream.fork(&format!("certificate/{}", worlds.len() + 1));
        let (reasons, certificate) =
            measure_world((world, &rows), (planted, depth), &drawn, progress)?;
        progress.advance(0)?;
        let passed = reasons.is_empty();
        worlds.push(Attempt {
            world,
            tuning,
            decoy_effect: decoy_effect(&drawn.decoys),
            reasons,
        });
        if let (true, Some(certificate)) = (passed, certificate) {
            let selection = WorldSelection {
                depth,
                attempts: worlds,
            };
            return Ok(SelectedWorld {
                selection: Some((selection, certificate)),
                ..drawn
            });
        }
    }
    Err(no_world(scenario, &worlds))
}

/// `certifying world 3 (the last one was dull)`
fn stage(world: u32, tried: &[Attempt]) -> String {
    let last = tried
        .last()
        .and_then(|one| Some((one, one.reasons.first()?)));
    match last {
        Some((last, reason)) => format!(
            "certifying world {world}{} (the last one was {})",
            if last.world == world { ", tuned" } else { "" },
            reason.kind.word()
        ),
        None => "certifying the world".to_owned(),
    }
}

/// World number `number` of the round, from 1.
fn draw_world(
    scenario: &Arc<Scenario>,
    stream: &Stream,
    number: u32,
    tuning: TunedParameters,
    planted: bool,
) -> SelectedWorld {
    let scenario = if tuning.is_default() {
        scenario.clone()
    } else {
        Arc::new((**scenario).clone().with_parameters(tuning))
    };
    // The stream's names must not change.
    let name = match number {
        1 => "world".to_owned(),
        later => format!("world/{later}"),
    };
    let mut world = World::draw(&scenario, &stream.fork(&name));
    if !planted {
        world.instances.clear();
    }
    let frozen = FrozenWorld::calibrate(scenario, world, stream);
    let decoys = measure_decoys(&frozen, &stream.fork("decoys"));
    SelectedWorld {
        frozen,
        tuning,
        decoys,
        selection: None,
    }
}

/// Measure world `number` until there is a reason to reject it: the reasons, and the certificate.
fn measure_world(
    (number, stream): (u32, &Stream),
    (planted, depth): (bool, Depth),
    drawn: &SelectedWorld,
    progress: &dyn Progress,
) -> Result<(Vec<Reason>, Option<Certificate>), GenerateError> {
    let scenario = &drawn.frozen.scenario;
    let thresholds = scenario.thresholds;
    let effect = decoy_effect(&drawn.decoys);
    let mut reasons: Vec<Reason> = planted
        .then(|| weak_decoy(effect, &thresholds))
        .flatten()
        .into_iter()
        .collect();
    let mut certificate = None;
    let stricter = thresholds.with_margin(margin(number));
    let passes = [
        ("choosing", Depth::Light, stricter),
        ("choosing again", depth, stricter),
        ("verdict", depth, thresholds),
    ];
    for (rows, depth, thresholds) in passes {
        if !reasons.is_empty() {
            break;
        }
        let stream = stream.fork(rows);
        let measured = reference(&drawn.frozen, &stream).and_then(|reference| {
            let name = format!("the world of a round of {}", scenario.name);
            Certificate::of_reference(&name, &reference, depth, thresholds, &stream, progress)
        });
        let measured = measured.map_err(|why| match why {
            CertifyError::Interrupted(stop) => GenerateError::from(stop),
            why => GenerateError::NotMeasured {
                scenario: scenario.name.clone(),
                why,
            },
        })?;
        reasons.clone_from(&measured.verdict.reasons);
        certificate = Some(measured);
    }
    Ok((reasons, certificate))
}

/// The error if no world was accepted: the most common reason, and what to change.
fn no_world(scenario: &Scenario, worlds: &[Attempt]) -> GenerateError {
    // Every rejected world has a reason.
    let (entry, sentence) = commonest_reason(worlds)
        .map_or_else(Default::default, |(reason, _)| {
            (setting_to_change(&reason).to_owned(), reason.sentence)
        });
    // If a threshold is out of reach, reset it before changing the scenario.
    let moved = scenario.thresholds.differences_from_default().into_iter();
    let moved: Vec<String> = moved
        .map(|(name, value, usual)| format!("{name} = {value} (default {usual})"))
        .collect();
    let entry = match moved.join(", ") {
        none if none.is_empty() => entry,
        moved => format!("[thresholds] has {moved}: reset that first. Then {entry}"),
    };
    let drawn = worlds.last().map_or(0, |last| last.world as usize);
    let mut outcome = rejection_summary(worlds);
    if worlds.len() > drawn {
        outcome = format!("{outcome} (in {} attempts)", worlds.len());
    }
    let tuned = tuned_parameters(worlds);
    if !tuned.is_empty() {
        outcome = format!("{outcome} (at most with {tuned})");
    }
    GenerateError::NoWorld {
        scenario: scenario.name.clone(),
        worlds: drawn,
        outcome,
        entry,
        sentence,
    }
}
