//! The sections of the page, and the links to them.

use maud::{Markup, html};

/// A section that the contents link to.
pub(super) struct PageSection {
    /// Id in links and in the script.
    id: &'static str,
    title: &'static str,
    body: Markup,
}

impl PageSection {
    pub(super) fn new(id: &'static str, title: &'static str, body: Markup) -> Self {
        Self { id, title, body }
    }

    pub(super) fn markup(&self) -> Markup {
        html! { section id=(self.id) { h2 { (self.title) } (self.body) } }
    }
}

/// Links to all sections. Those in `opened` need JavaScript, which reveals their links.
pub(super) fn contents(
    before: &[PageSection],
    opened: &[PageSection],
    after: &[PageSection],
) -> Markup {
    let link = |part: &PageSection| html! { a href=(format!("#{}", part.id)) { (part.title) } };
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
