//! What an analyst would see in scatter plots of two columns.

use maud::{Markup, html};

use crate::certify::{Certificate, PAIR_EXCESS, PAIR_VALLEY, SplitPair};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::figure::FigureSize;
use super::super::page::{ColumnHead, figure, figures, name, table};

/// Column pairs in the table, and those with a plot.
const PAIRS: usize = 8;
const PICTURED: usize = 3;
/// Maximum number of points of a plot.
const POINTS: usize = 1200;

/// The column pairs whose clusterings look most convincing.
pub(super) fn misleading(certificate: &Certificate) -> Markup {
    let pairs = &certificate.statistics.pairs;
    let names = column_names(certificate);
    let of = |at: usize| names.get(at).map_or("", String::as_str);
    let rows: Vec<Vec<Markup>> = pairs
        .misleading
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
    for split in &pairs.misleading {
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
        ColumnHead::Numbers("clusters"),
        ColumnHead::Numbers("silhouette"),
        ColumnHead::Numbers("excess"),
        ColumnHead::Numbers("valley"),
    ];
    html! {
        h3 { "What would an analyst see in scatter plots of two columns?" }
        p {
            "Of " (pairs.looked_at) " column pairs, " (pairs.clear) " show a clear split: a gap between clouds (a valley depth under " (format!("{PAIR_VALLEY:.2}")) "), with a silhouette at least " (format!("{PAIR_EXCESS:.2}")) " above that of a null table. The deepest valley of any pair is "
            (format!("{:.2}", pairs.valley)) "."
        }
        @if rows.is_empty() {
            p { "No column pair shows even a shallow valley, so there is nothing to plot." }
        } @else {
            (figures(&charts))
            p.contrast {
                "If one clustering were correct, some of these plots would show separate clouds. A \
                 valley next to a pile-up of equal values, at zero for example, does not count: \
                 the null table has it, too."
            }
            (table("The most misleading clusterings of two columns", &heads, &rows))
        }
    }
}

/// Two columns of the analysis view; none without its values.
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
            "k-means with {} clusters has a silhouette of {:.2} here, {:+.2} compared with a null \
             table; valley depth {:.2}.",
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

/// Names of the columns that are not constant, in the order used by the statistics.
pub(super) fn column_names(certificate: &Certificate) -> Vec<String> {
    let (columns, used) = (&certificate.view.columns, certificate.statistics.columns);
    if columns.len() == used {
        return columns.iter().map(|column| column.name.clone()).collect();
    }
    // Which columns vary is not recorded, and a wrong name would be worse than none.
    (1..=used).map(|at| format!("column {at}")).collect()
}
