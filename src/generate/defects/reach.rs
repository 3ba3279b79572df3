//! Which rows an instance hits.

use crate::random::Stream;

use crate::generate::block::SourceBlock;
use crate::generate::instance::Instance;
use crate::generate::propensity::probabilities;
use crate::generate::setup::Setup;

/// Per source row of a block, whether it is hit, and how: everything is decided by the source
/// row, so a copy shares the fate of its original, and rows delivered twice stay equal.
pub(super) struct Fates {
    /// Whether the row is in reach of the instance.
    pub(super) reached: Vec<bool>,
    /// A uniform number for each row that is hit.
    dust: Vec<Option<f64>>,
}

impl Fates {
    pub(super) fn draw(
        setup: &Setup,
        source: &SourceBlock,
        instance: &Instance,
        stream: &Stream,
    ) -> Self {
        let reached = reach(source, instance);
        let likely = instance
            .propensity
            .as_ref()
            .map(|propensity| probabilities(setup, source, propensity, stream.fork("tie").draws()));
        let mut draws = stream.draws();
        let dust = reached
            .iter()
            .enumerate()
            .map(|(row, reached)| {
                let (roll, dust) = (draws.uniform(), draws.uniform());
                let chance = likely.as_ref().map_or(instance.rate, |likely| likely[row]);
                (*reached && roll < chance).then_some(dust)
            })
            .collect();
        Self { reached, dust }
    }

    /// The dust of a source row that is hit.
    pub(super) fn of(&self, base: usize) -> Option<f64> {
        self.dust[base]
    }
}

/// Whether each source row is in reach: of the source's level, of the entities, in the window,
/// where given. By the surface, so that another defect on the source column hides no rows.
fn reach(source: &SourceBlock, instance: &Instance) -> Vec<bool> {
    let latents = &source.latents;
    let mut reached: Vec<bool> = latents
        .moments
        .iter()
        .map(|moment| {
            instance
                .window
                .is_none_or(|[from, to]| (from..to).contains(moment))
        })
        .collect();
    if let Some(level) = &instance.source {
        let texts = source
            .surface
            .cells(&level.column)
            .map(|cells| cells.texts());
        for (row, reached) in reached.iter_mut().enumerate() {
            let own = texts.as_ref().and_then(|texts| texts[row].as_deref());
            *reached &= own == Some(level.level.as_str());
        }
    }
    if !instance.entities.is_empty() {
        for (reached, entity) in reached.iter_mut().zip(&latents.entities) {
            *reached &= instance.entities.contains(entity);
        }
    }
    reached
}
