//! How the world of a round was chosen: every attempt, with the reasons against it.

use serde::{Deserialize, Serialize};

use crate::certify::{Depth, Reason};
use crate::scenario::TunedParameters;

/// How the world of a round was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldSelection {
    /// Depth of the measurement behind the verdict.
    pub depth: Depth,
    /// Every attempt in order: a world with one setting of its parameters. The last one is the
    /// round's.
    pub attempts: Vec<Attempt>,
}

impl WorldSelection {
    /// The number of worlds drawn.
    pub fn worlds(&self) -> u32 {
        self.attempts.last().map_or(0, |last| last.world)
    }

    /// The attempts that were rejected: all but the last.
    pub fn rejected(&self) -> &[Attempt] {
        &self.attempts[..self.attempts.len().saturating_sub(1)]
    }
}

/// One world that was drawn for a round, with one setting of its parameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// Number of the world, from 1.
    pub world: u32,
    /// How far its parameters were tuned from those of the scenario.
    pub tuning: TunedParameters,
    /// F1 of the best single cluster against the rows of the strongest decoy, minus the F1 against
    /// the same rows before they were damaged. None without a decoy.
    pub decoy_effect: Option<f64>,
    /// Reasons for rejecting it; none for the accepted world.
    pub reasons: Vec<Reason>,
}

impl Attempt {
    pub fn accepted(&self) -> bool {
        self.reasons.is_empty()
    }
}
