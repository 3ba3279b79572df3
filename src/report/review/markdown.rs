//! Untrusted text inside Markdown that we write.

use crate::review::Passage;

/// Text on one line that Markdown renders literally: no markup, no HTML, no links.
pub(super) fn escape(text: &str) -> String {
    let letters: Vec<char> = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|letter| !is_unseen(*letter))
        .collect();
    let mut out = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let beside = |at: Option<usize>| {
            let letter = at.and_then(|at| letters.get(at));
            letter.is_some_and(|letter| letter.is_alphanumeric())
        };
        match letter {
            '&' => out.push_str("&amp;"),
            // Before a digit it starts neither a tag nor a link: "<0.01" stays readable.
            '<' if letters.get(at + 1).is_some_and(char::is_ascii_digit) => out.push('<'),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Between letters an underscore is not markup, and column names stay readable.
            '_' if beside(at.checked_sub(1)) && beside(Some(at + 1)) => out.push('_'),
            // Colons, dots and at signs turn addresses into links.
            ':' if letters.get(at + 1) == Some(&'/') => out.push_str("\\:"),
            '.' if out.ends_with("www") || out.ends_with("WWW") => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '@' | '!' => {
                out.push('\\');
                out.push(*letter);
            }
            other => out.push(*other),
        }
    }
    out
}

/// Words of the key, which name columns in backticks; everything else is escaped.
pub(super) fn ours(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 1 {
            out.push_str(&code(part));
            continue;
        }
        let space = |at_edge: bool| if at_edge { " " } else { "" };
        out.push_str(space(at > 0 && part.starts_with(' ')));
        out.push_str(&escape(part));
        let edge = at + 1 < parts.len() && part.trim() != "" && part.ends_with(' ');
        out.push_str(space(edge));
    }
    out
}

/// A name as code.
pub(super) fn code(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|letter| *letter != '`' && !letter.is_control() && !is_unseen(*letter))
        .collect();
    format!("`{}`", plain.trim())
}

/// A passage as a block quote of two lines. The quotation mark keeps its first word from being
/// parsed as a heading or a list.
pub(super) fn quote(passage: &Passage) -> String {
    let place = if passage.place.is_empty() {
        String::new()
    } else {
        format!("  \n> — {}", escape(&passage.place))
    };
    format!("> “{}”{place}\n", escape(&passage.quote))
}

/// Control characters, and marks that change the direction of text, which would make the rest
/// unreadable.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_stay_readable() {
        let text = "I removed 40 rows (0.1 %): `input_tokens` > 9, e.g. \"this\" – não.";
        assert_eq!(
            escape(text),
            "I removed 40 rows (0.1 %): \\`input_tokens\\` &gt; 9, e.g. \"this\" – não."
        );
        assert_eq!(code("a`b\n"), "`ab`");
        let key = "Then `a_b` and `c`, `d` rise.";
        assert_eq!(ours(key), key);
        assert_eq!(ours("one ` <b>"), "one \\` &lt;b&gt;");
    }

    #[test]
    fn a_quote_is_two_lines_whatever_is_in_it() {
        let passage = Passage {
            place: "A\n\n# B, paragraph 1".to_owned(),
            quote: "one\n\n# two\u{2028}\r\n<b>three</b>\u{202e}".to_owned(),
            matched: Vec::new(),
            strength: 0,
        };
        assert_eq!(
            quote(&passage),
            "> “one # two &lt;b&gt;three&lt;/b&gt;”  \n> — A # B, paragraph 1\n"
        );
    }

    #[test]
    fn addresses_do_not_become_links() {
        assert_eq!(
            escape("https://e.org www.e.org a@e.org [x](y) ![p](q)"),
            "https\\://e.org www\\.e.org a\\@e.org \\[x\\](y) \\!\\[p\\](q)"
        );
    }
}
