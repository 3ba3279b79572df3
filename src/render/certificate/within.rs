//! What lies within groups that anybody can name.

use maud::{Markup, html};

use crate::certify::Certificate;
use crate::text::thousands;

use super::super::page::{ColumnHead, table};

/// Declared groupings, each with how groups lie within it; nothing where none was looked into.
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
        ColumnHead::Words("rows whose"),
        ColumnHead::Numbers("rows"),
        ColumnHead::Numbers("silhouette"),
        ColumnHead::Numbers("beyond twins"),
        ColumnHead::Numbers("valley"),
    ];
    let hiding = certificate.groups_hiding_clusters();
    html! {
        @if !rows.is_empty() {
            h3 { "Do groups hide within what anybody can name?" }
            p {
                "A level of a category and a side of a change are groups, too, and real ones. Looked into are the two \
                 largest levels of each category, and the rows before a change and after it, without those on the way. \
                 Within "
                @if hiding == 0 { "none of " (thousands(found.len())) " of them" }
                @else { (thousands(hiding)) " of " (thousands(found.len())) " of them" }
                " do rows fall into groups that lie apart: a valley of " (format!("{:.2}", t.valley))
                " or less together with a silhouette " (format!("{:.2}", t.silhouette_excess))
                " beyond that of twins."
            }
            (table("Within declared groupings", &heads, &rows))
        }
    }
}
