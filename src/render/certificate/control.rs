//! The positive control: the table between a null table and copies of itself with separated clusters.

use maud::{Markup, html};

use crate::certify::{Certificate, PositiveControl, SeparatedCopy};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::figure::FigureSize;
use super::super::page::{ColumnHead, figure, figures, table};
use super::panel::percent;

/// One statistic, and how to read it from each table.
struct Row {
    name: &'static str,
    threshold: String,
    null: Option<f64>,
    own: Option<f64>,
    of: fn(&SeparatedCopy) -> Option<f64>,
    clear: Box<dyn Fn(f64) -> bool>,
}

/// The positive control as plots and a table; empty if it was not measured.
pub(super) fn control(certificate: &Certificate) -> Markup {
    let Some(control) = &certificate.statistics.positive_control else {
        return html! {};
    };
    let copies: Vec<String> = control
        .separated
        .iter()
        .map(|copy| format!("moved by {}", percent(copy.by)))
        .collect();
    let mut heads = vec![
        ColumnHead::Words("statistic"),
        ColumnHead::Numbers("threshold"),
        ColumnHead::Numbers("null table"),
        ColumnHead::Numbers("this table"),
    ];
    heads.extend(copies.iter().map(|name| ColumnHead::Numbers(name)));
    let rows: Vec<Vec<Markup>> = rows(certificate)
        .iter()
        .map(|row| {
            let cell = |value: Option<f64>| match value {
                None => html! { "–" },
                Some(value) if (row.clear)(value) => {
                    html! { strong.against { (format!("{value:.2}")) } }
                }
                Some(value) => {
                    // With two decimals a value may look equal to the threshold; with three it does
                    // not.
                    let shown = format!("{value:.2}");
                    let same = row.threshold.ends_with(&shown);
                    html! { @if same { (format!("{value:.3}")) } @else { (shown) } }
                }
            };
            let mut cells = vec![
                html! { (row.name) },
                html! { (row.threshold) },
                cell(row.null),
                cell(row.own),
            ];
            cells.extend(control.separated.iter().map(|copy| cell((row.of)(copy))));
            cells
        })
        .collect();
    html! {
        h3 { "Would these statistics detect clusters?" }
        p {
            "k-means cuts the same rows into " (control.groups) " clusters, and each cluster is moved away from the overall centre, step by step; by \
             100 % means twice as far out. Values set like "
            strong.against { "this" } " are past their threshold. Agreement and prediction strength \
                                       count only if the valley is past its threshold, too, \
                                       because one cloud can be cut the same way every time."
        }
        (scatters(control))
        (table("From a null table to separated clusters", &heads, &rows))
        p.contrast {
            "If the statistics could not detect clusters, the last columns would look like the \
             first. The silhouette reaches its threshold late: with many columns, even separated \
             clusters score low."
        }
    }
}

/// The table on its first two principal components, next to a null table and a separated copy.
fn scatters(control: &PositiveControl) -> Markup {
    let [own, null, separated] = &control.scatter;
    let all = || control.scatter.iter().flatten();
    let ends = |of: fn(&(f32, f32)) -> f32| {
        let values = all().map(of);
        let ends = values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        });
        Some((f64::from(ends.0), f64::from(ends.1)))
    };
    let chart = |title: &str, says: &str, points: &[(f32, f32)]| Chart {
        title: title.to_owned(),
        says: says.to_owned(),
        x: Axis {
            range: ends(|place| place.0),
            ..Axis::named("component 1")
        },
        y: Axis {
            range: ends(|place| place.1),
            ..Axis::named("component 2")
        },
        marks: vec![Marks::Points {
            name: String::new(),
            points: points
                .iter()
                .map(|(x, y)| (f64::from(*x), f64::from(*y)))
                .collect(),
            tone: Tone::First,
        }],
    };
    if own.is_empty() {
        return html! {};
    }
    let charts = [
        chart(
            "This table",
            "Up to 600 rows, on the first two principal components.",
            own,
        ),
        chart(
            "A null table",
            "The same columns and correlations, no clusters.",
            null,
        ),
        chart(
            "Separated copy",
            "The table with its clusters moved 50 % further from the centre.",
            separated,
        ),
    ];
    let charts: Vec<Markup> = charts
        .iter()
        .map(|chart| figure(chart, FigureSize::SQUARE))
        .collect();
    html! { div.three { (figures(&charts)) } }
}

fn rows(certificate: &Certificate) -> Vec<Row> {
    let (s, t) = (&certificate.statistics, certificate.thresholds);
    let nulls = s.separation.null_curves.iter().flatten().flatten();
    vec![
        Row {
            name: "valley depth (0 a gap, 1 none)",
            threshold: format!("≤ {:.2}", t.valley),
            null: Some(s.separation.valley_null),
            own: Some(s.separation.valley),
            of: |copy| Some(copy.valley),
            clear: Box::new(move |value| value <= t.valley),
        },
        Row {
            name: "silhouette (0 touching, 1 far apart)",
            threshold: format!("≥ {:.2}", t.silhouette),
            null: nulls.copied().max_by(f64::total_cmp),
            own: s.separation.silhouette,
            of: |copy| copy.silhouette,
            clear: Box::new(move |value| value >= t.silhouette),
        },
        Row {
            name: "agreement between algorithms (0 chance, 1 identical)",
            threshold: format!("≥ {:.2}", t.agreement),
            null: s
                .positive_control
                .as_ref()
                .and_then(|control| Some(control.null.as_ref()?.agreement)),
            own: Some(s.agreement.core_most),
            of: |copy| Some(copy.agreement),
            clear: Box::new(move |value| value >= t.agreement),
        },
        Row {
            name: "prediction strength (k ≥ 3)",
            threshold: format!("≥ {:.2}", t.strength),
            null: Some(s.stability.strength_null),
            own: Some(s.stability.strength_most),
            of: |copy| Some(copy.strength),
            clear: Box::new(move |value| value >= t.strength),
        },
    ]
}
