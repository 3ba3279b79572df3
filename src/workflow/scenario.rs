//! Show scenarios, check one, and preview what it produces.

use std::sync::Arc;

use crate::bundle::{ChildRows, DEMO_MARK, InstanceCount, Key, rows_table};
use crate::generate::{
    Block, BundleContext, FrozenWorld, GuessTest, ReferenceBundle, SourceBlock, marginal_fit,
    measure_decoys,
};
use crate::progress::{Interrupted, Progress};
use crate::random::Secret;
use crate::render::preview_page;
use crate::review::{Sample, illustrate};
use crate::scenario::{Scenario, ScenarioError, load};

use super::fairness::{Unfair, fairness};
use super::pilot::pilot_key;
use super::tables::{ChildBlock, child_tables, count};

/// Rows of a preview: enough for every figure, and made in a second or two.
const PREVIEW_ROWS: u64 = 20_000;

/// Result of checking a readable scenario.
#[derive(Debug, Clone)]
pub struct ScenarioCheck {
    /// The scenario.
    pub scenario: Scenario,
    /// What guessing achieves.
    pub guess: GuessTest,
    /// Defects of the pool that nothing reveals.
    pub unfair: Vec<Unfair>,
}

impl ScenarioCheck {
    /// Whether all checks pass.
    pub fn passes(&self) -> bool {
        self.guess.passes() && self.unfair.is_empty()
    }
}

/// Why a scenario could not be checked or shown.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioJobError {
    /// It is unusable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// Interrupted by the user.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

/// Check a scenario by name or path: every mistake in the file, the guess test, and whether every
/// defect of the pool can be found.
pub fn check_scenario(
    name: &str,
    progress: &dyn Progress,
) -> Result<ScenarioCheck, ScenarioJobError> {
    let scenario = load(name)?;
    progress.stage("guessing worlds", 0);
    let guess = GuessTest::run(&scenario);
    let unfair = fairness(&scenario, progress)?;
    Ok(ScenarioCheck {
        scenario,
        guess,
        unfair,
    })
}

/// A page about one demo world of a scenario.
pub fn preview(name: &str, seed: u64, progress: &dyn Progress) -> Result<String, ScenarioJobError> {
    let scenario = Arc::new(load(name)?);
    progress.stage("a demo world", 3);
    let secret = Secret::demo(seed);
    let stream = secret.stream();
    let frozen = FrozenWorld::draw(scenario.clone(), &stream);
    progress.advance(1)?;
    let bundle = secret.for_candidate("preview", "preview", 1).stream();
    let ReferenceBundle {
        context,
        source,
        block,
    } = ReferenceBundle::draw(&frozen, bundle, PREVIEW_ROWS);
    let mut sample = Sample::default();
    sample.add(&context, &source, &rows_table(&context, &source), &block);
    let children = child_tables(&context, 0, &source);
    for (at, child) in children.iter().enumerate() {
        if let Some(block) = &child.block {
            sample.add_child(&context, at, &child.source, block);
        }
    }
    progress.advance(1)?;
    let key = demo_key(&context, &source, &block, &children);
    let page = preview_page(
        &scenario,
        &key,
        &illustrate(&key, &context, &sample),
        &marginal_fit(&scenario, &source.clean),
    );
    progress.advance(1)?;
    Ok(page)
}

/// A key for a world that is only previewed.
fn demo_key(
    context: &BundleContext,
    source: &SourceBlock,
    block: &Block,
    children: &[ChildBlock],
) -> Key {
    let mut counts: Vec<InstanceCount> = context
        .world
        .instances
        .iter()
        .map(|instance| InstanceCount::none(&instance.id))
        .collect();
    for block in children.iter().filter_map(|child| child.block.as_ref()) {
        count(&mut counts, block);
    }
    count(&mut counts, block);
    let plans = context.scenario.children.iter();
    let children = plans.zip(children).map(|(plan, child)| ChildRows {
        name: plan.name.clone(),
        source_rows: child.source.clean.rows() as u64,
        delivered_rows: child.delivered().rows() as u64,
    });
    Key {
        mark: Some(DEMO_MARK.to_owned()),
        candidate: "preview".to_owned(),
        source_rows: source.clean.rows() as u64,
        delivered_rows: block.table.rows() as u64,
        children: children.collect(),
        decoys: measure_decoys(context, &Secret::demo(0).stream().fork("decoys")),
        ..pilot_key(context, counts)
    }
}
