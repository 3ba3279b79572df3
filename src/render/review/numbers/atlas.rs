//! Row by row: what a grouping splits, what it merges, and where it fits least.

use maud::{Markup, html};

use crate::render::page::{ColumnHead, coded, name, records, table};
use crate::review::{Composition, RowAgreement};
use crate::text::{percent, thousands};

pub(super) fn atlas(atlas: &RowAgreement) -> Markup {
    html! {
        p {
            "Compared with " (atlas.what) ", the closest structure that divides the rows: " (percent(atlas.agreement)) " of "
            (thousands(atlas.rows)) " rows are in a group whose most frequent type is their own. A single group would "
            "get " (percent(atlas.by_one_group)) ", and the best possible grouping " (percent(atlas.attainable)) "."
        }
        div.matrix {
            (matrix("Where the rows of each type are: shares by group. A dot means under 5 %.", "type", &atlas.types, &atlas.groups))
            (matrix("What each group consists of: shares by type.", "group", &atlas.groups, &atlas.types))
        }
        @if atlas.slices_tested == 0 {
            p { "These groups match the types barely better than a single group would, so there is nothing more to show row by row." }
        }
        @if !atlas.slices.is_empty() { (slices(atlas)) }
        @else if atlas.slices_tested > 0 {
            p {
                "None of " (thousands(atlas.slices_tested)) " slices (a level, a quarter of a column, the rows of a defect) has \
                 clearly fewer matched rows than the rest."
            }
        }
        @if !atlas.examples.is_empty() { (examples(atlas)) }
    }
}

/// Shares of `whole` by `parts`, shaded by how large they are.
fn matrix(caption: &str, kind: &str, whole: &[Composition], parts: &[Composition]) -> Markup {
    let mut heads = vec![ColumnHead::Words(kind), ColumnHead::Numbers("rows")];
    heads.extend(
        parts
            .iter()
            .map(|part| ColumnHead::Numbers(part.name.as_str())),
    );
    let rows: Vec<Vec<Markup>> = whole
        .iter()
        .map(|one| {
            let mut row = vec![
                html! { (name(&one.name)) },
                html! { (thousands(one.rows.round() as usize)) },
            ];
            row.extend(parts.iter().map(|part| {
                let found = one.parts.iter().find(|of| of.name == part.name);
                html! {
                    @match found {
                        Some(part) => span.shade style=(format!("--share:{:.0}%", 100.0 * part.share)) { (percent(part.share)) },
                        None => "·",
                    }
                }
            }));
            row
        })
        .collect();
    table(caption, &heads, &rows)
}

fn slices(atlas: &RowAgreement) -> Markup {
    let heads = [
        ColumnHead::Words("slice"),
        ColumnHead::Numbers("rows"),
        ColumnHead::Numbers("matched"),
        ColumnHead::Numbers("elsewhere"),
        ColumnHead::Numbers("difference (95 %)"),
    ];
    let points = |value: f64| format!("{:.0}", 100.0 * value).replace('-', "\u{2212}");
    let rows: Vec<Vec<Markup>> = atlas
        .slices
        .iter()
        .map(|one| {
            vec![
                coded(&one.slice),
                html! { (thousands(one.rows)) },
                html! { (percent(one.inside)) },
                html! { (percent(one.outside)) },
                html! { (points(one.difference.0)) " to " (points(one.difference.1)) " points" },
            ]
        })
        .collect();
    let caption = format!(
        "Slices with clearly fewer matched rows than elsewhere, of {} tested (columns before any defect; false \
         discovery rate 5 %).",
        thousands(atlas.slices_tested)
    );
    table(&caption, &heads, &rows)
}

fn examples(atlas: &RowAgreement) -> Markup {
    let heads = [
        ColumnHead::Words("row"),
        ColumnHead::Words("type"),
        ColumnHead::Numbers("share"),
        ColumnHead::Words("group"),
        ColumnHead::Words("group’s main type"),
    ];
    let rows: Vec<Vec<Markup>> = atlas
        .examples
        .iter()
        .map(|one| {
            vec![
                html! { code { (name(&one.row)) } },
                html! { (one.main_type) },
                html! { (percent(one.share)) },
                html! { (name(&one.group)) },
                html! { (one.type_of_group) },
            ]
        })
        .collect();
    records(
        "Example rows: mostly of one type, in a group that is mostly of another.",
        &heads,
        &rows,
    )
}
