//! Drawing the soft groupings of a world: archetypes, nested archetypes, splits.

use std::f64::consts::TAU;

use crate::random::Draws;

use super::builder::{WorldBuilder, between};
use crate::generate::world::{Archetype, Archetypes, Feature, Latent, NestedArchetypes, Split};

impl WorldBuilder<'_> {
    /// Archetypes on two latents, and a split on a third.
    pub(crate) fn groupings(
        &mut self,
        latents: &[Latent],
        draws: &mut Draws,
    ) -> (Archetypes, Split) {
        let scenario = self.scenario;
        let order = draws.sample(latents.len(), latents.len());
        let (a, b, c) = (order[0], order[1], order[2]);
        let plan = &scenario.archetypes[draws.index(scenario.archetypes.len())];
        let types = corners(plan.types)
            .into_iter()
            .map(|[x, y]| Archetype {
                name: corner_name(&latents[a], x, &latents[b], y),
                at: [x + 0.12 * draws.normal(), y + 0.12 * draws.normal()],
            })
            .collect();
        for column in self.open.clone() {
            let hit = draws.chance(plan.reach);
            for archetype in 0..plan.types {
                let (soft, sampled) = (plan.soft * draws.normal(), plan.sampled * draws.normal());
                if hit {
                    self.add(column, &plan.name, Feature::Member(archetype), 2.0 * soft);
                    self.add(column, &plan.name, Feature::Sampled(archetype), sampled);
                }
            }
        }
        let archetypes = Archetypes {
            name: plan.name.clone(),
            on: [a, b],
            sharpness: plan.sharpness,
            types,
            nested: None,
        };
        let plan = &scenario.splits[draws.index(scenario.splits.len())];
        for column in self.open.clone() {
            let hit = draws.chance(plan.reach);
            let weight = plan.effect * draws.normal();
            if hit {
                self.add(column, &plan.name, Feature::Side(0), weight);
            }
        }
        let split = Split {
            name: plan.name.clone(),
            on: c,
            sharpness: plan.sharpness,
        };
        (archetypes, split)
    }

    /// Nested archetypes, evenly around each archetype, with small effects of their own.
    pub(crate) fn nested(
        &mut self,
        latents: &[Latent],
        archetypes: &Archetypes,
        draws: &mut Draws,
    ) -> Option<NestedArchetypes> {
        let mut plans = self.scenario.archetypes.iter();
        let outer = plans.find(|plan| plan.name == archetypes.name)?;
        let plan = outer.nested?;
        let [a, b] = archetypes.on.map(|at| &latents[at]);
        let mut types = Vec::new();
        for archetype in &archetypes.types {
            let first = TAU * draws.uniform();
            let parts = (0..plan.types).map(|part| {
                let angle = first + TAU * part as f64 / plan.types as f64;
                let (dx, dy) = (libm::cos(angle), libm::sin(angle));
                Archetype {
                    name: format!("{}, more {}", archetype.name, nearer(a, dx, b, dy)),
                    at: [
                        archetype.at[0] + plan.spread * dx,
                        archetype.at[1] + plan.spread * dy,
                    ],
                }
            });
            types.push(parts.collect());
        }
        for column in self.open.clone() {
            let hit = draws.chance(outer.reach);
            for archetype in 0..archetypes.types.len() {
                for part in 0..plan.types {
                    let weight = 2.0 * plan.effect * draws.normal();
                    if hit {
                        self.add(
                            column,
                            &archetypes.name,
                            Feature::NestedMember(archetype, part),
                            weight,
                        );
                    }
                }
            }
        }
        Some(NestedArchetypes {
            sharpness: plan.sharpness,
            types,
        })
    }

    /// All splits: the first, and others on latents without one, while there are any.
    pub(crate) fn splits(
        &mut self,
        latents: &[Latent],
        archetypes: &Archetypes,
        first: Split,
        draws: &mut Draws,
    ) -> Vec<Split> {
        let count = between(draws, self.scenario.draw.splits) as usize;
        let free = |at: &usize| *at != first.on;
        let order = draws.sample(latents.len(), latents.len());
        let (mut on, used): (Vec<usize>, Vec<usize>) = order
            .into_iter()
            .filter(free)
            .partition(|at| !archetypes.on.contains(at));
        on.extend(used);
        let others: Vec<_> = self
            .scenario
            .splits
            .iter()
            .filter(|plan| plan.name != first.name)
            .collect();
        let picks = draws.sample(others.len(), others.len());
        let mut splits = vec![first];
        for (pick, on) in picks.into_iter().zip(on).take(count.saturating_sub(1)) {
            let plan = others[pick];
            for column in self.open.clone() {
                let hit = draws.chance(plan.reach);
                let weight = plan.effect * draws.normal();
                if hit {
                    self.add(column, &plan.name, Feature::Side(splits.len()), weight);
                }
            }
            splits.push(Split {
                name: plan.name.clone(),
                on,
                sharpness: plan.sharpness,
            });
        }
        splits
    }
}

/// Positions of the archetypes, in standard deviations: so close that most rows mix them.
fn corners(types: usize) -> Vec<[f64; 2]> {
    match types {
        3 => vec![[0.0, 0.85], [-0.75, -0.45], [0.75, -0.45]],
        _ => vec![[0.65, 0.65], [-0.65, 0.65], [-0.65, -0.65], [0.65, -0.65]],
    }
}

fn corner_name(a: &Latent, x: f64, b: &Latent, y: f64) -> String {
    let end = |latent: &Latent, value: f64| {
        if value > 0.0 {
            latent.high.clone()
        } else {
            latent.low.clone()
        }
    };
    if x.abs() < 0.3 {
        end(b, y)
    } else {
        format!("{}, {}", end(a, x), end(b, y))
    }
}

/// The end of the latent that a direction mostly points to.
fn nearer(a: &Latent, dx: f64, b: &Latent, dy: f64) -> String {
    let (latent, up) = if dx.abs() > dy.abs() {
        (a, dx > 0.0)
    } else {
        (b, dy > 0.0)
    };
    if up {
        latent.high.clone()
    } else {
        latent.low.clone()
    }
}
