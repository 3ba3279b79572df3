//! Drawing terms of outcomes, numbers of entities, embeddings and child tables.

use crate::random::{Draws, Stream};
use crate::scenario::{ChildPlan, ColumnKind, ColumnPlan, CurveFunction, Scenario};

use super::builder::WorldBuilder;
use crate::generate::world::{Archetypes, Child, Feature, Latent, Term};

/// Range of a latent's absolute weight on the outcome.
const OUTCOME_WEIGHT: (f64, f64) = (0.5, 1.1);

/// Probability that a latent enters a column of a child table; at least one does.
const CHILD_CHANCE: f64 = 0.5;

/// Terms of the child tables: at least one latent per column.
pub(crate) fn children(scenario: &Scenario, latents: &[Latent], stream: &Stream) -> Vec<Child> {
    let terms = |draws: &mut Draws| -> Vec<Term> {
        let always = draws.index(latents.len());
        let mut terms = Vec::new();
        for (at, latent) in latents.iter().enumerate() {
            let (hit, weight) = (draws.chance(CHILD_CHANCE), draws.normal());
            if !hit && at != always {
                continue;
            }
            terms.push(Term {
                of: latent.name.clone(),
                feature: if latent.curve {
                    Feature::Curved(at, CurveFunction::Sine)
                } else {
                    Feature::Latent(at)
                },
                weight: weight + 0.5_f64.copysign(weight),
            });
        }
        terms
    };
    let child = |plan: &ChildPlan| {
        let mut draws = stream.fork(&format!("child/{}", plan.name)).draws();
        Child {
            name: plan.name.clone(),
            counts: terms(&mut draws),
            pace: terms(&mut draws),
            terms: plan
                .columns
                .iter()
                .map(|column| {
                    let terms = terms(&mut draws);
                    if column.is_open() { terms } else { Vec::new() }
                })
                .collect(),
        }
    };
    scenario.children.iter().map(child).collect()
}

impl WorldBuilder<'_> {
    /// The outcome depends clearly on every latent: linearly on factors, through a basis function on
    /// the curve.
    pub(crate) fn outcome(&mut self, latents: &[Latent], draws: &mut Draws) {
        let columns = &self.scenario.columns;
        let Some(column) = columns.iter().position(ColumnPlan::is_outcome) else {
            return;
        };
        for (at, latent) in latents.iter().enumerate() {
            let weight = draws.between(OUTCOME_WEIGHT.0, OUTCOME_WEIGHT.1);
            let up = draws.chance(0.5);
            let named = columns[column].signs.iter();
            let mut named = named.filter(|(name, _)| *name == latent.name);
            let sign = named
                .next()
                .map_or(if up { 1.0 } else { -1.0 }, |one| one.1);
            let weight = sign * weight;
            let curve = if draws.chance(0.5) {
                CurveFunction::Sine
            } else {
                CurveFunction::Cosine
            };
            let feature = if latent.curve {
                Feature::Curved(at, curve)
            } else {
                Feature::Latent(at)
            };
            self.add(column, &latent.name, feature, weight);
        }
    }

    /// Numbers of entities depend on the part of the latents that entities carry.
    pub(crate) fn held(&mut self, latents: &[Latent], draws: &mut Draws) {
        for column in 0..self.scenario.columns.len() {
            if self.scenario.columns[column].entity_level.is_none() {
                continue;
            }
            for (at, latent) in latents.iter().enumerate() {
                let weight = draws.normal() * libm::sqrt(latent.between);
                self.add(column, &latent.name, Feature::Latent(at), weight);
            }
        }
    }

    /// Embeddings depend a little on everything, in random directions.
    pub(crate) fn embeddings(
        &mut self,
        latents: usize,
        archetypes: &Archetypes,
        draws: &mut Draws,
    ) {
        for column in 0..self.scenario.columns.len() {
            for dimension in &mut self.terms[column] {
                if !matches!(
                    self.scenario.columns[column].kind,
                    ColumnKind::Embedding { .. }
                ) {
                    continue;
                }
                for latent in 0..latents {
                    let mut term = |feature| {
                        dimension.push(Term {
                            of: String::new(),
                            feature,
                            weight: draws.normal(),
                        });
                    };
                    term(Feature::Latent(latent));
                    term(Feature::Curved(latent, CurveFunction::Cosine));
                }
                for archetype in 0..archetypes.types.len() {
                    dimension.push(Term {
                        of: archetypes.name.clone(),
                        feature: Feature::Member(archetype),
                        weight: draws.normal(),
                    });
                }
            }
        }
    }
}
