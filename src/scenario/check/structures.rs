//! Pools of structures, and of innocents.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::{BenignKind, BenignPlan};
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::plan_structures::{
    ArchetypesPlan, ChangePlan, CorrelationPlan, CurvePlan, CurveTerm, FactorPlan, InteractionPlan,
    NestedPlan, RarePlan, SplitPlan,
};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_structures::{NestedSpec, WeightsSpec};

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

    pub(super) fn curves(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<CurvePlan> {
        let mut plans = Vec::new();
        for (at, curve) in spec.curve.iter().enumerate() {
            self.range(
                curve.between,
                0.0,
                0.95,
                &[Key("curve"), Item(at), Key("between")],
            );
            let mut maps = Vec::new();
            for (place, map) in curve.map.iter().enumerate() {
                let mut terms = Vec::new();
                for (name, term) in &map.columns {
                    let path = [
                        Key("curve"),
                        Item(at),
                        Key("map"),
                        Item(place),
                        Key("columns"),
                        Key(name),
                    ];
                    self.range(term.weight, -10.0, 10.0, &path);
                    terms.extend(
                        self.open_column(name, columns, &path)
                            .map(|column| CurveTerm {
                                column,
                                function: term.function,
                                weight: term.weight,
                            }),
                    );
                }
                maps.push(terms);
            }
            self.require(!maps.is_empty(), &[Key("curve"), Item(at)], || {
                "a pool entry needs at least one `map`".to_owned()
            });
            plans.push(CurvePlan {
                name: curve.name.clone(),
                about: curve.about.clone(),
                low: curve.low.clone(),
                high: curve.high.clone(),
                between: curve.between,
                maps,
            });
        }
        plans
    }

    pub(super) fn archetypes(&mut self, spec: &ScenarioSpec) -> Vec<ArchetypesPlan> {
        let mut plans = Vec::new();
        for (at, one) in spec.archetypes.iter().enumerate() {
            self.require(
                (3..=4).contains(&one.types),
                &[Key("archetypes"), Item(at), Key("types")],
                || format!("found {} archetypes, expected 3 or 4", one.types),
            );
            self.range(
                one.sharpness,
                0.1,
                10.0,
                &[Key("archetypes"), Item(at), Key("sharpness")],
            );
            self.range(
                one.reach,
                0.0,
                1.0,
                &[Key("archetypes"), Item(at), Key("reach")],
            );
            for (key, size) in [("soft", one.soft), ("sampled", one.sampled)] {
                self.range(size, 0.0, 10.0, &[Key("archetypes"), Item(at), Key(key)]);
            }
            plans.push(ArchetypesPlan {
                name: one.name.clone(),
                types: one.types as usize,
                sharpness: one.sharpness,
                soft: one.soft,
                sampled: one.sampled,
                reach: one.reach,
                nested: one.nested.as_ref().map(|nested| self.nested(nested, at)),
            });
        }
        plans
    }

    fn nested(&mut self, nested: &NestedSpec, at: usize) -> NestedPlan {
        let path = |key| [Key("archetypes"), Item(at), Key("nested"), Key(key)];
        self.require((2..=3).contains(&nested.types), &path("types"), || {
            format!("found {} parts, expected 2 or 3", nested.types)
        });
        self.range(nested.spread, 0.05, 2.0, &path("spread"));
        self.range(nested.sharpness, 0.1, 10.0, &path("sharpness"));
        self.range(nested.effect, 0.0, 10.0, &path("effect"));
        NestedPlan {
            types: nested.types as usize,
            spread: nested.spread,
            sharpness: nested.sharpness,
            effect: nested.effect,
        }
    }

    pub(super) fn correlations(&mut self, spec: &ScenarioSpec) -> Vec<CorrelationPlan> {
        let factors = spec.factor.iter().map(|factor| factor.name.as_str());
        let curves = spec.curve.iter().map(|curve| curve.name.as_str());
        let known: Vec<&str> = factors.chain(curves).collect();
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

    pub(super) fn splits(&mut self, spec: &ScenarioSpec) -> Vec<SplitPlan> {
        let mut plans = Vec::new();
        for (at, split) in spec.split.iter().enumerate() {
            self.range(
                split.sharpness,
                0.1,
                10.0,
                &[Key("split"), Item(at), Key("sharpness")],
            );
            self.range(
                split.reach,
                0.0,
                1.0,
                &[Key("split"), Item(at), Key("reach")],
            );
            self.range(
                split.effect,
                0.0,
                10.0,
                &[Key("split"), Item(at), Key("effect")],
            );
            plans.push(SplitPlan {
                name: split.name.clone(),
                sharpness: split.sharpness,
                effect: split.effect,
                reach: split.reach,
            });
        }
        plans
    }

    pub(super) fn changes(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<ChangePlan> {
        let mut plans = Vec::new();
        for (at, change) in spec.change.iter().enumerate() {
            let path = [Key("change"), Item(at), Key("window")];
            self.pair(change.window, 0.05, 0.95, &path);
            let path = [Key("change"), Item(at), Key("ramp_days")];
            self.range(change.ramp_days, 0.0, 3660.0, &path);
            plans.push(ChangePlan {
                name: change.name.clone(),
                about: change.about.clone(),
                ramp_days: change.ramp_days,
                window: change.window,
                maps: self.maps("change", at, &change.map, columns),
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

    pub(super) fn benign(&mut self, spec: &ScenarioSpec) -> Vec<BenignPlan> {
        let mut plans = Vec::new();
        for (at, benign) in spec.benign.iter().enumerate() {
            // Traffic over the usual; of whales, the share of rows of each of two or three.
            let (low, high) = match benign.kind {
                BenignKind::Promotion => (1.1, 20.0),
                BenignKind::Holiday => (0.0, 0.9),
                BenignKind::Whales => (0.005, 0.3),
            };
            let path = [Key("benign"), Item(at), Key("size")];
            self.pair(benign.size, low, high, &path);
            plans.push(BenignPlan {
                kind: benign.kind,
                name: benign.name.clone(),
                about: benign.about.clone(),
                size: benign.size,
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
