//! Untrusted Markdown and HTML: one way in, through one sanitiser.

use std::borrow::Cow;
use std::collections::HashSet;

use comrak::nodes::{NodeLink, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::nesting::is_too_deep;

/// HTML that went through [`sanitize`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

/// A part of sanitised HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlPart<'a> {
    /// Text, still escaped.
    Text(&'a str),
    Tag(HtmlTag<'a>),
}

/// A tag of sanitised HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag<'a> {
    /// As it is written, with its angle brackets.
    pub whole: &'a str,
    /// In lower case.
    pub name: &'a str,
    /// Whether it closes an element.
    pub closes: bool,
}

/// Prefix of every id inside a report, so that a report cannot take over an id of the page.
const ID_PREFIX: &str = "report-";

/// Markdown as HTML, with raw HTML switched off; still to be sanitised.
///
/// Two tags of raw HTML are understood because reports need them and Markdown has no better word:
/// `<img>` becomes a Markdown image and `<br>` a line break. Other tags are dropped, their text
/// stays.
pub fn markdown(source: &str) -> String {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.autolink = true;
    let root = parse_document(&arena, source, &options);
    // Collected first: the loop changes the tree it walks.
    let nodes: Vec<_> = root.descendants().collect();
    for node in nodes {
        let value = node.data().value.clone();
        match value {
            NodeValue::HtmlInline(raw) => node.data_mut().value = inline(&raw),
            NodeValue::HtmlBlock(block) => {
                node.data_mut().value = NodeValue::Paragraph;
                let safe = sanitize(&block.literal);
                for part in safe.parts() {
                    let child = match part {
                        HtmlPart::Text(text) => NodeValue::Text(unescape(text).into()),
                        HtmlPart::Tag(tag) if tag.name == "img" => inline(tag.whole),
                        HtmlPart::Tag(_) => NodeValue::SoftBreak,
                    };
                    node.append(arena.alloc(child.into()));
                }
            }
            _ => {}
        }
    }
    let mut html = String::new();
    // Writing to a string does not fail.
    let _ = format_html(root, &options, &mut html);
    html
}

/// HTML without scripts, styles, forms, frames, event handlers or unknown schemes. Addresses are
/// decided on here too: see `safe_address`.
///
/// HTML that is nested deeper than any document comes back as the text that it is written in.
pub fn sanitize(html: &str) -> SafeHtml {
    if is_too_deep(html) {
        return SafeHtml(format!("<pre>{}</pre>", escape(html)));
    }
    let safe = ammonia::Builder::default()
        .add_url_schemes(["data", "attachment"])
        .add_tags(["figure", "figcaption", "input"])
        .add_tag_attributes("input", ["checked", "disabled"])
        .set_tag_attribute_value("input", "type", "checkbox")
        .add_tag_attributes("ol", ["start"])
        .add_generic_attributes(["id"])
        .id_prefix(Some(ID_PREFIX))
        .link_rel(None)
        .clean_content_tags(HashSet::from(["script", "style", "title", "template"]))
        .attribute_filter(safe_address)
        .clean(html)
        .to_string();
    SafeHtml(safe)
}

/// Links inside the report lead to its prefixed ids; of `data:` addresses only base64 pictures
/// keep their content.
fn safe_address<'a>(element: &str, attribute: &str, value: &'a str) -> Option<Cow<'a, str>> {
    let is_data = value.trim_start().to_ascii_lowercase().starts_with("data:");
    match (element, attribute) {
        ("a", "href") if is_data => None,
        ("a", "href") => Some(match value.strip_prefix('#') {
            Some(place) => Cow::Owned(format!("#{ID_PREFIX}{place}")),
            None => Cow::Borrowed(value),
        }),
        // Stays visible as an image that is not shown.
        _ if is_data && !is_picture(value) => Some(Cow::Borrowed("data:")),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Whether this is a `data:` URI of an image and nothing else.
fn is_picture(uri: &str) -> bool {
    let parts = uri
        .strip_prefix("data:")
        .and_then(|rest| rest.split_once(";base64,"));
    parts.is_some_and(|(media, data)| {
        is_base64(data)
            && matches!(
                media,
                "image/png" | "image/jpeg" | "image/gif" | "image/svg+xml" | "image/webp"
            )
    })
}

/// Whether text has only characters of base64.
pub fn is_base64(text: &str) -> bool {
    let byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    !text.is_empty() && text.bytes().all(byte)
}

impl SafeHtml {
    /// Texts and tags in order. The sanitiser escapes every `<`, `>` and `"` that is not markup,
    /// so a plain scan is enough.
    pub fn parts(&self) -> impl Iterator<Item = HtmlPart<'_>> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let end = match rest.strip_prefix('<') {
                _ if rest.is_empty() => return None,
                Some(tag) => tag.find('>').map_or(rest.len(), |end| end + 2),
                None => rest.find('<').unwrap_or(rest.len()),
            };
            let (part, after) = rest.split_at(end);
            rest = after;
            let Some(inner) = part.strip_prefix('<') else {
                return Some(HtmlPart::Text(part));
            };
            let inner = inner.trim_end_matches('>');
            let name = inner.trim_start_matches('/');
            let end = name.find(|c: char| c.is_whitespace() || c == '/');
            Some(HtmlPart::Tag(HtmlTag {
                whole: part,
                name: &name[..end.unwrap_or(name.len())],
                closes: inner.starts_with('/'),
            }))
        })
    }
}

