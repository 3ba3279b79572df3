//! What the outcome goes along with.

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::ColumnSpec;
use crate::scenario::suggest::did_you_mean;

impl Checker<'_> {
    /// Factors that move the outcome one way in every world, with their signs.
    pub(super) fn signs(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> Vec<(String, f64)> {
        let mut signs: Vec<(String, f64)> = Vec::new();
        for (key, names, sign) in [
            ("rises_with", &column.rises_with, 1.0),
            ("falls_with", &column.falls_with, -1.0),
        ] {
            let path = [Key("column"), Item(at), Key(key)];
            self.require(names.is_empty() || column.outcome, &path, || {
                format!("`{key}` without `outcome = true`: use maps for other columns")
            });
            for name in names {
                let known = || spec.factor.iter().map(|factor| factor.name.as_str());
                if !known().any(|factor| factor == name) {
                    let hint = did_you_mean(name, known());
                    self.problem(&path, format!("there is no factor `{name}`"), hint);
                }
                self.require(signs.iter().all(|(other, _)| other != name), &path, || {
                    format!("`{name}` appears twice")
                });
                signs.push((name.clone(), sign));
            }
        }
        signs
    }
}
