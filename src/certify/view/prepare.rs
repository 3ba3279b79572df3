//! Turns a table into numbers that can be measured.

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use crate::measure::{jittered, median, standardised};
use crate::random::Stream;
use crate::table::{Cells, Column, Table};

use super::super::error::CertifyError;
use super::columns::{ViewCandidate, blocks, components, log, numbers, plain, redundant};
use super::fill::fill;
use super::recipe::{LeftOut, LeftOutReason, Step, ViewColumn};

/// Maximum number of rows of a view: a larger table is sampled.
pub const VIEW_ROWS: usize = 5000;

/// The part of a table that is measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Its columns and their transformations.
    pub columns: Vec<ViewColumn>,
    /// Columns of the table that were omitted.
    pub left_out: Vec<LeftOut>,
    /// Rows of the table.
    pub table_rows: usize,
    /// Positions of its rows in the table, ascending.
    #[serde(skip)]
    pub rows: Vec<usize>,
    /// Rows × columns, without missing values.
    #[serde(skip)]
    pub points: Array2<f64>,
}

impl View {
    /// The view of a table: its numeric columns with at least 20 distinct values. Ties of counts
    /// are spread over a step, long tails logged, missing values imputed, and a block of numbered
    /// columns is replaced by three components with the total weight of one column. Identifiers,
    /// columns determined by others up to rounding, and mostly missing columns are omitted.
    ///
    /// At most [`VIEW_ROWS`] rows, picked by `stream`. The same table and stream give the same bits.
    ///
    /// # Errors
    /// When too few columns or rows remain.
    pub fn of(table: &Table, stream: &Stream) -> Result<Self, CertifyError> {
        let mut draws = stream.fork("rows of the view").draws();
        let mut rows = draws.sample(table.rows(), VIEW_ROWS);
        rows.sort_unstable();
        let picked = table.pick(&rows);
        let mut left_out = Vec::new();
        let mut candidates = numbers(picked.columns(), &mut left_out);
        // Before ties are spread: two identical count columns would then differ.
        let mut determined = redundant(&standardised(plain(&candidates, rows.len()).view()));
        for candidate in &mut candidates {
            let step = jitter(candidate, stream);
            log(candidate, step);
        }
        fill(&mut candidates, &stream.fork("missing values"))?;
        let points = plain(&candidates, rows.len());
        let standard = standardised(points.view());
        // Again afterwards: on a log scale a ratio is a difference.
        for (determined, again) in determined.iter_mut().zip(redundant(&standard)) {
            *determined |= again;
        }
        let mut view = Self {
            columns: Vec::new(),
            left_out,
            table_rows: table.rows(),
            points: Array2::zeros((rows.len(), 0)),
            rows,
        };
        let names: Vec<&str> = candidates
            .iter()
            .map(|one| one.made.name.as_str())
            .collect();
        let blocks = blocks(&names);
        for (at, candidate) in candidates.iter().enumerate() {
            let block = blocks
                .iter()
                .find(|(_, first, end)| (*first..*end).contains(&at));
            if let Some((name, first, end)) = block {
                let why = LeftOutReason::Block {
                    block: name.clone(),
                };
                view.leave(&candidate.made.name, why);
                if at == *first {
                    view.block(name, &standard, &(*first..*end).collect::<Vec<usize>>())?;
                }
            } else if determined[at] {
                view.leave(&candidate.made.name, LeftOutReason::Redundant);
            } else {
                view.push(candidate.made.clone(), &points.column(at).to_vec());
            }
        }
        Ok(view)
    }

    /// The view as a table, for writing to a file; none if a component has the name of another
    /// column.
    pub fn table(&self) -> Option<Table> {
        let columns = self.columns.iter().zip(self.points.columns());
        let column = |(made, values): (&ViewColumn, ndarray::ArrayView1<'_, f64>)| Column {
            name: made.name.clone(),
            cells: Cells::Real(values.iter().copied().map(Some).collect()),
        };
        Table::new(columns.map(column).collect())
    }

    fn leave(&mut self, name: &str, why: LeftOutReason) {
        self.left_out.push(LeftOut {
            name: name.to_owned(),
            why,
        });
    }

    fn block(
        &mut self,
        name: &str,
        standard: &Array2<f64>,
        columns: &[usize],
    ) -> Result<(), CertifyError> {
        let scores = components(standard, columns)?;
        for (at, values) in scores.columns().into_iter().enumerate() {
            let made = ViewColumn {
                name: format!("{name} (component {})", at + 1),
                steps: vec![Step::Component { of: columns.len() }],
            };
            self.push(made, &values.to_vec());
        }
        Ok(())
    }

    fn push(&mut self, made: ViewColumn, values: &[f64]) {
        self.columns.push(made);
        let column = Array2::from_shape_fn((values.len(), 1), |(row, _)| values[row]);
        // The same number of rows as the view.
        let _ = self.points.append(Axis(1), column.view());
    }
}

/// Spread ties of counts and rounded values over half a step on either side; returns the step.
fn jitter(candidate: &mut ViewCandidate, stream: &Stream) -> f64 {
    let filled: Vec<f64> = candidate.values.iter().flatten().copied().collect();
    let mut draws = stream.fork("jitter").fork(&candidate.made.name).draws();
    let column = Array2::from_shape_fn((filled.len(), 1), |(row, _)| filled[row]);
    let spread = jittered(column.view(), &mut draws);
    let apart = spread.iter().zip(&filled).map(|(a, b)| (a - b).abs());
    if apart.fold(0.0, f64::max) <= 0.0 {
        return 0.0;
    }
    let mut values = spread.iter();
    for value in candidate.values.iter_mut().flatten() {
        *value = values.next().copied().unwrap_or(*value);
    }
    let mut distinct = filled;
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let steps: Vec<f64> = distinct.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let step = median(&steps).unwrap_or(0.0);
    candidate.made.steps.push(Step::Jittered { step });
    step
}
