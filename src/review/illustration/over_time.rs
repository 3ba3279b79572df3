//! Counts and means by day, or by hour of the day.

use std::ops::Range;

use crate::chart::{Axis, Marks, Tone};
use crate::generate::{Finding, Instance};
use crate::measure::median;
use crate::scenario::{DefectOperation, record_of};
use crate::table::DAY;
use crate::text::{percent, thousands};

use super::draw::{TONES, coded, drawable, line, rule};
use super::format::{day, deviations, rounded, span};
use super::picture::{Picture, chart, fact};
use super::sample_rows::SampleRows;
use super::summaries::{Centre, values_where};

/// With fewer rows, a day's centre is noise.
const LEAST_ROWS: usize = 8;
/// Days shown before and after those of a benign anomaly: three weeks show the weekly rhythm.
const DAYS_AROUND_BUSY: u32 = 21;
/// Days shown before and after those on which rows are missing.
const DAYS_AROUND_MISSING: u32 = 24;
/// Days between labels on a time axis.
const TICK_DAYS: u32 = 28;
/// The same for an axis of a few weeks.
const TICK_DAYS_NEAR: u32 = 7;
/// Bins of a day: half hours, since time zones may differ by half an hour.
const HALF_HOURS: usize = 48;
/// Milliseconds in half an hour.
const HALF_HOUR: i64 = 1_800_000;

/// Daily centres of the columns, relative to those before the change.
pub(super) fn change(rows: &SampleRows<'_>, finding: &Finding) -> Option<Picture> {
    let change = rows.key.world.change.as_ref()?;
    let days = TableDays::of(rows);
    let from = days.place(change.from);
    let to = from + change.ramp_days;
    let mut facts = Vec::new();
    let mut marks = Vec::new();
    for (name, tone) in drawable(rows, finding).zip(TONES) {
        let values = rows.clean(name);
        let early = days.values_in(&values, f64::MIN..from);
        let late = days.values_in(&values, to..f64::MAX);
        let centre = Centre::above_zero(&values, &early);
        let (Some(before), Some(after)) = (centre.at(&early), centre.at(&late)) else {
            continue;
        };
        facts.push(fact(
            format!("{} {}, before and after", centre.word(), coded(rows, name)),
            span(rows, name, before, after),
        ));
        if before.abs() >= f64::MIN_POSITIVE {
            let relative = |(at, value): (f64, f64)| (at, 100.0 * value / before);
            let daily = days.centres(&values, &centre).map(relative);
            marks.push(line(&rows.called(name), daily.collect(), tone));
        }
    }
    if change.ramp_days > 0.0 {
        let last = change.from + (change.ramp_days * DAY as f64) as i64;
        let span = format!("{} to {}", day(change.from), day(last));
        facts.push(fact("transition", span));
        marks.push(rule(to, format!("complete {}", day(last))));
    }
    marks.push(rule(from, day(change.from)));
    let chart = chart(
        "Day by day, relative to the level before",
        "One value per day, in per cent of the level before the change.",
        days.axis(),
        "% of before",
        marks,
    );
    Some(Picture::new(chart, facts))
}

/// Daily centres of a column whose unit changed.
pub(super) fn changed_unit(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let (column, [from, _]) = (instance.columns.first()?, instance.window?);
    let values = rows.delivered(column);
    let days = TableDays::of(rows);
    let centre = Centre::of(&values);
    let start = days.place(from);
    let before = centre.at(&days.values_in(&values, f64::MIN..start));
    let after = centre.at(&days.values_in(&values, start..f64::MAX));
    let mut facts = Vec::new();
    if let (Some(before), Some(after)) = (before, after) {
        let name = format!("{} `{column}`, before and after", centre.word());
        facts.push(fact(name, span(rows, column, before, after)));
    }
    let daily = days.centres(&values, &centre).collect();
    let chart = chart(
        format!("{column}, day by day"),
        "On one day this column jumps by a constant factor; no other column does.",
        days.axis(),
        format!("{} of the day", centre.word()),
        vec![line(column, daily, TONES[0]), rule(start, day(from))],
    );
    Some(Picture::new(chart, facts))
}

