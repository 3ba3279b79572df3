//! Columns: kinds, marginals, drivers.

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::plan_columns::{ColumnPlan, Driver, Kind, Level, Marginal};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ColumnSpec, DriverSpec};

/// Columns of an embedding.
const WIDEST: u32 = 1024;

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
            let signal = column.signal.unwrap_or(spec.draw.signal);
            self.range(signal, 0.0, 1.0, &[Key("column"), Item(at), Key("signal")]);
            columns.push(ColumnPlan {
                name: column.name.clone(),
                kind,
                description: column.description.clone(),
                unit: column.unit.clone(),
                drivers,
                signal,
            });
        }
        for (word, needed) in [
            ("identifier", "a row id"),
            ("timestamp", "a moment"),
            ("reference", "an entity"),
        ] {
            let count = columns
                .iter()
                .filter(|column| column.kind.word() == word)
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
            "timestamp" => Kind::Timestamp,
            "text" => Kind::Text,
            "real" => Kind::Real(self.long_tail(column, at)),
            "count" if column.rate.is_some() => {
                let rate = column.rate.unwrap_or(1.0);
                self.range(rate, 1e-3, 500.0, &[Key("column"), Item(at), Key("rate")]);
                Kind::Count(Marginal::Rate { rate })
            }
            "count" => Kind::Count(self.long_tail(column, at)),
            "fraction" => Kind::Fraction(self.share_marginal(column, at)),
            "flag" => Kind::Flag {
                share: self.needed(column.share, "share", column, at, (0.0, 1.0)),
            },
            "category" => self.category(column, at, spec),
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

    pub(super) fn long_tail(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
        let median = self.needed(column.median, "median", column, at, (1e-9, 1e12));
        let p95 = self.needed(column.p95, "p95", column, at, (1e-9, 1e15));
        self.require(p95 > median, &[Key("column"), Item(at), Key("p95")], || {
            format!("found p95 {p95}, expected more than the median {median}")
        });
        if let Some(cap) = column.cap {
            self.range(cap, 1e-9, 1e15, &[Key("column"), Item(at), Key("cap")]);
        }
        Marginal::LongTail {
            median,
            p95,
            digits: column.digits.unwrap_or(0),
            cap: column.cap,
        }
    }

    pub(super) fn share_marginal(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
        let inside = (1e-6, 1.0 - 1e-6);
        let median = self.needed(column.median, "median", column, at, inside);
        let p95 = self.needed(column.p95, "p95", column, at, inside);
        self.require(p95 > median, &[Key("column"), Item(at), Key("p95")], || {
            format!("found p95 {p95}, expected more than the median {median}")
        });
        Marginal::Share {
            median,
            p95,
            digits: column.digits.unwrap_or(3),
        }
    }

    pub(super) fn category(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
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
        if let Some(per) = column.per.as_deref().filter(|per| *per != spec.entity.name) {
            let says = format!(
                "`per` names `{per}`, expected the entity `{}`",
                spec.entity.name
            );
            self.problem(&[Key("column"), Item(at), Key("per")], says, None);
        }
        Kind::Category {
            levels,
            per_entity: column.per.is_some(),
        }
    }

    pub(super) fn derived(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
        let mut of = Vec::new();
        for (name, weight) in column.of.iter().flatten() {
            let path = [Key("column"), Item(at), Key("of"), Key(name)];
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
                of.push((source, *weight));
            }
        }
        self.require(
            !of.is_empty(),
            &[Key("column"), Item(at), Key("of")],
            || "a derived column needs `of = { column = weight }`".to_owned(),
        );
        Kind::Derived {
            of,
            digits: column.digits.unwrap_or(0),
        }
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
                    .filter(|c| c.per.is_some())
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
