//! What somebody would see who plots two columns at a time.

use maud::{Markup, html};

use crate::certify::{Certificate, PAIR_EXCESS, PAIR_VALLEY, SplitPair};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::figure::FigureSize;
use super::super::page::{ColumnHead, figure, figures, name, table};

/// Tempting pairs of columns in the table, and those with a picture.
const PAIRS: usize = 8;
const PICTURED: usize = 3;
/// Points of a picture: more are a blot.
const POINTS: usize = 1200;

/// The pairs of columns that tempt most.
pub(super) fn tempting(certificate: &Certificate) -> Markup {
    let pairs = &certificate.statistics.pairs;
    let names = column_names(certificate);
    let of = |at: usize| names.get(at).map_or("", String::as_str);
    let rows: Vec<Vec<Markup>> = pairs
        .tempting
        .iter()
        .take(PAIRS)
        .map(|split| {
            let (a, b) = split.columns;
            vec![
                html! { (name(of(a))) " and " (name(of(b))) },
                html! { (split.k) },
                html! { (format!("{:.2}", split.silhouette)) },
                html! { (format!("{:+.2}", split.excess)) },
                html! { (format!("{:.2}", split.valley)) },
            ]
        })
        .collect();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    let mut charts = Vec::new();
    for split in &pairs.tempting {
        if charts.len() < PICTURED && !seen.contains(&split.columns) {
            seen.push(split.columns);
            charts.extend(scatter(certificate, split, &names));
        }
    }
    let charts: Vec<Markup> = charts
        .iter()
        .map(|chart| {
            figure(
                chart,
                FigureSize {
                    width: 480,
                    height: 340,
                },
            )
        })
        .collect();
    let heads = [
        ColumnHead::Words("columns"),
        ColumnHead::Numbers("groups"),
        ColumnHead::Numbers("silhouette"),
        ColumnHead::Numbers("beyond twins"),
        ColumnHead::Numbers("valley"),
    ];
    html! {
        h3 { "What would somebody see who plots two columns?" }
        p {
            "Of " (pairs.looked_at) " pairs of columns, " (pairs.clear) " show a clear split: a \
             gap between clouds (a valley under " (format!("{PAIR_VALLEY:.2}")) "), which a twin without \
             groups does not show as well (a silhouette " (format!("{PAIR_EXCESS:.2}")) " beyond it; both are \
             needed). The deepest valley of any pair is "
            (format!("{:.2}", pairs.valley)) "."
        }
        @if rows.is_empty() {
            p { "No pair of columns shows even a thin border, so that there is nothing to picture." }
        } @else {
            (figures(&charts))
            p.otherwise {
                "If one grouping were right, some of these would show separate clouds. A thin border where a \
                 column piles up on a few values, at zero say, is none: its twin has it as well."
            }
            (table("The most tempting splits", &heads, &rows))
        }
    }
}

/// Two columns as they were measured; no picture without the numbers.
fn scatter(certificate: &Certificate, split: &SplitPair, names: &[String]) -> Option<Chart> {
    let points = &certificate.view.points;
    let (a, b) = split.columns;
    if points.nrows() == 0 || points.ncols() != names.len() || a.max(b) >= names.len() {
        return None;
    }
    let stride = points.nrows().div_ceil(POINTS);
    let rows = (0..points.nrows()).step_by(stride);
    Some(Chart {
        title: format!("{} and {}", names[a], names[b]),
        says: format!(
            "k-means with {} groups has silhouette {:.2} here, {:+.2} beyond a twin's; valley {:.2}.",
            split.k, split.silhouette, split.excess, split.valley
        ),
        x: Axis::named(&names[a]),
        y: Axis::named(&names[b]),
        marks: vec![Marks::Points {
            name: String::new(),
            points: rows
                .map(|row| (points[[row, a]], points[[row, b]]))
                .collect(),
            tone: Tone::First,
        }],
    })
}

/// Names of the columns that vary, in the order that statistics count them.
pub(super) fn column_names(certificate: &Certificate) -> Vec<String> {
    let (columns, used) = (&certificate.view.columns, certificate.statistics.columns);
    if columns.len() == used {
        return columns.iter().map(|column| column.name.clone()).collect();
    }
    // Which of them vary is not told; a wrong name would be worse than none.
    (1..=used).map(|at| format!("column {at}")).collect()
}
