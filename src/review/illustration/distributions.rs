//! Two distributions of one column: the rows of a defect and all other rows.

use std::collections::BTreeSet;

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::{Instance, PropensityOn};
use crate::measure::{median, quantile};
use crate::scenario::DefectKind;
use crate::table::Cells;
use crate::text::thousands;

use super::facts::entities;
use super::format::{rounded, value};
use super::histogram::{linear_histograms, log_histograms};
use super::picture::{Picture, chart, fact};
use super::sample_rows::SampleRows;

/// The values of one source, in another unit, and all other values.
pub(super) fn other_unit(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let column = instance.columns.first()?;
    let source = instance.source.as_ref()?;
    let (theirs, others) = split(&rows.delivered(column), &rows.of_source(source));
    let mut facts = Vec::new();
    if let (Some(slipped), Some(usual)) = (median(&theirs), median(&others)) {
        facts.push(fact(
            format!("median at {}", source.level),
            rounded(slipped),
        ));
        facts.push(fact("median elsewhere", rounded(usual)));
        if usual.abs() > 0.0 && slipped.abs() > 0.0 {
            let (factor, word) = if slipped > usual {
                (slipped / usual, "larger")
            } else {
                (usual / slipped, "smaller")
            };
            let ratio = format!("{} times {word}", rounded(factor));
            facts.push(fact("ratio of the medians", ratio));
        }
    }
    let shown = Histograms {
        scale: ValueScale::Log,
        as_shares: true,
        others: ("elsewhere", &others),
        theirs: (&source.level, &theirs),
    };
    let chart = shown.chart(
        format!("{column} by {}", source.column),
        "Each in per cent of its own rows: the same shape, shifted by a round factor.",
        &format!("{column}, log scale"),
    );
    Some(Picture::new(chart, facts))
}

/// A column for programs or test accounts, and for everyone else.
pub(super) fn automated(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let column = instance.columns.first()?;
    let (theirs, others) = split(&rows.delivered(column), &rows.sample.marked(number));
    let entity = &rows.context.scenario.entity.name;
    let mut facts = vec![fact(format!("{entity}s"), entities(rows, instance))];
    if let (Some(low), Some(high)) = (quantile(&theirs, 0.0), quantile(&theirs, 1.0)) {
        let span = format!("{} to {}", rounded(low), rounded(high));
        facts.push(fact(format!("their `{column}`"), span));
    }
    if let Some(p99) = quantile(&others, 0.99) {
        facts.push(fact(
            "99th percentile of other rows",
            value(rows, column, p99),
        ));
    }
    let who = match instance.kind {
        DefectKind::TestAccounts => "test accounts",
        _ => "programs",
    };
    let says = if quantile(&theirs, 0.0) > quantile(&others, 0.999) {
        "A narrow spike far from all other rows."
    } else {
        "A narrow spike among the values of all others: its width gives it away, not its place."
    };
    let shown = Histograms {
        scale: ValueScale::Log,
        as_shares: false,
        others: ("all other rows", &others),
        theirs: (&format!("rows of the {who}"), &theirs),
    };
    let title = format!("{column} of the {who} and of all other rows");
    let chart = shown.chart(title, says, &format!("{column}, log scale"));
    Some(Picture::new(chart, facts))
}

/// Seconds since the same entity's previous row, for repeated rows and all others.
pub(super) fn interarrival_times(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let column = rows.reference_column()?;
    let (owners, moments) = (rows.written(column), rows.moments());
    let mut order: Vec<usize> = (0..owners.len()).collect();
    order.sort_by(|a, b| (&owners[*a], moments[*a], a).cmp(&(&owners[*b], moments[*b], b)));
    let mut seconds = vec![f64::NAN; owners.len()];
    for pair in order.windows(2) {
        let same = owners[pair[0]] == owners[pair[1]];
        if let (true, Some(before), Some(now)) = (same, moments[pair[0]], moments[pair[1]]) {
            seconds[pair[1]] = (now - before) as f64 / 1000.0;
        }
    }
    let added = rows.added_by(number);
    let (theirs, others) = split(&seconds, &added);
    let entity = &rows.context.scenario.entity.name;
    let mut facts = vec![fact(format!("{entity}s"), entities(rows, instance))];
    let bases: BTreeSet<usize> = (0..added.len())
        .filter(|row| added[*row])
        .map(|row| rows.sample.base[row])
        .collect();
    if !bases.is_empty() {
        let copies = theirs.len() as f64 / bases.len() as f64;
        let each = rounded((copies * 10.0).round() / 10.0);
        let sent = format!("{}, {each} times each", thousands(bases.len()));
        facts.push(fact("rows sent again", sent));
    }
    for (name, of) in [
        ("median time before a repeat", &theirs),
        ("before any other row", &others),
    ] {
        facts.extend(median(of).map(|pause| fact(name, format!("{} s", rounded(pause)))));
    }
    let title = match rows.table {
        Some(_) => format!("Time since the previous row of the same {column}"),
        None => format!("Time since the {entity}’s previous row"),
    };
    let shown = Histograms {
        scale: ValueScale::Log,
        as_shares: false,
        others: ("all other rows", &others),
        theirs: ("repeats", &theirs),
    };
    let says = "A second peak at one or two seconds: no person types that fast.";
    let chart = shown.chart(title, says, "seconds, log scale");
    Some(Picture::new(chart, facts))
}

