//! Plots of how the columns depend on each other.

use maud::{Markup, html};

use crate::certify::{Certificate, PREDICTABLE};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::page::{MarkStyle, Meter, ReferenceMark, ShareBar, bars, meters};
use super::pairs::column_names;
use super::panel::Panel;

/// Variances of principal components, compared with shuffled columns.
pub(super) fn components(certificate: &Certificate) -> Panel {
    let m = &certificate.statistics.meaning;
    let numbered = |values: &[f64]| -> Vec<(f64, f64)> {
        let values = values.iter().enumerate();
        values
            .map(|(at, value)| ((at + 1) as f64, *value))
            .collect()
    };
    let says = match m.factors {
        0 => "No principal component has more variance than in a table with shuffled columns."
            .to_owned(),
        1 => "One principal component has more variance than in a table with shuffled columns."
            .to_owned(),
        n => format!(
            "{n} principal components have more variance than in a table with shuffled \
                      columns."
        ),
    };
    let own = numbered(&m.variances);
    let most = m.variances.len() as f64;
    Panel {
        chart: Chart {
            title: "Shared directions (parallel analysis)".to_owned(),
            says,
            x: Axis {
                label: "principal component".to_owned(),
                range: Some((0.7, most + 0.3)),
                ticks: (1..=m.variances.len())
                    .map(|at| (at as f64, at.to_string()))
                    .collect(),
            },
            y: Axis::named("variance"),
            marks: vec![
                Marks::Line {
                    name: "shuffled columns, 99 % quantile".to_owned(),
                    points: numbered(&m.variances_null),
                    tone: Tone::Alarm,
                },
                Marks::Line {
                    name: String::new(),
                    points: own.clone(),
                    tone: Tone::First,
                },
                Marks::Points {
                    name: "this table".to_owned(),
                    points: own,
                    tone: Tone::First,
                },
            ],
        },
        contrast:
            "If the columns were independent, the points would lie on or below the heavy line."
                .to_owned(),
    }
}

/// How well a classifier distinguishes real rows from null rows, with both thresholds.
pub(super) fn beyond_correlation(certificate: &Certificate) -> Markup {
    let (m, t) = (&certificate.statistics.meaning, &certificate.thresholds);
    let meter = |name: &str, value: f64, threshold: f64| Meter {
        name: name.to_owned(),
        value: Some(value),
        shown: format!("{value:.2}, needs {threshold:.2}"),
        chance: None,
        interval: None,
        references: vec![ReferenceMark {
            name: format!("needs {threshold:.2}"),
            value: threshold,
            style: MarkStyle::Solid,
        }],
    };
    let correlation = if m.two_sample_copula >= t.two_sample_copula {
        "there is more than pairwise correlation"
    } else {
        "there is almost nothing beyond pairwise correlation"
    };
    let independent = if m.two_sample_permuted >= t.two_sample_permuted {
        "columns depend on each other"
    } else {
        "columns barely depend on each other"
    };
    html! {
        h3 { "Can a classifier distinguish real rows from null rows?" }
        p {
            "Area under the ROC curve, from 0.5 (guessing) to 1 (always right). The upright line \
             marks the threshold. The first row shows that " (independent) ", the second that " (correlation) "."
        }
        (meters(
            &[
                meter("from shuffled columns", m.two_sample_permuted, t.two_sample_permuted),
                meter("from null tables", m.two_sample_copula, t.two_sample_copula),
            ],
            0.5,
            1.0,
        ))
        p.contrast {
            "If the columns were independent, both dots would be at the left end. If there were \
             only pairwise correlation, the second one would be."
        }
    }
}

/// How well each column is predicted by the others.
pub(super) fn predictability(certificate: &Certificate) -> Markup {
    let m = &certificate.statistics.meaning;
    let names = column_names(certificate);
    let rows: Vec<ShareBar> = m
        .predictability
        .iter()
        .enumerate()
        .map(|(at, value)| ShareBar {
            name: names.get(at).cloned().unwrap_or_default(),
            share: *value,
            shown: format!("{value:.2}"),
            rest: false,
            reference: Some(PREDICTABLE),
        })
        .collect();
    let enough = certificate
        .thresholds
        .predictable_columns(certificate.statistics.columns);
    html! {
        h3 { "How well do the other columns predict each column?" }
        p {
            "Share of a column's variance that the other columns predict on unseen rows (R²), from \
             0 to 1. "
            (m.predictable) " of " (rows.len()) " columns reach the upright line at " (format!("{PREDICTABLE:.2}")) "; "
            (enough) " are required."
        }
        (bars(&rows, 1.0))
        p.contrast { "If the columns carried no signal, no bar would reach the line." }
    }
}
