//! How deep HTML is nested, at most, without building its tree.
//!
//! A browser's parser looks through all open elements at every block, so 400,000 nested `<div>`s
//! (two megabytes) would keep it busy for an hour. No report of a person is nested so deep.

/// Deeper than this is not a document.
const DEEPEST: usize = 2_000;

/// Whether the HTML opens more elements inside each other than any document does. Counts what may
/// be open, so it errs on the side of depth.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut rest = html;
    let mut depth = 0usize;
    let mut drawing = false;
    // Looked for once: to find at every tag that there is none would take the square of the length.
    let last_end = html
        .rfind('>')
        .map_or(usize::MAX, |place| html.len() - place);
    while let Some(place) = rest.find('<') {
        rest = &rest[place + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            // "<!-->" is a whole comment.
            if comment.starts_with('>') || comment.starts_with("->") {
                rest = comment;
                continue;
            }
            // What is never closed hides everything behind it, from a browser too.
            let Some(end) = comment_end(comment) else {
                return false;
            };
            rest = &comment[end..];
            continue;
        }
        let closes = rest.starts_with('/');
        let after = rest.trim_start_matches('/');
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<'));
        let name = after[..end.unwrap_or(after.len())].to_ascii_lowercase();
        let name = name.as_str();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || closes_by_itself(name) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
            drawing &= name != "svg";
            continue;
        }
        if drawing && leaves_drawing(name) {
            drawing = false;
        }
        if drawing
            && after.len() >= last_end
            && after
                .find('>')
                .is_some_and(|end| after[..end].ends_with('/'))
        {
            continue;
        }
        drawing |= name == "svg";
        if !drawing && holds_raw_text(name) {
            rest = after_closing(after, name);
            continue;
        }
        depth += 1;
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// Where a comment ends: browsers take `--!>` for its end as well.
fn comment_end(comment: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(place) = comment[from..].find("--") {
        let dashes = from + place;
        let after = &comment[dashes + 2..];
        if after.starts_with('>') || after.starts_with("!>") {
            return Some(dashes);
        }
        from = dashes + 1;
    }
    None
}

/// Elements that hold nothing, or that the next of their kind ends.
fn closes_by_itself(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
    )
}

/// Elements whose content is text, tags and all.
fn holds_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes"
    )
}

/// Elements that are HTML again inside a drawing, where a slash at the end closes nothing.
fn leaves_drawing(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "blockquote"
            | "body"
            | "center"
            | "code"
            | "div"
            | "dl"
            | "em"
            | "font"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "i"
            | "listing"
            | "menu"
            | "nobr"
            | "ol"
            | "pre"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "sub"
            | "sup"
            | "table"
            | "tt"
            | "u"
            | "ul"
            | "var"
            | "foreignobject"
            | "desc"
            | "title"
    )
}

/// The text behind the element's end, all of it when there is none.
fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(place) = rest.find("</") {
        rest = &rest[place + 2..];
        if rest
            .get(..name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
        {
            return rest;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_not_too_deep() {
        let script = format!("<script>{}</script>", "if(i<n){}".repeat(9_000));
        let drawing = format!("<svg>{}</svg>", "<use x='1'/>".repeat(9_000));
        let list = format!("<ul>{}</ul>", "<li><b>x</b><br>".repeat(9_000));
        for fine in [
            &script,
            &drawing,
            &list,
            "<p>a < b and c <d",
            "<",
            "</",
            "<!--",
            "<é",
        ] {
            assert!(!is_too_deep(fine));
        }
    }

    #[test]
    fn depth_cannot_be_hidden() {
        let deep = "<div/>".repeat(9_000);
        for lead in [
            "",
            "<svg>",
            "<!-->",
            "<!-- --!>",
            "<svg><title>",
            "<textarea><script></textarea>",
        ] {
            assert!(is_too_deep(&format!("{lead}{deep}-->")), "{lead}");
        }
    }

    #[test]
    fn what_never_ends_is_read_in_one_go() {
        // Two megabytes each: the square of that would be minutes.
        assert!(!is_too_deep(&"<!--".repeat(500_000)));
        assert!(!is_too_deep(&format!("<svg>{}", "<a</a".repeat(400_000))));
    }
}
