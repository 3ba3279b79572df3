//! The patterns of texts, regardless of their content.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::table::Text;

use super::types::{TextLengths, ValueCount, most_frequent};

/// Maximum length of a mask in characters.
const LONGEST: usize = 24;
/// Maximum run of equal characters that is written out.
const RUN: usize = 4;

/// The pattern of a text: `A` for a capital letter, `a` for any other, `9` for a digit, `␣` for a
/// space, and other characters as they are; `…` replaces the rest of a run of more than four, and
/// what is cut at the end.
///
/// ```
/// use drumlin::explore::text_pattern;
/// assert_eq!(text_pattern("AB-123"), "AA-999");
/// assert_eq!(text_pattern("Warehouse 7 "), "Aaaaa…␣9␣");
/// ```
pub fn text_pattern(text: &str) -> String {
    let mut found = String::new();
    let (mut last, mut run) = ('\0', 0);
    let mut length = 0;
    for letter in text.chars() {
        let kind = match letter {
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c if c.is_numeric() => '9',
            c if c.is_whitespace() => '␣',
            c if c.is_control() => '␣',
            c => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run > RUN + 1 {
            continue;
        }
        if length == LONGEST {
            found.push('…');
            break;
        }
        found.push(if run > RUN { '…' } else { kind });
        length += 1;
    }
    found
}

/// The most frequent masks of texts, at most `most`, and the lengths of texts; no lengths without a
/// text.
pub(super) fn text_patterns(
    texts: &[Option<Text>],
    most: usize,
) -> (Vec<ValueCount>, Option<TextLengths>) {
    let mut counts: HashMap<String, usize, FixedState> = HashMap::default();
    let mut lengths: Vec<usize> = Vec::with_capacity(texts.len());
    for text in texts.iter().flatten() {
        *counts.entry(text_pattern(text)).or_default() += 1;
        lengths.push(text.chars().count());
    }
    lengths.sort_unstable();
    let found = match (lengths.first(), lengths.last()) {
        (Some(min), Some(max)) => Some(TextLengths {
            min: *min,
            p50: lengths[(lengths.len() - 1) / 2],
            max: *max,
        }),
        _ => None,
    };
    (
        most_frequent(counts.into_iter().collect(), lengths.len(), most),
        found,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_say_what_texts_look_like() {
        let masks = [
            "2026-03-01",
            "É1ß\t",
            "",
            "x@y.de",
            "loooooooong",
            "1.234,50 €",
        ]
        .map(text_pattern);
        assert_eq!(
            masks,
            ["9999-99-99", "A9a␣", "", "a@a.aa", "aaaa…", "9.999,99␣€"]
        );
        assert_eq!(text_pattern(&"a-".repeat(40)).chars().count(), 25);
    }

    #[test]
    fn masks_are_counted() {
        let texts = ["AB-1", "CD-2", "x"].map(|text| Some(Text::from(text)));
        let (found, lengths) = text_patterns(&texts, 1);
        assert_eq!(
            (found.len(), found[0].value.as_str(), found[0].count),
            (1, "AA-9", 2)
        );
        assert_eq!(
            lengths,
            Some(TextLengths {
                min: 1,
                p50: 4,
                max: 4
            })
        );
        assert_eq!(text_patterns(&[None], 3), (Vec::new(), None));
    }
}
