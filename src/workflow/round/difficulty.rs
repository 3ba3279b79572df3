//! The difficulty of a table.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::baseline::Pipeline;
use crate::bundle::{DifficultyBand, DifficultyMeasure, Key};
use crate::generate::{BundleContext, FindingKind, FrozenWorld, decoy_strengths};
use crate::progress::{Progress, Silent};
use crate::random::Stream;
use crate::review::{BaselineResult, BundleTruth, Sample};
use crate::scenario::{BenignKind, ColumnKind, ColumnPlan};
use crate::staging::Staging;
use crate::table::{Cells, DAY, Table};

use crate::workflow::baselines::BaselineRunner;
use crate::workflow::error::GenerateError;
use crate::workflow::pilot::pilot_key;
use crate::workflow::tables::sampled;

use super::parity::{DifficultyValue, REFERENCES, difficulty_bands};

/// Difficulty bands from tables of `rows` rows of a world, drawn from `stream` and never kept: they
/// are written to a temporary folder next to `out`. For larger bundles this number of rows is
/// enough, since pipelines and groups use a sample of that size there, too, and a rate does not
/// depend on it.
pub(crate) fn bands(
    frozen: &FrozenWorld,
    (rows, stream): (u64, &Stream),
    out: &Path,
    progress: &dyn Progress,
) -> Result<Vec<DifficultyBand>, GenerateError> {
    progress.stage("measuring difficulty", REFERENCES as u64);
    let scratch = Staging::folder(out, true)?;
    let tables: Result<Vec<Vec<DifficultyValue>>, GenerateError> = (0..REFERENCES)
        .into_par_iter()
        .map(|number| {
            let stream = stream.fork(&format!("table/{number}"));
            let context = frozen.bundle(stream.fork("rows"), rows.min(Sample::ROWS));
            let (sample, delivered, counts) = sampled(&context, &Silent)?;
            let mut key = pilot_key(&context, counts);
            key.delivered_rows = delivered;
            let ids = |kind: &ColumnKind| matches!(kind, ColumnKind::Identifier { .. });
            let id = frozen.scenario.columns.iter().find(|plan| ids(&plan.kind));
            key.row_id = id.map(|plan| plan.name.clone()).unwrap_or_default();
            let truth = BundleTruth::of_sample(key.clone(), &sample);
            let folder = scratch.path().join(number.to_string());
            let pilots = stream.fork("autopilots");
            let runner = BaselineRunner::new(&truth, &sample, &pilots, &folder);
            let careful = runner.run(Pipeline::Careful)?;
            progress.advance(1)?;
            Ok(difficulty(&context, &key, &sample, Some(&careful), &stream))
        })
        .collect();
    Ok(difficulty_bands(&tables?))
}

/// How hard a bundle is: what the careful baseline recovers of each structure, how often each
/// defect was planted and how well single groups match its rows, and how large the real anomaly is.
pub(crate) fn difficulty(
    context: &BundleContext,
    key: &Key,
    sample: &Sample,
    careful: Option<&BaselineResult>,
    stream: &Stream,
) -> Vec<DifficultyValue> {
    let measured = |of: &str, what, value| DifficultyValue {
        of: of.to_owned(),
        what,
        value,
    };
    let structures = key
        .findings
        .iter()
        .filter(|finding| matches!(finding.kind, FindingKind::Structure | FindingKind::Groups));
    let recovered = structures.filter_map(|finding| {
        let reached = careful?.of_finding(&finding.id)?;
        // No answer above chance: 0 by definition.
        let recovery = reached.recovery.unwrap_or(0.0);
        Some(measured(&finding.id, DifficultyMeasure::Recovery, recovery))
    });
    let rows = key.source_rows.max(1) as f64;
    let planted = key.instances.iter().map(|count| {
        let share = (count.rows + count.removed) as f64 / rows;
        measured(&count.id, DifficultyMeasure::Rate, share)
    });
    let instances = key.world.instances.iter().enumerate();
    let shown: Vec<(&str, Vec<bool>)> = instances
        .filter(|(_, instance)| instance.table.is_none())
        .map(|(number, instance)| (instance.id.as_str(), sample.marked(number)))
        .filter(|(_, marked)| marked.contains(&true))
        .collect();
    let flags: Vec<&[bool]> = shown.iter().map(|(_, marked)| marked.as_slice()).collect();
    let f1 = decoy_strengths(
        &context.scenario,
        &sample.delivered,
        &flags,
        &stream.fork("lures"),
    );
    let decoys = shown
        .iter()
        .zip(f1)
        .map(|((id, _), f1)| measured(id, DifficultyMeasure::DecoyStrength, f1));
    let innocents = key
        .findings
        .iter()
        .filter(|finding| finding.kind == FindingKind::Benign);
    let real = innocents.filter_map(|finding| {
        let share = innocent_share(context, key, &sample.surface)?;
        Some(measured(&finding.id, DifficultyMeasure::Rate, share))
    });
    recovered.chain(planted).chain(decoys).chain(real).collect()
}

/// Share of rows, before defects, that belong to the real anomaly: on its days, or of its entities.
/// No value if the table specifies neither.
fn innocent_share(context: &BundleContext, key: &Key, surface: &Table) -> Option<f64> {
    let innocent = &context.world.benign;
    let theirs = match innocent.kind {
        BenignKind::Promotion | BenignKind::Holiday => {
            let start = context.scenario.time.start;
            let day = |moment: i64| u32::try_from((moment - start).div_euclid(DAY)).ok();
            let timestamp = |plan: &&ColumnPlan| matches!(plan.kind, ColumnKind::Timestamp);
            let plan = context.scenario.columns.iter().find(timestamp)?;
            let Cells::Time(moments) = surface.cells(&plan.name)? else {
                return None;
            };
            let days = moments.iter().filter_map(|moment| day((*moment)?));
            days.filter(|day| innocent.days.contains(day)).count()
        }
        BenignKind::Whales => {
            let names = innocent.entities.iter();
            let names: BTreeSet<String> = names.map(|one| context.entity_name(*one)).collect();
            let owners = surface.cells(key.entity.as_ref()?)?.texts();
            let owners = owners.iter().flatten();
            owners
                .filter(|owner| names.contains(owner.as_str()))
                .count()
        }
    };
    Some(theirs as f64 / surface.rows().max(1) as f64)
}
