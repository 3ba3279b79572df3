//! What has to hold of a row, so that a column is filled or a phrase written.

use super::checker::Checker;
use super::effects::names_in;
use crate::scenario::locate::PathStep;
use crate::scenario::plan_columns::{ColumnKind, ColumnPlan, Marginal};
use crate::scenario::plan_effects::{CalendarUnit, Condition};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ConditionSpec, LevelName, RangeSpec};
use crate::scenario::suggest::closest;
use crate::table::{DAY, in_month, parse_time};

impl Checker<'_> {
    /// A condition on column `at`, which is `plan`.
    pub(super) fn condition(
        &mut self,
        at: usize,
        plan: &ColumnPlan,
        wanted: &ConditionSpec,
        path: &[PathStep<'_>],
    ) -> Option<Condition> {
        let levels: Vec<&str> = match &plan.kind {
            ColumnKind::Category { levels, .. } => levels.iter().map(|l| l.name.as_str()).collect(),
            ColumnKind::Flag { .. } => vec!["true", "false"],
            ColumnKind::Real(_)
            | ColumnKind::Count(_)
            | ColumnKind::Fraction(_)
            | ColumnKind::Derived { .. } => {
                return self.number(at, plan, wanted, path);
            }
            other => {
                let says = format!(
                    "`{}` is of kind `{}`, expected a category, a flag or a number",
                    plan.name,
                    other.word()
                );
                self.problem(path, says, None);
                return None;
            }
        };
        let ConditionSpec::Levels(wanted) = wanted else {
            let says = format!(
                "`{}` has levels, expected some of {}",
                plan.name,
                levels.join(", ")
            );
            self.problem(path, says, Some("write them as [\"…\"]".to_owned()));
            return None;
        };
        let wanted = names(wanted);
        self.known(&plan.name, &wanted, &levels, path);
        Some(Condition::Levels {
            column: at,
            levels: wanted,
        })
    }

    /// A condition on the calendar.
    pub(super) fn when(
        &mut self,
        (name, unit): (&str, CalendarUnit),
        wanted: &ConditionSpec,
        spec: &ScenarioSpec,
        path: &[PathStep<'_>],
    ) -> Option<Condition> {
        let ConditionSpec::Levels(wanted) = wanted else {
            let says = format!("found a range of {name}s, expected a list as [\"…\", \"…\"]");
            self.problem(path, says, None);
            return None;
        };
        let (wanted, known) = (names(wanted), names_in(unit));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.known(name, &wanted, &known, path);
        let place = |name: &String| known.iter().position(|one| one == name);
        let places: Vec<usize> = wanted.iter().filter_map(place).collect();
        let there = months(spec);
        let never =
            unit == CalendarUnit::Month && !places.iter().any(|month| there.contains(month));
        self.require(!never || places.is_empty(), path, || {
            "the data covers none of these months".to_owned()
        });
        Some(Condition::Calendar { unit, places })
    }

    fn number(
        &mut self,
        at: usize,
        plan: &ColumnPlan,
        wanted: &ConditionSpec,
        path: &[PathStep<'_>],
    ) -> Option<Condition> {
        let ConditionSpec::Range(RangeSpec { from, to }) = wanted else {
            let says = format!("`{}` holds numbers, expected a range", plan.name);
            self.problem(
                path,
                says,
                Some("write it as { from = 1, to = 5 }".to_owned()),
            );
            return None;
        };
        let from = from.unwrap_or(f64::NEG_INFINITY);
        let to = to.unwrap_or(f64::INFINITY);
        self.require(from.is_finite() || to.is_finite(), path, || {
            "found neither `from` nor `to`".to_owned()
        });
        self.require(from <= to, path, || {
            format!("found a range from {from} to {to}, which contains no number")
        });
        let [least, most] = reach(&plan.kind);
        self.require(from <= most && to >= least, path, || {
            format!("almost no value of `{}` is in this range", plan.name)
        });
        Some(Condition::Range {
            column: at,
            from,
            to,
        })
    }

    /// That all of `wanted` are among the levels.
    fn known(&mut self, whose: &str, wanted: &[String], levels: &[&str], path: &[PathStep<'_>]) {
        self.require(!wanted.is_empty(), path, || {
            "expected at least one level".to_owned()
        });
        for name in wanted {
            if !levels.contains(&name.as_str()) {
                let says = format!(
                    "`{whose}` has no level `{name}`, expected some of {}",
                    levels.join(", ")
                );
                let hint = closest(name, levels.iter().copied());
                self.problem(
                    path,
                    says,
                    hint.map(|near| format!("did you mean `{near}`?")),
                );
            }
        }
    }
}

/// The unit of the calendar that files call so.
pub(super) fn unit_of(name: &str) -> Option<CalendarUnit> {
    match name {
        "hour" => Some(CalendarUnit::Hour),
        "weekday" => Some(CalendarUnit::Weekday),
        "month" => Some(CalendarUnit::Month),
        _ => None,
    }
}

fn names(wanted: &[LevelName]) -> Vec<String> {
    let name = |level: &LevelName| match level {
        LevelName::Text(text) => text.clone(),
        LevelName::Flag(flag) => flag.to_string(),
    };
    wanted.iter().map(name).collect()
}

/// Where nearly all values of a column lie: less than one in ten thousand lies beyond.
fn reach(kind: &ColumnKind) -> [f64; 2] {
    let (ColumnKind::Real(marginal) | ColumnKind::Count(marginal) | ColumnKind::Fraction(marginal)) =
        kind
    else {
        return [f64::NEG_INFINITY, f64::INFINITY];
    };
    match marginal {
        Marginal::LongTail {
            median,
            p95,
            cap,
            floor,
            ..
        } => {
            // A heavy tail reaches as far above its 95th percentile as that lies above the median,
            // four times over.
            let far = p95 * (p95 / median).powi(4);
            [floor.unwrap_or(0.0), cap.map_or(far, |cap| cap.min(far))]
        }
        Marginal::Symmetric { low, high, .. } => {
            let width = high - low;
            [low - width, high + width]
        }
        Marginal::Rate { rate } => [0.0, rate + 8.0 * rate.max(1.0).sqrt()],
        Marginal::Share { .. } => [0.0, 1.0],
    }
}

/// The months that the data has, from 0.
fn months(spec: &ScenarioSpec) -> Vec<usize> {
    let start = parse_time(&spec.time.start).unwrap_or_default();
    let days = i64::from(spec.time.days.min(366));
    (0..days).map(|day| in_month(start + day * DAY).0).collect()
}
