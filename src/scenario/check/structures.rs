//! Pools of structures, and of innocents.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::plan::{InnocentKind, InnocentPlan};
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::plan_structures::{
    Bend, BlendPlan, CorrelationPlan, FacetPlan, FactorPlan, InnerPlan, InteractionPlan, RarePlan,
    RegimePlan, RidgePlan,
};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_structures::{InnerSpec, WeightsSpec};

/// Factors that go together more than this are one factor.
const MOST_CORRELATION: f64 = 0.6;

impl Checker<'_> {
    pub(super) fn factors(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<FactorPlan> {
        let mut plans = Vec::new();
        for (at, factor) in spec.factor.iter().enumerate() {
            self.range(
                factor.between,
                0.0,
                0.95,
                &[Key("factor"), Item(at), Key("between")],
            );
            plans.push(FactorPlan {
                name: factor.name.clone(),
                about: factor.about.clone(),
                low: factor.low.clone(),
                high: factor.high.clone(),
                shape: factor.shape,
                between: factor.between,
                maps: self.maps("factor", at, &factor.map, columns),
            });
        }
        plans
    }

    pub(super) fn ridges(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RidgePlan> {
        let mut plans = Vec::new();
        for (at, ridge) in spec.ridge.iter().enumerate() {
            self.range(
                ridge.between,
                0.0,
                0.95,
                &[Key("ridge"), Item(at), Key("between")],
            );
            let mut maps = Vec::new();
            for (place, map) in ridge.map.iter().enumerate() {
                let mut bends = Vec::new();
                for (name, bend) in &map.columns {
                    let path = [
                        Key("ridge"),
                        Item(at),
                        Key("map"),
                        Item(place),
                        Key("columns"),
                        Key(name),
                    ];
                    self.range(bend.weight, -10.0, 10.0, &path);
                    bends.extend(self.open_column(name, columns, &path).map(|column| Bend {
                        column,
                        curve: bend.curve,
                        weight: bend.weight,
                    }));
                }
                maps.push(bends);
            }
            self.require(!maps.is_empty(), &[Key("ridge"), Item(at)], || {
                "a pool entry needs at least one `map`".to_owned()
            });
            plans.push(RidgePlan {
                name: ridge.name.clone(),
                about: ridge.about.clone(),
                low: ridge.low.clone(),
                high: ridge.high.clone(),
                between: ridge.between,
                maps,
            });
        }
        plans
    }

    pub(super) fn blends(&mut self, spec: &ScenarioSpec) -> Vec<BlendPlan> {
        let mut plans = Vec::new();
        for (at, blend) in spec.blend.iter().enumerate() {
            self.require(
                (3..=4).contains(&blend.archetypes),
                &[Key("blend"), Item(at), Key("archetypes")],
                || format!("found {} archetypes, expected 3 or 4", blend.archetypes),
            );
            self.range(
                blend.sharpness,
                0.1,
                10.0,
                &[Key("blend"), Item(at), Key("sharpness")],
            );
            self.range(
                blend.reach,
                0.0,
                1.0,
                &[Key("blend"), Item(at), Key("reach")],
            );
            for (key, size) in [("soft", blend.soft), ("sampled", blend.sampled)] {
                self.range(size, 0.0, 10.0, &[Key("blend"), Item(at), Key(key)]);
            }
            plans.push(BlendPlan {
                name: blend.name.clone(),
                archetypes: blend.archetypes as usize,
                sharpness: blend.sharpness,
                soft: blend.soft,
                sampled: blend.sampled,
                reach: blend.reach,
                inner: blend.inner.as_ref().map(|inner| self.inner(inner, at)),
            });
        }
        plans
    }

    fn inner(&mut self, inner: &InnerSpec, at: usize) -> InnerPlan {
        let path = |key| [Key("blend"), Item(at), Key("inner"), Key(key)];
        self.require(
            (2..=3).contains(&inner.archetypes),
            &path("archetypes"),
            || format!("found {} parts, expected 2 or 3", inner.archetypes),
        );
        self.range(inner.spread, 0.05, 2.0, &path("spread"));
        self.range(inner.sharpness, 0.1, 10.0, &path("sharpness"));
        self.range(inner.effect, 0.0, 10.0, &path("effect"));
        InnerPlan {
            archetypes: inner.archetypes as usize,
            spread: inner.spread,
            sharpness: inner.sharpness,
            effect: inner.effect,
        }
    }

    pub(super) fn correlations(&mut self, spec: &ScenarioSpec) -> Vec<CorrelationPlan> {
        let factors = spec.factor.iter().map(|factor| factor.name.as_str());
        let ridges = spec.ridge.iter().map(|ridge| ridge.name.as_str());
        let known: Vec<&str> = factors.chain(ridges).collect();
        let mut plans: Vec<CorrelationPlan> = Vec::new();
        // By name, what all correlations of one factor may come to.
        let mut most: BTreeMap<&str, f64> = BTreeMap::new();
        for (at, correlation) in spec.correlation.iter().enumerate() {
            let [a, b] = &correlation.between;
            for (place, name) in correlation.between.iter().enumerate() {
                let path = [Key("correlation"), Item(at), Key("between"), Item(place)];
                if !known.contains(&name.as_str()) {
                    let hint = closest(name, known.iter().copied())
                        .map(|near| format!("did you mean `{near}`?"));
                    self.problem(&path, format!("there is no factor or ridge `{name}`"), hint);
                }
            }
            let path = [Key("correlation"), Item(at), Key("between")];
            self.require(a != b, &path, || {
                format!("`{a}` and itself, expected two factors")
            });
            let again = plans
                .iter()
                .any(|plan| plan.between.contains(a) && plan.between.contains(b));
            self.require(!again, &path, || {
                format!("`{a}` and `{b}` have a correlation already")
            });
            let path = [Key("correlation"), Item(at), Key("by")];
            self.pair(correlation.by, -MOST_CORRELATION, MOST_CORRELATION, &path);
            let size = correlation.by[0].abs().max(correlation.by[1].abs());
            for name in [a, b] {
                let sum = most.entry(name).or_default();
                *sum += size;
                // Then every choice of correlations has a joint distribution (Gershgorin).
                if *sum >= 1.0 {
                    let says = format!(
                        "the correlations of `{name}` may come to {sum:.2}, expected less than 1"
                    );
                    let hint = "make some of them smaller, or leave one out".to_owned();
                    self.problem(&path, says, Some(hint));
                }
            }
            plans.push(CorrelationPlan {
                between: correlation.between.clone(),
                by: correlation.by,
            });
        }
        plans
    }

    pub(super) fn facets(&mut self, spec: &ScenarioSpec) -> Vec<FacetPlan> {
        let mut plans = Vec::new();
        for (at, facet) in spec.facet.iter().enumerate() {
            self.range(
                facet.sharpness,
                0.1,
                10.0,
                &[Key("facet"), Item(at), Key("sharpness")],
            );
            self.range(
                facet.reach,
                0.0,
                1.0,
                &[Key("facet"), Item(at), Key("reach")],
            );
            self.range(
                facet.effect,
                0.0,
                10.0,
                &[Key("facet"), Item(at), Key("effect")],
            );
            plans.push(FacetPlan {
                name: facet.name.clone(),
                sharpness: facet.sharpness,
                effect: facet.effect,
                reach: facet.reach,
            });
        }
        plans
    }

    pub(super) fn regimes(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<RegimePlan> {
        let mut plans = Vec::new();
        for (at, regime) in spec.regime.iter().enumerate() {
            let path = [Key("regime"), Item(at), Key("window")];
            self.pair(regime.window, 0.05, 0.95, &path);
            let path = [Key("regime"), Item(at), Key("ramp_days")];
            self.range(regime.ramp_days, 0.0, 3660.0, &path);
            plans.push(RegimePlan {
                name: regime.name.clone(),
                about: regime.about.clone(),
                ramp_days: regime.ramp_days,
                window: regime.window,
                maps: self.maps("regime", at, &regime.map, columns),
            });
        }
        plans
    }

    pub(super) fn rares(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RarePlan> {
        let mut plans = Vec::new();
        for (at, rare) in spec.rare.iter().enumerate() {
            self.pair(
                rare.share,
                0.001,
                0.05,
                &[Key("rare"), Item(at), Key("share")],
            );
            plans.push(RarePlan {
                name: rare.name.clone(),
                about: rare.about.clone(),
                share: rare.share,
                phrases: rare.phrases.clone(),
                maps: self.maps("rare", at, &rare.map, columns),
            });
        }
        plans
    }

    pub(super) fn interactions(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<InteractionPlan> {
        let mut plans = Vec::new();
        for (at, interaction) in spec.interaction.iter().enumerate() {
            plans.push(InteractionPlan {
                name: interaction.name.clone(),
                about: interaction.about.clone(),
                kind: interaction.kind,
                maps: self.maps("interaction", at, &interaction.map, columns),
            });
        }
        plans
    }

    pub(super) fn innocents(&mut self, spec: &ScenarioSpec) -> Vec<InnocentPlan> {
        let mut plans = Vec::new();
        for (at, innocent) in spec.innocent.iter().enumerate() {
            // Traffic over the usual; of whales, the share of rows of each of two or three.
            let (low, high) = match innocent.kind {
                InnocentKind::Promotion => (1.1, 20.0),
                InnocentKind::Holiday => (0.0, 0.9),
                InnocentKind::Whales => (0.005, 0.3),
            };
            let path = [Key("innocent"), Item(at), Key("size")];
            self.pair(innocent.size, low, high, &path);
            plans.push(InnocentPlan {
                kind: innocent.kind,
                name: innocent.name.clone(),
                about: innocent.about.clone(),
                size: innocent.size,
            });
        }
        plans
    }

    pub(super) fn maps(
        &mut self,
        pool: &'static str,
        at: usize,
        maps: &[WeightsSpec],
        columns: &[ColumnPlan],
    ) -> Vec<Vec<(usize, f64)>> {
        self.require(!maps.is_empty(), &[Key(pool), Item(at)], || {
            "a pool entry needs at least one `map`".to_owned()
        });
        let mut checked = Vec::new();
        for (place, map) in maps.iter().enumerate() {
            let mut weights = Vec::new();
            let here = [Key(pool), Item(at), Key("map"), Item(place)];
            self.require(!map.columns.is_empty(), &here, || {
                "a map without columns moves nothing".to_owned()
            });
            for (name, weight) in &map.columns {
                let path = [
                    Key(pool),
                    Item(at),
                    Key("map"),
                    Item(place),
                    Key("columns"),
                    Key(name),
                ];
                self.range(*weight, -10.0, 10.0, &path);
                weights.extend(
                    self.open_column(name, columns, &path)
                        .map(|column| (column, *weight)),
                );
            }
            checked.push(weights);
        }
        checked
    }
}
