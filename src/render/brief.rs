//! The brief as a page.

use comrak::{Options, markdown_to_html};
use maud::{PreEscaped, html};

use super::page::page;

/// `README.html` of a candidate's folder, from its Markdown.
pub fn brief_page(title: &str, markdown: &str) -> String {
    // The page already has a heading.
    let rest = markdown
        .strip_prefix("# ")
        .and_then(|text| text.split_once('\n'))
        .map_or(markdown, |(_, rest)| rest);
    // Raw HTML stays disabled, which is comrak's default.
    let body = markdown_to_html(rest, &Options::default());
    page(
        title,
        "Take-home",
        "",
        &html! { div.prose { (PreEscaped(body)) } },
    )
}
