//! The delivered rows of a sample with their truth.

use crate::bundle::Key;
use crate::generate::{BundleContext, Instance, SourceLevel};
use crate::measure::{mean, sd};
use crate::random::normal_quantile;
use crate::scenario::{CategoryLevel, ColumnKind, ColumnPlan};
use crate::table::{Cells, Table, Text};

use super::super::truth::Sample;
use super::summaries::values_where;

/// A sample with what is needed to read it. All slices have one value per delivered row; a missing
/// value is NaN, as in `measure`.
pub(super) struct SampleRows<'a> {
    pub(super) key: &'a Key,
    pub(super) context: &'a BundleContext,
    pub(super) sample: &'a Sample,
    /// Columns of the sampled table.
    pub(super) plans: &'a [ColumnPlan],
    /// Name of the child table; none for the main one.
    pub(super) table: Option<&'a str>,
}

impl<'a> SampleRows<'a> {
    pub(super) fn new(key: &'a Key, context: &'a BundleContext, sample: &'a Sample) -> Self {
        Self {
            key,
            context,
            sample,
            plans: &context.scenario.columns,
            table: None,
        }
    }

    /// The rows of a child table; none if the sample does not include it.
    pub(super) fn of_child(&self, name: &'a str) -> Option<Self> {
        let (_, plan) = self.context.scenario.child(name)?;
        Some(Self {
            sample: self.sample.children.get(name)?,
            plans: &plan.columns,
            table: Some(name),
            ..*self
        })
    }

    /// A column as delivered. Ordered categories are given as ranks of their levels, from 1; a
    /// later time as the time since the one that it follows, in its unit.
    pub(super) fn delivered(&self, column: &str) -> Vec<f64> {
        match self.plan(column).map(|plan| &plan.kind) {
            Some(ColumnKind::Category {
                levels,
                ordered: true,
                ..
            }) => ranks(levels, &self.written(column)),
            Some(ColumnKind::After { from, unit, .. }) => {
                let from = &self.context.scenario.columns[*from].name;
                lags(&self.moments_of(from), &self.moments_of(column), *unit)
            }
            _ => {
                let cells = self.sample.delivered.cells(column);
                cells.map_or_else(|| vec![f64::NAN; self.sample.base.len()], numbers)
            }
        }
    }

    /// The same before defects.
    pub(super) fn before(&self, column: &str) -> Vec<f64> {
        let surface = &self.sample.surface;
        let values = match self.plan(column).map(|plan| &plan.kind) {
            Some(ColumnKind::Category {
                levels,
                ordered: true,
                ..
            }) => ranks(levels, &texts(surface, column)),
            Some(ColumnKind::After { from, unit, .. }) => {
                let from = &self.context.scenario.columns[*from].name;
                lags(&moments(surface, from), &moments(surface, column), *unit)
            }
            _ => surface.cells(column).map_or_else(Vec::new, numbers),
        };
        self.by_delivered_row(&values, f64::NAN)
    }

