//! Controls that several sections share.

use maud::{Markup, html};

pub(super) fn scale(id: &str) -> Markup {
    html! {
        label {
            span.unseen { "scale" }
            select id=(id) { (scales()) }
        }
    }
}

pub(super) fn scales() -> Markup {
    html! {
        option value="linear" { "linear" }
        option value="log" { "log" }
        option value="rank" { "rank" }
    }
}
