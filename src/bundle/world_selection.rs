//! How the world of a round was chosen: every attempt, with the reasons against it.

use serde::{Deserialize, Serialize};

use crate::certify::{Depth, Reason};
use crate::scenario::TunedParameters;

/// How the world of a round was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldSelection {
    /// How much was measured for the verdict.
    pub depth: Depth,
    /// Every world that was tried, in order, once for each setting of its parameters. The last one is the
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
    /// Which of the drawn worlds, from 1.
    pub world: u32,
    /// How far its parameters were tuned away from the scenario.
    pub tuning: TunedParameters,
    /// How much better the best single cluster matches the rows of the strongest decoy than it matches
    /// the same rows before they were damaged: a difference of F1. None without a decoy.
    pub decoy_effect: Option<f64>,
    /// Reasons against it; none for the world that was accepted.
    pub reasons: Vec<Reason>,
}

impl Attempt {
    pub fn accepted(&self) -> bool {
        self.reasons.is_empty()
    }
}
