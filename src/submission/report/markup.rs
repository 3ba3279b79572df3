//! Markdown and HTML of strangers: one way in, through one sanitiser.

use std::collections::HashSet;

use comrak::nodes::{NodeLink, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use super::nesting::is_too_deep;

/// A part of sanitised HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text, still escaped.
    Text(&'a str),
    /// A tag.
    Tag(Tag<'a>),
}

/// A tag of sanitised HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As it is written, with its angle brackets.
    pub whole: &'a str,
    /// Its name, in small letters.
    pub name: &'a str,
    /// Whether it closes an element.
    pub closes: bool,
}

/// What names of places inside a report begin with once they are sanitised.
pub const ID_PREFIX: &str = "report-";

/// Markdown as HTML, with raw HTML switched off; still to be sanitised.
///
/// Two tags of raw HTML are understood because reports need them and Markdown has no better word:
/// `<img>` becomes a Markdown image and `<br>` a line break. Other tags are left away, their text
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
                for piece in pieces(&safe) {
                    let child = match piece {
                        Piece::Text(text) => NodeValue::Text(unescape(text).into()),
                        Piece::Tag(tag) if tag.name == "img" => inline(tag.whole),
                        Piece::Tag(_) => NodeValue::SoftBreak,
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

/// HTML without scripts, styles, forms, frames, event handlers or foreign schemes.
///
/// HTML that is nested deeper than any document comes back as the text that it is written in.
pub fn sanitize(html: &str) -> String {
    if is_too_deep(html) {
        return format!("<pre>{}</pre>", escape(html));
    }
    ammonia::Builder::default()
        // Figures that a notebook or page carries in itself; a page decides on them later.
        .add_url_schemes(["data", "attachment"])
        .add_tags(["figure", "figcaption", "input"])
        .add_tag_attributes("input", ["checked", "disabled"])
        .set_tag_attribute_value("input", "type", "checkbox")
        .add_tag_attributes("ol", ["start"])
        // Places in the page, under names of their own: a report must not take over the page's.
        .add_generic_attributes(["id"])
        .id_prefix(Some(ID_PREFIX))
        .link_rel(None)
        .clean_content_tags(HashSet::from(["script", "style", "title", "template"]))
        .clean(html)
        .to_string()
}

/// The parts of HTML that came out of [`sanitize`], which escapes every `<`, `>` and `"` that is
/// not markup, so that a plain scan is enough.
pub fn pieces(safe: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = safe;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with('<') {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if !piece.starts_with('<') {
            return Some(Piece::Text(piece));
        }
        let inner = piece.trim_start_matches('<').trim_end_matches('>');
        let closes = inner.starts_with('/');
        let inner = inner.trim_start_matches('/');
        let end = inner.find(|c: char| c.is_whitespace() || c == '/');
        Some(Piece::Tag(Tag {
            whole: piece,
            name: &inner[..end.unwrap_or(inner.len())],
            closes,
        }))
    })
}

impl Tag<'_> {
    /// The value of an attribute, no longer escaped.
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

/// Text of sanitised HTML as it was meant.
pub(super) fn unescape(text: &str) -> String {
    // The ampersand last: "&amp;lt;" is the text "&lt;".
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

fn inline(raw: &str) -> NodeValue {
    let safe = sanitize(raw);
    for piece in pieces(&safe) {
        if let Piece::Tag(tag) = piece {
            match tag.name {
                "br" => return NodeValue::LineBreak,
                "img" => {
                    // Alternative text is a child of an image node; as its title it is kept too.
                    return NodeValue::Image(Box::new(NodeLink {
                        url: tag.attribute("src").unwrap_or_default(),
                        title: tag.attribute("alt").unwrap_or_default(),
                    }));
                }
                _ => {}
            }
        }
    }
    NodeValue::Text(std::borrow::Cow::Borrowed(""))
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
            assert!(!safe.replace("one", "").contains(bad), "{bad} in {safe}");
        }
    }

    #[test]
    fn attributes_are_read_unescaped() {
        let safe = sanitize("<img alt='a \"b\" > c' src='x.png'>");
        let Some(Piece::Tag(tag)) = pieces(&safe).next() else {
            panic!("a tag");
        };
        assert_eq!(tag.attribute("alt").unwrap(), "a \"b\" > c");
        assert_eq!(tag.attribute("src").unwrap(), "x.png");
        assert_eq!(tag.attribute("rc"), None);
    }

    #[test]
    fn deep_nesting_is_survived() {
        let deep = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert!(sanitize(&deep).contains('x'));
        assert!(sanitize(&markdown(&"> ".repeat(100_000))).starts_with("<pre>"));
        assert!(markdown(&"> ".repeat(100_000)).len() > 10);
        assert!(markdown(&"*a ".repeat(100_000)).contains('a'));
        assert!(markdown(&"[".repeat(100_000)).contains('['));
    }
}
