//! What moves a column besides structures.

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::plan_columns::Driver;
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ColumnSpec, DriverSpec};

impl Checker<'_> {
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
