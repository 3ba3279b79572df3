//! Whether this bundle is as difficult as the others of its round.

use maud::{Markup, html};

use crate::bundle::{BandComparison, DifficultyMeasure, Key};
use crate::report::decimals;
use crate::report::{difficulty_name, draw_summary, finding_kind};

use super::super::page::{ColumnHead, records, section};
use super::finding_link::finding_link;

/// Each number with the band of the round; empty if the round has no bands.
pub(super) fn section_of(key: &Key) -> Markup {
    if key.parity.is_empty() {
        return html! {};
    }
    let rows: Vec<Vec<Markup>> = key.parity.iter().map(|one| row(key, one)).collect();
    section(
        "Difficulty",
        &html! {
            p.soft {
                "Candidates of a round get different rows of the same world. By chance a structure may be \
                 weaker in one table than in another, so a bundle is redrawn until each number is in the \
                 range of this round. If no draw is, the closest one is kept. "
                (draw_summary(key))
            }
            (records(
                "Recovery: what the careful baseline recovers, 0 to 1. Rate: share of rows that the defect \
                 touched, added or removed. Decoy strength: how well the best single k-means cluster matches \
                 the defect’s rows (F1) in this table. The F1 in the cards above is for each defect alone in a \
                 clean table. Ranges come from tables that no candidate receives.",
                &["finding", "kind", "measure", "this bundle", "range"].map(ColumnHead::Words),
                &rows,
            ))
            p.soft {
                "Not compared: the strength of the benign anomaly, and which defects the baselines’ reports \
                 mention."
            }
        },
    )
}

fn row(key: &Key, one: &BandComparison) -> Vec<Markup> {
    let band = &one.band;
    let finding = key.findings.iter().find(|finding| finding.id == band.of);
    let shown = |value: f64| match band.what {
        DifficultyMeasure::Recovery | DifficultyMeasure::DecoyStrength => decimals(value),
        DifficultyMeasure::Rate => format!("{:.1}\u{a0}%", 100.0 * value),
    };
    let (low, high) = (band.mean - band.width, band.mean + band.width);
    vec![
        finding.map_or_else(|| html! { code { (band.of) } }, finding_link),
        html! { @if let Some(finding) = finding { (finding_kind(finding)) } },
        html! { (difficulty_name(band.what)) },
        html! {
            (shown(one.value))
            @if !one.within() { " " strong { "out of range" } }
        },
        html! { (shown(low.max(0.0))) " to " (shown(high.min(1.0))) },
    ]
}
