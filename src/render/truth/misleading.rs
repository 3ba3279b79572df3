//! What tempts: wrong answers that look right, each with a picture.

use maud::{Markup, html};

use crate::bundle::{Temptation, Told};
use crate::review::sentences::decimals;

use super::super::figure::Size;
use super::super::page::{coded, figure, figures, section};

/// Narrow enough for two in a row.
const PICTURE: Size = Size {
    width: 340,
    height: 250,
};

/// The wrong answers, the clearest-looking first.
pub(super) fn tempting(temptations: &[Temptation]) -> Markup {
    if temptations.is_empty() {
        return html! {};
    }
    let cards: Vec<Markup> = temptations.iter().map(card).collect();
    section(
        "What tempts",
        &html! {
            p.soft {
                "What somebody in a hurry would report: groups of two or three columns that look clear and \
                 tell next to nothing of any structure. Measured once for the round, on rows that no \
                 candidate gets. Whoever reports one of them and has not asked what makes it has something \
                 to talk about."
            }
            (figures(&cards))
        },
    )
}

fn card(one: &Temptation) -> Markup {
    html! {
        (figure(&one.chart, PICTURE))
        p { (coded(&one.says)) " " (truth(one)) }
    }
}

/// What is really in it, in a sentence.
fn truth(one: &Temptation) -> String {
    let told = |told: &Told| format!("{} ({})", told.what, decimals(told.recovery));
    let structure = one.structure.as_ref().map_or_else(
        || "It tells of no structure beyond chance".to_owned(),
        |most| format!("Of the structures it tells most of {}", told(most)),
    );
    match &one.artefact {
        Some(artefact) => format!("{structure}; it rests on {}.", told(artefact)),
        None => format!("{structure}; no defect makes it, only the shape of these columns."),
    }
}