    /// A column without the cells that a defect changed and the rows that one added.
    pub(super) fn clean(&self, column: &str) -> Vec<f64> {
        let mut values = self.delivered(column);
        let mut made_of = vec![column];
        if let Some(ColumnKind::After { from, .. }) = self.plan(column).map(|plan| &plan.kind) {
            made_of.push(&self.context.scenario.columns[*from].name);
        }
        for column in made_of {
            if let Some(place) = self.sample.delivered.position(column) {
                for touch in &self.sample.touches {
                    if touch.column == place {
                        values[touch.row] = f64::NAN;
                    }
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

    /// Per measured column, the mean normal score of some rows minus that of all others; the
    /// largest difference last.
    pub(super) fn differences(&self, inside: impl Fn(usize) -> bool) -> Vec<(&'a str, f64)> {
        let mut differences: Vec<(&str, f64)> = self
            .measured()
            .into_iter()
            .filter_map(|name| {
                let scores = self.scores(name);
                let theirs = mean(&values_where(&scores, &inside))?;
                let others = mean(&values_where(&scores, |row| !inside(row)))?;
                Some((name, theirs - others))
            })
            .collect();
        differences.sort_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        differences
    }

    /// A column of the row truth.
    pub(super) fn truth(&self, column: &str) -> Vec<f64> {
        let cells = self.sample.truth.cells(column);
        self.by_delivered_row(&cells.map_or_else(Vec::new, numbers), f64::NAN)
    }

    /// A category before defects, so that another defect's spellings do not split a level.
    pub(super) fn levels(&self, column: &str) -> Vec<Option<Text>> {
        self.by_delivered_row(&texts(&self.sample.surface, column), None)
    }

    /// Whether each row has the level of a source.
    pub(super) fn of_source(&self, source: &SourceLevel) -> Vec<bool> {
        let levels = self.levels(&source.column).into_iter();
        levels
            .map(|level| level.as_deref() == Some(source.level.as_str()))
            .collect()
    }

    /// Whether each row was added by a defect.
    pub(super) fn added_by(&self, number: usize) -> Vec<bool> {
        let added = self.sample.added_by.iter();
        added.map(|by| *by == Some(number as u16)).collect()
    }

    /// Per source row of the sample, whether it was not delivered.
    pub(super) fn not_delivered(&self) -> Vec<bool> {
        let mut missing = vec![true; self.sample.surface.rows()];
        for base in &self.sample.base {
            missing[*base] = false;
        }
        missing
    }

    /// Texts as delivered.
    pub(super) fn written(&self, column: &str) -> Vec<Option<Text>> {
        texts(&self.sample.delivered, column)
    }

    /// Delivered times in milliseconds; the true ones if times were delivered as text.
    pub(super) fn moments(&self) -> Vec<Option<i64>> {
        self.moments_of(self.time_column())
    }

    fn moments_of(&self, column: &str) -> Vec<Option<i64>> {
        if let Some(Cells::Time(moments)) = self.sample.delivered.cells(column) {
            return moments.clone();
        }
        self.by_delivered_row(&moments(&self.sample.surface, column), None)
    }

    /// Times before defects, one per source row of the sample.
    pub(super) fn clean_moments(&self) -> Vec<Option<i64>> {
        moments(&self.sample.surface, self.time_column())
    }

    /// Values of source rows, one per delivered row.
    fn by_delivered_row<T: Clone>(&self, values: &[T], absent: T) -> Vec<T> {
        let base = self.sample.base.iter();
        base.map(|base| values.get(*base).unwrap_or(&absent).clone())
            .collect()
    }

    /// The column's definition in the scenario.
    pub(super) fn plan(&self, column: &str) -> Option<&'a ColumnPlan> {
        self.plans.iter().find(|plan| plan.name == column)
    }

    /// What is drawn of a column, in words: for a later time, the time until then.
    pub(super) fn called(&self, column: &str) -> String {
        match self.plan(column).map(|plan| &plan.kind) {
            Some(ColumnKind::After { .. }) => format!("time until {column}"),
            _ => column.to_owned(),
        }
    }

    fn first_column(&self, is: impl Fn(&ColumnKind) -> bool) -> Option<&'a str> {
        let plan = self.plans.iter().find(|plan| is(&plan.kind))?;
        Some(&plan.name)
    }

    pub(super) fn id_column(&self) -> Option<&'a str> {
        self.first_column(|kind| matches!(kind, ColumnKind::Identifier { .. }))
    }

    pub(super) fn reference_column(&self) -> Option<&'a str> {
        self.first_column(|kind| matches!(kind, ColumnKind::Reference { .. }))
    }

