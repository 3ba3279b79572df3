//! Defects that take something away.

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::explore::share;
use crate::generate::{Instance, Upon};
use crate::measure::median;
use crate::table::Cells;

use super::draw::{bars_of_values, line};
use super::illustrate::Picture;
use super::middle::only;
use super::rows::Rows;
use super::traffic::Days;
use super::words::{day, value};

/// The values that are gone beside those that are left.
pub(super) fn blanked(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let Some(column) = instance.columns.first() else {
        return Picture::default();
    };
    let values = rows.before(column);
    let hit = rows.sample.marked(number);
    let gone = only(&values, |row| hit[row]);
    let left = only(&values, |row| !hit[row]);
    let facts = [
        ("median of what is gone", &gone),
        ("of what is left", &left),
    ]
    .into_iter()
    .filter_map(|(name, of)| Some((name.to_owned(), value(rows, column, median(of)?))))
    .collect();
    let series = [
        ("still there", left.as_slice(), Tone::Quiet),
        ("empty", gone.as_slice(), Tone::Alarm),
    ];
    let chart = bars_of_values(&series, column).map(|(x, marks)| Chart {
        title: format!("{column} as it was"),
        says: "Each side in per cent of its own rows: what is empty is not like what is left."
            .to_owned(),
        x,
        y: Axis::named("% of its rows"),
        marks,
    });
    Picture { chart, facts }
}

/// Rows of each day, as they were and as they were delivered.
pub(super) fn days(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let days = Days::of(rows);
    let delivered = days.counts();
    let missing = gone(rows);
    let moments = rows.surface_moments();
    let mut lost = vec![0.0; delivered.len()];
    for (row, gone) in missing.iter().enumerate() {
        if let (true, Some(moment)) = (*gone, moments[row])
            && let Some(count) = lost.get_mut(days.place(moment) as usize)
        {
            *count += 1.0;
        }
    }
    let course = |with: bool| -> Vec<(f64, f64)> {
        delivered
            .iter()
            .zip(&lost)
            .enumerate()
            .map(|(at, (rows, lost))| (at as f64 + 0.5, rows + if with { *lost } else { 0.0 }))
            .collect()
    };
    let mut marks = vec![
        line("as it was", course(true), Tone::Quiet),
        line("as delivered", course(false), Tone::Alarm),
    ];
    let mut facts = Vec::new();
    if let Some([from, _]) = instance.window {
        marks.push(Marks::Rule {
            at: days.place(from),
            name: day(from),
        });
        let after = |counts: &[f64]| -> f64 {
            let first = days.place(from).max(0.0) as usize;
            counts.iter().skip(first).sum()
        };
        let (there, not) = (after(&delivered), after(&lost));
        if there + not > 0.0 {
            facts.push((
                "not there, of the rows of these days".to_owned(),
                share(not / (there + not)),
            ));
        }
    }
    let chart = Chart {
        title: "Rows per day".to_owned(),
        says: "The end falls, and nothing fell: the rows had not arrived.".to_owned(),
        x: days.axis(),
        y: Axis::named("rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// The rows that are not there, along what decided it.
pub(super) fn removed(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let missing = gone(rows);
    let along = instance
        .propensity
        .as_ref()
        .map(|propensity| match &propensity.on {
            Upon::Latent(at) => {
                let name = &rows.key.world.latents[*at].name;
                (
                    name.clone(),
                    rows.sample.truth.cells(&format!("factor.{name}")),
                )
            }
            Upon::Column(name) => (name.clone(), rows.sample.surface.cells(name)),
        });
    let Some((name, values)) =
        along.and_then(|(name, cells)| Some((name, cells.and_then(Cells::numbers)?)))
    else {
        return Picture::default();
    };
    let values: Vec<f64> = values
        .into_iter()
        .map(|value| value.unwrap_or(f64::NAN))
        .collect();
    let out = only(&values, |row| missing[row]);
    let there = only(&values, |row| !missing[row]);
    let series = [
        ("delivered", there.as_slice(), Tone::Quiet),
        ("not delivered", out.as_slice(), Tone::Alarm),
    ];
    let chart = bars_of_values(&series, &name).map(|(x, marks)| Chart {
        title: format!("Rows along {name}"),
        says: "Each side in per cent of its own rows: what is not there is not like what is."
            .to_owned(),
        x,
        y: Axis::named("% of its rows"),
        marks,
    });
    Picture {
        chart,
        facts: Vec::new(),
    }
}

/// Per source row of the sample, whether it was not delivered.
fn gone(rows: &Rows<'_>) -> Vec<bool> {
    let mut gone = vec![true; rows.sample.surface.rows()];
    for base in &rows.sample.base {
        gone[*base] = false;
    }
    gone
}
