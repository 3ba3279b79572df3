//! Another time zone: the hours of the day of one source beside the others'.

use crate::chart::{Axis, Chart, Tone};
use crate::generate::Instance;
use crate::scenario::{Effect, record_of};

use super::draw::line;
use super::illustrate::Picture;
use super::rows::Rows;

/// Bins of a day: half hours, since zones may differ by half an hour.
const HALF_HOURS: usize = 48;
/// Milliseconds in half an hour.
const HALF_HOUR: i64 = 1_800_000;

/// Hours of the day of the rows that were moved (of all rows of their source), and of others.
pub(super) fn hours(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let (name, inside_rows): (String, Vec<bool>) = match &instance.source {
        Some(source) => {
            let levels = rows.levels(&source.column);
            let of_source = |level: &Option<_>| level.as_deref() == Some(source.level.as_str());
            (source.level.clone(), levels.iter().map(of_source).collect())
        }
        None => (
            format!(
                "{} {}s",
                instance.entities.len(),
                rows.setup.scenario.entity.name
            ),
            rows.sample.marked(number),
        ),
    };
    let moments = rows.moments();
    let profile = |inside: bool| -> Option<[f64; HALF_HOURS]> {
        let mut counts = [0.0; HALF_HOURS];
        for (marked, moment) in inside_rows.iter().zip(&moments) {
            if let Some(moment) = moment.filter(|_| *marked == inside) {
                counts[moment.div_euclid(HALF_HOUR).rem_euclid(HALF_HOURS as i64) as usize] += 1.0;
            }
        }
        let sum: f64 = counts.iter().sum();
        (sum > 0.0).then(|| counts.map(|count| 100.0 * count / sum))
    };
    let (Some(theirs), Some(others)) = (profile(true), profile(false)) else {
        return Picture::default();
    };
    // Only a clock that is off by one time can be moved back.
    let facts = if record_of(instance.kind).effect == Effect::ShiftTime {
        vec![(
            "agrees best with the others when moved by".to_owned(),
            format!("{} h", shown_hours(-best_shift(&theirs, &others))),
        )]
    } else {
        Vec::new()
    };
    // Whole hours are smoother, and enough for the eye.
    let course = |profile: &[f64; HALF_HOURS]| {
        let hours = profile.chunks(2).enumerate();
        hours
            .map(|(hour, halves)| (hour as f64 + 0.5, halves.iter().sum()))
            .collect()
    };
    let chart = Chart {
        title: format!("Hours of the day, {name} and the others"),
        says: if facts.is_empty() {
            "Two days that cannot both be people's.".to_owned()
        } else {
            "The same day, moved.".to_owned()
        },
        x: Axis {
            label: "hour as delivered".to_owned(),
            range: Some((0.0, 24.0)),
            ticks: (0..=24)
                .step_by(6)
                .map(|hour| (f64::from(hour), format!("{hour}:00")))
                .collect(),
        },
        y: Axis::named("% of its rows"),
        marks: vec![
            line("others", course(&others), Tone::Quiet),
            line(&name, course(&theirs), Tone::Alarm),
        ],
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Half hours by which `theirs` lies later than `others`, from −12 to 12 hours.
fn best_shift(theirs: &[f64; HALF_HOURS], others: &[f64; HALF_HOURS]) -> i64 {
    let half = HALF_HOURS as i64 / 2;
    let distance = |shift: i64| -> f64 {
        (0..HALF_HOURS)
            .map(|at| {
                let from = (at as i64 + shift).rem_euclid(HALF_HOURS as i64) as usize;
                (theirs[from] - others[at]).powi(2)
            })
            .sum()
    };
    (1 - half..=half)
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .unwrap_or(0)
}

fn shown_hours(halves: i64) -> String {
    let sign = if halves < 0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", halves.unsigned_abs() as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_moved_by_hours_is_found() {
        let day: [f64; HALF_HOURS] = std::array::from_fn(|at| ((at as f64) * 0.13).sin());
        let moved: [f64; HALF_HOURS] =
            std::array::from_fn(|at| day[(at + HALF_HOURS - 11) % HALF_HOURS]);
        assert_eq!(shown_hours(best_shift(&moved, &day)), "+5.5");
    }
}
