//! Principal components of the numeric columns in one scaling.

use ndarray::{Array2, Axis as Side};

use crate::chart::{Axis, Chart, Marks, Tone};
use crate::cluster::PrincipalComponents;
use crate::explore::numeric_columns::CompleteColumn;
use crate::text::{percent, thousands};

use super::types::{ColumnLoading, ScaledComponents, ValueTransform};

/// Components that a page can show.
const LOADINGS: usize = 8;
/// Points of the static plot, which adds to the size of the page.
const DOTS: usize = 1000;
/// Components in the scree plot.
const SCREE: usize = 12;

/// Principal components of `columns`; none if they cannot be computed.
pub(super) fn components(
    name: &'static str,
    columns: &[CompleteColumn],
) -> Option<ScaledComponents> {
    let rows = columns.first()?.values.len();
    let points = Array2::from_shape_fn((rows, columns.len()), |(row, at)| columns[at].values[row]);
    let found = PrincipalComponents::fit(points.view(), true).ok()?;
    let total: f64 = found.variances.iter().sum();
    let shares: Vec<f64> = found
        .variances
        .iter()
        .map(|v| v / total.max(f64::MIN_POSITIVE))
        .collect();
    let scores = found.scores(points.view(), 2).ok()?;
    let loadings = columns
        .iter()
        .enumerate()
        .map(|(at, column)| ColumnLoading {
            column: column.name.clone(),
            position: column.position,
            transform: column.transform,
            fill: column.fill,
            mean: found.means[at],
            scale: found.scales[at],
            weights: found
                .loadings
                .row(at)
                .iter()
                .take(LOADINGS)
                .copied()
                .collect(),
        });
    Some(ScaledComponents {
        name,
        logged: columns
            .iter()
            .filter(|column| matches!(column.transform, ValueTransform::Log(_)))
            .map(|column| column.name.clone())
            .collect(),
        scatter: scatter(&scores, &shares),
        scree: scree(&shares),
        loadings: loadings.collect(),
        shares: shares.into_iter().take(LOADINGS).collect(),
    })
}

fn scatter(scores: &Array2<f64>, shares: &[f64]) -> Chart {
    let label = |at: usize| {
        let part = shares.get(at).copied().unwrap_or(0.0);
        format!("component {}, {} of the variance", at + 1, percent(part))
    };
    let dots = scores.nrows().min(DOTS);
    Chart {
        title: "First two components".to_owned(),
        says: format!("Each dot is one of {} rows.", thousands(dots)),
        x: Axis::named(label(0)),
        y: Axis::named(label(1)),
        marks: vec![Marks::Points {
            name: String::new(),
            points: scores
                .axis_iter(Side(0))
                .take(dots)
                .map(|row| (row[0], row[1]))
                .collect(),
            tone: Tone::First,
        }],
    }
}

fn scree(shares: &[f64]) -> Chart {
    let shown = shares.len().min(SCREE);
    let points: Vec<(f64, f64)> = (0..shown)
        .map(|at| (at as f64 + 1.0, 100.0 * shares[at]))
        .collect();
    let (name, tone) = (String::new(), Tone::First);
    Chart {
        title: "Variance explained by each component".to_owned(),
        says: format!("{} components in all.", shares.len()),
        x: Axis {
            label: "component".to_owned(),
            range: None,
            ticks: (1..=shown).map(|at| (at as f64, at.to_string())).collect(),
        },
        y: Axis {
            label: "% of variance".to_owned(),
            range: points.first().map(|first| (0.0, first.1 * 1.08)),
            ticks: Vec::new(),
        },
        marks: vec![
            Marks::Line {
                name: name.clone(),
                points: points.clone(),
                tone,
            },
            Marks::Points { name, points, tone },
        ],
    }
}
