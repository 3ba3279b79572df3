//! Checks that the pools have enough entries for `[draw]`.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::scenario::locate::PathStep::Key;
use crate::scenario::spec::ScenarioSpec;

/// Names of random streams and findings: a structure of the same name would share its randomness.
const RESERVED: [&str; 6] = ["archetype", "entity", "facet", "groups", "rare", "time"]; // stream names

/// Every split has its own factor, and a world has at most three factors.
const MOST_SPLITS: u32 = 3;

impl Checker<'_> {
    /// The pools must have enough entries for `[draw]`, with unique names.
    pub(super) fn pools(&mut self, spec: &ScenarioSpec) {
        let decoys = spec.defect.iter().filter(|defect| defect.decoy).count();
        let plain = spec.defect.len() - decoys;
        let extras = spec.change.len() + spec.rare.len() + spec.interaction.len();
        for (key, have, need) in [
            (
                "factor",
                spec.factor.len(),
                spec.draw.factors[1].max(2) as usize,
            ),
            ("curve", spec.curve.len(), 1),
            ("archetypes", spec.archetypes.len(), 1),
            (
                "split",
                spec.split.len(),
                spec.draw.splits[1].max(1) as usize,
            ),
            ("benign", spec.benign.len(), 1),
            (
                "defect",
                plain,
                (spec.draw.defects[1] as usize).saturating_sub(1),
            ),
        ] {
            self.require(have >= need, &[Key(key)], || {
                format!("the pool `{key}` has {have} entries (without decoys), expected at least {need} as `[draw]` asks")
            });
        }
        self.require(decoys > 0, &[Key("defect")], || {
            "no defect has `decoy = true`, but every world plants a decoy".to_owned()
        });
        self.require(
            extras >= spec.draw.extras[1] as usize,
            &[Key("draw"), Key("extras")],
            || format!("the pools of changes, rare groups and interactions have {extras} entries"),
        );
        self.require(
            spec.draw.factors[0] >= 2,
            &[Key("draw"), Key("factors")],
            || {
                format!(
                    "found at least {}, expected 2: archetypes lie on two factors",
                    spec.draw.factors[0]
                )
            },
        );
        self.require(
            spec.draw.splits[0] >= 1 && spec.draw.splits[1] <= MOST_SPLITS,
            &[Key("draw"), Key("splits")],
            || {
                let [least, most] = spec.draw.splits;
                format!("found {least} to {most} splits, expected 1 to {MOST_SPLITS}")
            },
        );
        self.require(
            spec.draw.defects[0] >= 1,
            &[Key("draw"), Key("defects")],
            || "found at least 0, expected 1: the decoy".to_owned(),
        );
        let most = spec.draw.factors[1].saturating_add(1);
        self.require(most <= 4, &[Key("draw")], || {
            format!("a world may draw {most} factors and curves, expected at most 4 structures")
        });
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        // Columns that are constant for an entity draw from a stream of their name, as latents do.
        let per_entity = spec.column.iter().filter(|column| column.per.is_some());
        let names = per_entity
            .map(|column| ("column", column.name.as_str()))
            .chain(spec.factor.iter().map(|p| ("factor", p.name.as_str())))
            .chain(spec.curve.iter().map(|p| ("curve", p.name.as_str())))
            .chain(
                spec.archetypes
                    .iter()
                    .map(|p| ("archetypes", p.name.as_str())),
            )
            .chain(spec.split.iter().map(|p| ("split", p.name.as_str())))
            .chain(spec.change.iter().map(|p| ("change", p.name.as_str())))
            .chain(spec.rare.iter().map(|p| ("rare", p.name.as_str())))
            .chain(
                spec.interaction
                    .iter()
                    .map(|p| ("interaction", p.name.as_str())),
            )
            .chain(spec.benign.iter().map(|p| ("benign", p.name.as_str())));
        for (pool, name) in names {
            // Defects are called `d1`, `d2`, … among the findings.
            let digits = name.strip_prefix('d').unwrap_or_default();
            let defect = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if defect || RESERVED.contains(&name) {
                let says = format!("`{name}` is reserved");
                self.problem(&[Key(pool)], says, Some("choose another name".to_owned()));
            }
            if let Some(other) = seen.insert(name, pool) {
                self.problem(
                    &[Key(pool)],
                    format!("`{name}` is already the name of an entry of `{other}`"),
                    None,
                );
            }
        }
    }
}
