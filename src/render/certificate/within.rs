//! Separation within declared groups.

use maud::{Markup, html};

use crate::certify::Certificate;
use crate::text::thousands;

use super::super::page::{ColumnHead, table};

/// Declared groups and the separation within each; empty if none were measured.
pub(super) fn within(certificate: &Certificate) -> Markup {
    let found = &certificate.within;
    let t = &certificate.thresholds;
    let rows: Vec<Vec<Markup>> = found
        .iter()
        .map(|one| {
            let two =
                |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.2}"));
            vec![
                html! { (one.name) },
                html! { (thousands(one.rows)) },
                html! { (two(one.silhouette)) },
                html! { (two(one.silhouette_excess)) },
                html! { (two(Some(one.valley))) },
            ]
        })
        .collect();
    let heads = [
        ColumnHead::Words("rows where"),
        ColumnHead::Numbers("rows"),
        ColumnHead::Numbers("silhouette"),
        ColumnHead::Numbers("excess"),
        ColumnHead::Numbers("valley"),
    ];
    let hiding = certificate.groups_hiding_clusters();
    html! {
        @if !rows.is_empty() {
            h3 { "Are there clusters within the declared groups?" }
            p {
                "The levels of a category and the two sides of a change are real groups that anyone can name. Measured \
                 here are the two largest levels of each category, and the rows before and after a change (without the \
                 transition). Separated means a valley depth of at most " (format!("{:.2}", t.valley))
                ", with a silhouette at least " (format!("{:.2}", t.silhouette_excess)) " above that of null tables: "
                @if hiding == 0 { "none" } @else { (thousands(hiding)) }
                " of these " (thousands(found.len())) " groups."
            }
            (table("Within declared groups", &heads, &rows))
        }
    }
}
