//! Which rows an instance hits.

use crate::random::Stream;
use crate::table::{Cell, Cells};

use super::propensity::probabilities;
use super::target::DefectTarget;
use crate::generate::block::SourceBlock;
use crate::generate::instance::Instance;

/// Per source row of a block, whether it is hit, and how: everything is decided by the source
/// row, so a copy shares the fate of its original, and rows delivered twice stay equal.
pub(super) struct HitRows {
    /// Whether the row is in reach of the instance.
    pub(super) reached: Vec<bool>,
    /// A uniform number for each row that is hit.
    dust: Vec<Option<f64>>,
}

impl HitRows {
    pub(super) fn draw(target: &DefectTarget<'_>, instance: &Instance, stream: &Stream) -> Self {
        let reached = reach(target.source, instance);
        let likely = instance
            .propensity
            .as_ref()
            .map(|propensity| probabilities(target, propensity, stream.fork("tie").draws()));
        // A roll and its dust for each row.
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

    /// The dust of a source row that is hit.
    pub(super) fn of(&self, base: usize) -> Option<f64> {
        self.dust[base]
    }
}

/// Whether a cell is written like this.
fn says(cells: &Cells, row: usize, text: &str) -> bool {
    match cells {
        Cells::Text(values) => values[row].as_deref() == Some(text),
        // No value is not an empty text.
        _ => !matches!(cells.cell(row), Cell::Missing) && cells.cell(row).show() == text,
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
