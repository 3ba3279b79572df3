//! Pools of structures, and of benign anomalies.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::scenario::kinds::BenignKind;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::structures::{
    ChangeEntry, ColumnWeights, CurveEntry, CurveTerm, FactorEntry, InteractionEntry, NamedWeights,
    RareEntry,
};
use crate::scenario::suggest::did_you_mean;

impl Checker<'_> {
    pub(super) fn factors(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<FactorEntry> {
        let entries = spec.factor.iter().enumerate();
        let checked = entries.map(|(at, entry)| {
            let maps = self.maps("factor", at, &entry.maps, columns);
            entry.clone().with_maps(maps)
        });
        checked.collect()
    }

    pub(super) fn changes(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<ChangeEntry> {
        let entries = spec.change.iter().enumerate();
        let checked = entries.map(|(at, entry)| {
            let maps = self.maps("change", at, &entry.maps, columns);
            entry.clone().with_maps(maps)
        });
        checked.collect()
    }

    pub(super) fn rares(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RareEntry> {
        let entries = spec.rare.iter().enumerate();
        let checked = entries.map(|(at, entry)| {
            let maps = self.maps("rare", at, &entry.maps, columns);
            entry.clone().with_maps(maps)
        });
        checked.collect()
    }

    pub(super) fn interactions(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<InteractionEntry> {
        let entries = spec.interaction.iter().enumerate();
        let checked = entries.map(|(at, entry)| {
            let maps = self.maps("interaction", at, &entry.maps, columns);
            entry.clone().with_maps(maps)
        });
        checked.collect()
    }

    pub(super) fn curves(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<CurveEntry> {
        let entries = spec.curve.iter().enumerate();
        let checked = entries.map(|(at, entry)| {
            self.some_map(entry.maps.len(), "curve", at);
            let maps = entry.maps.iter().enumerate();
            let maps =
                maps.map(|(place, map)| self.resolve("curve", [at, place], &map.columns, columns));
            let maps: Vec<Vec<(usize, CurveTerm)>> = maps.collect();
            entry.clone().with_maps(maps)
        });
        checked.collect()
    }

    fn maps(
        &mut self,
        pool: &'static str,
        at: usize,
        maps: &[NamedWeights],
        columns: &[ColumnPlan],
    ) -> Vec<ColumnWeights> {
        self.some_map(maps.len(), pool, at);
        let mut checked = Vec::new();
        for (place, map) in maps.iter().enumerate() {
            let here = [Key(pool), Item(at), Key("map"), Item(place)];
            self.require(!map.columns.is_empty(), &here, || {
                "a map without columns has no effect".to_owned()
            });
            checked.push(self.resolve(pool, [at, place], &map.columns, columns));
        }
        checked
    }

    fn some_map(&mut self, maps: usize, pool: &'static str, at: usize) {
        self.require(maps > 0, &[Key(pool), Item(at)], || {
            "a pool entry needs at least one `map`".to_owned()
        });
    }

    /// Positions of the columns that a map names.
    fn resolve<Value: Copy>(
        &mut self,
        pool: &'static str,
        [at, place]: [usize; 2],
        map: &BTreeMap<String, Value>,
        columns: &[ColumnPlan],
    ) -> Vec<(usize, Value)> {
        let here = [Key(pool), Item(at), Key("map"), Item(place), Key("columns")];
        let mut resolved = Vec::new();
        for (name, value) in map {
            let path: Vec<_> = here.into_iter().chain([Key(name.as_str())]).collect();
            let column = self.open_column(name, columns, &path);
            resolved.extend(column.map(|column| (column, *value)));
        }
        resolved
    }

    /// Correlations name two different factors, each pair once, and leave room for a joint distribution.
    pub(super) fn correlations(&mut self, spec: &ScenarioSpec) {
        let factors = spec.factor.iter().map(|factor| factor.name.as_str());
        let curves = spec.curve.iter().map(|curve| curve.name.as_str());
        let known: Vec<&str> = factors.chain(curves).collect();
        // By name, what all correlations of one factor may add up to.
        let mut most: BTreeMap<&str, f64> = BTreeMap::new();
        for (at, correlation) in spec.correlation.iter().enumerate() {
            let [a, b] = &correlation.between;
            for (place, name) in correlation.between.iter().enumerate() {
                let path = [Key("correlation"), Item(at), Key("between"), Item(place)];
                if !known.contains(&name.as_str()) {
                    let hint = did_you_mean(name, known.iter().copied());
                    self.problem(&path, format!("there is no factor or curve `{name}`"), hint);
                }
            }
            let path = [Key("correlation"), Item(at), Key("between")];
            self.require(a != b, &path, || {
                format!("found `{a}` twice, expected two different factors")
            });
            let mut earlier = spec.correlation[..at].iter();
            let again = earlier.any(|one| one.between.contains(a) && one.between.contains(b));
            self.require(!again, &path, || {
                format!("`{a}` and `{b}` already have a correlation")
            });
            let size = correlation.by[0].abs().max(correlation.by[1].abs());
            for name in [a, b] {
                let sum = most.entry(name).or_default();
                *sum += size;
                // Below 1, every choice of correlations has a joint distribution (Gershgorin).
                if *sum >= 1.0 {
                    let says = format!(
                        "the correlations of `{name}` may add up to {sum:.2}, expected less than 1"
                    );
                    let hint = "make some of them smaller, or remove one".to_owned();
                    let path = [Key("correlation"), Item(at), Key("by")];
                    self.problem(&path, says, Some(hint));
                }
            }
        }
    }

    /// Sizes fit their kind: traffic relative to normal, or the share of rows of each large entity.
    pub(super) fn benign(&mut self, spec: &ScenarioSpec) {
        for (at, benign) in spec.benign.iter().enumerate() {
            let (low, high) = match benign.kind {
                BenignKind::Promotion => (1.1, 20.0),
                BenignKind::Holiday => (0.0, 0.9),
                BenignKind::Whales => (0.005, 0.3),
            };
            let path = [Key("benign"), Item(at), Key("size")];
            self.pair(benign.size, low, high, &path);
        }
    }
}
