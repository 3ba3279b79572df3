//! Row by row: what a grouping splits, what it puts together, and where it tells least.

use maud::{Markup, html};

use crate::render::page::{Head, coded, name, records, table};
use crate::review::{Atlas, Composition};
use crate::text::{percent, thousands};

pub(super) fn atlas(atlas: &Atlas) -> Markup {
    html! {
        p {
            "Row by row beside " (atlas.what) ", the closest structure that parts rows: " (percent(atlas.told)) " of "
            (thousands(atlas.rows)) " rows lie in a group whose largest type is their own. All rows in one group would "
            "get " (percent(atlas.by_one_group)) ", the best that can be had is " (percent(atlas.attainable)) "."
        }
        div.matrix {
            (matrix("What becomes of each type: shares of its rows, by group. A dot: under 5 %.", "type", &atlas.split, &atlas.merged))
            (matrix("What each group is made of: shares of its rows, by type.", "group", &atlas.merged, &atlas.split))
        }
        @if atlas.looked_at == 0 {
            p { "The groups tell these types hardly better than one group would, so there is nothing more to see row by row." }
        }
        @if !atlas.slices.is_empty() { (slices(atlas)) }
        @else if atlas.looked_at > 0 {
            p {
                "In none of " (thousands(atlas.looked_at)) " slices (a level, a quarter of a column, the rows of a \
                 defect) are clearly fewer rows told than elsewhere."
            }
        }
        @if !atlas.examples.is_empty() { (examples(atlas)) }
    }
}

/// Shares of `whole` by `parts`, shaded by how large they are.
fn matrix(caption: &str, kind: &str, whole: &[Composition], parts: &[Composition]) -> Markup {
    let mut heads = vec![Head::Words(kind), Head::Numbers("rows")];
    heads.extend(parts.iter().map(|part| Head::Numbers(part.name.as_str())));
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

fn slices(atlas: &Atlas) -> Markup {
    let heads = [
        Head::Words("where"),
        Head::Numbers("rows"),
        Head::Numbers("told"),
        Head::Numbers("elsewhere"),
        Head::Numbers("difference, 95 % interval"),
    ];
    let points = |value: f64| format!("{:.0}", 100.0 * value).replace('-', "\u{2212}");
    let rows: Vec<Vec<Markup>> = atlas
        .slices
        .iter()
        .map(|one| {
            vec![
                coded(&one.slice),
                html! { (thousands(one.rows)) },
                html! { (percent(one.told)) },
                html! { (percent(one.elsewhere)) },
                html! { (points(one.apart.0)) " to " (points(one.apart.1)) " points" },
            ]
        })
        .collect();
    let caption = format!(
        "Where clearly fewer rows are told than elsewhere, of {} slices that were looked at (columns before any \
         defect; false ones held at 5 %).",
        thousands(atlas.looked_at)
    );
    table(&caption, &heads, &rows)
}

fn examples(atlas: &Atlas) -> Markup {
    let heads = [
        Head::Words("row"),
        Head::Words("is"),
        Head::Numbers("share"),
        Head::Words("lies in group"),
        Head::Words("which is mostly"),
    ];
    let rows: Vec<Vec<Markup>> = atlas
        .examples
        .iter()
        .map(|one| {
            vec![
                html! { code { (name(&one.row)) } },
                html! { (one.is) },
                html! { (percent(one.share)) },
                html! { (name(&one.group)) },
                html! { (one.among) },
            ]
        })
        .collect();
    records(
        "Rows to look at: mostly of one type, in a group that is mostly of another.",
        &heads,
        &rows,
    )
}
