//! The result of a recovery, and whether it can be interpreted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::influence::{Influence, RecoveryInterval};
use super::permutations::Information;
use crate::measure::partition::contingency::{Contingency, Trivial};
use crate::measure::stats::moments::quantile;

/// How much of a structure an answer found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recovery {
    /// 1: everything; 0: the average by chance; slightly negative: less than that. No value when no
    /// row was answered, or when the answer is so fine that chance alone finds everything.
    pub value: Option<f64>,
    /// The 99 % quantile of the same number for random answers of the same shape: a value must
    /// exceed it. In a review, that of the largest of all numbers
    /// ([`Recovery::with_chance_of_best_of`]). Absent where the value is.
    pub chance: Option<f64>,
    /// The 95 % interval of the value. Functions treat rows as independent; in a review, all rows
    /// of an entity are sampled together. Absent where there is no value, or a trivial one.
    #[serde(default)]
    pub interval: Option<RecoveryInterval>,
    /// Rows used: answered by both sides, at most [`super::WORKING_ROWS`].
    pub rows: usize,
    /// Groups of the answer among all rows answered by both sides; for numeric axes, those that
    /// are neither constant nor a combination of earlier ones.
    pub groups: usize,
    /// Whether and how the number can be interpreted.
    pub reading: Reading,
}

/// Whether and how a recovery can be interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// As it is.
    Ok,
    /// Too fine to judge as groups: chance alone finds more than half, or half of the groups have
    /// fewer than 30 rows.
    TooFine,
    /// A side has fewer than two groups (or is constant): 0, or 1 when both have.
    Trivial,
    /// No row was answered by both sides.
    Empty,
    /// The covariates explain nearly all of the structure: less than a twentieth of it is left.
    NothingLeft,
}

impl Reading {
    /// How to interpret the measures of a table: empty, trivial, or as they are.
    ///
    /// ```
    /// use drumlin::{labels::Partition, measure::{Contingency, Reading}};
    /// let truth = Partition::from_labels(&["a", "b"].map(Some));
    /// let whole = Partition::from_labels(&["x", "x"].map(Some));
    /// assert_eq!(Reading::of(&Contingency::new(&truth, &whole)), Reading::Trivial);
    /// ```
    pub fn of(table: &Contingency) -> Self {
        match (table.rows(), table.trivial()) {
            (0, _) => Self::Empty,
            (_, Trivial::Neither) => Self::Ok,
            (_, Trivial::One | Trivial::Both) => Self::Trivial,
        }
    }
}

/// The level of [`Recovery::chance`].
pub(super) const CHANCE_LEVEL: f64 = 0.99;
/// Chance above this share of everything: most of it is found by the answer's shape, not its
/// content.
const MOST: f64 = 0.5;
/// Group size below which a group's own share of a structure is mostly noise.
const FEW_ROWS: f64 = 30.0;
/// A denominator below this share of everything is only rounding error.
const NOTHING: f64 = 1e-9;

impl Recovery {
    /// Whether the value is above the 99 % quantile of chance.
    pub fn above_chance(&self) -> bool {
        match (self.value, self.chance) {
            (Some(value), Some(chance)) => value > chance && self.reading != Reading::Trivial,
            _ => false,
        }
    }

    /// Whether this is nothing *alone* and something *beyond* covariates, as for *A* and the answer
    /// *A xor B*: visible jointly only.
    pub fn jointly_only(&self, beyond: &Self) -> bool {
        self.reading == Reading::Ok && !self.above_chance() && beyond.above_chance()
    }

    /// No row was answered by both sides.
    pub(super) fn empty() -> Self {
        Self {
            value: None,
            chance: None,
            interval: None,
            rows: 0,
            groups: 0,
            reading: Reading::Empty,
        }
    }

    /// A trivial side: every permutation gives the same number, which is its own chance level.
    pub(super) fn trivial(which: Trivial, rows: usize, groups: usize) -> Self {
        let value = Some(if which == Trivial::Both { 1.0 } else { 0.0 });
        Self {
            value,
            chance: value,
            interval: None,
            rows,
            groups,
            reading: Reading::Trivial,
        }
    }

    /// The covariates leave nothing of the structure to explain.
    pub(super) fn nothing_left(rows: usize, groups: usize) -> Self {
        Self {
            value: None,
            chance: None,
            interval: None,
            rows,
            groups,
            reading: Reading::NothingLeft,
        }
    }

    /// So fine that there is nothing to compare with.
    pub(super) fn too_fine(rows: usize, groups: usize) -> Self {
        Self {
            value: None,
            chance: None,
            interval: None,
            rows,
            groups,
            reading: Reading::TooFine,
        }
    }

    /// The found share of everything, both corrected for chance.
    pub(super) fn corrected_for_chance(
        information: &Information,
        answer: AnswerShape,
    ) -> (Self, Influence) {
        let null = &information.null;
        let expected = null.iter().sum::<f64>() / null.len() as f64;
        let left = information.everything - expected;
        if left <= NOTHING * information.everything {
            return Self::too_fine(answer.rows, answer.groups).without_interval();
        }
        let by_chance: Vec<f64> = null.iter().map(|null| (null - expected) / left).collect();
        let fine = expected > MOST * information.everything;
        let value = (information.found - expected) / left;
        Self::with_chance(value, &by_chance, fine, answer).with_interval_of(Influence::of_parts(
            value,
            &information.parts,
            null,
        ))
    }

    /// With an interval that treats rows as independent.
    pub(super) fn with_interval_of(self, influence: Influence) -> (Self, Influence) {
        let interval = influence.interval(None);
        (Self { interval, ..self }, influence)
    }

    /// Without influences: the value is fixed.
    pub(super) fn without_interval(self) -> (Self, Influence) {
        (self, Influence::default())
    }

    /// A number that is already corrected and the same under permutations, and whether chance finds
    /// most.
    pub(super) fn with_chance(
        value: f64,
        by_chance: &[f64],
        fine: bool,
        answer: AnswerShape,
    ) -> Self {
        let few = answer.median_size.is_some_and(|size| size < FEW_ROWS);
        Self {
            value: Some(value),
            chance: quantile(by_chance, CHANCE_LEVEL),
            interval: None,
            rows: answer.rows,
            groups: answer.groups,
            reading: if fine || few {
                Reading::TooFine
            } else {
                Reading::Ok
            },
        }
    }

    /// Whether chance finds most when this share is expected by chance.
    pub(super) fn chance_finds_most(share: f64) -> bool {
        share > MOST
    }
}

/// The shape of an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswerShape {
    pub(super) rows: usize,
    pub(super) groups: usize,
    /// Size of the group of the median row, among the rows used.
    pub(super) median_size: Option<f64>,
}

impl AnswerShape {
    /// Of groups with these sizes (none of them 0), out of `groups` in all rows.
    pub(super) fn of(sizes: &[u64], groups: usize) -> Self {
        let counts: Vec<f64> = sizes.iter().map(|size| *size as f64).collect();
        Self {
            rows: sizes.iter().sum::<u64>() as usize,
            groups,
            median_size: quantile(&counts, 0.5),
        }
    }
}
