//! Clusterings that look clear and are wrong, each with a figure.

use maud::{Markup, html};

use crate::bundle::MisleadingClustering;
use crate::report::misleading_because;

use super::super::figure::FigureSize;
use super::super::page::{coded, figure, figures, section};

/// Narrow enough for two in a row.
const PICTURE: FigureSize = FigureSize {
    width: 340,
    height: 250,
};

/// The misleading clusterings, the clearest first.
pub(super) fn section_of(misleading: &[MisleadingClustering]) -> Markup {
    if misleading.is_empty() {
        return html! {};
    }
    let cards: Vec<Markup> = misleading.iter().map(card).collect();
    section(
        "Misleading clusterings",
        &html! {
            p.soft {
                "What an analyst in a hurry would report: clusters in two or three columns that look clear and \
                 say almost nothing about any structure. They were measured once per round, on rows that no \
                 candidate receives. If a report names one of them, ask in the interview what causes it."
            }
            (figures(&cards))
        },
    )
}

fn card(one: &MisleadingClustering) -> Markup {
    html! {
        (figure(&one.chart, PICTURE))
        p { (coded(&one.statement)) " " (misleading_because(one)) }
    }
}
