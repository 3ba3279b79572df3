//! Values of unknown length on one line.

/// `text` on one line of at most `width` characters, with … where something is cut. Line breaks and
/// other control characters become spaces, so that a value cannot control the terminal.
pub fn truncate(text: &str, width: usize) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut kept: String = characters.by_ref().take(width).collect();
    if characters.next().is_some() {
        kept.pop();
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(truncate("a\u{1b}[31m\nb", 20), "a [31m b");
    }

    #[test]
    fn the_ellipsis_counts_as_a_character() {
        assert_eq!(truncate("übergröße", 5), "über…");
    }
}
