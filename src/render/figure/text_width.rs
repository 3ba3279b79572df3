//! Approximate width of text, and shortening it.

/// Font size of ticks and legend.
pub(super) const SMALL: f64 = 11.0;
/// Font size of the labels of axes.
pub(super) const LABEL: f64 = 11.5;
/// Height of a line of text.
pub(super) const ROW: f64 = 16.0;

/// Approximate width of `word` in a system font of `size` pixels. Fonts differ by a tenth, and
/// layout allows for that.
pub(super) fn width(word: &str, size: f64) -> f64 {
    word.chars().map(em).sum::<f64>() * size
}

/// `word`, truncated with … if it is wider than `room`.
pub(super) fn fit(word: &str, size: f64, room: f64) -> String {
    if width(word, size) <= room {
        return word.to_owned();
    }
    let mut left = room - em('…') * size;
    let mut short = String::new();
    for letter in word.chars() {
        left -= em(letter) * size;
        if left < 0.0 {
            break;
        }
        short.push(letter);
    }
    short.truncate(short.trim_end().len());
    short + "…"
}

fn em(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '…' => 0.88,
        'A'..='Z' => 0.68,
        // East Asian characters and pictographs are as wide as they are high.
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{ffef}' | '\u{1f000}'.. => 1.0,
        _ => 0.57,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_cut_and_a_short_one_kept() {
        assert_eq!(fit("team", 11.0, 60.0), "team");
        let cut = fit("business & partners", 11.0, 60.0);
        assert!(cut.ends_with('…') && width(&cut, 11.0) <= 60.0, "{cut}");
        assert_eq!(fit("anything", 11.0, 0.0), "…");
    }
}
