//! One column on a card.

use maud::{Markup, PreEscaped, html};

use crate::chart::Chart;
use crate::explore::{ColumnProfile, UnreadValues};
use crate::render::figure::{FigureSize, svg};
use crate::render::page::{ShareBar, bars, facts, name};
use crate::report::{description, distinct_values};
use crate::text::{number, percent, thousands};

pub(super) fn card(column: &ColumnProfile, distribution: Option<&Chart>) -> Markup {
    let mut line = vec![
        ("type", column.kind.to_owned()),
        ("distinct", distinct_values(column)),
        (
            "missing",
            if column.missing == 0 {
                "none".to_owned()
            } else {
                percent(column.missing_share)
            },
        ),
    ];
    let mut spread = Vec::new();
    if let Some(n) = &column.numbers {
        spread.extend([
            ("min", number(n.min)),
            ("p1", number(n.p1)),
            ("median", number(n.p50)),
            ("p99", number(n.p99)),
            ("max", number(n.max)),
            ("mean", number(n.mean)),
        ]);
    }
    if let Some(t) = &column.times {
        line.push(("days", number(t.days)));
        spread.extend([("first", t.first.clone()), ("last", t.last.clone())]);
    }
    html! {
        article.card {
            h3 { (name(&column.name)) }
            @if let Some(entry) = &column.dictionary { p.soft { (description(entry)) } }
            (facts(&line))
            @if let Some(chart) = distribution {
                div.sheet { (PreEscaped(svg(chart, FigureSize { width: 360, height: 170 }))) }
            } @else if column.most_frequent.is_empty() {
                p.soft { "No values." }
            } @else {
                (frequent_values(column))
            }
            (patterns(column))
            @if let Some(some) = &column.unread { (wrong_type(some)) }
            @if column.times.is_some() { div { (facts(&spread)) } }
            @else if !spread.is_empty() { (facts(&spread)) }
        }
    }
}

/// Bars are omitted when the most frequent value has a smaller share.
const RARE: f64 = 0.005;

/// The most frequent values of a column without a histogram, and the rest.
fn frequent_values(column: &ColumnProfile) -> Markup {
    let first = column.most_frequent.first();
    if let Some(first) = first.filter(|first| first.count == 1 || first.share < RARE) {
        return html! {
            p.soft {
                @if first.count == 1 && column.distinct_estimated {
                    "No value occurs twice in the sample. The first in sorted order:"
                } @else if first.count == 1 { "No value occurs twice. The first in sorted order:" }
                @else { "No value occurs more than " (thousands(first.count)) " times. The most frequent:" }
            }
            ul.plain { @for common in column.most_frequent.iter().take(4) { li { (common.value) } } }
        };
    }
    let full = column
        .most_frequent
        .iter()
        .map(|common| common.share)
        .fold(0.0, f64::max);
    let others = column.distinct - column.most_frequent.len();
    let mut rows: Vec<ShareBar> = column
        .most_frequent
        .iter()
        .map(|common| ShareBar {
            name: common.value.clone(),
            share: common.share,
            shown: percent(common.share),
            rest: false,
            reference: None,
        })
        .collect();
    if others > 0 {
        let rest = 1.0
            - column
                .most_frequent
                .iter()
                .map(|common| common.share)
                .sum::<f64>();
        rows.push(ShareBar {
            name: format!("{} other values", thousands(others)),
            share: rest,
            shown: percent(rest),
            rest: true,
            reference: None,
        });
    }
    bars(&rows, full)
}

fn wrong_type(unread: &UnreadValues) -> Markup {
    html! {
        p.soft {
            (thousands(unread.count)) " values (" (percent(unread.share)) ") are of the wrong type: "
            @for (at, one) in unread.examples.iter().take(3).enumerate() {
                @if at > 0 { ", " }
                "“" (one.value) "” (" (thousands(one.count)) ")"
            }
            @if unread.examples.len() > 3 { ", …" }
        }
    }
}

/// Text patterns, if one of them is frequent.
fn patterns(column: &ColumnProfile) -> Markup {
    let frequent = column
        .text_patterns
        .first()
        .is_some_and(|first| first.share >= LEAST_SHARE);
    html! {
        @if frequent {
            p.soft {
                "Common patterns: "
                @for (at, pattern) in column.text_patterns.iter().take(3).enumerate() {
                    @if at > 0 { ", " }
                    code { (pattern.value) } " (" (percent(pattern.share)) ")"
                }
                "."
            }
        }
    }
}

/// Patterns are shown if the most frequent one has at least this share.
const LEAST_SHARE: f64 = 0.05;
