//! Drawing a world from a scenario's pools.

use crate::random::{Draws, Stream};
use crate::scenario::{BenignKind, CurveFunction, FactorShape, InteractionKind, Scenario};
use crate::table::{DAY, HOUR};

use super::builder::{WorldBuilder, between};
use super::columns::children;
use super::defects::draw_instances;
use crate::generate::latents::entities::weights;
use crate::generate::latents::factor_marginal::side_covariance;
use crate::generate::world::{
    Archetypes, BenignAnomaly, Change, Feature, Interaction, Latent, LatentCorrelation, RareGroup,
    Split, Term, World,
};

/// Most findings about structures, apart from groups, in one world.
const MOST_STRUCTURES: u32 = 4;

/// Probability that a structure enters a column for which it was not written.
const SIDE_CHANCE: f64 = 0.45;
/// Standard deviation of its weight: without side loadings, each column would reveal its factor.
const SIDE_WEIGHT: f64 = 0.3;

/// Size of the step between the sides of a Simpson's paradox: over all rows, a column rises two
/// thirds as steeply as it falls within each side.
const SIMPSON_RISE: f64 = 1.7;

impl World {
    /// The world that `stream` draws from `scenario`.
    pub fn draw(scenario: &Scenario, stream: &Stream) -> Self {
        let mut draws = stream.fork("structures").draws();
        let mut drawing = WorldBuilder::new(scenario);
        let latents = drawing.latents(&mut draws);
        let correlations = correlations(scenario, &latents, &stream.fork("correlations"));
        let (mut archetypes, split) = drawing.groupings(&latents, &mut draws);
        archetypes.nested =
            drawing.nested(&latents, &archetypes, &mut stream.fork("inner").draws());
        let splits = drawing.splits(
            &latents,
            &archetypes,
            split,
            &mut stream.fork("facets").draws(),
        );
        let extras = between(&mut draws, scenario.draw.extras)
            .min(MOST_STRUCTURES.saturating_sub(latents.len() as u32));
        let (change, rare, interaction) = drawing.extras(
            extras,
            &latents,
            &correlations,
            &archetypes,
            &splits[0],
            &mut draws,
        );
        drawing.embeddings(latents.len(), &archetypes, &mut draws);
        drawing.outcome(&latents, &mut stream.fork("outcome").draws());
        drawing.held(&latents, &mut stream.fork("held").draws());
        let benign = benign(scenario, &mut stream.fork("innocent").draws());
        let instances = draw_instances(
            scenario,
            &benign,
            &latents,
            &mut stream.fork("defects").draws(),
        );
        let children = children(scenario, &latents, stream);
        let mut world = Self {
            latents,
            correlations,
            archetypes,
            splits,
            change,
            rare,
            interaction,
            benign,
            terms: drawing.terms,
            shifts: drawing.shifts,
            children,
            instances,
        };
        world.equalise_variance(scenario, scenario.draw.evenness);
        world
    }
}

