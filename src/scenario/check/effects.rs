//! Effects on columns besides structures.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::{CategoryLevel, ColumnKind, ColumnPlan};
use crate::scenario::plan_effects::{CalendarUnit, Effect, EffectScope, ParentColumn};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ColumnSpec, EffectSpec};
use crate::scenario::suggest::closest;

/// In standard deviations: beyond this, nothing else is left of a column.
const STRONGEST: f64 = 10.0;
/// In standard deviations: larger random effects hide every structure.
const MOST_RANDOM: f64 = 2.0;

/// Days of the week as files name them.
const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Months as files name them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Location of an effect in the file.
#[derive(Clone, Copy)]
struct EffectLocation<'a> {
    column: usize,
    name: &'a str,
}

impl Checker<'_> {
    /// The effects on a column; `before` are the earlier columns of its table.
    pub(super) fn effects(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
        before: &[ColumnPlan],
    ) -> Vec<Effect> {
        let moved = match column.kind.as_str() {
            "timestamp" => column.after.is_some(),
            "category" => column.per.is_none(),
            kind => matches!(kind, "real" | "count" | "fraction" | "flag" | "embedding"),
        };
        let here = [Key("column"), Item(at), Key("effects")];
        self.require(moved || column.effects.is_empty(), &here, || {
            let whose = column.per.as_ref().map_or("", |_| " of an entity");
            format!("`effects` on a column of kind `{}`{whose}", column.kind)
        });
        let mut effects = Vec::new();
        for (name, effect) in &column.effects {
            let place = EffectLocation { column: at, name };
            let Some(effect) = self.effect(place, effect, spec, before) else {
                continue;
            };
            let constant = matches!(
                effect,
                Effect::Size { .. }
                    | Effect::Category {
                        of: ParentColumn::Entity(_),
                        ..
                    }
            );
            if column.per.is_some() && !constant {
                let says = format!(
                    "`{name}` has no effect on a number that is constant per entity, expected `size` or a \
                     category per {}",
                    spec.entity.name
                );
                let hint = "remove it, or use `changes = true`".to_owned();
                self.problem(&path(place), says, Some(hint));
            }
            effects.push(effect);
        }
        effects
    }

    fn effect(
        &mut self,
        place: EffectLocation<'_>,
        effect: &EffectSpec,
        spec: &ScenarioSpec,
        before: &[ColumnPlan],
    ) -> Option<Effect> {
        match place.name {
            "time" => self
                .weight(place, effect)
                .map(|weight| Effect::Time { weight }),
            "size" => self
                .weight(place, effect)
                .map(|weight| Effect::Size { weight }),
            "hour" => self.calendar(place, effect, CalendarUnit::Hour),
            "weekday" => self.calendar(place, effect, CalendarUnit::Weekday),
            "month" => self.calendar(place, effect, CalendarUnit::Month),
            "day" => self.random(place, effect, EffectScope::Day, spec, before),
            name if name == spec.entity.name => {
                self.random(place, effect, EffectScope::Entity, spec, before)
            }
            name => {
                let (of, levels) = self.parent(name, place, spec, before)?;
                let levels: Vec<&str> = levels.iter().map(|level| level.name.as_str()).collect();
                let shifts = self.shifts(place, effect, &levels)?;
                Some(Effect::Category { of, shifts })
            }
        }
    }

    fn weight(&mut self, place: EffectLocation<'_>, effect: &EffectSpec) -> Option<f64> {
        let path = path(place);
        match effect {
            EffectSpec::Weight(weight) => {
                self.range(*weight, -STRONGEST, STRONGEST, &path);
                Some(*weight)
            }
            EffectSpec::Levels(_) => {
                let says = format!("`{}` has no levels, expected a number", place.name);
                self.problem(&path, says, None);
                None
            }
        }
    }

    fn calendar(
        &mut self,
        place: EffectLocation<'_>,
        effect: &EffectSpec,
        unit: CalendarUnit,
    ) -> Option<Effect> {
        let names = names_in(unit);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let shifts = self.shifts(place, effect, &names)?;
        Some(Effect::Calendar { unit, shifts })
    }

    fn random(
        &mut self,
        place: EffectLocation<'_>,
        effect: &EffectSpec,
        scope: EffectScope,
        spec: &ScenarioSpec,
        before: &[ColumnPlan],
    ) -> Option<Effect> {
        let (by, weight) = match effect {
            EffectSpec::Weight(weight) => (None, *weight),
            EffectSpec::Levels(by) => {
                self.require(by.len() == 1, &path(place), || {
                    format!("found {} columns, expected one", by.len())
                });
                let (name, weight) = by.first_key_value()?;
                if WEEKDAYS.contains(&name.as_str()) {
                    let says =
                        format!("`{name}` is not a category: `day` is a random effect per day");
                    let hint = format!("did you mean `weekday = {{ {name} = {weight} }}`?");
                    self.problem(&path(place), says, Some(hint));
                    return None;
                }
                let (of, levels) = self.parent(name, place, spec, before)?;
                let shares = levels.iter().map(|level| level.share).collect();
                (Some((of, shares)), *weight)
            }
        };
        self.range(weight, -MOST_RANDOM, MOST_RANDOM, &path(place));
        Some(Effect::Random { scope, by, weight })
    }

    /// A shift for each of `names`; 0 for those that are left out.
    fn shifts(
        &mut self,
        place: EffectLocation<'_>,
        effect: &EffectSpec,
        names: &[&str],
    ) -> Option<Vec<f64>> {
        let EffectSpec::Levels(shifts) = effect else {
            let says = "expected a shift for each level, as { level = 0.5 }";
            self.problem(&path(place), says, None);
            return None;
        };
        self.shift_names(place, shifts, names);
        for shift in shifts.values() {
            self.range(*shift, -STRONGEST, STRONGEST, &path(place));
        }
        let shift = |name: &&str| shifts.get(*name).copied().unwrap_or(0.0);
        Some(names.iter().map(shift).collect())
    }

    fn shift_names(
        &mut self,
        place: EffectLocation<'_>,
        shifts: &BTreeMap<String, f64>,
        names: &[&str],
    ) {
        for level in shifts
            .keys()
            .filter(|level| !names.contains(&level.as_str()))
        {
            let [column, at, effects, effect] = path(place);
            let number = |name: &str| name.parse::<u32>().ok();
            let same = |name: &&&str| number(name).is_some_and(|one| number(level) == Some(one));
            let near = names.iter().find(same).copied().or_else(|| {
                // Of numbers, the one that looks alike is another.
                let words = names.iter().copied().filter(|name| number(name).is_none());
                closest(level, words)
            });
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let says = format!(
                "`{}` has no level `{level}`, expected one of {}",
                place.name,
                names.join(", ")
            );
            self.problem(&[column, at, effects, effect, Key(level)], says, hint);
        }
    }

    /// The category or flag called `name`, and its levels.
    fn parent(
        &mut self,
        name: &str,
        place: EffectLocation<'_>,
        spec: &ScenarioSpec,
        before: &[ColumnPlan],
    ) -> Option<(ParentColumn, Vec<CategoryLevel>)> {
        let of_entity = spec.column.iter().position(|other| {
            other.name == name && other.kind == "category" && other.per.is_some()
        });
        if let Some(column) = of_entity {
            let levels = spec.column[column].levels.iter().flatten();
            let level = |level: &crate::scenario::spec_columns::LevelSpec| CategoryLevel {
                name: level.name.clone(),
                share: level.share,
            };
            return Some((ParentColumn::Entity(column), levels.map(level).collect()));
        }
        let Some(column) = before.iter().position(|plan| plan.name == name) else {
            if self.names.iter().any(|known| known == name) {
                let says = format!("`{name}` is not an earlier column");
                let hint =
                    "a column with an effect on another comes before it: move it up".to_owned();
                self.problem(&path(place), says, Some(hint));
                return None;
            }
            let categories = spec.column.iter().filter(|c| c.per.is_some());
            let categories = categories.filter(|c| c.kind == "category");
            let known = categories.map(|c| c.name.as_str());
            let rows = before.iter().filter(|plan| !levels_of(plan).is_empty());
            let known = known.chain(rows.map(|plan| plan.name.as_str()));
            let words = [
                "time",
                "size",
                "hour",
                "weekday",
                "month",
                "day",
                &spec.entity.name,
            ];
            let near = if name == "entity" {
                Some(spec.entity.name.as_str())
            } else {
                closest(name, known.chain(words))
            };
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let says = format!(
                "`{name}` is nothing that can have an effect, expected a category per {entity}, an earlier \
                 category or flag, `time`, `size`, `hour`, `weekday`, `month`, `day` or \
                 `{entity}`",
                entity = spec.entity.name
            );
            self.problem(&path(place), says, hint);
            return None;
        };
        let plan = &before[column];
        let levels = levels_of(plan);
        if levels.is_empty() {
            let kind = plan.kind.word();
            let says = format!("`{name}` is of kind `{kind}`, expected a category or a flag");
            let hint = match kind {
                "reference" => Some(format!("did you mean `{}`?", spec.entity.name)),
                "real" | "count" | "fraction" => {
                    Some("for an effect of a number, use `follows`".to_owned())
                }
                _ => None,
            };
            self.problem(&path(place), says, hint);
        }
        let full = plan.empty.share <= 0.0 && plan.empty.condition.is_none();
        self.require(full, &path(place), || {
            format!("`{name}` has empty cells, so it cannot have an effect")
        });
        self.require(!plan.is_outcome(), &path(place), || {
            format!("`{name}` is the outcome, which cannot have effects")
        });
        (!levels.is_empty()).then_some((ParentColumn::Row(column), levels))
    }
}

/// The hours, days or months as files name them.
pub(super) fn names_in(unit: CalendarUnit) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match unit {
        CalendarUnit::Hour => (0..24).map(|hour: u32| hour.to_string()).collect(),
        CalendarUnit::Weekday => owned(&WEEKDAYS),
        CalendarUnit::Month => owned(&MONTHS),
    }
}

fn path(place: EffectLocation<'_>) -> [crate::scenario::locate::PathStep<'_>; 4] {
    [
        Key("column"),
        Item(place.column),
        Key("effects"),
        Key(place.name),
    ]
}

/// Levels of a category or flag, false before true.
fn levels_of(plan: &ColumnPlan) -> Vec<CategoryLevel> {
    let level = |name: &str, share: f64| CategoryLevel {
        name: name.to_owned(),
        share,
    };
    match &plan.kind {
        ColumnKind::Category { levels, .. } => levels.clone(),
        ColumnKind::Flag { share, .. } => vec![level("false", 1.0 - share), level("true", *share)],
        _ => Vec::new(),
    }
}
