//! Columns: kinds, marginals, options.

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::{CategoryLevel, ColumnKind, ColumnPlan, EntityLevel, Marginal};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{COLUMN_KINDS, ColumnSpec};
use crate::scenario::suggest::closest;

/// Columns of an embedding.
const WIDEST: u32 = 1024;
/// Share of an outcome's variance that comes from structures unless the column says: the factors
/// predict it clearly better than any grouping of the rows does.
const OUTCOME_SIGNAL: f64 = 0.75;
impl Checker<'_> {
    pub(super) fn columns(&mut self, spec: &ScenarioSpec) -> Vec<ColumnPlan> {
        for (at, column) in spec.column.iter().enumerate() {
            let path = [Key("column"), Item(at), Key("name")];
            self.file_name(&column.name, &path);
            if let Some(first) = self.names[..at]
                .iter()
                .position(|name| *name == column.name)
            {
                let says = format!(
                    "two columns are called `{}` (the other is column {})",
                    column.name,
                    first + 1
                );
                self.problem(&path, says, Some("rename one of them".to_owned()));
            }
        }
        for column in spec.column.iter().filter(|one| one.kind == "embedding") {
            for dimension in 0..column.width.unwrap_or(0).min(WIDEST) {
                let name = format!("{}_{dimension}", column.name);
                if let Some(other) = self.names.iter().position(|known| *known == name) {
                    let says = format!("`{name}` is a column of the embedding `{}`", column.name);
                    let path = [Key("column"), Item(other), Key("name")];
                    self.problem(&path, says, Some("rename one of them".to_owned()));
                }
            }
        }
        let mut columns = Vec::new();
        for (at, column) in spec.column.iter().enumerate() {
            let kind = self.kind(column, at, spec);
            let effects = self.effects(column, at, spec, &columns);
            self.options(column, at);
            let usual = if column.outcome {
                OUTCOME_SIGNAL
            } else {
                spec.draw.signal
            };
            let signal = column.signal.unwrap_or(usual);
            columns.push(ColumnPlan {
                name: column.name.clone(),
                kind,
                description: column.description.clone(),
                unit: column.unit.clone(),
                effects,
                signal,
                entity_level: self.entity_level(column, at, spec),
                heaping: self.heaping(column, at),
                follows: self.follows(column, at, &columns),
                ends: self.ends(column, at),
                empty: self.empty(column, at, spec, &columns),
                signs: self.signs(column, at, spec),
            });
        }
        let outcomes = columns.iter().filter(|column| column.is_outcome()).count();
        self.require(outcomes <= 1, &[Key("column")], || {
            format!("found {outcomes} columns with `outcome = true`, expected at most 1")
        });
        for (word, needed) in [
            ("identifier", "a row id"),
            ("timestamp", "a moment"),
            ("reference", "an entity"),
        ] {
            let count = columns
                .iter()
                .filter(|column| column.kind.word() == word)
                .filter(|column| !matches!(column.kind, ColumnKind::After { .. }))
                .count();
            self.require(count == 1, &[Key("column")], || {
                format!("found {count} columns of kind `{word}`, expected exactly 1: every row has {needed}")
            });
        }
        columns
    }

    /// Every kind exists. A misspelt one is then treated as the nearest, so that one mistake is reported
    /// once.
    pub(super) fn kinds(&mut self, spec: &mut ScenarioSpec) {
        for (at, column) in spec.column.iter_mut().enumerate() {
            let kind = column.kind.as_str();
            if COLUMN_KINDS.contains(&kind) {
                continue;
            }
            let hint = closest(kind, COLUMN_KINDS.into_iter());
            let says = format!(
                "`{kind}` is not a kind of column, expected one of {}",
                COLUMN_KINDS.join(", ")
            );
            let path = [Key("column"), Item(at), Key("kind")];
            self.problem(
                &path,
                says,
                hint.map(|near| format!("did you mean `{near}`?")),
            );
            hint.unwrap_or("text").clone_into(&mut column.kind);
        }
    }

    pub(super) fn kind(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> ColumnKind {
        let prefix = column.prefix.clone().unwrap_or_default();
        match column.kind.as_str() {
            "identifier" => ColumnKind::Identifier { prefix },
            "reference" => ColumnKind::Reference { prefix },
            "timestamp" if column.after.is_some() => self.after(column, at, spec),
            "timestamp" => ColumnKind::Timestamp,
            "real" => ColumnKind::Real(self.real(column, at)),
            "count" if column.rate.is_some() => {
                let rate = column.rate.unwrap_or(1.0);
                for (key, there) in [
                    ("cap", column.cap.is_some()),
                    ("floor", column.floor.is_some()),
                    ("median", column.median.is_some()),
                    ("p95", column.p95.is_some()),
                ] {
                    if there {
                        let says = format!("`{key}` together with `rate`");
                        let hint = "`rate` is for a Poisson count that starts at 0; for a long tail, a `cap` or a `floor`, use \
                                    `median` and `p95`";
                        let path = [Key("column"), Item(at), Key(key)];
                        self.problem(&path, says, Some(hint.to_owned()));
                    }
                }
                ColumnKind::Count(Marginal::Rate { rate })
            }
            "count" => ColumnKind::Count(self.long_tail(column, at)),
            "fraction" => ColumnKind::Fraction(self.share_marginal(column, at)),
            "flag" => ColumnKind::Flag {
                share: self.needed(column.share, "share", column, at, (0.0, 1.0)),
                outcome: column.outcome,
            },
            "category" => self.category(column, at),
            "derived" => self.derived(column, at, spec),
            "embedding" => {
                let width = column.width.unwrap_or(0);
                self.require(
                    (1..=WIDEST).contains(&width),
                    &[Key("column"), Item(at), Key("width")],
                    || format!("found a width of {width}, expected 1 to {WIDEST}"),
                );
                ColumnKind::Embedding {
                    width: width as usize,
                    digits: column.digits.unwrap_or(4),
                }
            }
            // `kinds` has reported all others.
            _ => ColumnKind::Text,
        }
    }

    pub(super) fn category(&mut self, column: &ColumnSpec, at: usize) -> ColumnKind {
        let path = [Key("column"), Item(at), Key("levels")];
        let levels: Vec<CategoryLevel> = column
            .levels
            .iter()
            .flatten()
            .map(|level| CategoryLevel {
                name: level.name.clone(),
                share: level.share,
            })
            .collect();
        for (place, level) in levels.iter().enumerate() {
            let path = [
                Key("column"),
                Item(at),
                Key("levels"),
                Item(place),
                Key("share"),
            ];
            self.require(level.share > 0.0, &path, || {
                format!("no row would have the level `{}`", level.name)
            });
            let again = levels[..place].iter().any(|other| other.name == level.name);
            self.require(!level.name.is_empty() && !again, &path, || {
                format!("the level `{}` needs a unique name", level.name)
            });
        }
        self.require(levels.len() >= 2, &path, || {
            "a category needs at least two levels".to_owned()
        });
        let sum: f64 = levels.iter().map(|level| level.share).sum();
        self.require((sum - 1.0).abs() < 1e-6, &path, || {
            format!("shares sum to {sum:.4}, expected 1")
        });
        self.require(
            !(column.ordered && column.per.is_some()),
            &[Key("column"), Item(at), Key("ordered")],
            || "structures only enter columns that vary from row to row: keep either `ordered` or `per`".to_owned(),
        );
        let goes = column.effects.contains_key("time");
        let stays = column.per.is_some() || column.ordered;
        self.require(
            !column.rollout || (goes && !stays),
            &[Key("column"), Item(at), Key("rollout")],
            || {
                "a rollout needs `effects = { time = … }` and neither `per` nor `ordered`: only \
                 time moves entities from level to level"
                    .to_owned()
            },
        );
        ColumnKind::Category {
            levels,
            per_entity: column.per.is_some(),
            ordered: column.ordered,
            rollout: column.rollout,
        }
    }

    /// Options that mean nothing for a column's kind are mistakes.
    pub(super) fn options(&mut self, column: &ColumnSpec, at: usize) {
        let numbers = ["real", "count", "fraction"];
        let marginal = ["real", "count", "fraction", "timestamp"];
        for (key, there, kinds) in [
            ("median", column.median.is_some(), &marginal[..]),
            ("p95", column.p95.is_some(), &marginal[..]),
            ("cap", column.cap.is_some(), &["real", "count", "timestamp"]),
            ("floor", column.floor.is_some(), &["real", "count"]),
            ("rate", column.rate.is_some(), &["count"]),
            ("share", column.share.is_some(), &["flag"]),
            ("levels", column.levels.is_some(), &["category"]),
            ("of", column.of.is_some(), &["derived"]),
            ("width", column.width.is_some(), &["embedding"]),
            (
                "prefix",
                column.prefix.is_some(),
                &["identifier", "reference"],
            ),
            (
                "digits",
                column.digits.is_some(),
                &["real", "fraction", "derived", "embedding", "timestamp"],
            ),
            ("low", column.low.is_some(), &numbers[..1]),
            ("high", column.high.is_some(), &numbers[..1]),
            ("step", column.step.is_some(), &numbers[..2]),
            ("heaped", column.heaped.is_some(), &numbers[..2]),
            ("ordered", column.ordered, &["category"]),
            ("rollout", column.rollout, &["category"]),
            (
                "tail",
                column.tail.is_some(),
                &["real", "count", "timestamp"],
            ),
            ("zeros", column.zeros > 0.0, &numbers[..]),
            ("ones", column.ones > 0.0, &numbers[2..]),
            ("within", column.within.is_some(), &["timestamp"]),
            ("workdays", column.workdays, &["timestamp"]),
            ("cut_off", column.cut_off, &["timestamp"]),
            ("outcome", column.outcome, &["flag"]),
            ("rises_with", !column.rises_with.is_empty(), &["flag"]),
            ("falls_with", !column.falls_with.is_empty(), &["flag"]),
            ("changes", column.changes, &numbers[..]),
            ("after", column.after.is_some(), &["timestamp"]),
            ("over", column.over.is_some(), &["derived"]),
            (
                "per",
                column.per.is_some(),
                &["category", "real", "count", "fraction"],
            ),
        ] {
            let fits = kinds.contains(&column.kind.as_str());
            self.require(!there || fits, &[Key("column"), Item(at), Key(key)], || {
                format!(
                    "`{key}` on a column of kind `{}`, expected {}",
                    column.kind,
                    kinds.join(" or ")
                )
            });
        }
    }

    /// Whether the column is a number of an entity.
    fn entity_level(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> Option<EntityLevel> {
        let Some(per) = column.per.as_deref() else {
            let path = [Key("column"), Item(at), Key("changes")];
            if column.changes {
                let hint = format!("add `per = \"{}\"`", spec.entity.name);
                let says = "`changes` without `per`, expected the entity whose number changes";
                self.problem(&path, says, Some(hint));
            }
            return None;
        };
        let entity = &spec.entity.name;
        self.require(
            per == entity,
            &[Key("column"), Item(at), Key("per")],
            || format!("`per` names `{per}`, expected the entity `{entity}`"),
        );
        let number = matches!(column.kind.as_str(), "real" | "count" | "fraction");
        number.then_some(if column.changes {
            EntityLevel::ChangesOnce
        } else {
            EntityLevel::Constant
        })
    }
}