    pub(super) fn text_column(&self) -> Option<&'a str> {
        self.first_column(|kind| matches!(kind, ColumnKind::Text))
    }

    fn time_column(&self) -> &'a str {
        let column = self.first_column(|kind| matches!(kind, ColumnKind::Timestamp));
        column.unwrap_or_default()
    }

    /// Columns with ordered, measured values.
    pub(super) fn measured(&self) -> Vec<&'a str> {
        let plans = self.plans.iter().filter(|plan| {
            let ordered = matches!(
                plan.kind,
                ColumnKind::Category { ordered: true, .. } | ColumnKind::After { .. }
            );
            ordered || plan.kind.takes_structures()
        });
        plans.map(|plan| plan.name.as_str()).collect()
    }

    /// The measured columns, and what is computed from them.
    pub(super) fn numeric(&self) -> Vec<&'a str> {
        let plans = self.context.scenario.columns.iter();
        let derived = plans.filter(|plan| matches!(plan.kind, ColumnKind::Derived { .. }));
        let mut names = self.measured();
        names.extend(derived.map(|plan| plan.name.as_str()));
        names
    }

    /// A planted defect and its number.
    pub(super) fn instance(&self, id: &str) -> Option<(usize, &'a Instance)> {
        let mut instances = self.key.world.instances.iter().enumerate();
        instances.find(|(_, known)| known.id == id)
    }
}

/// Numbers of any column, including numbers written as text; true is 1.
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

/// Rank of each row's level, from 1 for the lowest; NaN for what is not one of them.
fn ranks(levels: &[CategoryLevel], written: &[Option<Text>]) -> Vec<f64> {
    let rank = |text: &Option<Text>| {
        let text = text.as_deref()?;
        levels.iter().position(|level| level.name == text)
    };
    written
        .iter()
        .map(|text| rank(text).map_or(f64::NAN, |at| at as f64 + 1.0))
        .collect()
}

/// Time between two times, in units of `unit` milliseconds.
fn lags(from: &[Option<i64>], to: &[Option<i64>], unit: f64) -> Vec<f64> {
    let lag = |from: Option<i64>, to: Option<i64>| Some(to? as f64 - from? as f64);
    let pairs = from.iter().zip(to);
    pairs
        .map(|(from, to)| lag(*from, *to).map_or(f64::NAN, |lag| lag / unit))
        .collect()
}

fn moments(table: &Table, column: &str) -> Vec<Option<i64>> {
    match table.cells(column) {
        Some(Cells::Time(moments)) => moments.clone(),
        _ => vec![None; table.rows()],
    }
}

fn texts(table: &Table, column: &str) -> Vec<Option<Text>> {
    let cells = table.cells(column);
    cells.map_or_else(|| vec![None; table.rows()], Cells::texts)
}

/// Normal scores of mid-ranks, standardised to mean 0 and standard deviation 1; NaN stays NaN, and
/// a constant gives no scores.
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
    fn scores_of_a_long_tail_have_mean_0_and_spread_1() {
        let values: Vec<f64> = (0..500).map(|at| f64::from(at).exp2().min(1e9)).collect();
        let scores = scores(&values);
        assert!(mean(&scores).unwrap().abs() < 1e-9);
        assert!((sd(&scores).unwrap() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn an_ordered_category_counts_its_levels_from_the_lowest() {
        let level = |name: &str| CategoryLevel {
            name: name.to_owned(),
            share: 0.5,
        };
        let written = [Some(Text::from("high")), None, Some(Text::from("low "))];
        let found = ranks(&[level("low"), level("high")], &written);
        assert!((found[0] - 2.0).abs() < 1e-12 && found[1].is_nan() && found[2].is_nan());
    }

    #[test]
    fn a_later_moment_is_the_time_since_the_first() {
        let found = lags(&[Some(1_000), None], &[Some(61_000), Some(5)], 60_000.0);
        assert!((found[0] - 1.0).abs() < 1e-12 && found[1].is_nan());
    }

    #[test]
    fn a_constant_column_has_no_scores_and_nothing_has_none() {
        assert!(scores(&[2.0; 9]).iter().all(|score| score.is_nan()));
        assert!(scores(&[]).is_empty());
    }
}
