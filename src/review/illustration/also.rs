//! Columns that carry a finding though it does not name them: a true remark about one of them
//! must not pass for noise.

use crate::generate::{Finding, Truth};
use crate::measure::spearman;
use crate::text::percent;

use super::bins::Bins;
use super::rows::Rows;
use super::slopes::coded;
use super::words::correlation;

/// Columns named beside a finding's own.
const MOST: usize = 6;
/// Rank correlations (or their root, for a bent path) that are smaller are not worth a name.
const LEAST: f64 = 0.1;
/// Rows from which is measured: a rank correlation is known to about 0.01.
const ROWS: usize = 8_000;
/// Bins along a path.
const BINS: usize = 20;

/// Up to six columns that a finding does not name, with what the delivered table measures: their
/// rank correlation with a gradient or with being after a change; the share of variance that a
/// path explains.
pub(super) fn also(rows: &Rows<'_>, finding: &Finding) -> Vec<(String, String)> {
    let (truth, bent) = match &finding.truth {
        Truth::Factor { column } | Truth::Regime { column } => (column, false),
        Truth::Ridge { column } => (column, true),
        Truth::Rare { .. }
        | Truth::Interaction { .. }
        | Truth::Groups { .. }
        | Truth::Defect { .. }
        | Truth::Innocent => return Vec::new(),
    };
    let along = thin(&rows.truth(truth));
    let bins = Bins::along(&along, BINS);
    let mut carried: Vec<(&str, f64)> = rows
        .numeric()
        .into_iter()
        .filter(|name| !finding.columns.iter().any(|known| known == name))
        .filter_map(|name| {
            let strength = if bent {
                bins.explained(&thin(&rows.scores(name)))?
            } else {
                spearman(&along, &thin(&rows.clean(name)))?
            };
            let least = if bent { 2.0 * LEAST * LEAST } else { LEAST };
            (strength.abs() >= least).then_some((name, strength))
        })
        .collect();
    carried.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    carried.truncate(MOST);
    let told = |(name, strength): (&str, f64)| {
        let measured = if bent {
            percent(strength)
        } else {
            correlation(strength)
        };
        (coded(rows, name), measured)
    };
    carried.into_iter().map(told).collect()
}

/// Every so-manieth value.
fn thin(values: &[f64]) -> Vec<f64> {
    let stride = values.len().div_ceil(ROWS).max(1);
    values.iter().step_by(stride).copied().collect()
}
