//! Cleaned data: repairs by defect, collateral damage, and what the cleaning changes.

use maud::{Markup, html};

use crate::render::page::{
    ColumnHead, MarkStyle, Meter, ReferenceMark, mark_sample, meters, records,
};
use crate::report::{
    cleaning_sentence, consequences_sentence, damage_sentence, decimals, decimals_or_zero,
    dropped_rows_sentence, repair_error_text, share_text,
};
use crate::review::{CleaningEvidence, Consequence, Evidence};

pub(super) fn cleaning(evidence: &Evidence) -> Markup {
    let defects = &evidence.cleaning;
    html! {
        @if !defects.is_empty() {
            p { (cleaning_sentence(defects)) }
            (repaired(defects))
        }
        @if let Some(damage) = &evidence.damage {
            p {
                (damage_sentence(damage, &evidence.damaged))
                @if let Some(dropped) = &evidence.dropped { " " (dropped_rows_sentence(dropped)) }
            }
        }
        @if !defects.is_empty() { (how_well(defects)) }
        @if !evidence.consequences.is_empty() { (consequences(&evidence.consequences)) }
    }
}

fn repaired(defects: &[CleaningEvidence]) -> Markup {
    let heads = [
        ColumnHead::Words("defect"),
        ColumnHead::Words("repair"),
        ColumnHead::Numbers("touched"),
        ColumnHead::Numbers("repaired"),
        ColumnHead::Numbers("acted on"),
    ];
    let row = |one: &CleaningEvidence| {
        vec![
            html! { (one.what) },
            html! { (one.repair) },
            html! { (one.counted) },
            html! { (share_text(&one.repaired)) },
            html! { (share_text(&one.acted_on)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = defects.iter().map(row).collect();
    records(
        "Rows and cells that each defect touched, with 95 % intervals.",
        &heads,
        &rows,
    )
}

/// Precision and errors.
fn how_well(defects: &[CleaningEvidence]) -> Markup {
    let heads = [
        ColumnHead::Words("defect"),
        ColumnHead::Numbers("precision"),
        ColumnHead::Numbers("F1"),
        ColumnHead::Numbers("error"),
    ];
    let row = |one: &CleaningEvidence| {
        let precision = one.precision.filter(|part| part.of > 0);
        vec![
            html! { (one.what) },
            html! { (precision.map_or("–".to_owned(), |part| share_text(&part))) },
            html! { (one.f1.map_or("–".to_owned(), decimals_or_zero)) },
            html! { (one.error.as_ref().map_or("–".to_owned(), repair_error_text)) },
        ]
    };
    let rows: Vec<Vec<Markup>> = defects.iter().map(row).collect();
    html! {
        details.answer {
            summary { "Precision and error" }
            p {
                "Precision: of the cells changed in its columns, or of the rows dropped, the share that the \
                 defect touched; the others were correct. The share acted on, above, is the recall, and F1 \
                 combines both. Error: root mean square error of the numbers it touched, as delivered and as \
                 cleaned, in standard deviations of the clean column."
            }
            (records("Of everything that was changed or dropped.", &heads, &rows))
        }
    }
}

/// What a model predicts from the cleaned data, compared with the delivered and the clean data.
fn consequences(consequences: &[Consequence]) -> Markup {
    let rows: Vec<Meter> = consequences
        .iter()
        .map(|one| {
            let references = [
                (DELIVERED, one.delivered, MarkStyle::Solid),
                (CLEAN, one.clean, MarkStyle::Bracket),
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
                    .filter_map(|(name, value, style)| {
                        Some(ReferenceMark {
                            name: name.to_owned(),
                            value: value?,
                            style,
                        })
                    })
                    .collect(),
                ..Meter::default()
            }
        })
        .collect();
    html! {
        p { (consequences_sentence(consequences)) }
        p.keys {
            "The learner sees numbers only, no dates. A defect that coincides with a change can help to predict the \
             change. Recovery from the cleaned data, 0 to 1; in brackets "
            (mark_sample(MarkStyle::Solid)) " " (DELIVERED) ", and " (mark_sample(MarkStyle::Bracket)) " " (CLEAN) "."
        }
        (meters(&rows, 0.0, 1.0))
    }
}

const DELIVERED: &str = "from the delivered data";
const CLEAN: &str = "from the data before any defect";
