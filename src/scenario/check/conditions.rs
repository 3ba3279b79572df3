//! What has to hold of a row, so that a column is filled or a phrase written.

use super::checker::Checker;
use super::drivers::MONTHS;
use crate::scenario::library::closest;
use crate::scenario::locate::Step;
use crate::scenario::plan_columns::{ColumnPlan, Kind};
use crate::scenario::plan_drivers::Condition;
use crate::scenario::spec_columns::{ConditionSpec, RangeSpec};

impl Checker<'_> {
    /// A condition on column `at`, which is `plan`.
    pub(super) fn condition(
        &mut self,
        at: usize,
        plan: &ColumnPlan,
        wanted: &ConditionSpec,
        path: &[Step<'_>],
    ) -> Option<Condition> {
        let levels: Vec<&str> = match &plan.kind {
            Kind::Category { levels, .. } => levels.iter().map(|l| l.name.as_str()).collect(),
            Kind::Flag { .. } => vec!["true", "false"],
            Kind::Real(_) | Kind::Count(_) | Kind::Fraction(_) | Kind::Derived { .. } => {
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
        self.known(&plan.name, wanted, &levels, path);
        Some(Condition::Levels {
            column: at,
            levels: wanted.clone(),
        })
    }

    /// The months of the year.
    pub(super) fn months(
        &mut self,
        wanted: &ConditionSpec,
        path: &[Step<'_>],
    ) -> Option<Condition> {
        let ConditionSpec::Levels(wanted) = wanted else {
            let says = "found a range of months, expected a list as [\"May\", \"June\"]";
            self.problem(path, says, None);
            return None;
        };
        self.known("month", wanted, &MONTHS, path);
        let place = |name: &String| MONTHS.iter().position(|month| month == name);
        Some(Condition::Months(wanted.iter().filter_map(place).collect()))
    }

    fn number(
        &mut self,
        at: usize,
        plan: &ColumnPlan,
        wanted: &ConditionSpec,
        path: &[Step<'_>],
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
        let (from, to) = (
            from.unwrap_or(f64::NEG_INFINITY),
            to.unwrap_or(f64::INFINITY),
        );
        self.require(from.is_finite() || to.is_finite(), path, || {
            "found neither `from` nor `to`".to_owned()
        });
        self.require(from <= to, path, || {
            format!("found a range from {from} to {to}, which no number lies in")
        });
        Some(Condition::Range {
            column: at,
            from,
            to,
        })
    }

    /// That all of `wanted` are among the levels.
    fn known(&mut self, whose: &str, wanted: &[String], levels: &[&str], path: &[Step<'_>]) {
        self.require(!wanted.is_empty(), path, || "no level is named".to_owned());
        for name in wanted {
            if !levels.contains(&name.as_str()) {
                let hint = closest(name, levels.iter().copied())
                    .map(|near| format!("did you mean `{near}`?"));
                let says = format!(
                    "`{whose}` has no level `{name}`, expected some of {}",
                    levels.join(", ")
                );
                self.problem(path, says, hint);
            }
        }
    }
}
