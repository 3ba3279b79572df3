//! The whole file, and when its rows happen.

use super::checker::Checker;
use crate::scenario::error::ScenarioProblem;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::{MOST_ROWS_WITH_CHILDREN, Scenario, TimePlan};
use crate::scenario::spec::ScenarioSpec;
use crate::table::{DAY, parse_time};

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
    checker.ranges();
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
            "`dictionary` is reserved for the file next to the table".to_owned()
        });
        // Fewer rows hold no rare group; more do not fit the ids.
        let most = if spec.child.is_empty() {
            u64::from(u32::MAX)
        } else {
            MOST_ROWS_WITH_CHILDREN
        };
        self.require((100..=most).contains(&spec.rows), &[Key("rows")], || {
            format!("found {} rows, expected 100 to {most}", spec.rows)
        });
        let time = self.time(spec);
        let columns = self.columns(spec);
        self.pools(spec);
        self.correlations(spec);
        self.benign(spec);
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
            entity: spec.entity.clone(),
            draw: spec.draw.clone(),
            thresholds: spec.thresholds,
            factors: self.factors(spec, &columns),
            curves: self.curves(spec, &columns),
            correlations: spec.correlation.clone(),
            archetypes: spec.archetypes.clone(),
            splits: spec.split.clone(),
            changes: self.changes(spec, &columns),
            rares: self.rares(spec, &columns),
            interactions: self.interactions(spec, &columns),
            defects: self.defects(spec, &columns, &children),
            benign: spec.benign.clone(),
            slots: spec.slot.clone(),
            phrases,
            text: spec.text,
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
                    "`{date}` is not one of the {} days from {}",
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
            let says = format!("`{}` is not a date, expected YYYY-MM-DD", spec.time.start);
            self.problem(&[Key("time"), Key("start")], says, None);
        }
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