impl HtmlTag<'_> {
    /// The unescaped value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.whole;
        while let Some((before, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"')?;
            if before
                .rsplit(char::is_whitespace)
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
            {
                return Some(unescape(value));
            }
            rest = next;
        }
        None
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Text of sanitised HTML without its escapes.
pub(super) fn unescape(text: &str) -> String {
    // The ampersand last: "&amp;lt;" is the text "&lt;".
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// The image or line break in a piece of raw HTML, if there is one.
fn inline(raw: &str) -> NodeValue {
    let safe = sanitize(raw);
    let value = safe.parts().find_map(|part| match part {
        HtmlPart::Tag(tag) if tag.name == "br" => Some(NodeValue::LineBreak),
        HtmlPart::Tag(tag) if tag.name == "img" => {
            // The alternative text of an image node is its child; as its title it is kept too.
            Some(NodeValue::Image(Box::new(NodeLink {
                url: tag.attribute("src").unwrap_or_default(),
                title: tag.attribute("alt").unwrap_or_default(),
            })))
        }
        _ => None,
    });
    value.unwrap_or(NodeValue::Text(Cow::Borrowed("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_in_markdown_keeps_its_text_and_figures_only() {
        let html = markdown(
            "a <b onclick=\"x()\">bold</b><br>word <img src=\"f.png\" alt=\"fig\">\n\n<div><script>alert(1)</script>kept &amp; safe</div>\n",
        );
        assert!(html.contains("a bold<br />"), "{html}");
        assert!(html.contains("src=\"f.png\""), "{html}");
        assert!(html.contains("kept &amp; safe"), "{html}");
        assert!(
            !html.contains("script") && !html.contains("onclick"),
            "{html}"
        );
    }

    #[test]
    fn sanitised_html_has_no_active_part() {
        let safe = sanitize(
            "<p style='x' onmouseover=alert(1)>t<iframe src=//e></iframe><a href='javascript:x'>l</a>\
             <svg><script>1</script></svg><form action=e><input type=text><img src=x onerror=y>",
        );
        for bad in [
            "on",
            "iframe",
            "javascript",
            "script",
            "svg",
            "form",
            "style",
        ] {
            assert!(
                !safe.0.replace("one", "").contains(bad),
                "{bad} in {safe:?}"
            );
        }
    }

    #[test]
    fn attributes_are_read_unescaped() {
        let safe = sanitize("<img alt='a \"b\" > c' src='x.png'>");
        let Some(HtmlPart::Tag(tag)) = safe.parts().next() else {
            panic!("a tag");
        };
        assert_eq!(tag.attribute("alt").unwrap(), "a \"b\" > c");
        assert_eq!(tag.attribute("src").unwrap(), "x.png");
        assert_eq!(tag.attribute("rc"), None);
    }

    #[test]
    fn deep_nesting_is_survived() {
        let deep = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert!(sanitize(&deep).0.contains('x'));
        let quotes = markdown(&"> ".repeat(100_000));
        assert!(sanitize(&quotes).0.starts_with("<pre>"));
        assert!(markdown(&"> ".repeat(100_000)).len() > 10);
        assert!(markdown(&"*a ".repeat(100_000)).contains('a'));
        assert!(markdown(&"[".repeat(100_000)).contains('['));
    }

    #[test]
    fn only_pictures_keep_their_data() {
        for (source, kept) in [
            ("data:image/png;base64,aGk=", "data:image/png;base64,aGk="),
            ("data:text/html;base64,aGk=", "data:"),
            ("DATA:text/html;base64,aGk=", "data:"),
            ("data:image/png;base64,a&quot;x", "data:"),
            ("data:image/svg+xml,&lt;svg>", "data:"),
            ("x.png", "x.png"),
        ] {
            let safe = sanitize(&format!("<img src=\"{source}\">"));
            assert_eq!(safe.0, format!("<img src=\"{kept}\">"));
        }
        let links = sanitize("<a href='data:text/html,x'>l</a><a href='#top'>m</a>");
        assert_eq!(links.0, "<a>l</a><a href=\"#report-top\">m</a>");
    }
}
