//! Dependence between columns that does not come from structures: one follows another, one is empty
//! where another says so, a later moment waits for business hours.

use crate::random::Stream;
use crate::scenario::{BusinessHours, CalendarUnit, ColumnPlan, Condition, TimePlan};
use crate::table::{Cell, Cells, DAY, HOUR, Text, in_month};

use super::effects::EarlierColumns;
use crate::generate::latents::time::weekday;

/// Normal scores that follow those of the parent column with the requested correlation; unchanged
/// for a column without parent.
pub(crate) fn follow_column(
    plan: &ColumnPlan,
    mut own: Vec<f64>,
    earlier: &EarlierColumns,
) -> Vec<f64> {
    let Some((leader, by)) = plan.follows else {
        return own;
    };
    if let Some(scores) = earlier.scores(leader) {
        let rest = libm::sqrt(1.0 - by * by);
        for (own, score) in own.iter_mut().zip(scores) {
            *own = by * score + rest * *own;
        }
    }
    own
}

/// The rows in which a condition holds; `cells` returns the cells of a column of the scenario.
pub(crate) fn condition_mask<'c>(
    condition: &Condition,
    cells: impl Fn(usize) -> Option<&'c Cells>,
    moments: &[i64],
) -> Option<Vec<bool>> {
    let rows = match condition {
        Condition::Levels { column, levels } => at_levels(cells(*column)?, levels),
        Condition::Range { column, from, to } => {
            let inside = |value: Option<f64>| value.is_some_and(|v| (*from..=*to).contains(&v));
            let numbers = cells(*column)?.numbers()?;
            numbers.into_iter().map(inside).collect()
        }
        Condition::Calendar { unit, places } => {
            let place = |moment: i64| match unit {
                CalendarUnit::Hour => (moment.rem_euclid(DAY) / HOUR) as usize,
                CalendarUnit::Weekday => weekday(moment),
                CalendarUnit::Month => in_month(moment).0,
            };
            let inside = |moment: &i64| places.contains(&place(*moment));
            moments.iter().map(inside).collect()
        }
    };
    Some(rows)
}

fn at_levels(cells: &Cells, levels: &[String]) -> Vec<bool> {
    let is = |text: &str| levels.iter().any(|level| level == text);
    match cells {
        Cells::Text(values) => {
            let known = |text: &Option<Text>| text.as_ref().is_some_and(|text| is(text));
            values.iter().map(known).collect()
        }
        Cells::Flag(values) => {
            let (yes, no) = (is("true"), is("false"));
            let fits = |value: &Option<bool>| value.is_some_and(|v| if v { yes } else { no });
            values.iter().map(fits).collect()
        }
        other => vec![true; other.len()],
    }
}

/// Remove the cells that are missing by design, not by a defect; `fits` returns the rows in which a
/// condition holds.
pub(crate) fn apply_missingness(
    plan: &ColumnPlan,
    mut cells: Cells,
    stream: &Stream,
    fits: impl Fn(&Condition) -> Option<Vec<bool>>,
) -> Cells {
    if let Some(rows) = plan.empty.condition.as_ref().and_then(fits) {
        for (row, fits) in rows.into_iter().enumerate() {
            if !fits {
                cells.set(row, Cell::Missing);
            }
        }
    }
    if plan.empty.share > 0.0 {
        let mut draws = stream.fork(&format!("observe/{}/empty", plan.name)).draws();
        for row in 0..cells.len() {
            if draws.chance(plan.empty.share) {
                cells.set(row, Cell::Missing);
            }
        }
    }
    cells
}

/// The first moment within business hours at or after `moment`, never on a closed day; none if it
/// is after the end of the data.
pub(crate) fn next_business_time(desk: BusinessHours, moment: i64, time: &TimePlan) -> Option<i64> {
    let end = time.start + i64::from(time.days) * DAY;
    let shut = |day: i64| {
        let weekend = desk.workdays && weekday(day * DAY) >= 5;
        let first = time.start.div_euclid(DAY);
        let closed = time.closed.iter().any(|one| first + i64::from(*one) == day);
        weekend || closed && (desk.workdays || desk.hours.is_some())
    };
    let [open, close] = desk.hours.unwrap_or([0, 24]).map(i64::from);
    let (mut day, inside) = (moment.div_euclid(DAY), moment.rem_euclid(DAY));
    let mut waits = inside < open * HOUR;
    if inside >= close * HOUR {
        (day, waits) = (day + 1, true);
    }
    while shut(day) {
        (day, waits) = (day + 1, true);
    }
    let moment = if waits {
        // Minutes and seconds of the time decide how soon after opening it is handled, without
        // another draw: four times the average density in the first minutes, then less, and no
        // spike at opening.
        let place = inside.rem_euclid(HOUR) as f64 / HOUR as f64;
        let reach = ((close - open) * HOUR) as f64;
        day * DAY + open * HOUR + (place * (0.25 + 0.75 * place) * reach) as i64
    } else {
        moment
    };
    (!desk.cut_off || moment < end).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::parse_time;

    #[test]
    fn what_comes_at_night_is_done_in_the_morning_of_the_next_workday() {
        let desk = BusinessHours {
            hours: Some([8, 18]),
            workdays: true,
            cut_off: true,
        };
        let at = |text: &str| parse_time(text).unwrap();
        let time = TimePlan {
            start: at("2026-03-02"),
            days: 29,
            hours: vec![1.0; 24],
            weekdays: vec![1.0; 7],
            growth: 1.0,
            // Wednesday, 2026-03-11
            closed: vec![9],
        };
        let next_business_time = |moment| next_business_time(desk, moment, &time);
        // 2026-03-06 was a Friday.
        assert_eq!(
            next_business_time(at("2026-03-06 17:30:00")),
            Some(at("2026-03-06 17:30:00"))
        );
        assert_eq!(
            next_business_time(at("2026-03-06 18:30:00")),
            Some(at("2026-03-09 11:07:30"))
        );
        assert_eq!(
            next_business_time(at("2026-03-10 03:00:00")),
            Some(at("2026-03-10 08:00:00"))
        );
        assert_eq!(
            next_business_time(at("2026-03-10 20:30:00")),
            Some(at("2026-03-12 11:07:30"))
        );
        assert_eq!(next_business_time(at("2026-03-30 19:00:00")), None);
    }
}
