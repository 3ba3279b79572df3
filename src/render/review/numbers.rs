//! Numbers, if the submitted files allow them: a sentence, then meters, then tables.

mod atlas;
mod cleaning;
mod groupings;
mod recovery;

use maud::{Markup, html};

use crate::report::{NOT_SUBMITTED, interval_note};
use crate::report::{axes_sentence, recovery_text};
use crate::review::{AxesEvidence, Baselines, Evidence};

use crate::render::page::{ColumnHead, Meter, meters, table};

use recovery::{MARKS, cell, conditional, legend, meter};

/// Groupings, axes and cleaning; each section is present even without a file.
pub(super) fn all(evidence: &Evidence, baselines: &Baselines) -> Markup {
    let (groupings, axes) = (&evidence.groupings, &evidence.axes);
    let cleaned = !evidence.cleaning.is_empty() || evidence.damage.is_some();
    html! {
        section {
            h3 { "Groupings" }
            @if groupings.is_empty() { p { (NOT_SUBMITTED) } } @else { (legend(&MARKS, evidence.recoveries)) }
            @for one in groupings { (groupings::grouping(one, baselines)) }
        }
        section {
            h3 { "Axes" }
            @if axes.is_empty() { p { (NOT_SUBMITTED) } } @else { (legend(&MARKS[1..], evidence.recoveries)) (against_axes(axes, baselines)) }
        }
        section {
            h3 { "Cleaned data" }
            @if cleaned { (cleaning::cleaning(evidence)) } @else { p { (NOT_SUBMITTED) } }
        }
    }
}

fn against_axes(axes: &[AxesEvidence], baselines: &Baselines) -> Markup {
    let rows: Vec<Meter> = axes
        .iter()
        .map(|one| meter((&one.finding, &one.what), &one.alone, None, baselines))
        .collect();
    let heads = [
        ColumnHead::Words("structure"),
        ColumnHead::Numbers("recovery"),
        ColumnHead::Numbers("conditional"),
        ColumnHead::Numbers("best baseline"),
        ColumnHead::Numbers("ceiling"),
        ColumnHead::Words("best single axis"),
        ColumnHead::Numbers("its squared rank correlation"),
    ];
    let cells: Vec<Vec<Markup>> = axes
        .iter()
        .map(|one| {
            vec![
                html! { (one.what) },
                html! { (recovery_text(&one.alone)) },
                html! { (conditional(one.conditional.as_ref())) },
                cell(baselines.most(&one.finding, &one.what)),
                cell(baselines.ceiling(&one.finding, &one.what)),
                html! { (one.best.as_deref().unwrap_or("none")) },
                cell(one.best_squared),
            ]
        })
        .collect();
    html! {
        p { (axes_sentence(axes)) }
        (meters(&rows, 0.0, 1.0))
        details.answer {
            summary { "All numbers" }
            (table(&interval_note(axes.iter().map(|one| &one.alone)), &heads, &cells))
        }
    }
}
