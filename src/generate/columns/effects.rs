//! Effects on a column's predictor that do not come from structures: time, calendar, categories, random effects.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::random::normal_quantile;
use crate::scenario::{
    CalendarUnit, CategoryLevel, ColumnKind, ColumnPlan, Effect, EffectScope, ParentColumn,
};
use crate::table::{DAY, HOUR, in_month};

use crate::generate::latents::draw::Latents;
use crate::generate::latents::entities::Entities;
use crate::generate::latents::time::weekday;

/// What later columns of a table read of earlier ones.
#[derive(Debug, Default)]
pub(crate) struct EarlierColumns {
    /// Level of each row, for columns that have an effect on others.
    codes: BTreeMap<usize, Vec<u32>>,
    /// Normal score of each row, for columns that others follow.
    scores: BTreeMap<usize, Vec<f64>>,
}

impl EarlierColumns {
    /// No earlier columns.
    pub(crate) const NOTHING: &Self = &Self {
        codes: BTreeMap::new(),
        scores: BTreeMap::new(),
    };

    /// Keep what later columns read of column `at`; `scores` are normal scores by row.
    pub(crate) fn keep(&mut self, at: usize, plans: &[ColumnPlan], scores: Vec<f64>) {
        if drives(plans, at) {
            self.codes.insert(at, levels_of(&plans[at], &scores));
        }
        if leads(plans, at) {
            self.scores.insert(at, scores);
        }
    }

    /// Normal scores of a column that others follow.
    pub(crate) fn scores(&self, at: usize) -> Option<&[f64]> {
        self.scores.get(&at).map(Vec::as_slice)
    }
}

/// What the effects on one column read, apart from the rows themselves.
#[derive(Clone, Copy)]
pub(crate) struct EffectInputs<'a> {
    /// Earlier columns of the same table.
    pub(crate) earlier: &'a EarlierColumns,
    /// For each random effect, a standard normal per day or entity, and level.
    pub(crate) random_effects: &'a [Vec<f64>],
    /// The first day of the data, in milliseconds since 1970.
    pub(crate) start: i64,
}

/// Add the effects on the rows from `from` on to their `values`.
pub(crate) fn drive(
    plan: &ColumnPlan,
    inputs: &EffectInputs<'_>,
    latents: &Latents,
    entities: &Entities,
    (from, values): (usize, &mut [f64]),
) {
    let rows = from..from + values.len();
    let code = |of: &ParentColumn| codes(*of, inputs, latents, entities, rows.clone());
    for (at, driver) in plan.effects.iter().enumerate() {
        match driver {
            Effect::Time { weight } => {
                for (value, age) in values.iter_mut().zip(&latents.ages[rows.clone()]) {
                    *value += weight * (age - 0.5);
                }
            }
            Effect::Size { weight } => {
                let sizes = entities.sizes();
                for (value, owner) in values.iter_mut().zip(&latents.entities[rows.clone()]) {
                    *value += weight * sizes[*owner];
                }
            }
            Effect::Calendar { unit, shifts } => {
                let mut shift = calendar(*unit, shifts);
                for (value, moment) in values.iter_mut().zip(&latents.moments[rows.clone()]) {
                    *value += shift(*moment);
                }
            }
            Effect::Category { of, shifts } => {
                for (value, code) in values.iter_mut().zip(code(of)) {
                    *value += shifts.get(code).copied().unwrap_or(0.0);
                }
            }
            Effect::Random {
                scope: whose,
                by,
                weight,
            } => {
                let random_effects = &inputs.random_effects[at];
                let (levels, code) = match by {
                    Some((of, shares)) => (shares.len(), Some(code(of))),
                    None => (1, None),
                };
                let whose = rows.clone().map(|row| match whose {
                    EffectScope::Entity => latents.entities[row],
                    EffectScope::Day => {
                        let day = (latents.moments[row] - inputs.start).div_euclid(DAY);
                        // Events after the last day count for the last day.
                        (day.max(0) as usize).min(random_effects.len() / levels - 1)
                    }
                });
                let code = code.into_iter().flatten().chain(std::iter::repeat(0));
                for ((value, owner), code) in values.iter_mut().zip(whose).zip(code) {
                    *value += weight * random_effects[owner * levels + code];
                }
            }
        }
    }
}