/// Rows of each day around a window, before and after rows were removed.
pub(super) fn removed_days(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let [from, to] = instance.window?;
    let days = TableDays::of(rows);
    let delivered = days.counts();
    let mut lost = vec![0.0; delivered.len()];
    for (gone, moment) in rows.not_delivered().into_iter().zip(rows.clean_moments()) {
        if let (true, Some(moment)) = (gone, moment)
            && let Some(count) = lost.get_mut(days.place(moment) as usize)
        {
            *count += 1.0;
        }
    }
    let (first, end) = (days.place(from).max(0.0), days.place(to).max(0.0));
    let within = first as usize..(end.ceil() as usize).min(lost.len());
    let sum = |counts: &[f64]| counts.get(within.clone()).unwrap_or_default().iter().sum();
    let (there, missing): (f64, f64) = (sum(&delivered), sum(&lost));
    let part = (there + missing > 0.0).then(|| percent(missing / (there + missing)));
    let facts = part.map(|part| fact("rows missing on these days", part));
    let (x, shown) = days.near(first as u32, end.ceil() as u32, DAYS_AROUND_MISSING);
    let side = |name: &str, tone: Tone, from: f64, height: &dyn Fn(usize) -> f64| Marks::Bars {
        name: name.to_owned(),
        bars: shown
            .clone()
            .map(|at| (at as f64 + from, at as f64 + from + 0.42, height(at)))
            .collect(),
        tone,
    };
    let marks = vec![
        side("complete", Tone::Quiet, 0.06, &|at| {
            delivered[at] + lost[at]
        }),
        side("delivered", Tone::Alarm, 0.52, &|at| delivered[at]),
        rule(first, day(from)),
    ];
    let title = "Rows per day around the gap";
    let says = "Each day with all of its rows and as delivered. The gap begins at the line.";
    Some(Picture::new(
        chart(title, says, x, "rows", marks),
        facts.into_iter().collect(),
    ))
}

/// Rows per day around a few busy or quiet days.
pub(super) fn unusual_days(rows: &SampleRows<'_>) -> Picture {
    let unusual = &rows.key.world.benign.days;
    let days = TableDays::of(rows);
    let counts = days.counts();
    let is_unusual = |at: usize| unusual.contains(&(at as u32));
    let theirs: f64 = unusual
        .iter()
        .filter_map(|at| counts.get(*at as usize))
        .sum();
    let expected: f64 = unusual
        .iter()
        .filter_map(|at| same_weekday(&counts, *at as usize, &is_unusual))
        .sum();
    let mut facts = Vec::new();
    if expected > 0.0 {
        let times = rounded((10.0 * theirs / expected).round() / 10.0);
        let theirs = thousands(theirs as usize);
        let text = format!("{theirs}, {times} times the same weekdays nearby");
        facts.push(fact("rows on these days", text));
    }
    let on = |row: usize| days.at(row).is_some_and(|at| is_unusual(at as usize));
    let apart = rows.differences(on);
    if let Some((name, by)) = apart.last() {
        let name = format!("largest difference in any column ({})", coded(rows, name));
        facts.push(fact(name, deviations(*by)));
    }
    // With all days of the table, the few would not be visible.
    let first = unusual.iter().copied().min().unwrap_or(0);
    let end = unusual.iter().copied().max().map_or(0, |last| last + 1);
    let (x, near) = days.near(first, end, DAYS_AROUND_BUSY);
    let side = |name: &str, marked: bool, tone: Tone| Marks::Bars {
        name: name.to_owned(),
        bars: near
            .clone()
            .filter(|at| is_unusual(*at) == marked)
            .map(|at| (at as f64, at as f64 + 1.0, counts[at]))
            .collect(),
        tone,
    };
    let mut marks = vec![
        side("other days", false, Tone::Quiet),
        side("these days", true, Tone::First),
    ];
    if let Some(first) = unusual.first() {
        let moment = rows.context.scenario.time.start + i64::from(*first) * DAY;
        marks.push(rule(f64::from(*first), day(moment)));
    }
    let says = "A few days stand out from the weekly rhythm.";
    Picture::new(chart("Rows per day", says, x, "rows", marks), facts)
}

/// The usual count of a day: the median of the same weekday in the weeks around.
fn same_weekday(counts: &[f64], at: usize, is_unusual: &impl Fn(usize) -> bool) -> Option<f64> {
    let around: Vec<f64> = (1..=3)
        .flat_map(|weeks| [at.checked_sub(7 * weeks), Some(at + 7 * weeks)])
        .flatten()
        .filter(|at| !is_unusual(*at))
        .filter_map(|at| counts.get(at).copied())
        .collect();
    median(&around)
}

