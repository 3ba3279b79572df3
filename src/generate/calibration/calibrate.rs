//! What needs the whole table, resolved once per world on a draw that is never delivered.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::generate::columns::predictor::PredictorScale;
use crate::generate::world::World;
use crate::random::Stream;
use crate::scenario::Scenario;

use super::child::ChildCalibration;
use super::draw::CalibrationDraw;

/// Per scenario column and dimension, how its predictor becomes a normal score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Per scenario column, one entry per dimension.
    pub scales: Vec<Vec<PredictorScale>>,
    /// The same for each child table.
    pub children: Vec<ChildCalibration>,
}

impl Calibration {
    /// Measure a world. The result is frozen in the key.
    pub(crate) fn measure(scenario: &Scenario, world: &World, stream: &Stream) -> Self {
        let draw = CalibrationDraw::new(scenario, world, stream);
        let earlier = draw.earlier();
        let columns = (0..scenario.columns.len()).into_par_iter();
        let children = 0..scenario.children.len();
        Self {
            scales: columns
                .map(|column| draw.scales(column, &earlier))
                .collect(),
            children: children
                .map(|child| ChildCalibration::measure(&draw, child))
                .collect(),
        }
    }
}
