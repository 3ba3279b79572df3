//! The clean table: observed columns, before defects.

pub(super) mod cells;
pub(super) mod dependence;
pub(super) mod effects;
pub(super) mod marginals;
pub(super) mod predictor;
pub(super) mod random_effects;
pub(super) mod rounding;
pub(super) mod text;
pub(super) mod typos;
