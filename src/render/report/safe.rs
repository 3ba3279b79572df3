//! Untrusted HTML in a page: sanitised, with embedded images and disabled links.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::data_uri::{data_uri, media};
use crate::submission::{HtmlPart, HtmlTag, sanitize};

/// Images that a report may show.
pub(super) struct Figures<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    /// Images that already are `data:` URIs, by name.
    attached: BTreeMap<String, String>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(files: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            files,
            attached: BTreeMap::new(),
        }
    }

    /// The same files, with the attachments of one notebook cell.
    pub(super) fn with(&self, attached: impl Iterator<Item = (String, String)>) -> Self {
        Self {
            files: self.files,
            attached: attached.collect(),
        }
    }

    /// The image that `source` refers to, as a `data:` URI.
    fn find(&self, source: &str) -> Option<String> {
        // The sanitiser removes every `data:` address that is not an image.
        if source.starts_with("data:image/") {
            return Some(source.to_owned());
        }
        let name = percent_decoded(source);
        if let Some(uri) = self.attached.get(&name) {
            return Some(uri.clone());
        }
        let name = name.trim_start_matches("./");
        let bytes = self.files.get(name)?;
        Some(data_uri(media(name)?, bytes))
    }
}

/// HTML that is safe to put into a page: images of the submission are embedded, others are replaced
/// by their names; links that leave the page become text; tables can scroll.
pub(super) fn html(source: &str, figures: &Figures<'_>) -> Markup {
    let safe = sanitize(source);
    let mut page = String::new();
    // Addresses of the open links that leave the page; none for those inside it.
    let mut links: Vec<Option<String>> = Vec::new();
    for part in safe.parts() {
        match part {
            HtmlPart::Text(text) => page.push_str(text),
            HtmlPart::Tag(tag) => match (tag.name, tag.closes) {
                ("img", _) => page.push_str(&picture(&tag, figures).into_string()),
                ("a", false) => {
                    let address = tag.attribute("href").unwrap_or_default();
                    if address.starts_with('#') {
                        page.push_str(tag.whole);
                        links.push(None);
                    } else {
                        let element = html! { span id=[tag.attribute("id")] {} }.into_string();
                        page.push_str(element.trim_end_matches("</span>"));
                        links.push(Some(address));
                    }
                }
                ("a", true) => {
                    if let Some(link) = links.pop() {
                        close_link(link, &mut page);
                    }
                }
                ("table", false) => {
                    page.push_str("<div class=\"wide\">");
                    page.push_str(tag.whole);
                }
                ("table", true) => page.push_str("</table></div>"),
                _ => page.push_str(tag.whole),
            },
        }
    }
    PreEscaped(page)
}

fn picture(tag: &HtmlTag<'_>, figures: &Figures<'_>) -> Markup {
    let source = tag.attribute("src").unwrap_or_default();
    let words = tag.attribute("alt").filter(|alt| !alt.trim().is_empty());
    let words = words.or_else(|| tag.attribute("title")).unwrap_or_default();
    if let Some(uri) = figures.find(&source) {
        return html! { img src=(uri) alt=(words); };
    }
    let address = match source.as_str() {
        "data:" => "unsupported format",
        address => address,
    };
    let parts = [words.as_str(), address];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    html! { span class="absent" { "[picture not shown: " (parts.join(", ")) "]" } }
}

fn close_link(address: Option<String>, page: &mut String) {
    match address {
        None => page.push_str("</a>"),
        Some(address) => {
            // An address that equals the link text is not repeated.
            let text = html! { (address) }.into_string();
            if !address.is_empty() && !page.ends_with(&text) {
                page.extend([" (", &text, ")"]);
            }
            page.push_str("</span>");
        }
    }
}

/// `figs/a%20b.png` → `figs/a b.png`; other characters stay.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        if let Some(byte) = code {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_by_encoded_and_relative_names() {
        let files = BTreeMap::from([("figs/a b.png".to_owned(), b"hi".to_vec())]);
        let figures = Figures::new(&files);
        for name in ["figs/a b.png", "./figs/a%20b.png"] {
            assert!(figures.find(name).is_some(), "{name}");
        }
        assert!(figures.find("a b.png").is_none());
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
