//! A page about one demo world of a scenario, for its author.

use maud::{Markup, html};

use crate::bundle::Key;
use crate::generate::RequestedVsActual;
use crate::review::Illustration;
use crate::scenario::Scenario;

use super::page::{ColumnHead, notice, page, section, table};
use super::truth::findings_body;

/// Everything planted in one demo world, and its columns as requested and as generated.
pub fn preview_page(
    scenario: &Scenario,
    key: &Key,
    illustrations: &[Illustration],
    obtained: &[RequestedVsActual],
) -> String {
    let body = html! {
        (notice(
            "This is one demo world.",
            "Another seed draws other structures, columns, directions and defects from the same file.",
        ))
        (findings_body(key, illustrations))
        (section("Columns as requested and as generated", &marginals(obtained)))
    };
    page(
        &scenario.title,
        &format!(
            "A preview of the scenario {} · tried by {}",
            scenario.name, scenario.tried_by
        ),
        &format!("One row per {}.", scenario.row),
        &body,
    )
}

fn marginals(obtained: &[RequestedVsActual]) -> Markup {
    let rows: Vec<Vec<Markup>> = obtained
        .iter()
        .map(|one| {
            vec![
                html! { code { (one.column) } },
                html! { (one.what) },
                html! { (shown(one.asked)) },
                html! { (shown(one.obtained)) },
            ]
        })
        .collect();
    let heads = [
        ColumnHead::Words("column"),
        ColumnHead::Words("what"),
        ColumnHead::Numbers("requested"),
        ColumnHead::Numbers("generated"),
    ];
    table(
        "Before defects. Every bundle draws its own entities, so shares that depend on a few large \
         entities vary by a few per cent.",
        &heads,
        &rows,
    )
}

/// Four significant digits.
fn shown(value: f64) -> String {
    if value.abs() >= 1000.0 {
        return format!("{value:.0}");
    }
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}
