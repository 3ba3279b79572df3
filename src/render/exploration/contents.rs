//! The sections of the page, and the links to them.

use maud::{Markup, html};

/// A section that the contents link to.
pub(super) struct Part {
    /// What its link and its script call it.
    id: &'static str,
    title: &'static str,
    body: Markup,
}

impl Part {
    pub(super) fn new(id: &'static str, title: &'static str, body: Markup) -> Self {
        Self { id, title, body }
    }

    /// The section itself.
    pub(super) fn shown(&self) -> Markup {
        html! { section id=(self.id) { h2 { (self.title) } (self.body) } }
    }
}

/// Links to all sections. Those between `before` and `after` are only there when scripts ran, which show their links.
pub(super) fn contents(before: &[Part], opened: &[Part], after: &[Part]) -> Markup {
    let link = |part: &Part| html! { a href=(format!("#{}", part.id)) { (part.title) } };
    html! {
        nav #contents aria-label="Sections of this page" {
            ul {
                @for part in before { li { (link(part)) } }
                @for part in opened { li.opened hidden { (link(part)) } }
                @for part in after { li { (link(part)) } }
            }
        }
    }
}
