//! Child tables.

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::ChildPlan;
use crate::scenario::plan_columns::{ColumnKind, ColumnPlan, EmptyCells, Marginal, Tail};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_child::ChildSpec;

/// What a child table may hold: the rest would need rows of its own to depend on.
const KINDS: [&str; 8] = [
    "identifier",
    "reference",
    "timestamp",
    "category",
    "count",
    "real",
    "fraction",
    "flag",
];
/// One of each, and no more.
const ONCE: [(&str, &str); 3] = [
    ("identifier", "an id of its own"),
    ("reference", "the id of its main row"),
    ("timestamp", "a moment"),
];

impl Checker<'_> {
    pub(super) fn children(&mut self, spec: &ScenarioSpec) -> Vec<ChildPlan> {
        let mut plans: Vec<ChildPlan> = Vec::new();
        for (at, child) in spec.child.iter().enumerate() {
            let path = |key| [Key("child"), Item(at), Key(key)];
            self.file_name(&child.name, &path("name"));
            let again = plans.iter().any(|plan| plan.name == child.name);
            self.require(!again, &path("name"), || {
                format!("two child tables are called `{}`", child.name)
            });
            let (median, p95) = (child.per_row.median, child.per_row.p95);
            self.require(p95 > median, &path("per_row"), || {
                format!("found p95 {p95}, expected more than the median {median}")
            });
            let counts = Marginal::LongTail {
                median,
                p95,
                tail: Tail::Usual,
                digits: 0,
                cap: Some(ChildPlan::MOST),
                floor: None,
            };
            let hidden = |name: &str| ColumnPlan {
                name: name.to_owned(),
                kind: ColumnKind::Count(counts.clone()),
                description: String::new(),
                unit: String::new(),
                effects: Vec::new(),
                signal: spec.draw.signal,
                entity_level: None,
                heaping: None,
                follows: None,
                ends: [0.0, 0.0],
                empty: EmptyCells::default(),
                signs: Vec::new(),
            };
            plans.push(ChildPlan {
                name: child.name.clone(),
                row: child.row.clone(),
                counts: hidden("per row"),
                pace: hidden("pace"),
                days: child.days,
                columns: self.child_columns(child, at, spec),
            });
        }
        plans
    }

    fn child_columns(
        &mut self,
        child: &ChildSpec,
        place: usize,
        spec: &ScenarioSpec,
    ) -> Vec<ColumnPlan> {
        let names = child.column.iter().map(|column| column.name.clone());
        let outer = std::mem::replace(&mut self.names, names.collect());
        self.within = vec![Key("child"), Item(place)];
        let mut columns = Vec::new();
        for (at, column) in child.column.iter().enumerate() {
            let path = |key| [Key("column"), Item(at), Key(key)];
            self.file_name(&column.name, &path("name"));
            let again = self.names[..at].contains(&column.name);
            self.require(!again, &path("name"), || {
                format!("two columns are called `{}`", column.name)
            });
            for (key, there) in [
                ("per", column.per.is_some()),
                ("outcome", column.outcome),
                ("rises_with", !column.rises_with.is_empty()),
                ("falls_with", !column.falls_with.is_empty()),
                ("after", column.after.is_some()),
                ("rollout", column.rollout),
            ] {
                self.require(!there, &path(key), || {
                    format!("`{key}` in a child table, which has no entities and no outcome")
                });
            }
            let kind = column.kind.as_str();
            if !KINDS.contains(&kind) {
                let says = format!(
                    "a child table has no columns of kind `{kind}`, expected one of {}",
                    KINDS.join(", ")
                );
                self.problem(&path("kind"), says, None);
                continue;
            }
            if column.after.is_some() {
                // Already reported above; its other keys would be looked up among the wrong
                // columns.
                continue;
            }
            self.options(column, at);
            let signal = column.signal.unwrap_or(spec.draw.signal);
            columns.push(ColumnPlan {
                name: column.name.clone(),
                kind: self.kind(column, at, spec),
                description: column.description.clone(),
                unit: column.unit.clone(),
                effects: self.effects(column, at, spec, &columns),
                signal,
                entity_level: None,
                heaping: self.heaping(column, at),
                follows: self.follows(column, at, &columns),
                ends: self.ends(column, at),
                empty: self.empty(column, at, spec, &columns),
                signs: Vec::new(),
            });
        }
        for (word, needed) in ONCE {
            let count = child.column.iter().filter(|c| c.kind == word).count();
            self.require(count == 1, &[Key("column")], || {
                format!("found {count} columns of kind `{word}` in the child table `{}`, expected exactly 1: every row has {needed}", child.name)
            });
        }
        self.within.clear();
        self.names = outer;
        columns
    }
}
