//! From a scenario as written to a valid one: every mistake at once, each at its place.

use std::collections::BTreeMap;

use super::error::Problem;
use super::library::closest;
use super::locate::{Step, span};
use super::plan::{
    Bend, BlendPlan, ColumnPlan, DefectPlan, DrawPlan, Driver, EntityPlan, FacetPlan, FactorPlan,
    InnocentPlan, InteractionPlan, Kind, Level, Marginal, Phrase, RarePlan, RegimePlan, RidgePlan,
    Scenario, TimePlan,
};
use super::spec::{ColumnSpec, DefectKind, DefectSpec, DriverSpec, ScenarioSpec, WeightsSpec};
use Step::{Item, Key};

/// The version of the scenario format that this tool reads.
const FORMAT: u32 = 1;
/// Three weeks: fewer days leave no room for a promotion, or miss a day of the week.
const LEAST_DAYS: u32 = 21;
/// Milliseconds in a day.
const DAY: i64 = 86_400_000;
/// Planted values beyond this do not fit a column of whole numbers once they are scaled.
const LARGEST_VALUE: f64 = 1e12;
/// More programs than this are no longer an exception among the people.
const MOST_BOTS: f64 = 0.5;
/// Columns of an embedding.
const WIDEST: u32 = 1024;
/// Names that streams and findings have already: a structure of the same name would share its
/// randomness with something else.
const TAKEN: [&str; 6] = ["archetype", "entity", "facet", "groups", "rare", "time"];

/// Check a scenario as written against itself and `text`, the file it was read from.
pub(super) fn check(spec: &ScenarioSpec, text: &str) -> Result<Scenario, Vec<Problem>> {
    let mut checker = Checker {
        text,
        problems: Vec::new(),
        names: spec.column.iter().map(|c| c.name.clone()).collect(),
    };
    let scenario = checker.scenario(spec);
    if checker.problems.is_empty() {
        Ok(scenario)
    } else {
        Err(checker.problems)
    }
}

struct Checker<'a> {
    text: &'a str,
    problems: Vec<Problem>,
    names: Vec<String>,
}

