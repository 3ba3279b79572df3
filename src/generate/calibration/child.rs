//! Calibration of child tables.

use serde::{Deserialize, Serialize};

use crate::generate::child_events::{events, hidden};
use crate::generate::columns::effects::{EarlierColumns, EffectInputs, is_read};
use crate::generate::columns::predictor::{Predictor, PredictorScale, UNSCALED, scores};
use crate::measure::{mean, sd};

use super::draw::CalibrationDraw;

/// Main rows whose events calibrate a child's columns: enough for a million events.
const CALIBRATION_ROWS: usize = 16_384;
/// How the predictors of one child table become normal scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChildCalibration {
    /// Number of events of a row.
    pub counts: PredictorScale,
    /// How soon they come.
    pub pace: PredictorScale,
    pub columns: Vec<PredictorScale>,
    /// Mean and standard deviation of each latent over the events.
    #[serde(default)]
    pub latents: Vec<[f64; 2]>,
}

impl ChildCalibration {
    /// Measure child table `at` of a world on the calibration draw.
    pub(super) fn measure(draw: &CalibrationDraw<'_>, at: usize) -> Self {
        let CalibrationDraw {
            latents, entities, ..
        } = draw;
        let (plan, child) = (&draw.scenario.children[at], &draw.world.children[at]);
        let stream = draw.stream.fork(&format!("child/{}", plan.name));
        let of = |predictor: &Predictor<'_>| {
            PredictorScale::measure(predictor, &stream, latents, entities)
        };
        let counts = of(&hidden(&plan.counts, &child.counts, &UNSCALED));
        let pace = of(&hidden(&plan.pace, &child.pace, &UNSCALED));
        let rows: Vec<usize> = (0..latents.rows())
            .step_by((latents.rows() / CALIBRATION_ROWS).max(1))
            .collect();
        let moments = rows.iter().map(|row| latents.moments[*row]).collect();
        let some = latents.of_events(&rows, moments);
        let events = events(
            plan,
            child,
            (&counts, &pace),
            &stream,
            &some,
            entities,
            &draw.clock,
        );
        let mut earlier = EarlierColumns::default();
        let mut columns = Vec::new();
        for (column, own) in plan.columns.iter().enumerate() {
            let of = |scale| Predictor {
                plan: own,
                terms: &child.terms[column],
                shifts: &[],
                dimension: 0,
                scale,
                steady: None,
                inputs: EffectInputs {
                    earlier: &earlier,
                    random_effects: draw.random_effects.of(Some(at), column),
                    start: draw.clock.start(),
                },
            };
            let scale = PredictorScale::measure(&of(&UNSCALED), &stream, &events.latents, entities);
            if is_read(&plan.columns, column) {
                let scores = scores(&of(&scale), &stream, &events.latents, entities);
                earlier.keep(column, &plan.columns, scores);
            }
            columns.push(scale);
        }
        let spread = |values: &Vec<f64>| {
            let sd = sd(values).filter(|sd| *sd > 0.0);
            [mean(values).unwrap_or(0.0), sd.unwrap_or(1.0)]
        };
        Self {
            latents: events.latents.factors.iter().map(spread).collect(),
            columns,
            counts,
            pace,
        }
    }
}
