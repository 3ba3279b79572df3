//! The regime: what changed at a date.

use crate::chart::{Axis, Chart, Marks};
use crate::generate::Finding;
use crate::table::DAY;

use super::draw::{TONES, line};
use super::illustrate::Picture;
use super::middle::{Middle, only};
use super::rows::Rows;
use super::slopes::{coded, drawable};
use super::traffic::Days;
use super::words::{day, span};

/// The middle of fewer rows than this is noise.
const LEAST_ROWS: usize = 8;

/// Daily middles of the columns, as a share of what they were before.
pub(super) fn regime(rows: &Rows<'_>, finding: &Finding) -> Picture {
    let Some(regime) = &rows.key.world.regime else {
        return Picture::default();
    };
    let days = Days::of(rows);
    let from = days.place(regime.from);
    let to = from + regime.ramp_days;
    let mut facts = Vec::new();
    let mut marks = Vec::new();
    for (name, tone) in drawable(rows, finding).zip(TONES) {
        let values = rows.clean(name);
        let before = only(&values, |row| days.at(row).is_some_and(|at| at < from));
        let middle = Middle::above_zero(&values, &before);
        let inside = |low: f64, high: f64| {
            let of = only(&values, |row| {
                days.at(row).is_some_and(|at| (low..high).contains(&at))
            });
            middle.at(&of)
        };
        let (Some(before), Some(after)) = (inside(f64::MIN, from), inside(to, f64::MAX)) else {
            continue;
        };
        facts.push((
            format!("{} {}, before and after", middle.word(), coded(rows, name)),
            span(rows, name, before, after),
        ));
        if before.abs() < f64::MIN_POSITIVE {
            continue;
        }
        let daily = days.split(&values).into_iter().enumerate();
        let course = daily
            .filter(|(_, values)| values.len() >= LEAST_ROWS)
            .filter_map(|(at, values)| {
                Some((at as f64 + 0.5, 100.0 * middle.at(&values)? / before))
            });
        marks.push(line(&rows.called(name), course.collect(), tone));
    }
    if regime.ramp_days > 0.0 {
        let last = regime.from + (regime.ramp_days * DAY as f64) as i64;
        facts.push((
            "from old to new".to_owned(),
            format!("{} to {}", day(regime.from), day(last)),
        ));
        marks.push(rule(to, format!("done {}", day(last))));
    }
    marks.push(rule(from, day(regime.from)));
    let chart = Chart {
        title: "Day by day, against the level before".to_owned(),
        says: "One value per day in per cent of the middle before the change; the level after it \
               is another."
            .to_owned(),
        x: days.axis(),
        y: Axis::named("% of before"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

fn rule(at: f64, name: String) -> Marks {
    Marks::Rule { at, name }
}
