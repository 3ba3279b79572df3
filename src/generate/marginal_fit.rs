//! Marginals: as the scenario requests them, and as a table has them.

use crate::measure::{mean, quantile};
use crate::scenario::{CategoryLevel, ColumnKind, ColumnPlan, Marginal, Scenario};
use crate::table::{Cell, Cells, Table};

/// A statistic that the scenario requests of a column, and its value in a table.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestedVsActual {
    pub column: String,
    /// `median`, `p95`, `mean`, `share of “free”`, …
    pub what: String,
    pub asked: f64,
    pub obtained: f64,
}

/// Every statistic that the scenario requests, with its value in the clean table.
pub fn marginal_fit(scenario: &Scenario, clean: &Table) -> Vec<RequestedVsActual> {
    let mut all = Vec::new();
    for plan in &scenario.columns {
        let Some(cells) = clean.cells(&plan.name) else {
            continue;
        };
        let stated = match &plan.kind {
            ColumnKind::After {
                from, lag, unit, ..
            } => {
                let from = clean.cells(&scenario.columns[*from].name);
                let lags = from.map(|from| lags(from, cells, *unit));
                lags.map_or_else(Vec::new, |lags| of_marginal(lag, plan.ends, lags))
                    .into_iter()
                    .map(|(what, asked, of)| (format!("{what} of the lag"), asked, of))
                    .collect()
            }
            _ => of_column(plan, cells),
        };
        for (what, asked, obtained) in stated {
            all.push(RequestedVsActual {
                column: plan.name.clone(),
                what,
                asked,
                obtained,
            });
        }
        if plan.empty.share > 0.0 && plan.empty.condition.is_none() {
            let empty = (0..cells.len()).filter(|row| cells.cell(*row) == Cell::Missing);
            all.push(RequestedVsActual {
                column: plan.name.clone(),
                what: "share empty".to_owned(),
                asked: plan.empty.share,
                obtained: empty.count() as f64 / cells.len().max(1) as f64,
            });
        }
    }
    all
}

fn of_column(plan: &ColumnPlan, cells: &Cells) -> Vec<(String, f64, f64)> {
    match &plan.kind {
        ColumnKind::Real(marginal)
        | ColumnKind::Count(marginal)
        | ColumnKind::Fraction(marginal) => {
            let values = cells.numbers().unwrap_or_default();
            of_marginal(marginal, plan.ends, values.into_iter().flatten().collect())
        }
        ColumnKind::Flag { share, .. } => match cells {
            Cells::Flag(values) => {
                let hits = values.iter().flatten().filter(|value| **value).count();
                let filled = values.iter().flatten().count();
                let of = hits as f64 / filled.max(1) as f64;
                vec![("share".to_owned(), *share, of)]
            }
            _ => Vec::new(),
        },
        ColumnKind::Category { levels, .. } => of_levels(levels, cells),
        _ => Vec::new(),
    }
}

/// Time from the moments of `from` to those of `later`, in units of `unit` milliseconds.
fn lags(from: &Cells, later: &Cells, unit: f64) -> Vec<f64> {
    let (Cells::Time(from), Cells::Time(later)) = (from, later) else {
        return Vec::new();
    };
    let pairs = from.iter().zip(later);
    pairs
        .filter_map(|(from, later)| Some((*later)?.saturating_sub((*from)?) as f64 / unit))
        .collect()
}

fn of_marginal(
    marginal: &Marginal,
    [zeros, ones]: [f64; 2],
    mut values: Vec<f64>,
) -> Vec<(String, f64, f64)> {
    values.sort_by(f64::total_cmp);
    let held = |share: f64, value: f64| {
        let hits = values.iter().filter(|one| (**one - value).abs() < 1e-12);
        let of = hits.count() as f64 / values.len().max(1) as f64;
        (share > 0.0).then(|| (format!("share of exactly {value}"), share, of))
    };
    let ends = [held(zeros, 0.0), held(ones, 1.0)];
    // The requested marginal applies between the ends.
    let end = |share: f64| (share * values.len() as f64).round() as usize;
    let (first, last) = (end(zeros), values.len() - end(ones));
    let values = &values[first.min(last)..last];
    let at = |what: &str, asked: f64, p: f64| Some((what.to_owned(), asked, quantile(values, p)?));
    let stated = match marginal {
        Marginal::LongTail { median, p95, .. } | Marginal::Share { median, p95, .. } => {
            vec![at("median", *median, 0.5), at("p95", *p95, 0.95)]
        }
        Marginal::Symmetric { low, high, .. } => {
            vec![at("p5", *low, 0.05), at("p95", *high, 0.95)]
        }
        Marginal::Rate { rate } => {
            vec![mean(values).map(|mean| ("mean".to_owned(), *rate, mean))]
        }
    };
    stated.into_iter().chain(ends).flatten().collect()
}

fn of_levels(levels: &[CategoryLevel], cells: &Cells) -> Vec<(String, f64, f64)> {
    let Cells::Text(texts) = cells else {
        return Vec::new();
    };
    let share = |level: &CategoryLevel| {
        let hits = texts.iter().flatten();
        let hits = hits.filter(|text| ***text == *level.name).count();
        let filled = texts.iter().flatten().count();
        let of = hits as f64 / filled.max(1) as f64;
        (format!("share of “{}”", level.name), level.share, of)
    };
    levels.iter().map(share).collect()
}