/// The removed values and the remaining ones.
pub(super) fn blanked(
    rows: &SampleRows<'_>,
    instance: &Instance,
    number: usize,
) -> Option<Picture> {
    let column = instance.columns.first()?;
    let (gone, left) = split(&rows.before(column), &rows.sample.marked(number));
    let mut facts = Vec::new();
    for (name, of) in [
        ("median of the removed values", &gone),
        ("median of the remaining values", &left),
    ] {
        facts.extend(median(of).map(|middle| fact(name, value(rows, column, middle))));
    }
    let shown = Histograms {
        scale: ValueScale::Linear,
        as_shares: true,
        others: ("remaining", &left),
        theirs: ("removed", &gone),
    };
    let says = "Each in per cent of its own rows: removed and remaining values differ.";
    let chart = shown.chart(format!("{column} before the defect"), says, column);
    Some(Picture::new(chart, facts))
}

/// The removed rows and the remaining ones, along the variable that decided.
pub(super) fn removed_rows(rows: &SampleRows<'_>, instance: &Instance) -> Option<Picture> {
    let (name, label, cells) = match &instance.propensity.as_ref()?.on {
        PropensityOn::Latent(at) => {
            let latent = &rows.key.world.latents[*at];
            let ends = format!("{} → {}", latent.low, latent.high);
            let cells = rows.sample.truth.cells(&rows.key.world.latent_column(*at));
            (&latent.about, ends, cells)
        }
        PropensityOn::Column(name) => (name, name.clone(), rows.sample.surface.cells(name)),
    };
    let values: Vec<f64> = cells
        .and_then(Cells::numbers)?
        .into_iter()
        .map(|value| value.unwrap_or(f64::NAN))
        .collect();
    let (gone, left) = split(&values, &rows.not_delivered());
    let shown = Histograms {
        scale: ValueScale::Linear,
        as_shares: true,
        others: ("delivered", &left),
        theirs: ("removed", &gone),
    };
    let title = format!("Delivered and removed rows: {name}");
    let says = "Each in per cent of its own rows: removed and delivered rows differ.";
    Some(Picture::new(shown.chart(title, says, &label), Vec::new()))
}

/// The values inside a mask and those outside.
fn split(values: &[f64], mask: &[bool]) -> (Vec<f64>, Vec<f64>) {
    let (inside, outside): (Vec<_>, Vec<_>) = values.iter().zip(mask).partition(|pair| *pair.1);
    let values = |pairs: Vec<(&f64, &bool)>| pairs.into_iter().map(|pair| *pair.0).collect();
    (values(inside), values(outside))
}

enum ValueScale {
    Log,
    Linear,
}

/// Two named histograms on the same grid.
struct Histograms<'a> {
    scale: ValueScale,
    as_shares: bool,
    others: (&'a str, &'a [f64]),
    theirs: (&'a str, &'a [f64]),
}

impl Histograms<'_> {
    fn chart(&self, title: String, says: &str, label: &str) -> Option<Chart> {
        let series = [
            (self.others.0, self.others.1, Tone::Quiet),
            (self.theirs.0, self.theirs.1, Tone::Alarm),
        ];
        let (x, marks): (Axis, Vec<Marks>) = match self.scale {
            ValueScale::Log => log_histograms(&series, label, self.as_shares)?,
            ValueScale::Linear => linear_histograms(&series, label)?,
        };
        let y = if self.as_shares {
            "% of its rows"
        } else {
            "rows"
        };
        Some(chart(title, says, x, y, marks))
    }
}
