//! From a normal score per row to cells.

use crate::random::normal_quantile;
use crate::scenario::{CategoryLevel, ColumnKind, ColumnPlan};
use crate::table::{Cells, Text};

use super::effects::levels_of;
use super::marginals::{ended, quantiles};
use super::rounding::heaped;

/// The cells for normal scores in a column of this kind; `rounds` says, row by row, whether a
/// person rounds the number.
pub(crate) fn by_score(
    plan: &ColumnPlan,
    scores: &[f64],
    rounds: &mut dyn FnMut() -> bool,
) -> Cells {
    match &plan.kind {
        ColumnKind::Category { levels, .. } => {
            let codes = levels_of(plan, scores);
            named(levels, codes.into_iter().map(|code| code as usize))
        }
        ColumnKind::Flag { share, .. } => {
            let cut = normal_quantile(1.0 - share);
            Cells::Flag(scores.iter().map(|t| Some(*t > cut)).collect())
        }
        ColumnKind::Real(marginal)
        | ColumnKind::Count(marginal)
        | ColumnKind::Fraction(marginal) => {
            let cells = if plan.ends.iter().any(|share| *share > 0.0) {
                ended(marginal, plan.ends, scores)
            } else {
                quantiles(marginal, scores)
            };
            match &plan.heaping {
                Some(heaping) => heaped(cells, heaping, rounds),
                None => cells,
            }
        }
        _ => Cells::Real(vec![None; scores.len()]),
    }
}

/// Levels by their codes.
pub(crate) fn named(levels: &[CategoryLevel], codes: impl Iterator<Item = usize>) -> Cells {
    let names: Vec<Text> = levels
        .iter()
        .map(|level| Text::from(level.name.as_str()))
        .collect();
    Cells::Text(codes.map(|code| Some(names[code].clone())).collect())
}
