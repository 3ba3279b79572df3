//! Whether this bundle is as hard as the others of its round.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::certify::{Beside, Difficulty};
use crate::review::sentences::decimals;

use super::super::page::{Head, records, section};
use super::{anchor, kind};

/// Each number beside the band of the round; nothing where the round has no bands.
pub(super) fn level(key: &Key) -> Markup {
    if key.parity.is_empty() {
        return html! {};
    }
    let rows: Vec<Vec<Markup>> = key.parity.iter().map(|beside| row(key, beside)).collect();
    section(
        "As hard as the others",
        &html! {
            p.soft {
                "Candidates of a round get other rows of the same world. Chance may make a structure \
                 fainter in one table than in another, so a bundle is drawn again until each of these \
                 numbers is within what tables of this round have in common, or the nearest stands. "
                (drawn(key))
            }
            (records(
                "Recovery: what the careful pipeline recovers, 0 to 1. Rate: share of the rows made that the \
                 defect touched, added or took away. Lure: F1 of the best single group of k-means against its \
                 rows, in this table with everything in it; the cards above have another F1, of each defect \
                 alone in a clean table of the round. The range is from tables that nobody gets.",
                &["finding", "kind", "number", "this bundle", "range"].map(Head::Words),
                &rows,
            ))
            p.soft {
                "Not compared: how strong is what is odd and real, and of which defects a pipeline's report \
                 speaks."
            }
        },
    )
}

/// How often it was drawn, and what came of it.
fn drawn(key: &Key) -> String {
    let outside = key.parity.iter().filter(|beside| !beside.within()).count();
    let drawn = match key.attempt {
        1 => "This one is the first draw".to_owned(),
        attempt => format!("This one is draw {attempt}"),
    };
    match outside {
        0 => format!("{drawn}, and within every range."),
        1 => format!("{drawn}, the nearest of all: one number is outside its range."),
        _ => format!("{drawn}, the nearest of all: {outside} numbers are outside their range."),
    }
}

fn row(key: &Key, beside: &Beside) -> Vec<Markup> {
    let band = &beside.band;
    let finding = key.findings.iter().find(|finding| finding.id == band.of);
    let shown = |value: f64| match band.what {
        Difficulty::Recovery | Difficulty::Lure => decimals(value),
        Difficulty::Rate => format!("{:.1}\u{a0}%", 100.0 * value),
    };
    let (low, high) = (band.mean - band.width, band.mean + band.width);
    vec![
        html! {
            @match finding {
                Some(finding) => { a href=(format!("#{}", anchor(finding))) { (finding.title) } }
                None => { code { (band.of) } }
            }
        },
        html! { @if let Some(finding) = finding { (kind(finding)) } },
        html! { (name(band.what)) },
        html! {
            (shown(beside.value))
            @if !beside.within() { " " strong { "outside" } }
        },
        html! { (shown(low.max(0.0))) " to " (shown(high.min(1.0))) },
    ]
}

fn name(what: Difficulty) -> &'static str {
    match what {
        Difficulty::Recovery => "recovery",
        Difficulty::Rate => "rate",
        Difficulty::Lure => "lure",
    }
}
