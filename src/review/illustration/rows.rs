//! The delivered rows of a sample beside their truth.

use crate::bundle::Key;
use crate::generate::{Instance, Setup};
use crate::measure::{mean, sd};
use crate::random::normal_quantile;
use crate::scenario::ColumnPlan;
use crate::table::{Cells, Table, Text};

use super::super::sample::Sample;

/// A sample with what is needed to read it. Every slice it gives has one value per delivered
/// row; a value that is missing is NaN, as in `measure`.
pub(super) struct Rows<'a> {
    pub(super) key: &'a Key,
    pub(super) setup: &'a Setup,
    pub(super) sample: &'a Sample,
    /// Columns of the table that the sample is of.
    pub(super) plans: &'a [ColumnPlan],
    /// Name of the child table; none for the main one.
    pub(super) table: Option<&'a str>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(key: &'a Key, setup: &'a Setup, sample: &'a Sample) -> Self {
        Self {
            key,
            setup,
            sample,
            plans: &setup.scenario.columns,
            table: None,
        }
    }

    /// The rows of a child table; none when the sample has not got it.
    pub(super) fn of_child(&self, name: &'a str) -> Option<Self> {
        let (_, plan) = self.setup.scenario.child(name)?;
        Some(Self {
            sample: self.sample.children.get(name)?,
            plans: &plan.columns,
            table: Some(name),
            ..*self
        })
    }

    /// A column as it was delivered.
    pub(super) fn delivered(&self, column: &str) -> Vec<f64> {
        let cells = self.sample.delivered.cells(column);
        cells.map_or_else(|| vec![f64::NAN; self.sample.base.len()], numbers)
    }

    /// A column as it was before defects.
    pub(super) fn before(&self, column: &str) -> Vec<f64> {
        let cells = self.sample.surface.cells(column);
        let values = cells.map_or_else(Vec::new, numbers);
        let of = |base: &usize| values.get(*base).copied().unwrap_or(f64::NAN);
        self.sample.base.iter().map(of).collect()
    }

    /// A column without the cells that a defect changed and the rows that one added.
    pub(super) fn clean(&self, column: &str) -> Vec<f64> {
        let mut values = self.delivered(column);
        if let Some(place) = self.sample.delivered.position(column) {
            for touch in &self.sample.touches {
                if touch.column == place {
                    values[touch.row] = f64::NAN;
                }
            }
        }
        for (value, added) in values.iter_mut().zip(&self.sample.added_by) {
            if added.is_some() {
                *value = f64::NAN;
            }
        }
        values
    }

    /// A clean column as normal scores with mean 0 and standard deviation 1, so that columns of
    /// any unit and tail can be compared.
    pub(super) fn scores(&self, column: &str) -> Vec<f64> {
        scores(&self.clean(column))
    }

    /// A column of the row truth.
    pub(super) fn truth(&self, column: &str) -> Vec<f64> {
        let cells = self.sample.truth.cells(column);
        let values = cells.map_or_else(Vec::new, numbers);
        let of = |base: &usize| values.get(*base).copied().unwrap_or(f64::NAN);
        self.sample.base.iter().map(of).collect()
    }

    /// A category before defects, so that another defect's spellings do not split a level.
    pub(super) fn levels(&self, column: &str) -> Vec<Option<Text>> {
        let texts = texts(&self.sample.surface, column);
        let of = |base: &usize| texts.get(*base).cloned().flatten();
        self.sample.base.iter().map(of).collect()
    }

    /// Texts as they were delivered.
    pub(super) fn written(&self, column: &str) -> Vec<Option<Text>> {
        texts(&self.sample.delivered, column)
    }

    /// Delivered moments in milliseconds; the true ones where moments were delivered as text.
    pub(super) fn moments(&self) -> Vec<Option<i64>> {
        let cells = self
            .column_of("timestamp")
            .and_then(|name| self.sample.delivered.cells(name));
        if let Some(Cells::Time(moments)) = cells {
            return moments.clone();
        }
        let moments = self.surface_moments();
        let base = self.sample.base.iter();
        base.map(|base| moments.get(*base).copied().flatten())
            .collect()
    }

    /// Moments before defects, one per source row of the sample.
    pub(super) fn surface_moments(&self) -> Vec<Option<i64>> {
        let cells = self
            .column_of("timestamp")
            .and_then(|name| self.sample.surface.cells(name));
        match cells {
            Some(Cells::Time(moments)) => moments.clone(),
            _ => vec![None; self.sample.surface.rows()],
        }
    }

    /// Name of the first column of a kind.
    pub(super) fn column_of(&self, kind: &str) -> Option<&str> {
        let plan = self.plans.iter().find(|plan| plan.kind.word() == kind)?;
        Some(&plan.name)
    }

    /// Columns in which numbers are measured.
    pub(super) fn measured(&self) -> Vec<&str> {
        let plans = self.plans.iter();
        plans
            .filter(|plan| matches!(plan.kind.word(), "real" | "count" | "fraction" | "flag"))
            .map(|plan| plan.name.as_str())
            .collect()
    }

    /// A planted defect and its number.
    pub(super) fn instance(&self, id: &str) -> Option<(usize, &'a Instance)> {
        let instances = self.key.world.instances.iter().enumerate();
        instances.into_iter().find(|(_, known)| known.id == id)
    }
}

/// Numbers of any column that has them, also written as text; true is 1.
fn numbers(cells: &Cells) -> Vec<f64> {
    match cells {
        Cells::Text(values) => values
            .iter()
            .map(|value| value.as_ref().and_then(|text| text.parse().ok()))
            .map(|value| value.unwrap_or(f64::NAN))
            .collect(),
        Cells::Flag(values) => values
            .iter()
            .map(|value| value.map_or(f64::NAN, |value| f64::from(u8::from(value))))
            .collect(),
        _ => cells.numbers().map_or_else(
            || vec![f64::NAN; cells.len()],
            |values| {
                values
                    .into_iter()
                    .map(|value| value.unwrap_or(f64::NAN))
                    .collect()
            },
        ),
    }
}

fn texts(table: &Table, column: &str) -> Vec<Option<Text>> {
    let cells = table.cells(column);
    cells.map_or_else(|| vec![None; table.rows()], Cells::texts)
}

/// Normal scores of mid-ranks, brought to mean 0 and standard deviation 1; NaN stays NaN, and a
/// constant gives no scores.
fn scores(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len())
        .filter(|row| values[*row].is_finite())
        .collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let count = order.len() as f64;
    let mut scores = vec![f64::NAN; values.len()];
    let mut before = 0;
    for ties in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        let rank = before as f64 + ties.len() as f64 / 2.0;
        for row in ties {
            scores[*row] = normal_quantile(rank / count);
        }
        before += ties.len();
    }
    let centre = mean(&scores).unwrap_or(0.0);
    let spread = sd(&scores).filter(|spread| *spread > 1e-9);
    for score in &mut scores {
        *score = spread.map_or(f64::NAN, |spread| (*score - centre) / spread);
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_mean_0_and_spread_1_whatever_the_tail() {
        let values: Vec<f64> = (0..500).map(|at| f64::from(at).exp2().min(1e9)).collect();
        let scores = scores(&values);
        assert!(mean(&scores).unwrap().abs() < 1e-9);
        assert!((sd(&scores).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_constant_column_has_no_scores_and_nothing_has_none() {
        assert!(scores(&[2.0; 9]).iter().all(|score| score.is_nan()));
        assert!(scores(&[]).is_empty());
    }
}
