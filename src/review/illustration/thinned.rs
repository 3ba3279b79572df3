//! Defects that take something away.

use std::ops::Range;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::{Instance, Upon};
use crate::measure::median;
use crate::table::Cells;
use crate::text::percent;

use super::draw::{bars_of_values, pairs};
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

/// Days shown before and after those on which rows are missing.
const DAYS_AROUND: u32 = 24;

/// Rows of each day around a window, as they were and as they were delivered, side by side.
pub(super) fn days(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let Some([from, to]) = instance.window else {
        return Picture::default();
    };
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
    let (first, end) = (days.place(from).max(0.0), days.place(to).max(0.0));
    let (x, shown) = days.near(first as u32, end.ceil() as u32, DAYS_AROUND);
    let counts = delivered.iter().zip(&lost).enumerate();
    let shown: Vec<(f64, f64, f64)> = counts
        .filter(|(at, _)| shown.contains(at))
        .map(|(at, (rows, lost))| (at as f64, rows + lost, *rows))
        .collect();
    let mut marks = pairs(&shown, ["as it was", "as delivered"]);
    marks.push(Marks::Rule {
        at: first,
        name: day(from),
    });
    let mut facts = Vec::new();
    if let Some(part) = not_there(&delivered, &lost, first as usize..end.ceil() as usize) {
        facts.push((
            "not there, of the rows of these days".to_owned(),
            percent(part),
        ));
    }
    let chart = Chart {
        title: "Rows per day, around these days".to_owned(),
        says: "Beside each day as it was stands what was delivered of it; from the line on it is \
               less."
            .to_owned(),
        x,
        y: Axis::named("rows"),
        marks,
    };
    Picture {
        chart: Some(chart),
        facts,
    }
}

/// Share of the rows of some days that are not there.
fn not_there(delivered: &[f64], lost: &[f64], days: Range<usize>) -> Option<f64> {
    let of = |counts: &[f64]| -> f64 {
        let inside = counts
            .iter()
            .enumerate()
            .filter(|(at, _)| days.contains(at));
        inside.map(|(_, count)| count).sum()
    };
    let (there, not) = (of(delivered), of(lost));
    (there + not > 0.0).then(|| not / (there + not))
}

/// The rows that are not there, along what decided it.
pub(super) fn removed(rows: &Rows<'_>, instance: &Instance) -> Picture {
    let missing = gone(rows);
    let along = instance
        .propensity
        .as_ref()
        .map(|propensity| match &propensity.on {
            Upon::Latent(at) => {
                let latent = &rows.key.world.latents[*at];
                let ends = format!("{} → {}", latent.low, latent.high);
                let cells = rows.sample.truth.cells(&format!("factor.{}", latent.name));
                (latent.about.clone(), ends, cells)
            }
            Upon::Column(name) => (name.clone(), name.clone(), rows.sample.surface.cells(name)),
        });
    let Some((name, label, values)) =
        along.and_then(|(name, label, cells)| Some((name, label, cells.and_then(Cells::numbers)?)))
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
    let chart = bars_of_values(&series, &label).map(|(x, marks)| Chart {
        title: format!("Rows that are there and rows that are not: {name}"),
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
