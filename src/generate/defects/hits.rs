//! Which rows a defect hits.

use crate::random::Stream;
use crate::table::{Cell, Cells};

use super::propensity::probabilities;
use super::target::DefectTarget;
use crate::generate::block::SourceBlock;
use crate::generate::instance::Instance;

/// Per source row of a block, whether it is hit. Copies share the fate of their original, so rows
/// delivered twice stay equal.
pub(super) struct HitRows {
    /// Whether the row is in reach of the defect.
    pub(super) reached: Vec<bool>,
    /// A uniform random number for each row that is hit, for details of the change.
    dust: Vec<Option<f64>>,
}

impl HitRows {
    pub(super) fn draw(target: &DefectTarget<'_>, instance: &Instance, stream: &Stream) -> Self {
        let reached = reach(target.source, instance);
        let likely = instance
            .propensity
            .as_ref()
            .map(|propensity| probabilities(target, propensity, stream.fork("tie").draws()));
        // Two numbers per row: whether it is hit, and how.
        let mut drawn = vec![0.0; 2 * reached.len()];
        stream.draws().fill_uniforms(&mut drawn);
        let dust = reached
            .iter()
            .zip(drawn.chunks_exact(2))
            .enumerate()
            .map(|(row, (reached, drawn))| {
                let (roll, dust) = (drawn[0], drawn[1]);
                let chance = likely.as_ref().map_or(instance.rate, |likely| likely[row]);
                (*reached && roll < chance).then_some(dust)
            })
            .collect();
        Self { reached, dust }
    }

    /// The random number of a source row that is hit.
    pub(super) fn of(&self, base: usize) -> Option<f64> {
        self.dust[base]
    }
}

/// Whether a cell has this text.
fn says(cells: &Cells, row: usize, text: &str) -> bool {
    match cells {
        Cells::Text(values) => values[row].as_deref() == Some(text),
        // A missing value is not an empty text.
        _ => !matches!(cells.cell(row), Cell::Missing) && cells.cell(row).show() == text,
    }
}

/// Whether each source row is in reach: has the source's level, belongs to the entities, lies in the
/// window. Decided on the clean table, so that other defects on the source column do not matter.
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
        let cells = source.clean.cells(&level.column);
        for (row, reached) in reached.iter_mut().enumerate() {
            *reached = *reached && cells.is_some_and(|cells| says(cells, row, &level.level));
        }
    }
    if !instance.entities.is_empty() {
        for (reached, entity) in reached.iter_mut().zip(&latents.entities) {
            *reached &= instance.entities.contains(entity);
        }
    }
    reached
}
