//! Pictures of what the columns tell of each other.

use maud::{Markup, html};

use crate::certify::{Certificate, PREDICTABLE};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::page::{MarkStyle, Meter, ReferenceMark, ShareBar, bars, meters};
use super::Shown;
use super::pairs::column_names;

/// Variances of components against those of shuffled columns.
pub(super) fn components(certificate: &Certificate) -> Shown {
    let m = &certificate.statistics.meaning;
    let numbered = |values: &[f64]| -> Vec<(f64, f64)> {
        let values = values.iter().enumerate();
        values
            .map(|(at, value)| ((at + 1) as f64, *value))
            .collect()
    };
    let says = match m.factors {
        0 => "No direction carries more variance than in a table with shuffled columns.".to_owned(),
        1 => {
            "One direction carries more variance than in a table with shuffled columns.".to_owned()
        }
        n => format!("{n} directions carry more variance than in a table with shuffled columns."),
    };
    let own = numbered(&m.variances);
    let most = m.variances.len() as f64;
    Shown {
        chart: Chart {
            title: "Directions that columns share (parallel analysis)".to_owned(),
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
        otherwise:
            "If columns had nothing to do with each other, the points would lie on the heavy line \
                    or below it."
                .to_owned(),
    }
}

/// How well real rows are told from made ones, on one line with both thresholds.
pub(super) fn beyond_correlation(certificate: &Certificate) -> Markup {
    let (m, t) = (&certificate.statistics.meaning, &certificate.thresholds);
    let meter = |name: &str, value: f64, turns: f64| Meter {
        name: name.to_owned(),
        value: Some(value),
        shown: format!("{value:.2}, needs {turns:.2}"),
        chance: None,
        interval: None,
        references: vec![ReferenceMark {
            name: format!("needs {turns:.2}"),
            value: turns,
            style: MarkStyle::Solid,
        }],
    };
    let correlation = if m.two_sample_copula >= t.two_sample_copula {
        "more is there than correlation of two columns at a time"
    } else {
        "next to nothing is there but correlation of two columns at a time"
    };
    let independent = if m.two_sample_permuted >= t.two_sample_permuted {
        "columns depend on each other"
    } else {
        "columns hardly depend on each other"
    };
    html! {
        h3 { "Can a learner tell real rows from made ones?" }
        p {
            "Area under the curve, from 0.5 (guessing) to 1 (always right); the upright line is where the \
             answer turns. The first row says that " (independent) ", the second that " (correlation) "."
        }
        (meters(
            &[
                meter("from shuffled columns", m.two_sample_permuted, t.two_sample_permuted),
                meter("from correlation's twins", m.two_sample_copula, t.two_sample_copula),
            ],
            0.5,
            1.0,
        ))
        p.otherwise {
            "If there were nothing but chance, both dots would lie at the left end; if there were nothing \
             but correlation, the second one."
        }
    }
}

/// How well each column is told by the others.
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
        h3 { "How well do the others tell a column?" }
        p {
            "Share of a column's variance that the others predict on rows not seen before (R²), from 0 to 1. "
            (m.predictable) " of " (rows.len()) " reach the upright line at " (format!("{PREDICTABLE:.2}")) "; "
            (enough) " are needed."
        }
        (bars(&rows, 1.0))
        p.otherwise { "If the table meant nothing, no bar would reach the line." }
    }
}
