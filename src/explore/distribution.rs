//! The distribution of one column as a chart.

use crate::chart::{self, Axis, Chart, Marks, Tone};
use crate::table::{DAY, show_date};

use super::types::ColumnProfile;
use super::{Histogram, date_ticks};
use crate::text::{number, thousands};

/// The distribution of a number or time column; `None` for columns of names, which are better shown
/// by their most frequent values.
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
            name: beyond(histogram, time).join(", "),
            bars: outside,
            tone: Tone::Quiet,
        });
    }
    let mut ticks = if time {
        date_ticks::ticks(from, to)
    } else if histogram.log {
        chart::log_ticks(from, to)
    } else {
        chart::ticks(from, to, 5)
    };
    if histogram.not_positive > 0 {
        let (from, to) = place_without_log(histogram);
        ticks.push((f64::midpoint(from, to), "≤ 0".to_owned()));
    }
    Some(Chart {
        title: format!("Distribution of {}", column.name),
        says: says(column, histogram),
        x: Axis {
            label: if histogram.log {
                "log scale".to_owned()
            } else {
                String::new()
            },
            range: None,
            ticks,
        },
        y: Axis::named(if time {
            rows_per(histogram.width)
        } else {
            "rows".to_owned()
        }),
        marks,
    })
}

/// `rows per week`, for bins of this number of milliseconds.
fn rows_per(width: f64) -> String {
    let hours = (width * 24.0 / DAY as f64).round() as i64;
    let (count, unit) = match hours {
        hours if hours % (7 * 24) == 0 => (hours / (7 * 24), "week"),
        hours if hours % 24 == 0 => (hours / 24, "day"),
        hours => (hours, "hour"),
    };
    match count {
        1 => format!("rows per {unit}"),
        count => format!("rows per {count} {unit}s"),
    }
}

/// Values outside the range, as separate bars.
fn overflow(histogram: &Histogram) -> Vec<(f64, f64, f64)> {
    let wide = apart(histogram);
    let (from, to) = (histogram.from - wide, histogram.to() + wide);
    let mut bars = Vec::new();
    if histogram.below > 0 {
        bars.push((from - wide, from, histogram.below as f64));
    }
    if histogram.not_positive > 0 {
        let (from, to) = place_without_log(histogram);
        bars.push((from, to, histogram.not_positive as f64));
    }
    if histogram.above > 0 {
        bars.push((to, to + wide, histogram.above as f64));
    }
    bars
}

/// Position of the bar of values without a logarithm: to the left of all others.
fn place_without_log(histogram: &Histogram) -> (f64, f64) {
    let wide = apart(histogram);
    let bars = if histogram.below > 0 { 2.0 } else { 0.0 };
    let to = histogram.from - (1.0 + bars) * wide;
    (to - wide, to)
}

/// Width of a separate bar, and of the gap before it.
fn apart(histogram: &Histogram) -> f64 {
    (histogram.to() - histogram.from) / 24.0
}

/// How many values are outside the plot, and where: `12 below 3`, `199 above 60`.
fn beyond(histogram: &Histogram, time: bool) -> Vec<String> {
    let edge = |at: f64| match (time, histogram.log) {
        (true, _) => show_date(at as i64),
        (false, true) => rounded(10_f64.powf(at)),
        (false, false) => rounded(at),
    };
    let mut parts = Vec::new();
    if histogram.not_positive > 0 {
        parts.push(format!(
            "{} of zero or less",
            thousands(histogram.not_positive)
        ));
    }
    if histogram.below > 0 {
        let edge = edge(histogram.from);
        parts.push(format!("{} below {edge}", thousands(histogram.below)));
    }
    if histogram.above > 0 {
        let edge = edge(histogram.to());
        parts.push(format!("{} above {edge}", thousands(histogram.above)));
    }
    parts
}

/// Three digits are enough for an edge.
fn rounded(value: f64) -> String {
    let power = value.abs().max(1e-300).log10().floor();
    let step = 10_f64.powf(power - 2.0);
    let near = (value / step).round() * step;
    number(if near.is_finite() { near } else { value })
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
    let outside = beyond(histogram, column.times.is_some());
    if outside.is_empty() {
        format!("Values run {range}.")
    } else {
        format!("Values run {range}; set apart: {}.", outside.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::profile;
    use super::*;
    use crate::table::{Cells, Column, Table};

    fn of(cells: Cells) -> Chart {
        let name = "a".to_owned();
        let table = Table::new(vec![Column { name, cells }]).unwrap();
        distribution(&profile(&table).columns[0]).unwrap()
    }

    #[test]
    fn a_bar_of_a_time_says_how_long_it_is() {
        let days = |count: i64| Cells::Time((0..count).map(|at| Some(at * DAY)).collect());
        assert_eq!(of(days(30)).y.label, "rows per day");
        assert_eq!(of(days(180)).y.label, "rows per week");
        assert_eq!(of(days(400)).y.label, "rows per 2 weeks");
        let hours = Cells::Time((0..24).map(|at| Some(at * DAY / 24)).collect());
        assert_eq!(of(hours).y.label, "rows per hour");
    }

    #[test]
    fn what_is_not_drawn_is_counted_with_its_bound() {
        let tail = (0..1000).map(f64::from).chain([1e6, 1e6]).map(Some);
        let chart = of(Cells::Real(tail.collect()));
        let Marks::Bars { name, .. } = &chart.marks[1] else {
            panic!("{chart:?}");
        };
        assert!(name.starts_with("2 above 1,0"), "{name}");
    }

    #[test]
    fn zeros_beside_a_log_scale_are_counted() {
        let wide = (0..600).map(|at| 10_f64.powf(f64::from(at) / 100.0));
        let chart = of(Cells::Real(wide.chain([0.0; 9]).map(Some).collect()));
        assert_eq!(chart.x.label, "log scale");
        let Marks::Bars { name, bars, .. } = &chart.marks[1] else {
            panic!("{chart:?}");
        };
        assert_eq!((name.as_str(), bars.len()), ("9 of zero or less", 1));
        assert!(chart.x.ticks.iter().any(|tick| tick.1 == "≤ 0"));
    }
}
