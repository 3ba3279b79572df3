//! Direct dependence between columns: one follows another, or is filled depending on another.

use super::checker::Checker;
use super::conditions::unit_of;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::{ColumnKind, ColumnPlan, EmptyCells};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::ColumnSpec;

/// A column that follows another more closely than this is that column.
const CLOSEST: f64 = 0.95;

impl Checker<'_> {
    /// The earlier column that this one goes along with.
    pub(super) fn follows(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        before: &[ColumnPlan],
    ) -> Option<(usize, f64)> {
        let here = [Key("column"), Item(at), Key("follows")];
        if column.follows.len() > 1 {
            let says = format!("found {} columns, expected one", column.follows.len());
            let hint = "let it follow one column, and let that one follow the other".to_owned();
            self.problem(&here, says, Some(hint));
        }
        let (name, by) = column.follows.first_key_value()?;
        let path = [Key("column"), Item(at), Key("follows"), Key(name)];
        self.range(*by, -CLOSEST, CLOSEST, &path);
        self.require(
            scored(&column.kind, column.ordered) || column.after.is_some(),
            &here,
            || {
                format!(
                    "`follows` on a column of kind `{}`, expected a number, a flag, an ordered \
                     category or a timestamp with `after`",
                    column.kind
                )
            },
        );
        let leader = self.earlier(name, before, &path)?;
        let plan = &before[leader];
        let ordered = matches!(plan.kind, ColumnKind::Category { ordered: true, .. });
        self.require(scored(plan.kind.word(), ordered), &path, || {
            format!(
                "`{name}` is of kind `{}`, expected a number, a flag or an ordered category",
                plan.kind.word()
            )
        });
        self.require(column.per.is_none() || plan.entity_level.is_some(), &path, || {
            format!(
                "`{name}` varies from row to row; a number per entity can only follow another number per entity"
            )
        });
        Some((leader, *by))
    }

    /// Shares of exactly 0 and exactly 1.
    pub(super) fn ends(&mut self, column: &ColumnSpec, at: usize) -> [f64; 2] {
        self.require(
            column.zeros <= 0.0 || column.low.is_none(),
            &[Key("column"), Item(at), Key("zeros")],
            || "`zeros` together with `low`: a symmetric column does not end at 0".to_owned(),
        );
        let both = column.zeros + column.ones;
        self.require(
            both <= 0.95,
            &[Key("column"), Item(at), Key("ones")],
            || format!("`zeros` and `ones` add up to {both}, expected at most 0.95"),
        );
        [column.zeros, column.ones]
    }

    /// Which cells are empty from the start.
    pub(super) fn empty(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
        before: &[ColumnPlan],
    ) -> EmptyCells {
        let missing = [Key("column"), Item(at), Key("missing")];
        let always = matches!(
            column.kind.as_str(),
            "identifier" | "reference" | "embedding"
        ) || (column.kind == "timestamp" && column.after.is_none());
        self.require(
            !always || (column.missing <= 0.0 && column.conditions.is_empty()),
            &missing,
            || format!("a column of kind `{}` cannot have empty cells", column.kind),
        );
        let here = [Key("column"), Item(at), Key("where")];
        self.require(column.conditions.len() <= 1, &here, || {
            format!("found {} columns, expected one", column.conditions.len())
        });
        let condition = column
            .conditions
            .first_key_value()
            .and_then(|(name, wanted)| {
                let path = [Key("column"), Item(at), Key("where"), Key(name)];
                if let Some(unit) = unit_of(name) {
                    return self.when((name, unit), wanted, spec, &path);
                }
                let leader = self.earlier(name, before, &path)?;
                self.condition(leader, &before[leader], wanted, &path)
            });
        EmptyCells {
            share: column.missing,
            condition,
        }
    }

    /// The place of a column further up.
    pub(super) fn earlier(
        &mut self,
        name: &str,
        before: &[ColumnPlan],
        path: &[crate::scenario::locate::PathStep<'_>],
    ) -> Option<usize> {
        self.position(name, path)?;
        let found = before.iter().position(|plan| plan.name == name);
        self.require(found.is_some(), path, || {
            format!("`{name}` is not an earlier column")
        });
        found
    }
}

/// Whether a column of this kind has a normal score.
fn scored(kind: &str, ordered: bool) -> bool {
    matches!(kind, "real" | "count" | "fraction" | "flag") || ordered
}
