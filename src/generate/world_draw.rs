//! Drawing a world from a scenario's pools.

use crate::random::{Draws, Stream};
use crate::scenario::{ColumnPlan, Curve, InnocentKind, InteractionKind, Kind, Scenario, Shape};

use super::entities::weights;
use super::world::{
    Archetype, Blend, Facet, Feature, Innocent, Interaction, Latent, Rare, Regime, Term, World,
};
use super::world_defects::draw_instances;

/// At most this many structures beside the groupings are findings of one world.
const MOST_STRUCTURES: u32 = 4;

/// A column that a structure was not written for takes it up with this probability …
const SIDE_CHANCE: f64 = 0.45;
/// … and a normal weight of this size: without side loadings each column would name its factor.
const SIDE_WEIGHT: f64 = 0.3;

/// Least and most size of a latent's weight on the outcome.
const OUTCOME_WEIGHT: (f64, f64) = (0.5, 1.1);

/// Milliseconds in a day.
pub(super) const DAY: i64 = 86_400_000;

impl World {
    /// The world that `stream` draws from `scenario`.
    pub fn draw(scenario: &Scenario, stream: &Stream) -> Self {
        let mut draws = stream.fork("structures").draws();
        let mut drawing = Drawing {
            scenario,
            open: scenario.open_columns(),
            terms: scenario.columns.iter().map(empty_terms).collect(),
            shifts: vec![Vec::new(); scenario.columns.len()],
        };
        let latents = drawing.latents(&mut draws);
        let (blend, facet) = drawing.groupings(&latents, &mut draws);
        let extras = between(&mut draws, scenario.draw.extras)
            .min(MOST_STRUCTURES.saturating_sub(latents.len() as u32));
        let (regime, rare, interaction) = drawing.extras(extras, &blend, &facet, &mut draws);
        drawing.embeddings(latents.len(), &blend, &mut draws);
        drawing.outcome(&latents, &mut stream.fork("outcome").draws());
        drawing.held(&latents, &mut stream.fork("held").draws());
        let innocent = innocent(scenario, &mut stream.fork("innocent").draws());
        let instances = draw_instances(scenario, &innocent, &mut stream.fork("defects").draws());
        Self {
            latents,
            blend,
            facet,
            regime,
            rare,
            interaction,
            innocent,
            terms: drawing.terms,
            shifts: drawing.shifts,
            instances,
        }
    }
}

struct Drawing<'a> {
    scenario: &'a Scenario,
    open: Vec<usize>,
    terms: Vec<Vec<Vec<Term>>>,
    shifts: Vec<Vec<Term>>,
}

