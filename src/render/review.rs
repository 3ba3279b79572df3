//! The review page: the report's own words, then the numbers.

use maud::html;

use crate::bundle::Key;
use crate::review::Evidence;

use super::page::{page, section};

/// `review.html`: per finding, what the report says of it.
pub fn review_page(evidence: &Evidence, _key: &Key) -> String {
    let body = html! {
        @for finding in &evidence.findings {
            (section(&finding.title, &html! {
                p { (finding.says) }
                @for passage in &finding.passages { blockquote { (passage.quote) } }
            }))
        }
    };
    page(&evidence.candidate, "Review", "", &body)
}
