//! From a scenario as written to a valid one: every mistake at once, each at its place.

mod checker;
mod child_defects;
mod children;
mod columns;
mod conditions;
mod defects;
mod derived;
mod effects;
mod habits;
mod marginals;
mod outcome;
mod phrases;
mod pools;
mod ranges;
mod scenario;
mod structures;

pub(super) use scenario::check;
