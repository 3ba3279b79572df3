//! The truth page: five minutes to read, for reviewers only.

use maud::html;

use crate::bundle::Key;
use crate::review::Illustration;

use super::page::{page, section};

/// `truth.html`: per finding one picture and two sentences.
pub fn truth_page(key: &Key, illustrations: &[Illustration]) -> String {
    let body = html! {
        @for (finding, _) in key.findings.iter().zip(illustrations) {
            (section(&finding.title, &html! { p { (finding.says) } p { (finding.notice) } }))
        }
    };
    page(&key.scenario, "Truth", "", &body)
}
