//! Another time zone: the hours of the day of one source beside the others'.

use crate::chart::{Axis, Chart, Tone};
use crate::generate::Instance;

use super::draw::line;
use super::illustrate::Picture;
use super::rows::Rows;

/// Bins of a day: half hours, since zones may differ by half an hour.
const HALF_HOURS: usize = 48;
/// Milliseconds in half an hour.
const HALF_HOUR: i64 = 1_800_000;

/// Hours of the day at the source and elsewhere.
pub(super) fn hours(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let Some(source) = &instance.source else {
        return Picture::default();
    };
    let levels = rows.levels(&source.column);
    let moments = rows.moments();
    let profile = |inside: bool| -> Option<[f64; HALF_HOURS]> {
        let mut counts = [0.0; HALF_HOURS];
        for (level, moment) in levels.iter().zip(&moments) {
            let of_source = level.as_deref() == Some(source.level.as_str());
            if let Some(moment) = moment.filter(|_| of_source == inside) {
                counts[moment.div_euclid(HALF_HOUR).rem_euclid(HALF_HOURS as i64) as usize] += 1.0;
            }
        }
        let sum: f64 = counts.iter().sum();
        (sum > 0.0).then(|| counts.map(|count| 100.0 * count / sum))
    };
    let (Some(theirs), Some(others)) = (profile(true), profile(false)) else {
        return Picture::default();
    };
    let facts = vec![(
        "agrees best with the others when moved back by".to_owned(),
        format!("{} h", shown_hours(best_shift(&theirs, &others))),
    )];
    // Whole hours are smoother, and enough for the eye.
    let course = |profile: &[f64; HALF_HOURS]| {
        let hours = profile.chunks(2).enumerate();
        hours
            .map(|(hour, halves)| (hour as f64 + 0.5, halves.iter().sum()))
            .collect()
    };
    let chart = Chart {
        title: format!("Hours of the day, {} and the others", source.level),
        says: "The same day, moved.".to_owned(),
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
            line("other levels", course(&others), Tone::Quiet),
            line(&source.level, course(&theirs), Tone::Alarm),
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
