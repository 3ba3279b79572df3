//! Whether these measures would have seen groups: the table between its twins and itself pushed apart.

use maud::{Markup, html};

use crate::certify::{Certificate, PositiveControl, SeparatedCopy};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::super::figure::FigureSize;
use super::super::page::{ColumnHead, figure, figures, table};
use super::percent;

/// One measure, and how to read it off each.
struct Row {
    name: &'static str,
    turns: String,
    null: Option<f64>,
    own: Option<f64>,
    of: fn(&SeparatedCopy) -> Option<f64>,
    clear: Box<dyn Fn(f64) -> bool>,
}

/// The control as a table; nothing where it was not measured.
pub(super) fn control(certificate: &Certificate) -> Markup {
    let Some(control) = &certificate.statistics.positive_control else {
        return html! {};
    };
    let pushes: Vec<String> = control
        .separated
        .iter()
        .map(|pushed| format!("{} further out", percent(pushed.by)))
        .collect();
    let mut heads = vec![
        ColumnHead::Words("measure"),
        ColumnHead::Numbers("turns at"),
        ColumnHead::Numbers("null table"),
        ColumnHead::Numbers("this table"),
    ];
    heads.extend(pushes.iter().map(|name| ColumnHead::Numbers(name)));
    let rows: Vec<Vec<Markup>> = rows(certificate)
        .iter()
        .map(|row| {
            let cell = |value: Option<f64>| match value {
                None => html! { "–" },
                Some(value) if (row.clear)(value) => {
                    html! { strong.against { (format!("{value:.2}")) } }
                }
                Some(value) => {
                    // Two decimals may show the very number of the turn, and three do not.
                    let shown = format!("{value:.2}");
                    let same = row.turns.ends_with(&shown);
                    html! { @if same { (format!("{value:.3}")) } @else { (shown) } }
                }
            };
            let mut cells = vec![
                html! { (row.name) },
                html! { (row.turns) },
                cell(row.null),
                cell(row.own),
            ];
            cells.extend(
                control
                    .separated
                    .iter()
                    .map(|pushed| cell((row.of)(pushed))),
            );
            cells
        })
        .collect();
    html! {
        h3 { "Would these measures see groups if there were some?" }
        p {
            "The same rows once more, cut by k-means into " (control.groups) " groups, each moved away from the \
             middle of all, further and further: 100 % is twice as far out. Numbers set like "
            strong.against { "this" } " are past their turn; agreement and coming back count only where the valley \
             is past its own, since one cloud can be cut the same way every time."
        }
        (scatters(control))
        (table("From a table without groups to one with groups", &heads, &rows))
        p.otherwise {
            "If these measures were blind, the last columns would look like the first ones. The silhouette turns \
             late: with many columns even groups that lie apart reach little of it."
        }
    }
}

/// The table on its first two components, next to a null table and itself pushed apart.
fn scatters(control: &PositiveControl) -> Markup {
    let [own, null, pushed] = &control.scatter;
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
            "600 rows at most, on its first two principal components.",
            own,
        ),
        chart(
            "A null table",
            "The same columns and correlations, and no groups.",
            null,
        ),
        chart(
            "SeparatedCopy apart",
            "The table with its groups half as far again from the middle.",
            pushed,
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
    let twins = s.separation.null_curves.iter().flatten().flatten();
    vec![
        Row {
            name: "valley between neighbours (0 a gap, 1 none)",
            turns: format!("≤ {:.2}", t.valley),
            null: Some(s.separation.valley_null),
            own: Some(s.separation.valley),
            of: |pushed| Some(pushed.valley),
            clear: Box::new(move |value| value <= t.valley),
        },
        Row {
            name: "silhouette (0 touching, 1 far apart)",
            turns: format!("≥ {:.2}", t.silhouette),
            null: twins.copied().max_by(f64::total_cmp),
            own: s.separation.silhouette,
            of: |pushed| pushed.silhouette,
            clear: Box::new(move |value| value >= t.silhouette),
        },
        Row {
            name: "algorithms agree (0 chance, 1 the same groups)",
            turns: format!("≥ {:.2}", t.agreement),
            null: s
                .positive_control
                .as_ref()
                .and_then(|control| Some(control.null.as_ref()?.agreement)),
            own: Some(s.agreement.core_most),
            of: |pushed| Some(pushed.agreement),
            clear: Box::new(move |value| value >= t.agreement),
        },
        Row {
            name: "groups come back (prediction strength, from 3 groups)",
            turns: format!("≥ {:.2}", t.strength),
            null: Some(s.stability.strength_null),
            own: Some(s.stability.strength_most),
            of: |pushed| Some(pushed.strength),
            clear: Box::new(move |value| value >= t.strength),
        },
    ]
}
