//! Columns: kinds, marginals, drivers.

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::plan_columns::{ColumnPlan, Driver, Held, Kind, Level, Marginal};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ColumnSpec, DriverSpec, OverSpec};

/// Columns of an embedding.
const WIDEST: u32 = 1024;
/// Share of an outcome's variance that comes from structures unless the column says: the factors
/// predict it clearly better than any grouping of the rows does.
const OUTCOME_SIGNAL: f64 = 0.75;
/// Digits of a ratio behind the point unless the column says.
const RATIO_DIGITS: u32 = 3;
/// Milliseconds in each unit that a lag may have.
const LAGS: [(&str, f64); 4] = [("s", 1e3), ("min", 6e4), ("h", 3.6e6), ("days", 8.64e7)];

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
            let drivers = self.drivers(column, at, spec);
            self.options(column, at);
            let usual = if column.outcome {
                OUTCOME_SIGNAL
            } else {
                spec.draw.signal
            };
            let signal = column.signal.unwrap_or(usual);
            self.range(signal, 0.0, 1.0, &[Key("column"), Item(at), Key("signal")]);
            columns.push(ColumnPlan {
                name: column.name.clone(),
                kind,
                description: column.description.clone(),
                unit: column.unit.clone(),
                drivers,
                signal,
                held: self.held(column, at, spec),
                heaping: self.heaping(column, at),
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
                .filter(|column| !matches!(column.kind, Kind::After { .. }))
                .count();
            self.require(count == 1, &[Key("column")], || {
                format!("found {count} columns of kind `{word}`, expected exactly 1: every row has {needed}")
            });
        }
        columns
    }

    pub(super) fn kind(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
        const KINDS: [&str; 11] = [
            "identifier",
            "reference",
            "timestamp",
            "real",
            "count",
            "fraction",
            "category",
            "flag",
            "text",
            "derived",
            "embedding",
        ];
        let prefix = column.prefix.clone().unwrap_or_default();
        match column.kind.as_str() {
            "identifier" => Kind::Identifier { prefix },
            "reference" => Kind::Reference { prefix },
            "timestamp" if column.after.is_some() => self.after(column, at, spec),
            "timestamp" => Kind::Timestamp,
            "text" => Kind::Text,
            "real" => Kind::Real(self.real(column, at)),
            "count" if column.rate.is_some() => {
                let rate = column.rate.unwrap_or(1.0);
                self.range(rate, 1e-3, 500.0, &[Key("column"), Item(at), Key("rate")]);
                Kind::Count(Marginal::Rate { rate })
            }
            "count" => Kind::Count(self.long_tail(column, at)),
            "fraction" => Kind::Fraction(self.share_marginal(column, at)),
            "flag" => Kind::Flag {
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
                Kind::Embedding {
                    width: width as usize,
                    digits: column.digits.unwrap_or(4),
                }
            }
            other => {
                let hint =
                    closest(other, KINDS.into_iter()).map(|near| format!("did you mean `{near}`?"));
                let says = format!(
                    "`{other}` is no kind of column, expected one of {}",
                    KINDS.join(", ")
                );
                self.problem(&[Key("column"), Item(at), Key("kind")], says, hint);
                Kind::Text
            }
        }
    }

    pub(super) fn category(&mut self, column: &ColumnSpec, at: usize) -> Kind {
        let path = [Key("column"), Item(at), Key("levels")];
        let levels: Vec<Level> = column
            .levels
            .iter()
            .flatten()
            .map(|level| Level {
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
            self.range(level.share, 0.0, 1.0, &path);
            let again = levels[..place].iter().any(|other| other.name == level.name);
            self.require(!level.name.is_empty() && !again, &path, || {
                format!("the level `{}` needs a name of its own", level.name)
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
            || "structures move what differs from row to row: keep `ordered` or `per`".to_owned(),
        );
        Kind::Category {
            levels,
            per_entity: column.per.is_some(),
            ordered: column.ordered,
        }
    }

    /// A moment after another one.
    fn after(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
        let path = [Key("column"), Item(at), Key("after")];
        let name = column.after.as_deref().unwrap_or_default();
        let from = self.position(name, &path);
        if let Some(from) = from {
            self.require(from < at, &path, || {
                format!("`{name}` does not stand further up; a moment follows what it comes after")
            });
            let kind = spec.column[from].kind.as_str();
            self.require(kind == "timestamp", &path, || {
                format!("`{name}` is of kind `{kind}`, expected a timestamp")
            });
        }
        let unit = LAGS.iter().find(|(name, _)| *name == column.unit);
        if unit.is_none() {
            let says = format!(
                "found the unit `{}`, expected one of {}: it is the lag's",
                column.unit,
                LAGS.map(|(name, _)| name).join(", ")
            );
            self.problem(&[Key("column"), Item(at), Key("unit")], says, None);
        }
        Kind::After {
            from: from.unwrap_or(0),
            lag: self.long_tail(column, at),
            unit: unit.map_or(1.0, |(_, milliseconds)| *milliseconds),
        }
    }

    /// Options that mean nothing for a column's kind are mistakes.
    pub(super) fn options(&mut self, column: &ColumnSpec, at: usize) {
        let numbers = ["real", "count", "fraction"];
        for (key, there, kinds) in [
            ("low", column.low.is_some(), &numbers[..1]),
            ("high", column.high.is_some(), &numbers[..1]),
            ("step", column.step.is_some(), &numbers[..2]),
            ("heaped", column.heaped.is_some(), &numbers[..2]),
            ("ordered", column.ordered, &["category"]),
            ("outcome", column.outcome, &["flag"]),
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
    fn held(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Option<Held> {
        let Some(per) = column.per.as_deref() else {
            let path = [Key("column"), Item(at), Key("changes")];
            if column.changes {
                let hint = format!("add `per = \"{}\"`", spec.entity.name);
                let says = "`changes` without `per`: whose number changes?";
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
        if number && column.drivers.contains_key("time") {
            let path = [Key("column"), Item(at), Key("drivers"), Key("time")];
            let says = "time drives a number that is constant for an entity";
            let hint = "leave it out, or use `changes = true`".to_owned();
            self.problem(&path, says, Some(hint));
        }
        number.then_some(if column.changes {
            Held::ChangesOnce
        } else {
            Held::Constant
        })
    }

    pub(super) fn derived(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
        let of = self.sum("of", column.of.iter().flatten(), at, spec);
        self.require(
            !of.is_empty(),
            &[Key("column"), Item(at), Key("of")],
            || "a derived column needs `of = { column = weight }`".to_owned(),
        );
        let over = match &column.over {
            None => Vec::new(),
            Some(OverSpec::Column(name)) => self.sum("over", [(name, &1.0)], at, spec),
            Some(OverSpec::Weights(weights)) => {
                self.require(
                    !weights.is_empty(),
                    &[Key("column"), Item(at), Key("over")],
                    || "a ratio needs something to be divided by".to_owned(),
                );
                self.sum("over", weights, at, spec)
            }
        };
        let usual = if over.is_empty() { 0 } else { RATIO_DIGITS };
        Kind::Derived {
            of,
            over,
            digits: column.digits.unwrap_or(usual),
        }
    }

    /// A weighted sum of columns further up.
    fn sum<'s>(
        &mut self,
        key: &'static str,
        weights: impl IntoIterator<Item = (&'s String, &'s f64)>,
        at: usize,
        spec: &ScenarioSpec,
    ) -> Vec<(usize, f64)> {
        let mut sum = Vec::new();
        for (name, weight) in weights {
            let path = [Key("column"), Item(at), Key(key), Key(name)];
            if let Some(source) = self.position(name, &path) {
                self.require(source < at, &path, || {
                    format!(
                        "`{name}` stands further down; a derived column follows what it is made of"
                    )
                });
                let kind = spec.column[source].kind.as_str();
                let numeric = matches!(kind, "real" | "count" | "fraction" | "derived");
                self.require(numeric, &path, || {
                    format!("`{name}` is of kind `{kind}`; a sum needs numbers")
                });
                self.range(*weight, -1e9, 1e9, &path);
                sum.push((source, *weight));
            }
        }
        sum
    }

    pub(super) fn drivers(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> Vec<Driver> {
        let mut drivers = Vec::new();
        for (name, driver) in &column.drivers {
            let path = [Key("column"), Item(at), Key("drivers"), Key(name)];
            if name == "time" {
                match driver {
                    DriverSpec::Weight(weight) => {
                        self.range(*weight, -10.0, 10.0, &path);
                        drivers.push(Driver::Time { weight: *weight });
                    }
                    DriverSpec::Levels(_) => {
                        self.problem(&path, "time has no levels, expected a number", None);
                    }
                }
                continue;
            }
            let category = spec.column.iter().position(|other| {
                other.name == *name && other.kind == "category" && other.per.is_some()
            });
            let Some(category) = category else {
                let known = spec
                    .column
                    .iter()
                    .filter(|c| c.per.is_some() && c.kind == "category")
                    .map(|c| c.name.as_str());
                let hint = closest(name, known.chain(["time"]))
                    .map(|near| format!("did you mean `{near}`?"));
                let says = format!(
                    "the driver `{name}` names nothing that can drive a column, expected `time` or a category per {}",
                    spec.entity.name
                );
                self.problem(&path, says, hint);
                continue;
            };
            let DriverSpec::Levels(shifts) = driver else {
                self.problem(
                    &path,
                    "expected a shift for each level, as { level = 0.5 }",
                    None,
                );
                continue;
            };
            let levels: Vec<&str> = spec.column[category]
                .levels
                .iter()
                .flatten()
                .map(|l| l.name.as_str())
                .collect();
            for level in shifts
                .keys()
                .filter(|level| !levels.contains(&level.as_str()))
            {
                let path = [
                    Key("column"),
                    Item(at),
                    Key("drivers"),
                    Key(name),
                    Key(level),
                ];
                let says = format!(
                    "`{name}` has no level `{level}`, expected one of {}",
                    levels.join(", ")
                );
                self.problem(&path, says, None);
            }
            for shift in shifts.values() {
                self.range(*shift, -10.0, 10.0, &path);
            }
            let shifts = levels
                .iter()
                .map(|level| shifts.get(*level).copied().unwrap_or(0.0))
                .collect();
            drivers.push(Driver::Level {
                column: category,
                shifts,
            });
        }
        drivers
    }
}