impl WorldBuilder<'_> {
    /// Two or three factors and one curve, with the columns that they enter.
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
            // Side loadings have the sign that another map gives the column: a factor keeps its
            // meaning.
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
                curve: false,
            });
        }
        let plan = &scenario.curves[draws.index(scenario.curves.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        let at = latents.len();
        for (column, term) in map {
            let weight = term.weight * draws.between(0.85, 1.2);
            self.add(
                *column,
                &plan.name,
                Feature::Curved(at, term.function),
                weight,
            );
        }
        let taken: Vec<usize> = map.iter().map(|(column, _)| *column).collect();
        let curves = [
            Feature::Curved(at, CurveFunction::Sine),
            Feature::Curved(at, CurveFunction::Cosine),
        ];
        self.side(&plan.name, &taken, &curves, |_| None, draws);
        latents.push(Latent {
            name: plan.name.clone(),
            about: plan.about.clone(),
            low: plan.low.clone(),
            high: plan.high.clone(),
            shape: FactorShape::Bell,
            between: plan.between,
            curve: true,
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

    fn extras(
        &mut self,
        count: u32,
        latents: &[Latent],
        correlations: &[LatentCorrelation],
        archetypes: &Archetypes,
        split: &Split,
        draws: &mut Draws,
    ) -> (Option<Change>, Option<RareGroup>, Option<Interaction>) {
        let scenario = self.scenario;
        let pools = [
            scenario.changes.len(),
            scenario.rares.len(),
            scenario.interactions.len(),
        ];
        let (mut change, mut rare, mut interaction) = (None, None, None);
        let kinds: Vec<usize> = (0..3).filter(|kind| pools[*kind] > 0).collect();
        for kind in draws.sample(kinds.len(), count as usize) {
            match kinds[kind] {
                0 => change = Some(self.change(draws)),
                1 => rare = Some(self.rare(draws)),
                _ => {
                    interaction =
                        Some(self.interaction(latents, correlations, archetypes, split, draws));
                }
            }
        }
        (change, rare, interaction)
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

    fn change(&mut self, draws: &mut Draws) -> Change {
        let plan = &self.scenario.changes[draws.index(self.scenario.changes.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        self.shift(map, &plan.name, &Feature::Change, draws);
        let time = &self.scenario.time;
        let share = draws.between(plan.window[0], plan.window[1]);
        // Changes are released in the morning.
        let day = (share * f64::from(time.days)) as i64;
        Change {
            name: plan.name.clone(),
            about: plan.about.clone(),
            from: time.start + day * DAY + 9 * HOUR,
            ramp_days: plan.ramp_days,
        }
    }

    fn rare(&mut self, draws: &mut Draws) -> RareGroup {
        let plan = &self.scenario.rares[draws.index(self.scenario.rares.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        self.shift(map, &plan.name, &Feature::Rare, draws);
        RareGroup {
            name: plan.name.clone(),
            about: plan.about.clone(),
            share: draws.between(plan.share[0], plan.share[1]),
            phrases: plan.phrases.clone(),
        }
    }

    fn interaction(
        &mut self,
        latents: &[Latent],
        correlations: &[LatentCorrelation],
        archetypes: &Archetypes,
        split: &Split,
        draws: &mut Draws,
    ) -> Interaction {
        let plan = &self.scenario.interactions[draws.index(self.scenario.interactions.len())];
        let map = &plan.maps[draws.index(plan.maps.len())];
        let tied = |latent: usize| {
            let mut pairs = correlations.iter().map(|one| one.between);
            latent == split.on
                || pairs.any(|pair| pair.contains(&latent) && pair.contains(&split.on))
        };
        let on = match plan.kind {
            InteractionKind::Product => archetypes.on,
            InteractionKind::Reversal => [archetypes.on[draws.index(2)], split.on],
            InteractionKind::Simpson => [split.on, split.on],
        };
        for (column, weight) in map {
            let weight = weight * draws.between(0.9, 1.2);
            match plan.kind {
                InteractionKind::Product => {
                    self.add(*column, &plan.name, Feature::Product(on[0], on[1]), weight);
                }
                InteractionKind::Reversal => {
                    self.add(*column, &plan.name, Feature::Reversed(on[0]), weight);
                }
                InteractionKind::Simpson => {
                    // Other terms of this factor, or of a correlated one, could reverse one of the
                    // two signs.
                    self.terms[*column][0].retain(|term| {
                        !matches!(term.feature, Feature::Latent(at) | Feature::Curved(at, _) if tied(at))
                            && term.feature != Feature::Side(0)
                    });
                    let between =
                        SIMPSON_RISE / side_covariance(latents[on[0]].shape, split.sharpness);
                    self.add(*column, &plan.name, Feature::Side(0), weight * between);
                    self.add(*column, &plan.name, Feature::Latent(on[0]), -weight);
                }
            }
        }
        Interaction {
            name: plan.name.clone(),
            about: plan.about.clone(),
            kind: plan.kind,
            on,
        }
    }
}

fn correlations(
    scenario: &Scenario,
    latents: &[Latent],
    stream: &Stream,
) -> Vec<LatentCorrelation> {
    let mut draws = stream.draws();
    let place = |name: &String| latents.iter().position(|latent| latent.name == *name);
    let mut correlations = Vec::new();
    for plan in &scenario.correlations {
        let by = draws.between(plan.by[0], plan.by[1]);
        if let (Some(a), Some(b)) = (place(&plan.between[0]), place(&plan.between[1])) {
            correlations.push(LatentCorrelation {
                between: [a, b],
                by,
            });
        }
    }
    correlations
}

fn benign(scenario: &Scenario, draws: &mut Draws) -> BenignAnomaly {
    let plan = &scenario.benign[draws.index(scenario.benign.len())];
    let size = draws.between(plan.size[0], plan.size[1]);
    let (mut days, mut entities) = (Vec::new(), Vec::new());
    match plan.kind {
        BenignKind::Promotion | BenignKind::Holiday => {
            let length = 2 + draws.index(3) as u32;
            let room = scenario.time.days.saturating_sub(length + 10).max(1);
            let first = 5 + draws.index(room as usize) as u32;
            days = (first..first + length).collect();
        }
        BenignKind::Whales => {
            let count = 2 + draws.index(2);
            // Not among the largest entities: a whale should be a surprise.
            let weights = weights(&scenario.entity);
            let from = 10.min(weights.len() / 2);
            let picks = draws.sample(weights.len() - from, count);
            entities = picks.into_iter().map(|pick| from + pick).collect();
            entities.sort_unstable();
        }
    }
    BenignAnomaly {
        kind: plan.kind,
        name: plan.name.clone(),
        about: plan.about.clone(),
        days,
        entities,
        size,
    }
}