impl Drawing<'_> {
    fn add(&mut self, column: usize, of: &str, feature: Feature, weight: f64) {
        self.terms[column][0].push(Term {
            of: of.to_owned(),
            feature,
            weight,
        });
    }

    /// Two or three straight factors and one ridge, with the columns that they enter.
    fn latents(&mut self, draws: &mut Draws) -> Vec<Latent> {
        let scenario = self.scenario;
        let count = between(draws, scenario.draw.factors) as usize;
        let mut latents = Vec::new();
        for pick in draws.sample(scenario.factors.len(), count) {
            let plan = &scenario.factors[pick];
            let map = &plan.maps[draws.index(plan.maps.len())];
            let at = latents.len();
            for (column, weight) in map {
                let weight = weight * draws.between(0.85, 1.2);
                self.add(*column, &plan.name, Feature::Latent(at), weight);
            }
            let taken: Vec<usize> = map.iter().map(|(column, _)| *column).collect();
            // What another map says of a column holds in this one, too, if weakly: a factor keeps
            // its meaning.
            let meant = |column: usize| {
                let mut others = plan.maps.iter().flatten();
                others
                    .find(|(other, _)| *other == column)
                    .map(|(_, weight)| weight.signum())
            };
            self.side(&plan.name, &taken, &[Feature::Latent(at)], meant, draws);
            latents.push(Latent {
                name: plan.name.clone(),
                about: plan.about.clone(),
                low: plan.low.clone(),
                high: plan.high.clone(),
                shape: plan.shape,
                between: plan.between,
                ridge: false,
            });
        }
        let plan = &scenario.ridges[draws.index(scenario.ridges.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        let at = latents.len();
        for bend in map {
            let weight = bend.weight * draws.between(0.85, 1.2);
            self.add(
                bend.column,
                &plan.name,
                Feature::Curved(at, bend.curve),
                weight,
            );
        }
        let taken: Vec<usize> = map.iter().map(|bend| bend.column).collect();
        let curves = [
            Feature::Curved(at, Curve::Sine),
            Feature::Curved(at, Curve::Cosine),
        ];
        self.side(&plan.name, &taken, &curves, |_| None, draws);
        latents.push(Latent {
            name: plan.name.clone(),
            about: plan.about.clone(),
            low: plan.low.clone(),
            high: plan.high.clone(),
            shape: Shape::Bell,
            between: plan.between,
            ridge: true,
        });
        latents
    }

    fn side(
        &mut self,
        of: &str,
        taken: &[usize],
        features: &[Feature],
        meant: impl Fn(usize) -> Option<f64>,
        draws: &mut Draws,
    ) {
        for column in self.open.clone() {
            for feature in features {
                let hit = draws.chance(SIDE_CHANCE);
                let weight = SIDE_WEIGHT * draws.normal();
                if hit && !taken.contains(&column) {
                    let weight = meant(column).map_or(weight, |sign| sign * weight.abs());
                    self.add(column, of, feature.clone(), weight);
                }
            }
        }
    }

    fn groupings(&mut self, latents: &[Latent], draws: &mut Draws) -> (Blend, Facet) {
        let scenario = self.scenario;
        let order = draws.sample(latents.len(), latents.len());
        let (a, b, c) = (order[0], order[1], order[2]);
        let plan = &scenario.blends[draws.index(scenario.blends.len())];
        let archetypes = corners(plan.archetypes)
            .into_iter()
            .map(|[x, y]| Archetype {
                name: corner_name(&latents[a], x, &latents[b], y),
                at: [x + 0.12 * draws.normal(), y + 0.12 * draws.normal()],
            })
            .collect();
        for column in self.open.clone() {
            let hit = draws.chance(plan.reach);
            for archetype in 0..plan.archetypes {
                let (soft, sampled) = (plan.soft * draws.normal(), plan.sampled * draws.normal());
                if hit {
                    self.add(column, &plan.name, Feature::Member(archetype), 2.0 * soft);
                    self.add(column, &plan.name, Feature::Sampled(archetype), sampled);
                }
            }
        }
        let blend = Blend {
            name: plan.name.clone(),
            on: [a, b],
            sharpness: plan.sharpness,
            archetypes,
        };
        let plan = &scenario.facets[draws.index(scenario.facets.len())];
        for column in self.open.clone() {
            let hit = draws.chance(plan.reach);
            let weight = plan.effect * draws.normal();
            if hit {
                self.add(column, &plan.name, Feature::Side, weight);
            }
        }
        let facet = Facet {
            name: plan.name.clone(),
            on: c,
            sharpness: plan.sharpness,
        };
        (blend, facet)
    }

    fn extras(
        &mut self,
        count: u32,
        blend: &Blend,
        facet: &Facet,
        draws: &mut Draws,
    ) -> (Option<Regime>, Option<Rare>, Option<Interaction>) {
        let scenario = self.scenario;
        let pools = [
            scenario.regimes.len(),
            scenario.rares.len(),
            scenario.interactions.len(),
        ];
        let (mut regime, mut rare, mut interaction) = (None, None, None);
        let kinds: Vec<usize> = (0..3).filter(|kind| pools[*kind] > 0).collect();
        for kind in draws.sample(kinds.len(), count as usize) {
            match kinds[kind] {
                0 => regime = Some(self.regime(draws)),
                1 => rare = Some(self.rare(draws)),
                _ => interaction = Some(self.interaction(blend, facet, draws)),
            }
        }
        (regime, rare, interaction)
    }

    fn shift(&mut self, map: &[(usize, f64)], of: &str, feature: &Feature, draws: &mut Draws) {
        for (column, shift) in map {
            self.shifts[*column].push(Term {
                of: of.to_owned(),
                feature: feature.clone(),
                weight: shift * draws.between(0.9, 1.15),
            });
        }
    }

    fn regime(&mut self, draws: &mut Draws) -> Regime {
        let plan = &self.scenario.regimes[draws.index(self.scenario.regimes.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        self.shift(map, &plan.name, &Feature::Regime, draws);
        let time = &self.scenario.time;
        let share = draws.between(plan.window[0], plan.window[1]);
        // Changes go out in the morning of a day.
        let day = (share * f64::from(time.days)) as i64;
        Regime {
            name: plan.name.clone(),
            about: plan.about.clone(),
            from: time.start + day * DAY + 9 * 3_600_000,
            ramp_days: plan.ramp_days,
        }
    }

    fn rare(&mut self, draws: &mut Draws) -> Rare {
        let plan = &self.scenario.rares[draws.index(self.scenario.rares.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        self.shift(map, &plan.name, &Feature::Rare, draws);
        Rare {
            name: plan.name.clone(),
            about: plan.about.clone(),
            share: draws.between(plan.share[0], plan.share[1]),
            phrases: plan.phrases.clone(),
        }
    }

    fn interaction(&mut self, blend: &Blend, facet: &Facet, draws: &mut Draws) -> Interaction {
        let plan = &self.scenario.interactions[draws.index(self.scenario.interactions.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        let on = match plan.kind {
            InteractionKind::Product => blend.on,
            InteractionKind::Reversal => [blend.on[draws.index(2)], facet.on],
        };
        let feature = match plan.kind {
            InteractionKind::Product => Feature::Product(on[0], on[1]),
            InteractionKind::Reversal => Feature::Reversed(on[0]),
        };
        for (column, weight) in map {
            let weight = weight * draws.between(0.9, 1.2);
            self.add(*column, &plan.name, feature.clone(), weight);
        }
        Interaction {
            name: plan.name.clone(),
            about: plan.about.clone(),
            kind: plan.kind,
            on,
        }
    }

    /// The outcome follows every latent, and each clearly: the factors straight, the ridge through
    /// one of its bends.
    fn outcome(&mut self, latents: &[Latent], draws: &mut Draws) {
        let columns = &self.scenario.columns;
        let Some(column) = columns.iter().position(ColumnPlan::is_outcome) else {
            return;
        };
        for (at, latent) in latents.iter().enumerate() {
            let weight = draws.between(OUTCOME_WEIGHT.0, OUTCOME_WEIGHT.1);
            let weight = if draws.chance(0.5) { weight } else { -weight };
            let curve = if draws.chance(0.5) {
                Curve::Sine
            } else {
                Curve::Cosine
            };
            let feature = if latent.ridge {
                Feature::Curved(at, curve)
            } else {
                Feature::Latent(at)
            };
            self.add(column, &latent.name, feature, weight);
        }
    }

    /// Numbers of entities follow what an entity carries of the latents.
    fn held(&mut self, latents: &[Latent], draws: &mut Draws) {
        for column in 0..self.scenario.columns.len() {
            if self.scenario.columns[column].held.is_none() {
                continue;
            }
            for (at, latent) in latents.iter().enumerate() {
                let weight = draws.normal() * libm::sqrt(latent.between);
                self.add(column, &latent.name, Feature::Latent(at), weight);
            }
        }
    }

    /// Embeddings see everything a little, through directions of their own.
    fn embeddings(&mut self, latents: usize, blend: &Blend, draws: &mut Draws) {
        for column in 0..self.scenario.columns.len() {
            for dimension in &mut self.terms[column] {
                if !matches!(self.scenario.columns[column].kind, Kind::Embedding { .. }) {
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
                    term(Feature::Curved(latent, Curve::Cosine));
                }
                for archetype in 0..blend.archetypes.len() {
                    dimension.push(Term {
                        of: blend.name.clone(),
                        feature: Feature::Member(archetype),
                        weight: draws.normal(),
                    });
                }
            }
        }
    }
}

fn empty_terms(column: &crate::scenario::ColumnPlan) -> Vec<Vec<Term>> {
    match column.kind {
        Kind::Embedding { width, .. } => vec![Vec::new(); width],
        _ => vec![Vec::new()],
    }
}

/// Places of the archetypes, in standard deviations: near enough that most rows mix them.
fn corners(archetypes: usize) -> Vec<[f64; 2]> {
    match archetypes {
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

fn innocent(scenario: &Scenario, draws: &mut Draws) -> Innocent {
    let plan = &scenario.innocents[draws.index(scenario.innocents.len())];
    let size = draws.between(plan.size[0], plan.size[1]);
    let (mut days, mut entities) = (Vec::new(), Vec::new());
    match plan.kind {
        InnocentKind::Promotion => {
            let length = 2 + draws.index(3) as u32;
            let room = scenario.time.days.saturating_sub(length + 10).max(1);
            let first = 5 + draws.index(room as usize) as u32;
            days = (first..first + length).collect();
        }
        InnocentKind::Whales => {
            let count = 2 + draws.index(2);
            // Not the largest ones: a whale is a surprise, not the top of a list.
            let weights = weights(&scenario.entity);
            let from = 10.min(weights.len() / 2);
            let picks = draws.sample(weights.len() - from, count);
            entities = picks.into_iter().map(|pick| from + pick).collect();
            entities.sort_unstable();
        }
    }
    Innocent {
        kind: plan.kind,
        name: plan.name.clone(),
        about: plan.about.clone(),
        days,
        entities,
        size,
    }
}

/// A whole number from least to most, both included.
pub(super) fn between(draws: &mut Draws, [least, most]: [u32; 2]) -> u32 {
    least + draws.index((most - least + 1) as usize) as u32
}
