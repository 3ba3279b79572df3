//! The distribution of one column as a chart.

use crate::chart::{self, Axis, Chart, Marks, Tone};

use super::words::{count, number};
use super::{ColumnProfile, Histogram, dates};

/// How the values of a number or time column lie; `None` for columns of names, whose most
/// frequent values say it better in rows.
pub fn distribution(column: &ColumnProfile) -> Option<Chart> {
    let histogram = column.histogram.as_ref()?;
    let time = column.times.is_some();
    let (from, to) = (histogram.from, histogram.to());
    let mut marks = vec![Marks::Bars {
        name: String::new(),
        bars: histogram.bars(1.0),
        tone: Tone::First,
    }];
    let outside = overflow(histogram);
    if !outside.is_empty() {
        marks.push(Marks::Bars {
            name: beyond(histogram),
            bars: outside,
            tone: Tone::Quiet,
        });
    }
    Some(Chart {
        title: format!("Distribution of {}", column.name),
        says: says(column, histogram),
        x: Axis {
            label: String::new(),
            range: None,
            ticks: if time {
                dates::ticks(from, to)
            } else {
                chart::ticks(from, to, 5)
            },
        },
        y: Axis::named("rows"),
        marks,
    })
}

/// What lies outside, as bars set apart from the range.
fn overflow(histogram: &Histogram) -> Vec<(f64, f64, f64)> {
    let wide = (histogram.to() - histogram.from) / 24.0;
    let (from, to) = (histogram.from - wide, histogram.to() + wide);
    let mut bars = Vec::new();
    if histogram.below > 0 {
        bars.push((from - wide, from, histogram.below as f64));
    }
    if histogram.above > 0 {
        bars.push((to, to + wide, histogram.above as f64));
    }
    bars
}

fn beyond(histogram: &Histogram) -> String {
    match (histogram.below, histogram.above) {
        (0, above) => format!("{} above", count(above)),
        (below, 0) => format!("{} below", count(below)),
        (below, above) => format!("{} below, {} above", count(below), count(above)),
    }
}

fn says(column: &ColumnProfile, histogram: &Histogram) -> String {
    let range = match (&column.numbers, &column.times) {
        (Some(n), _) => format!(
            "from {} to {}, median {}",
            number(n.min),
            number(n.max),
            number(n.p50)
        ),
        (None, Some(t)) => format!("from {} to {}", t.first, t.last),
        (None, None) => return String::new(),
    };
    if histogram.below + histogram.above == 0 {
        format!("Values run {range}.")
    } else {
        format!(
            "Values run {range}; {} the range that is drawn.",
            beyond(histogram)
        )
    }
}
