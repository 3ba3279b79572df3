//! Declared groups: no clustering may be separated within a group that anyone can name, either.

use std::collections::BTreeMap;

use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::Stream;
use crate::table::{Cells, Column};

use super::partitions::{nulls, of_nulls, of_panel};
use super::sample::ViewSample;
use super::separation::separation;
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Number of levels tested per category: the largest ones.
const LEVELS: usize = 2;
/// A category with more levels holds names, not groups.
const MOST_LEVELS: usize = 20;
/// With fewer rows, dips and valleys arise by chance.
const LEAST_ROWS: usize = 400;
/// Rows used per group: the cost is in pairs of rows, and there are many groups.
const ROWS: usize = 1000;

/// A group of rows that anyone would name: one level of a category, one side of a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// In words: `surface is notebook`.
    pub name: String,
    /// Positions in the view, ascending.
    pub rows: Vec<usize>,
}

/// Separation of clusters within declared groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// In words: `surface is notebook`.
    pub name: String,
    /// Number of such rows in the view; at most 1,000 of them are used.
    pub rows: usize,
    /// Best mean silhouette over the panel's clusterings that vote, −1 to 1; no value when none
    /// votes.
    pub silhouette: Option<f64>,
    /// Its excess over the copula null of these rows, for k-means.
    pub silhouette_excess: Option<f64>,
    /// Median valley over the boundaries of the clustering where it is deepest: 0 is a gap, 1 none.
    pub valley: f64,
}

/// The largest levels of a category, by rows of the view: `rows` maps them to rows of the table.
/// Empty for numbers, times and names with many values.
pub fn levels(column: &Column, rows: &[usize]) -> Vec<Declared> {
    let Cells::Text(texts) = &column.cells else {
        return Vec::new();
    };
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        if let Some(Some(text)) = texts.get(*row) {
            places.entry(text.as_str()).or_default().push(place);
        }
        if places.len() > MOST_LEVELS {
            return Vec::new();
        }
    }
    let mut levels: Vec<Declared> = places
        .into_iter()
        .filter(|(_, places)| places.len() < rows.len())
        .map(|(level, rows)| Declared {
            name: format!("{} is {level}", column.name),
            rows,
        })
        .collect();
    // The sort is stable, so ties are in alphabetical order.
    levels.sort_by_key(|level| std::cmp::Reverse(level.rows.len()));
    levels.truncate(LEVELS);
    levels
}

/// Test each group with at least 400 rows; `points` is the view (rows × columns, finite).
///
/// # Errors
/// When a value is not finite. Groups in which too few columns vary are skipped.
pub fn within(
    points: ArrayView2<'_, f64>,
    declared: &[Declared],
    stream: &Stream,
) -> Result<Vec<Within>, CertifyError> {
    let found: Vec<Option<Within>> = declared
        .par_iter()
        .filter(|one| one.rows.len() >= LEAST_ROWS)
        .map(|one| looked_into(points, one, &stream.fork(&one.name)))
        .collect::<Result<_, CertifyError>>()?;
    Ok(found.into_iter().flatten().collect())
}

fn looked_into(
    points: ArrayView2<'_, f64>,
    declared: &Declared,
    stream: &Stream,
) -> Result<Option<Within>, CertifyError> {
    let picks = stream
        .fork("pick")
        .draws()
        .sample(declared.rows.len(), ROWS);
    let rows: Vec<usize> = picks.into_iter().map(|at| declared.rows[at]).collect();
    let sample = match ViewSample::of(points.select(Axis(0), &rows).view(), stream) {
        Err(CertifyError::TooLittle { .. }) => return Ok(None),
        sample => sample?,
    };
    let depth = Depth::Light;
    let nulls = nulls(&sample, depth, &stream.fork("copula nulls"));
    let cuts = of_panel(&sample, depth, &stream.fork("panel"))?;
    let null_cuts = of_nulls(&sample, &nulls, depth, &stream.fork("groups of nulls"))?;
    let found = separation(&cuts, &null_cuts);
    Ok(Some(Within {
        name: declared.name.clone(),
        rows: declared.rows.len(),
        silhouette: found.silhouette,
        silhouette_excess: found.silhouette_excess,
        valley: found.valley,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Secret;
    use ndarray::Array2;

    fn category(texts: &[&str]) -> Column {
        Column {
            name: "plan".to_owned(),
            cells: Cells::Text(texts.iter().map(|text| Some((*text).into())).collect()),
        }
    }

    #[test]
    fn the_two_largest_levels_are_declared_and_one_level_is_none() {
        let column = category(&["free", "team", "team", "other", "free", "team"]);
        let found = levels(&column, &[0, 1, 2, 3, 4, 5]);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["plan is team", "plan is free"]);
        assert_eq!(found[1].rows, [0, 4]);
        // Indexed by rows of the view, not of the table.
        assert_eq!(levels(&column, &[1, 2]), []);
    }

    #[test]
    fn clouds_within_one_level_are_too_clear() {
        let stream = Secret::demo(5).stream();
        let mut draws = stream.fork("cloud").draws();
        // The first half is one cluster, the second half is two.
        let points = Array2::from_shape_fn((1200, 4), |(row, _)| {
            let apart = if row < 600 {
                0.0
            } else {
                6.0 * (row % 2) as f64
            };
            draws.normal() + apart
        });
        let half = |name: &str, rows: std::ops::Range<usize>| Declared {
            name: name.to_owned(),
            rows: rows.collect(),
        };
        let declared = [
            half("half is first", 0..600),
            half("half is second", 600..1200),
            half("few", 0..100),
        ];
        let found = within(points.view(), &declared, &stream).unwrap();
        assert_eq!(found.len(), 2);
        let reasons = crate::certify::verdict::separated_within(
            &found,
            &crate::scenario::Thresholds::default(),
        );
        assert_eq!(reasons.len(), 1, "{found:?}");
        assert!(
            reasons[0]
                .sentence
                .contains("among rows where half is second")
        );
    }
}
