//! The world of a new round: drawn until one is ambiguous, means something and lures.

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

/// A world, and what is frozen with it.
pub(crate) struct SelectedWorld {
    /// Its scenario is turned by the knobs.
    pub(crate) frozen: FrozenWorld,
    pub(crate) knobs: TunedParameters,
    pub(crate) decoys: Vec<Decoy>,
    /// How it came to be accepted, and its certificate; none where that was not asked for.
    pub(crate) selection: Option<(WorldSelection, Certificate)>,
}

/// Draw worlds from the round's `stream` until one passes, with knobs turned where it is refused by little;
/// the first one where `depth` is none.
///
/// A world is measured lightly first, then at `depth` on other rows, and must pass both with a margin:
/// one light look let worlds through that stood so near a turn that other rows were refused, since
/// fewer numbers of groups find shallower valleys. The verdict is taken at `depth` on rows that were not
/// used for choosing it, so choosing among worlds does not make the certificate better than it is.
pub(crate) fn select_world(
    scenario: &Arc<Scenario>,
    stream: &Stream,
    planted: bool,
    depth: Option<Depth>,
    progress: &dyn Progress,
) -> Result<SelectedWorld, GenerateError> {
    let mut worlds: Vec<Attempt> = Vec::new();
    while let Some((world, knobs)) = next_attempt(&worlds) {
        // Lightly, with a margin again, and then for the verdict.
        let steps = depth.map_or(0, |_| 3 * Certificate::STEPS);
        progress.stage(&stage(world, &worlds), steps);
        let drawn = drawn(scenario, stream, world, knobs, planted);
        progress.advance(0)?;
        let Some(depth) = depth else {
            return Ok(drawn);
        };
        // Other rows at every try, turned or not; their name is that from before there were turns.
        let rows = stream.fork(&format!("certificate/{}", worlds.len() + 1));
        let (reasons, certificate) = tried((world, &rows), (planted, depth), &drawn, progress)?;
        progress.advance(0)?;
        let passed = reasons.is_empty();
        worlds.push(Attempt {
            world,
            knobs,
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
    Err(refused(scenario, &worlds))
}

/// `certifying world 3 (the last one: dull)`
fn stage(world: u32, tried: &[Attempt]) -> String {
    let last = tried
        .last()
        .and_then(|one| Some((one, one.reasons.first()?)));
    match last {
        Some((last, reason)) => format!(
            "certifying world {world}{} (the last one: {})",
            if last.world == world { ", turned" } else { "" },
            reason.kind.word()
        ),
        None => "certifying the world".to_owned(),
    }
}

/// World number `number` of the round, from 1.
fn drawn(
    scenario: &Arc<Scenario>,
    stream: &Stream,
    number: u32,
    knobs: TunedParameters,
    planted: bool,
) -> SelectedWorld {
    let scenario = if knobs.is_default() {
        scenario.clone()
    } else {
        Arc::new((**scenario).clone().with_parameters(knobs))
    };
    // The first has the name that worlds had before there was a second.
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
        knobs,
        decoys,
        selection: None,
    }
}

/// Measure world `number` as far as it takes to refuse it: what speaks against it.
fn tried(
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

/// None of the worlds passed: which reason was the commonest, and what to change.
fn refused(scenario: &Scenario, worlds: &[Attempt]) -> GenerateError {
    // Every world that did not pass has a reason.
    let (entry, sentence) = commonest_reason(worlds)
        .map_or_else(Default::default, |(reason, _)| {
            (setting_to_change(&reason).to_owned(), reason.sentence)
        });
    // Who moved a threshold out of reach must not turn the world instead.
    let moved = scenario.thresholds.differences_from_default().into_iter();
    let moved: Vec<String> = moved
        .map(|(name, value, usual)| format!("{name} = {value} (usually {usual})"))
        .collect();
    let entry = match moved.join(", ") {
        none if none.is_empty() => entry,
        moved => format!("[thresholds] has {moved}: put that back first. Then {entry}"),
    };
    let drawn = worlds.last().map_or(0, |last| last.world as usize);
    let mut told = rejection_summary(worlds);
    if worlds.len() > drawn {
        told = format!("in {} tries {told}", worlds.len());
    }
    let turned = tuned_parameters(worlds);
    if !turned.is_empty() {
        told = format!("{told} (the furthest with {turned})");
    }
    GenerateError::NoWorld {
        scenario: scenario.name.clone(),
        worlds: drawn,
        told,
        entry,
        sentence,
    }
}