/// Hours of the day for rows with a wrong clock (all rows of their source), and for other rows.
pub(super) fn hours_of_day(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let (name, inside) = if let Some(source) = &instance.source {
        (source.level.clone(), rows.of_source(source))
    } else {
        let entity = &rows.context.scenario.entity.name;
        let name = format!("{} {entity}s", instance.entities.len());
        (name, rows.sample.marked(number))
    };
    let moments = rows.moments();
    let profile = |side: bool| -> Option<[f64; HALF_HOURS]> {
        let mut counts = [0.0; HALF_HOURS];
        for (marked, moment) in inside.iter().zip(&moments) {
            if let Some(moment) = moment.filter(|_| *marked == side) {
                counts[moment.div_euclid(HALF_HOUR).rem_euclid(HALF_HOURS as i64) as usize] += 1.0;
            }
        }
        let sum: f64 = counts.iter().sum();
        (sum > 0.0).then(|| counts.map(|count| 100.0 * count / sum))
    };
    let (theirs, others) = (profile(true)?, profile(false)?);
    // Only a clock with a constant error can be corrected.
    let constant = record_of(instance.kind).operation == DefectOperation::ShiftTime;
    let facts = constant.then(|| {
        let hours = signed_hours(-best_shift(&theirs, &others));
        fact("shift that matches the others best", format!("{hours} h"))
    });
    // Whole hours are smoother, and precise enough for a figure.
    let hourly = |profile: &[f64; HALF_HOURS]| {
        let hours = profile.chunks(2).enumerate();
        hours
            .map(|(hour, halves)| (hour as f64 + 0.5, halves.iter().sum()))
            .collect()
    };
    let says = if constant {
        "The same daily rhythm, shifted."
    } else {
        "Two daily rhythms that cannot both be human."
    };
    let x = Axis {
        label: "hour of the day, as delivered".to_owned(),
        range: Some((0.0, 24.0)),
        ticks: (0..=24)
            .step_by(6)
            .map(|hour| (f64::from(hour), format!("{hour}:00")))
            .collect(),
    };
    let marks = vec![
        line("others", hourly(&others), Tone::Quiet),
        line(&name, hourly(&theirs), Tone::Alarm),
    ];
    let title = format!("Hours of the day: {name} and all others");
    let chart = chart(title, says, x, "% of its rows", marks);
    Some(Picture::new(chart, facts.into_iter().collect()))
}

/// Half hours by which `theirs` is later than `others`, from −12 to 12 hours.
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

fn signed_hours(halves: i64) -> String {
    let sign = if halves < 0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", halves.unsigned_abs() as f64 / 2.0)
}

/// The days of a table, counted from the first day of its scenario.
struct TableDays {
    start: i64,
    count: u32,
    at: Vec<Option<f64>>,
}

impl TableDays {
    fn of(rows: &SampleRows<'_>) -> Self {
        let plan = &rows.context.scenario.time;
        let place = |moment: i64| (moment - plan.start) as f64 / DAY as f64;
        let inside = 0.0..f64::from(plan.days);
        Self {
            start: plan.start,
            count: plan.days,
            at: rows
                .moments()
                .into_iter()
                .map(|moment| moment.map(place).filter(|at| inside.contains(at)))
                .collect(),
        }
    }

    /// Day of a row with its fraction; none outside the span.
    fn at(&self, row: usize) -> Option<f64> {
        self.at[row]
    }

    /// Day of a moment.
    fn place(&self, moment: i64) -> f64 {
        (moment - self.start) as f64 / DAY as f64
    }

    /// The values of the rows of some days.
    fn values_in(&self, values: &[f64], days: Range<f64>) -> Vec<f64> {
        values_where(values, |row| {
            self.at(row).is_some_and(|at| days.contains(&at))
        })
    }

    /// The finite values of each day.
    fn split(&self, values: &[f64]) -> Vec<Vec<f64>> {
        let mut days = vec![Vec::new(); self.count as usize];
        for (at, value) in self.at.iter().zip(values) {
            if let Some(at) = at.filter(|_| value.is_finite()) {
                days[at as usize].push(*value);
            }
        }
        days
    }

    /// Middle of each day with enough rows, and the centre of its values.
    fn centres(&self, values: &[f64], centre: &Centre) -> impl Iterator<Item = (f64, f64)> {
        let days = self.split(values).into_iter().enumerate();
        days.filter(|(_, values)| values.len() >= LEAST_ROWS)
            .filter_map(|(at, values)| Some((at as f64 + 0.5, centre.at(&values)?)))
    }

    /// Rows of each day.
    fn counts(&self) -> Vec<f64> {
        let ones = vec![1.0; self.at.len()];
        self.split(&ones)
            .iter()
            .map(|day| day.len() as f64)
            .collect()
    }

    /// A time axis with a label every four weeks.
    fn axis(&self) -> Axis {
        self.axis_over(0..self.count, TICK_DAYS)
    }

    /// A time axis of the days around `first..end`, at most `around` on either side, with a label
    /// every week; and these days.
    fn near(&self, first: u32, end: u32, around: u32) -> (Axis, Range<usize>) {
        let from = first.saturating_sub(around).min(self.count);
        let to = end.saturating_add(around).min(self.count).max(from);
        let axis = self.axis_over(from..to, TICK_DAYS_NEAR);
        (axis, from as usize..to as usize)
    }

    fn axis_over(&self, span: Range<u32>, every: u32) -> Axis {
        let name = |at: u32| (f64::from(at), day(self.start + i64::from(at) * DAY));
        Axis {
            label: String::new(),
            range: Some((
                f64::from(span.start),
                f64::from(span.end.max(span.start + 1)),
            )),
            ticks: (span.start..=span.end)
                .step_by(every as usize)
                .map(name)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_by_hours_is_found() {
        let day: [f64; HALF_HOURS] = std::array::from_fn(|at| ((at as f64) * 0.13).sin());
        let moved: [f64; HALF_HOURS] =
            std::array::from_fn(|at| day[(at + HALF_HOURS - 11) % HALF_HOURS]);
        assert_eq!(signed_hours(best_shift(&moved, &day)), "+5.5");
    }
}