/// Level of each row in a column that has an effect on others.
fn codes<'a>(
    of: ParentColumn,
    inputs: &EffectInputs<'a>,
    latents: &'a Latents,
    entities: &'a Entities,
    rows: Range<usize>,
) -> Box<dyn Iterator<Item = usize> + 'a> {
    match of {
        ParentColumn::Entity(column) => {
            let levels = entities.levels(column);
            let owners = latents.entities[rows].iter();
            Box::new(owners.map(move |owner| levels.map_or(0, |levels| levels[*owner] as usize)))
        }
        ParentColumn::Row(column) => {
            let known = inputs
                .earlier
                .codes
                .get(&column)
                .map_or(&[][..], Vec::as_slice);
            let codes = known.get(rows).unwrap_or_default();
            Box::new(codes.iter().map(|code| *code as usize))
        }
    }
}

/// The shift of each moment; remembered for moments of the same day.
fn calendar(unit: CalendarUnit, shifts: &[f64]) -> impl FnMut(i64) -> f64 + '_ {
    let mut known = (i64::MIN, 0.0);
    move |moment| {
        let day = moment.div_euclid(DAY);
        match unit {
            CalendarUnit::Hour => return shifts[(moment.rem_euclid(DAY) / HOUR) as usize],
            _ if known.0 == day => {}
            CalendarUnit::Weekday => known = (day, shifts[weekday(moment)]),
            CalendarUnit::Month => known = (day, season(shifts, moment)),
        }
        known.1
    }
}

/// Linear interpolation between the middles of two months.
fn season(shifts: &[f64], moment: i64) -> f64 {
    let (month, place) = in_month(moment);
    let (other, share) = if place < 0.5 {
        (month + 11, 0.5 - place)
    } else {
        (month + 1, place - 0.5)
    };
    shifts[month] * (1.0 - share) + shifts[other % 12] * share
}

/// Whether a later column reads column `at` of its table.
pub(crate) fn is_read(columns: &[ColumnPlan], at: usize) -> bool {
    drives(columns, at) || leads(columns, at)
}

/// Whether a column drives others of its table.
fn drives(columns: &[ColumnPlan], at: usize) -> bool {
    let by = |driver: &Effect| match driver {
        Effect::Category { of, .. }
        | Effect::Random {
            by: Some((of, _)), ..
        } => *of == ParentColumn::Row(at),
        _ => false,
    };
    columns.iter().any(|plan| plan.effects.iter().any(by))
}

/// Whether other columns of its table follow a column.
fn leads(columns: &[ColumnPlan], at: usize) -> bool {
    let along = |plan: &ColumnPlan| plan.follows.is_some_and(|(leader, _)| leader == at);
    columns.iter().any(along)
}

/// The levels for normal scores in a category or flag; for a flag, 0 is false and 1 true.
pub(crate) fn levels_of(plan: &ColumnPlan, scores: &[f64]) -> Vec<u32> {
    let cuts = match &plan.kind {
        ColumnKind::Category { levels, .. } => cuts(levels),
        ColumnKind::Flag { share, .. } => vec![normal_quantile(1.0 - share)],
        _ => Vec::new(),
    };
    let level = |t: &f64| cuts.partition_point(|cut| cut <= t) as u32;
    scores.iter().map(level).collect()
}

/// Normal scores between the levels of a category.
pub(crate) fn cuts(levels: &[CategoryLevel]) -> Vec<f64> {
    let mut sum = 0.0;
    levels[..levels.len() - 1]
        .iter()
        .map(|level| {
            sum += level.share;
            normal_quantile(sum.clamp(0.0, 1.0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::parse_time;

    #[test]
    fn a_season_goes_from_month_to_month_without_a_step() {
        let mut shifts = vec![0.0; 12];
        shifts[6] = 1.0;
        let at = |text: &str| season(&shifts, parse_time(text).unwrap());
        assert!((at("2025-07-16T12:00:00") - 1.0).abs() < 0.01);
        assert!((at("2025-07-31T23:00:00") - 0.5).abs() < 0.02);
        assert!((at("2025-08-01T01:00:00") - 0.5).abs() < 0.02);
        assert!(at("2025-09-20").abs() < 1e-12);
    }
}