impl Checker<'_> {
    fn problem(&mut self, path: &[Step<'_>], says: impl Into<String>, hint: Option<String>) {
        self.problems.push(Problem {
            span: span(self.text, path),
            says: says.into(),
            hint,
        });
    }

    fn require(&mut self, holds: bool, path: &[Step<'_>], says: impl FnOnce() -> String) {
        if !holds {
            self.problem(path, says(), None);
        }
    }

    fn scenario(&mut self, spec: &ScenarioSpec) -> Scenario {
        self.require(spec.format == FORMAT, &[Key("format")], || {
            format!(
                "format {} is not known here, expected {FORMAT}",
                spec.format
            )
        });
        self.file_name(&spec.name, &[Key("name")]);
        self.require(spec.name != "dictionary", &[Key("name")], || {
            "`dictionary` is the name of the file beside the table".to_owned()
        });
        self.require(spec.rows > 0, &[Key("rows")], || {
            "0 rows, expected at least 1".to_owned()
        });
        self.range(spec.draw.signal, 0.0, 1.0, &[Key("draw"), Key("signal")]);
        for (key, pair) in [
            ("factors", spec.draw.factors),
            ("extras", spec.draw.extras),
            ("defects", spec.draw.defects),
        ] {
            self.require(pair[0] <= pair[1], &[Key("draw"), Key(key)], || {
                format!("least {} is above most {}", pair[0], pair[1])
            });
        }
        let time = self.time(spec);
        let columns = self.columns(spec);
        self.pools(spec);
        self.phrases(spec);
        Scenario {
            name: spec.name.clone(),
            title: spec.title.clone(),
            row: spec.row.clone(),
            rows: spec.rows,
            piloted: spec.piloted.clone(),
            story: spec.story.trim().to_owned(),
            task: spec.task.trim().to_owned(),
            time,
            entity: EntityPlan {
                name: spec.entity.name.clone(),
                count: spec.entity.count as usize,
                tail: spec.entity.tail,
            },
            draw: DrawPlan {
                factors: spec.draw.factors,
                extras: spec.draw.extras,
                defects: spec.draw.defects,
                signal: spec.draw.signal,
            },
            factors: self.factors(spec, &columns),
            ridges: self.ridges(spec, &columns),
            blends: self.blends(spec),
            facets: self.facets(spec),
            regimes: self.regimes(spec, &columns),
            rares: self.rares(spec, &columns),
            interactions: self.interactions(spec, &columns),
            defects: self.defects(spec, &columns),
            innocents: self.innocents(spec),
            slots: spec.slot.clone(),
            phrases: spec
                .phrase
                .iter()
                .map(|p| Phrase {
                    says: p.says.clone(),
                    leans: p.leans.clone(),
                })
                .collect(),
            hash: blake3::hash(self.text.as_bytes()).to_hex().to_string(),
            columns,
        }
    }

    /// Names become names of files and columns.
    fn file_name(&mut self, name: &str, path: &[Step<'_>]) {
        let fine = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        self.require(fine, path, || {
            format!("`{name}` is no usable name, expected letters, digits, `-` and `_`")
        });
    }

    fn range(&mut self, value: f64, low: f64, high: f64, path: &[Step<'_>]) {
        self.require((low..=high).contains(&value), path, || {
            format!("found {value}, expected a number from {low} to {high}")
        });
    }

    fn time(&mut self, spec: &ScenarioSpec) -> TimePlan {
        let start =
            crate::table::parse_time(&spec.time.start).filter(|moment| moment.rem_euclid(DAY) == 0);
        if start.is_none() {
            let says = format!("`{}` is no date, expected YYYY-MM-DD", spec.time.start);
            self.problem(&[Key("time"), Key("start")], says, None);
        }
        self.require(
            (LEAST_DAYS..=3660).contains(&spec.time.days),
            &[Key("time"), Key("days")],
            || {
                let found = spec.time.days;
                format!("found {found} days, expected {LEAST_DAYS} to 3660")
            },
        );
        for (key, weights, expected) in [
            ("hours", &spec.time.hours, 24),
            ("weekdays", &spec.time.weekdays, 7),
        ] {
            let fine = weights.len() == expected
                && weights.iter().all(|w| w.is_finite() && *w >= 0.0)
                && weights.iter().sum::<f64>() > 0.0;
            self.require(fine, &[Key("time"), Key(key)], || {
                format!("expected {expected} weights, none negative and not all zero")
            });
        }
        self.range(spec.time.growth, 0.01, 100.0, &[Key("time"), Key("growth")]);
        self.require(
            (20..=10_000_000).contains(&spec.entity.count),
            &[Key("entity"), Key("count")],
            || {
                format!(
                    "found {} entities, expected 20 to 10,000,000",
                    spec.entity.count
                )
            },
        );
        self.range(spec.entity.tail, 0.0, 3.0, &[Key("entity"), Key("tail")]);
        TimePlan {
            start: start.unwrap_or(0),
            days: spec.time.days,
            hours: spec.time.hours.clone(),
            weekdays: spec.time.weekdays.clone(),
            growth: spec.time.growth,
        }
    }

    fn columns(&mut self, spec: &ScenarioSpec) -> Vec<ColumnPlan> {
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

    fn kind(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
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

    fn needed(
        &mut self,
        value: Option<f64>,
        key: &'static str,
        column: &ColumnSpec,
        at: usize,
        (low, high): (f64, f64),
    ) -> f64 {
        let path = [Key("column"), Item(at), Key(key)];
        if let Some(value) = value {
            self.range(value, low, high, &path);
            return value;
        }
        let says = format!("a column of kind `{}` needs `{key}`", column.kind);
        self.problem(&path, says, None);
        low
    }

    fn long_tail(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
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

    fn share_marginal(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
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

    fn category(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
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

    fn derived(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Kind {
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

    fn drivers(&mut self, column: &ColumnSpec, at: usize, spec: &ScenarioSpec) -> Vec<Driver> {
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

    fn position(&mut self, name: &str, path: &[Step<'_>]) -> Option<usize> {
        let found = self.names.iter().position(|known| known == name);
        if found.is_none() {
            let hint = closest(name, self.names.iter().map(String::as_str))
                .map(|near| format!("did you mean `{near}`?"));
            self.problem(path, format!("there is no column `{name}`"), hint);
        }
        found
    }

    fn open_column(
        &mut self,
        name: &str,
        columns: &[ColumnPlan],
        path: &[Step<'_>],
    ) -> Option<usize> {
        let at = self.position(name, path)?;
        let word = columns[at].kind.word();
        let open = columns[at].kind.takes_structures();
        self.require(open, path, || {
            format!("`{name}` is of kind `{word}`; structures enter columns of kind real, count, fraction and flag")
        });
        open.then_some(at)
    }

    fn maps(
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

    fn factors(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<FactorPlan> {
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

    fn ridges(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RidgePlan> {
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

    fn blends(&mut self, spec: &ScenarioSpec) -> Vec<BlendPlan> {
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
            });
        }
        plans
    }

    fn facets(&mut self, spec: &ScenarioSpec) -> Vec<FacetPlan> {
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

    fn regimes(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RegimePlan> {
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

    fn rares(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<RarePlan> {
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

    fn interactions(
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

    fn innocents(&mut self, spec: &ScenarioSpec) -> Vec<InnocentPlan> {
        let mut plans = Vec::new();
        for (at, innocent) in spec.innocent.iter().enumerate() {
            self.pair(
                innocent.size,
                0.0,
                20.0,
                &[Key("innocent"), Item(at), Key("size")],
            );
            plans.push(InnocentPlan {
                kind: innocent.kind,
                name: innocent.name.clone(),
                about: innocent.about.clone(),
                size: innocent.size,
            });
        }
        plans
    }

    fn pair(&mut self, pair: [f64; 2], low: f64, high: f64, path: &[Step<'_>]) {
        self.range(pair[0], low, high, path);
        self.range(pair[1], low, high, path);
        self.require(pair[0] <= pair[1], path, || {
            format!("least {} is above most {}", pair[0], pair[1])
        });
    }

    fn defects(&mut self, spec: &ScenarioSpec, columns: &[ColumnPlan]) -> Vec<DefectPlan> {
        let mut plans = Vec::new();
        for (at, defect) in spec.defect.iter().enumerate() {
            self.pair(
                defect.rate,
                0.0,
                1.0,
                &[Key("defect"), Item(at), Key("rate")],
            );
            let mut touched = Vec::new();
            for (place, name) in defect.columns.iter().enumerate() {
                touched.extend(self.position(
                    name,
                    &[Key("defect"), Item(at), Key("columns"), Item(place)],
                ));
            }
            let mut sources = Vec::new();
            for (place, name) in defect.sources.iter().enumerate() {
                let path = [Key("defect"), Item(at), Key("sources"), Item(place)];
                if let Some(source) = self.position(name, &path) {
                    let category = matches!(columns[source].kind, Kind::Category { .. });
                    self.require(category, &path, || {
                        format!("`{name}` is no category; a source is a level of one")
                    });
                    sources.push(source);
                }
            }
            self.needs(defect, at, columns, &touched);
            plans.push(DefectPlan {
                kind: defect.kind,
                columns: touched,
                together: defect.together as usize,
                sources,
                rate: defect.rate,
                values: defect.values.clone(),
                spellings: defect.spellings.clone(),
                decoy: defect.decoy,
                cause: defect.cause.clone(),
            });
        }
        plans
    }

    /// What each kind of defect cannot do without.
    fn needs(&mut self, defect: &DefectSpec, at: usize, columns: &[ColumnPlan], touched: &[usize]) {
        use DefectKind::{
            DefaultSpike, ExactDuplicates, LoudBots, MissingBySource, RetryStorm, Sentinel,
            SpellingVariants, TimeZoneShift, UnitSlip,
        };
        let here = [Key("defect"), Item(at)];
        let (column, source, value) = match defect.kind {
            UnitSlip => (true, true, true),
            Sentinel | DefaultSpike | LoudBots => (true, false, true),
            MissingBySource => (true, true, false),
            SpellingVariants => (true, false, false),
            TimeZoneShift => (false, true, true),
            ExactDuplicates | RetryStorm => (false, false, false),
        };
        for (needed, there, key) in [
            (column, !defect.columns.is_empty(), "columns"),
            (source, !defect.sources.is_empty(), "sources"),
            (value, !defect.values.is_empty(), "values"),
        ] {
            self.require(!needed || there, &here, || {
                format!("this kind of defect needs `{key}`")
            });
        }
        self.require(
            defect.together >= 1
                && (defect.together as usize <= defect.columns.len() || defect.columns.is_empty()),
            &[Key("defect"), Item(at), Key("together")],
            || {
                format!(
                    "found {}, expected 1 to the number of `columns`",
                    defect.together
                )
            },
        );
        let (low, high) = match defect.kind {
            // A factor, or hours.
            UnitSlip => (1e-6, 1e6),
            TimeZoneShift => (-24.0, 24.0),
            _ => (-LARGEST_VALUE, LARGEST_VALUE),
        };
        for value in &defect.values {
            let path = [Key("defect"), Item(at), Key("values")];
            self.range(*value, low, high, &path);
        }
        if defect.kind == LoudBots {
            let path = [Key("defect"), Item(at), Key("rate")];
            self.pair(defect.rate, 0.0, MOST_BOTS, &path);
        }
        for column in touched {
            let kind = &columns[*column].kind;
            let whole = matches!(kind, Kind::Identifier { .. } | Kind::Embedding { .. });
            self.require(!whole, &[Key("defect"), Item(at), Key("columns")], || {
                let name = &columns[*column].name;
                format!(
                    "`{name}` is of kind `{}`, which no defect changes",
                    kind.word()
                )
            });
        }
        let numeric = matches!(defect.kind, UnitSlip | Sentinel | DefaultSpike | LoudBots);
        let measured = |kind: &Kind| kind.takes_structures() && !matches!(kind, Kind::Flag { .. });
        for column in touched
            .iter()
            .filter(|column| numeric && !measured(&columns[**column].kind))
        {
            let says = format!(
                "`{}` holds no numbers; this kind of defect needs them",
                columns[*column].name
            );
            self.problem(&[Key("defect"), Item(at), Key("columns")], says, None);
        }
        if defect.kind == SpellingVariants {
            for column in touched {
                let Kind::Category { levels, .. } = &columns[*column].kind else {
                    let says = format!("`{}` is no category", columns[*column].name);
                    self.problem(&[Key("defect"), Item(at), Key("columns")], says, None);
                    continue;
                };
                let written = levels.iter().any(|level| {
                    defect
                        .spellings
                        .get(&level.name)
                        .is_some_and(|variants| !variants.is_empty())
                });
                self.require(
                    written,
                    &[Key("defect"), Item(at), Key("spellings")],
                    || format!("no level of `{}` has spellings", columns[*column].name),
                );
            }
        }
    }

    /// A world must be able to draw what `[draw]` promises.
    fn pools(&mut self, spec: &ScenarioSpec) {
        let decoys = spec.defect.iter().filter(|defect| defect.decoy).count();
        let plain = spec.defect.len() - decoys;
        let extras = spec.regime.len() + spec.rare.len() + spec.interaction.len();
        for (key, have, need) in [
            (
                "factor",
                spec.factor.len(),
                spec.draw.factors[1].max(2) as usize,
            ),
            ("ridge", spec.ridge.len(), 1),
            ("blend", spec.blend.len(), 1),
            ("facet", spec.facet.len(), 1),
            ("innocent", spec.innocent.len(), 1),
            (
                "defect",
                plain,
                (spec.draw.defects[1] as usize).saturating_sub(1),
            ),
        ] {
            self.require(have >= need, &[Key(key)], || {
                format!("the pool `{key}` has {have} entries (decoys apart), expected at least {need} as `[draw]` asks")
            });
        }
        self.require(decoys > 0, &[Key("defect")], || {
            "no defect has `decoy = true`; every world plants one".to_owned()
        });
        self.require(
            extras >= spec.draw.extras[1] as usize,
            &[Key("draw"), Key("extras")],
            || format!("the pools of regimes, rare groups and interactions have {extras} entries"),
        );
        self.require(
            spec.draw.factors[0] >= 2,
            &[Key("draw"), Key("factors")],
            || {
                format!(
                    "found at least {}, expected 2: a blend lies on two factors",
                    spec.draw.factors[0]
                )
            },
        );
        self.require(
            spec.draw.defects[0] >= 1,
            &[Key("draw"), Key("defects")],
            || "found at least 0, expected 1: the decoy".to_owned(),
        );
        let most = spec.draw.factors[1].saturating_add(1);
        self.require(most <= 4, &[Key("draw")], || {
            format!("a world may draw {most} factors and ridges, expected at most 4 structures")
        });
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        // Columns that are constant for an entity draw from a stream of their name, as latents do.
        let per_entity = spec.column.iter().filter(|column| column.per.is_some());
        let names = per_entity
            .map(|column| ("column", column.name.as_str()))
            .chain(spec.factor.iter().map(|p| ("factor", p.name.as_str())))
            .chain(spec.ridge.iter().map(|p| ("ridge", p.name.as_str())))
            .chain(spec.blend.iter().map(|p| ("blend", p.name.as_str())))
            .chain(spec.facet.iter().map(|p| ("facet", p.name.as_str())))
            .chain(spec.regime.iter().map(|p| ("regime", p.name.as_str())))
            .chain(spec.rare.iter().map(|p| ("rare", p.name.as_str())))
            .chain(
                spec.interaction
                    .iter()
                    .map(|p| ("interaction", p.name.as_str())),
            )
            .chain(spec.innocent.iter().map(|p| ("innocent", p.name.as_str())));
        for (pool, name) in names {
            // Defects are called `d1`, `d2`, … among the findings.
            let digits = name.strip_prefix('d').unwrap_or_default();
            let defect = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if defect || TAKEN.contains(&name) {
                let says = format!("`{name}` has a meaning here already");
                self.problem(&[Key(pool)], says, Some("choose another name".to_owned()));
            }
            if let Some(other) = seen.insert(name, pool) {
                self.problem(
                    &[Key(pool)],
                    format!("`{name}` names an entry of `{other}` already"),
                    None,
                );
            }
        }
    }

    fn phrases(&mut self, spec: &ScenarioSpec) {
        let text_columns = spec
            .column
            .iter()
            .filter(|column| column.kind == "text")
            .count();
        self.require(
            text_columns == 0 || !spec.phrase.is_empty(),
            &[Key("column")],
            || "there is a text column but no `[[phrase]]`".to_owned(),
        );
        let said = spec
            .phrase
            .iter()
            .enumerate()
            .map(|(at, phrase)| ("phrase", at, &phrase.says));
        let rare = spec
            .rare
            .iter()
            .enumerate()
            .flat_map(|(at, rare)| rare.phrases.iter().map(move |says| ("rare", at, says)));
        for (pool, at, says) in said.chain(rare) {
            for slot in slots_of(says) {
                if spec.slot.get(slot).is_none_or(Vec::is_empty) {
                    let hint = closest(slot, spec.slot.keys().map(String::as_str))
                        .map(|near| format!("did you mean `{{{near}}}`?"));
                    self.problem(
                        &[Key(pool), Item(at)],
                        format!("there are no words for the slot `{{{slot}}}`"),
                        hint,
                    );
                }
            }
        }
        for (at, phrase) in spec.phrase.iter().enumerate() {
            for (name, lean) in &phrase.leans {
                let path = [Key("phrase"), Item(at), Key("leans"), Key(name)];
                self.range(*lean, -10.0, 10.0, &path);
                let known = || {
                    spec.factor
                        .iter()
                        .map(|f| f.name.as_str())
                        .chain(spec.ridge.iter().map(|r| r.name.as_str()))
                };
                if !known().any(|factor| factor == name) {
                    let hint = closest(name, known()).map(|near| format!("did you mean `{near}`?"));
                    self.problem(
                        &[Key("phrase"), Item(at), Key("leans"), Key(name)],
                        format!("there is no factor or ridge `{name}`"),
                        hint,
                    );
                }
            }
        }
    }
}

/// Names of the slots in a phrase.
fn slots_of(says: &str) -> impl Iterator<Item = &str> {
    says.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
}
