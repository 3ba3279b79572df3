//! Targets, answers and results of conditional recovery.

use crate::labels::{Memberships, Partition};

use super::result::Recovery;

/// A denominator below this share of the whole structure: nothing is left to find.
pub(super) const LEAST_REMAINDER: f64 = 0.05;

/// The structure that an answer is compared with.
#[derive(Debug, Clone, Copy)]
pub enum RecoveryTarget<'a> {
    Groups(&'a Partition),
    Memberships(&'a Memberships),
    /// A continuous factor; missing where not finite. `known` are the columns that predict it: what
    /// they explain is the maximum that an answer is compared with.
    Factor {
        values: &'a [f64],
        known: &'a [Vec<f64>],
    },
}

/// The answer that is compared with a structure.
#[derive(Debug, Clone, Copy)]
pub enum RecoveryAnswer<'a> {
    Groups(&'a Partition),
    /// Numeric axes; missing where not finite.
    Axes(&'a [Vec<f64>]),
}

/// Recovery of a structure with covariates held fixed.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionalRecovery {
    /// 0 is what random answers reach within strata, 1 is all that the covariates leave
    /// unexplained.
    pub recovery: Recovery,
    /// Positions of the covariates that were held fixed.
    pub covariates: Vec<usize>,
    /// Number of strata; 0 where a regression holds covariates fixed.
    pub strata: usize,
}
