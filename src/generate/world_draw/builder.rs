//! The parts of a world drawn so far.

use crate::generate::world::{Feature, Term};
use crate::random::Draws;
use crate::scenario::{ColumnKind, ColumnPlan, Scenario};

/// Terms and shifts of the columns, collected structure by structure.
pub(super) struct WorldBuilder<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) open: Vec<usize>,
    pub(super) terms: Vec<Vec<Vec<Term>>>,
    pub(super) shifts: Vec<Vec<Term>>,
}

impl<'a> WorldBuilder<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        Self {
            scenario,
            open: scenario.open_columns(),
            terms: scenario.columns.iter().map(empty_terms).collect(),
            shifts: vec![Vec::new(); scenario.columns.len()],
        }
    }

    pub(super) fn add(&mut self, column: usize, of: &str, feature: Feature, weight: f64) {
        self.terms[column][0].push(Term {
            of: of.to_owned(),
            feature,
            weight,
        });
    }
}

fn empty_terms(column: &ColumnPlan) -> Vec<Vec<Term>> {
    match column.kind {
        ColumnKind::Embedding { width, .. } => vec![Vec::new(); width],
        _ => vec![Vec::new()],
    }
}

/// A whole number from `least` to `most`, inclusive.
pub(super) fn between(draws: &mut Draws, [least, most]: [u32; 2]) -> u32 {
    least + draws.index((most - least + 1) as usize) as u32
}
