//! What became of the data: defect by defect, what was changed for nothing, and what it leads to.

use maud::{Markup, html};

use crate::render::page::{Head, Look, Meter, Reference, look, meters, records};
use crate::review::sentences::{
    counted, decimals, nought, of_cleaning, of_consequences, of_damage, of_dropped, of_error,
};
use crate::review::{CleaningEvidence, Consequence, Evidence};

pub(super) fn cleaning(evidence: &Evidence) -> Markup {
    let defects = &evidence.cleaning;
    html! {
        @if !defects.is_empty() {
            p { (of_cleaning(defects)) }
            (repaired(defects))
        }
        @if let Some(damage) = &evidence.damage {
            p {
                (of_damage(damage, &evidence.damaged))
                @if let Some(dropped) = &evidence.dropped { " " (of_dropped(dropped)) }
            }
        }
        @if !defects.is_empty() { (how_well(defects)) }
        @if !evidence.consequences.is_empty() { (consequences(&evidence.consequences)) }
    }
}

fn repaired(defects: &[CleaningEvidence]) -> Markup {
    let heads = [
        Head::Words("defect"),
        Head::Words("what would repair it"),
        Head::Numbers("it touched"),
        Head::Numbers("repaired"),
        Head::Numbers("acted on"),
    ];
    let row = |one: &CleaningEvidence| {
        vec![
            html! { (one.what) },
            html! { (one.repair) },
            html! { (one.counted) },
            html! { (counted(&one.repaired)) },
            html! { (counted(&one.acted_on)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = defects.iter().map(row).collect();
    records(
        "What became of what each defect touched, with 95 % intervals.",
        &heads,
        &rows,
    )
}

/// Precision and errors, for who asks how well.
fn how_well(defects: &[CleaningEvidence]) -> Markup {
    let heads = [
        Head::Words("defect"),
        Head::Numbers("precision"),
        Head::Numbers("F1"),
        Head::Numbers("off by"),
    ];
    let row = |one: &CleaningEvidence| {
        let precision = one.precision.filter(|part| part.of > 0);
        vec![
            html! { (one.what) },
            html! { (precision.map_or("–".to_owned(), |part| counted(&part))) },
            html! { (one.f1.map_or("–".to_owned(), nought)) },
            html! { (one.error.as_ref().map_or("–".to_owned(), of_error)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = defects.iter().map(row).collect();
    html! {
        details.answer {
            summary { "How well, defect by defect" }
            p {
                "Precision: of what was changed in its columns, or of the rows that were left out, the share that \
                 the defect touched, beside cells and rows that nothing was wrong with; the share acted on, above, \
                 is the recall, and F1 is of both. Off by: the root mean square error of the numbers that it \
                 touched, as delivered and as cleaned, in standard deviations of the clean column."
            }
            (records("Of what was acted on, rightly or not.", &heads, &rows))
        }
    }
}

/// What the cleaning leads to: what can be told from the cleaned data, between the delivered and the clean ones.
fn consequences(consequences: &[Consequence]) -> Markup {
    let rows: Vec<Meter> = consequences
        .iter()
        .map(|one| {
            let references = [
                (DELIVERED, one.delivered, Look::Solid),
                (CLEAN, one.clean, Look::Bracket),
            ];
            Meter {
                name: one.what.clone(),
                value: one.cleaned,
                shown: format!(
                    "{} ({}; {})",
                    one.cleaned.map_or("–".to_owned(), decimals),
                    one.delivered.map_or("–".to_owned(), decimals),
                    one.clean.map_or("–".to_owned(), decimals)
                ),
                references: references
                    .into_iter()
                    .filter_map(|(name, value, look)| {
                        Some(Reference {
                            name: name.to_owned(),
                            value: value?,
                            look,
                        })
                    })
                    .collect(),
                ..Meter::default()
            }
        })
        .collect();
    html! {
        p { (of_consequences(consequences)) }
        p.keys {
            "The learner sees numbers alone, no dates, and a defect that came with a change can help to tell the \
             change. From the cleaned data, from 0 to 1, all of it; in brackets "
            (look(Look::Solid)) " " (DELIVERED) ", and " (look(Look::Bracket)) " " (CLEAN) "."
        }
        (meters(&rows, 0.0, 1.0))
    }
}

const DELIVERED: &str = "from the delivered data";
const CLEAN: &str = "from the data before any defect";
