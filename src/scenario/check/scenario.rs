//! The whole file, and when its rows happen.

use super::checker::Checker;
use crate::scenario::error::ScenarioProblem;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::{
    DrawPlan, EntityPlan, MOST_ROWS_WITH_CHILDREN, Scenario, TextPlan, TimePlan,
};
use crate::scenario::spec::ScenarioSpec;
use crate::table::{DAY, parse_time};

/// Three weeks: fewer days leave no room for a promotion, or miss a day of the week.
const LEAST_DAYS: u32 = 21;

/// Check a scenario as written against itself and `text`, the file it was read from.
pub(in crate::scenario) fn check(
    spec: &ScenarioSpec,
    text: &str,
) -> Result<Scenario, Vec<ScenarioProblem>> {
    let mut checker = Checker {
        text,
        problems: Vec::new(),
        names: spec.column.iter().map(|c| c.name.clone()).collect(),
        elsewhere: Vec::new(),
        within: Vec::new(),
    };
    let mut spec = spec.clone();
    checker.kinds(&mut spec);
    let scenario = checker.scenario(&spec);
    if checker.problems.is_empty() {
        Ok(scenario)
    } else {
        Err(checker.problems)
    }
}

impl Checker<'_> {
    pub(super) fn scenario(&mut self, spec: &ScenarioSpec) -> Scenario {
        self.file_name(&spec.name, &[Key("name")]);
        self.require(spec.name != "dictionary", &[Key("name")], || {
            "`dictionary` is the name of the file beside the table".to_owned()
        });
        // Fewer rows hold no rare group; more do not fit the ids.
        let most = if spec.child.is_empty() {
            u64::from(u32::MAX)
        } else {
            MOST_ROWS_WITH_CHILDREN
        };
        self.require((100..=most).contains(&spec.rows), &[Key("rows")], || {
            format!("{} rows, expected 100 to {most}", spec.rows)
        });
        self.range(spec.draw.signal, 0.0, 1.0, &[Key("draw"), Key("signal")]);
        self.range(
            spec.draw.evenness,
            0.0,
            1.0,
            &[Key("draw"), Key("evenness")],
        );
        for (key, pair) in [
            ("factors", spec.draw.factors),
            ("splits", spec.draw.splits),
            ("extras", spec.draw.extras),
            ("defects", spec.draw.defects),
        ] {
            self.require(pair[0] <= pair[1], &[Key("draw"), Key(key)], || {
                format!("least {} is above most {}", pair[0], pair[1])
            });
        }
        for (name, value, [least, most]) in spec.thresholds.named() {
            self.range(value, least, most, &[Key("thresholds"), Key(name)]);
        }
        let time = self.time(spec);
        let columns = self.columns(spec);
        self.pools(spec);
        let phrases = self.phrases(spec, &columns);
        let children = self.children(spec);
        Scenario {
            name: spec.name.clone(),
            title: spec.title.clone(),
            row: spec.row.clone(),
            rows: spec.rows,
            tried_by: spec.tried_by.clone(),
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
                splits: spec.draw.splits,
                extras: spec.draw.extras,
                defects: spec.draw.defects,
                signal: spec.draw.signal,
                evenness: spec.draw.evenness,
            },
            thresholds: spec.thresholds,
            factors: self.factors(spec, &columns),
            curves: self.curves(spec, &columns),
            correlations: self.correlations(spec),
            archetypes: self.archetypes(spec),
            splits: self.splits(spec),
            changes: self.changes(spec, &columns),
            rares: self.rares(spec, &columns),
            interactions: self.interactions(spec, &columns),
            defects: self.defects(spec, &columns, &children),
            benign: self.benign(spec),
            slots: spec.slot.clone(),
            phrases,
            text: TextPlan {
                typos: spec.text.typos,
                lower: spec.text.lower,
                no_stop: spec.text.no_stop,
            },
            hash: blake3::hash(self.text.as_bytes()).to_hex().to_string(),
            columns,
            children,
        }
    }

    /// Days with hardly any rows, counted from the first.
    fn closed(&mut self, spec: &ScenarioSpec, start: i64) -> Vec<u32> {
        let mut days = Vec::new();
        for (at, date) in spec.time.closed.iter().enumerate() {
            let path = [Key("time"), Key("closed"), Item(at)];
            let moment = parse_time(date).filter(|moment| moment.rem_euclid(DAY) == 0);
            let day = moment.map(|moment| (moment - start).div_euclid(DAY));
            let inside = day.filter(|day| (0..i64::from(spec.time.days)).contains(day));
            self.require(inside.is_some(), &path, || {
                format!(
                    "`{date}` is none of the {} days from {}",
                    spec.time.days, spec.time.start
                )
            });
            days.extend(inside.map(|day| day as u32));
        }
        days
    }

    pub(super) fn time(&mut self, spec: &ScenarioSpec) -> TimePlan {
        let start = parse_time(&spec.time.start).filter(|moment| moment.rem_euclid(DAY) == 0);
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
        let closed = self.closed(spec, start.unwrap_or(0));
        TimePlan {
            start: start.unwrap_or(0),
            days: spec.time.days,
            hours: spec.time.hours.clone(),
            weekdays: spec.time.weekdays.clone(),
            growth: spec.time.growth,
            closed,
        }
    }
}
