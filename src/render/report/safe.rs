//! HTML of strangers, made safe: sanitised, then its pictures and links replaced.

use std::collections::BTreeMap;

use maud::html;

use super::data_uri::{data_uri, is_picture, media};
use crate::submission::{ID_PREFIX, Piece, Tag, pieces, sanitize};

/// Pictures that a report may show.
pub(super) struct Figures<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    /// Pictures that are `data:` URIs already, by name.
    beside: BTreeMap<String, String>,
}

impl<'a> Figures<'a> {
    pub(super) fn new(files: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            files,
            beside: BTreeMap::new(),
        }
    }

    /// The same figures and a few more.
    pub(super) fn beside(&self, more: impl Iterator<Item = (String, String)>) -> Self {
        Self {
            files: self.files,
            beside: more.collect(),
        }
    }

    /// The picture that `source` names, as a `data:` URI.
    fn find(&self, source: &str) -> Option<String> {
        if is_picture(source) {
            return Some(source.to_owned());
        }
        let name = percent_decoded(source);
        if let Some(uri) = self.beside.get(&name) {
            return Some(uri.clone());
        }
        let name = name.trim_start_matches("./");
        let bytes = self.files.get(name)?;
        Some(data_uri(media(name)?, bytes))
    }
}

/// HTML that is safe to put into a page: pictures of the submission stand inside it, others are
/// named; links outside the page are written out beside their text; tables can scroll.
pub(super) fn html(source: &str, figures: &Figures<'_>) -> String {
    let safe = sanitize(source);
    let mut page = String::with_capacity(safe.len());
    let mut links: Vec<Link> = Vec::new();
    for piece in pieces(&safe) {
        match piece {
            Piece::Text(text) => page.push_str(text),
            Piece::Tag(tag) => match (tag.name, tag.closes) {
                ("img", _) => page.push_str(&picture(&tag, figures)),
                ("a", false) => links.push(open_link(&tag, &mut page)),
                ("a", true) => close_link(links.pop(), &mut page),
                ("table", false) => {
                    page.push_str("<div class=\"wide\">");
                    page.push_str(tag.whole);
                }
                ("table", true) => page.push_str("</table></div>"),
                _ => page.push_str(tag.whole),
            },
        }
    }
    page
}

fn picture(tag: &Tag<'_>, figures: &Figures<'_>) -> String {
    let source = tag.attribute("src").unwrap_or_default();
    let words = tag.attribute("alt").filter(|alt| !alt.trim().is_empty());
    let words = words.or_else(|| tag.attribute("title")).unwrap_or_default();
    if let Some(uri) = figures.find(&source) {
        return html! { img src=(uri) alt=(words); }.into_string();
    }
    // A whole picture as text would fill the page.
    let address = if source.starts_with("data:") {
        "of a kind that is not shown".to_owned()
    } else {
        source
    };
    let parts: Vec<String> = [words, address]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    html! { span class="absent" { "[picture not shown: " (parts.join(", ")) "]" } }.into_string()
}

/// A link that is open.
enum Link {
    /// To a place in the report.
    Inside,
    /// To an address elsewhere.
    Outside(String),
}

fn open_link(tag: &Tag<'_>, page: &mut String) -> Link {
    let address = tag.attribute("href").unwrap_or_default();
    let id = tag.attribute("id");
    if let Some(place) = address.strip_prefix('#') {
        let element = html! { a id=[id] href={ "#" (ID_PREFIX) (place) } {} };
        page.push_str(element.into_string().trim_end_matches("</a>"));
        return Link::Inside;
    }
    let element = html! { span id=[id] {} };
    page.push_str(element.into_string().trim_end_matches("</span>"));
    if address.starts_with("data:") {
        // Nobody reads an address that is a whole file.
        return Link::Outside(String::new());
    }
    Link::Outside(address)
}

fn close_link(link: Option<Link>, page: &mut String) {
    match link {
        Some(Link::Inside) => page.push_str("</a>"),
        Some(Link::Outside(address)) => {
            // An address that is its own text need not be said twice.
            let text = html! { (address) }.into_string();
            if !address.is_empty() && !page.ends_with(&text) {
                for part in [" (", &text, ")"] {
                    page.push_str(part);
                }
            }
            page.push_str("</span>");
        }
        None => {}
    }
}

/// `figs/a%20b.png` → `figs/a b.png`; what is no such code stays.
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
    fn figures_are_found_by_the_names_that_people_write() {
        let files = BTreeMap::from([("figs/a b.png".to_owned(), b"hi".to_vec())]);
        let figures = Figures::new(&files);
        for name in ["figs/a b.png", "./figs/a%20b.png"] {
            assert!(figures.find(name).is_some(), "{name}");
        }
        assert!(figures.find("a b.png").is_none());
        assert_eq!(percent_decoded("100%"), "100%");
    }
}
