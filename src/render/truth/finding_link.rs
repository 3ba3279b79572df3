//! Links from tables to the cards of findings.

use maud::{Markup, html};

use crate::generate::Finding;

/// The id of a finding's card.
pub(super) fn anchor(finding: &Finding) -> String {
    format!("finding-{}", finding.id)
}

/// The title of a finding, as a link to its card.
pub(super) fn finding_link(finding: &Finding) -> Markup {
    html! { a href={ "#" (anchor(finding)) } { (finding.title) } }
}
