//! Clusterings that look clear and are wrong, each with a figure.

use maud::{Markup, html};

use crate::bundle::{MisleadingClustering, PartialRecovery};
use crate::review::sentences::decimals;

use super::super::figure::FigureSize;
use super::super::page::{coded, figure, figures, section};

/// Narrow enough for two in a row.
const PICTURE: FigureSize = FigureSize {
    width: 340,
    height: 250,
};

/// The misleading clusterings, the clearest first.
pub(super) fn section_of(temptations: &[MisleadingClustering]) -> Markup {
    if temptations.is_empty() {
        return html! {};
    }
    let cards: Vec<Markup> = temptations.iter().map(card).collect();
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
        p { (coded(&one.statement)) " " (truth(one)) }
    }
}

/// What is really in it, in a sentence.
fn truth(one: &MisleadingClustering) -> String {
    let named = |one: &PartialRecovery| format!("{} ({})", one.what, decimals(one.recovery));
    let structure = one.structure.as_ref().map_or_else(
        || "It recovers no structure beyond chance".to_owned(),
        |most| format!("The structure it recovers best is {}", named(most)),
    );
    match &one.artefact {
        Some(artefact) => format!("{structure}; it rests on {}.", named(artefact)),
        None => format!("{structure}; no defect causes it, only the shape of these columns."),
    }
}
