//! Quotes: the sentences around a match, in the candidate's own words.

/// A quote is at most about this long, in characters.
pub(super) const LONGEST: usize = 500;

/// What is omitted at a cut or between sentences.
const CUT: &str = "…";

/// The whole text if it fits, or else the sentences that contain one of the `matches` (byte
/// ranges), best first, with their neighbours while there is room, in their order.
pub(crate) fn quote_around(text: &str, matches: &[(usize, usize)]) -> String {
    if text.trim().chars().count() <= LONGEST {
        return text.trim().to_owned();
    }
    let sentences = sentences(text);
    let holds = |&(start, end): &(usize, usize)| {
        let inside = |&&(from, _): &&(usize, usize)| from >= start && from < end;
        matches.iter().filter(inside).count()
    };
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    // The sort is stable: with equally many matches, the earlier sentence comes first.
    order.sort_by_key(|sentence| std::cmp::Reverse(holds(&sentences[*sentence])));
    let mut chosen: Vec<usize> = Vec::new();
    let mut length = 0;
    for sentence in order {
        let (start, end) = sentences[sentence];
        let long = text[start..end].chars().count();
        let room = length + long <= LONGEST;
        if (chosen.is_empty() || room) && (holds(&sentences[sentence]) > 0 || chosen.is_empty()) {
            chosen.push(sentence);
            length += long + 3;
        }
    }
    // The remaining room goes to the sentences after and before, which often contain the result.
    for beside in [1, -1, 1, -1] {
        for at in chosen.clone() {
            let Some(sentence) = at.checked_add_signed(beside) else {
                continue;
            };
            let Some((start, end)) = sentences.get(sentence) else {
                continue;
            };
            let long = text[*start..*end].chars().count();
            if !chosen.contains(&sentence) && length + long <= LONGEST {
                chosen.push(sentence);
                length += long + 3;
            }
        }
    }
    chosen.sort_unstable();
    let mut quote = String::new();
    for (place, sentence) in chosen.iter().enumerate() {
        let (start, end) = sentences[*sentence];
        if place > 0 {
            let next = chosen[place - 1] + 1 == *sentence;
            quote.push_str(if next { " " } else { " … " });
        }
        quote.push_str(text[start..end].trim());
    }
    if quote.chars().count() <= LONGEST {
        return quote;
    }
    // One sentence longer than a quote: the part around its first match.
    let (start, end) = sentences[chosen[0]];
    let first = matches
        .iter()
        .find(|(from, _)| *from >= start && *from < end);
    window(text, (start, end), *first.unwrap_or(&(start, start)))
}

/// At most [`LONGEST`] characters of `text[start..end]` around a match, cut between words.
fn window(text: &str, (start, end): (usize, usize), (from, to): (usize, usize)) -> String {
    let before = LONGEST / 3;
    let mut first = start;
    if let Some((place, _)) = text[start..from].char_indices().rev().nth(before) {
        let part = &text[start + place..from];
        first = start + place + part.find(' ').map_or(0, |space| space + 1);
    }
    let taken = text[first..from].chars().count();
    let mut last = end;
    let rest = LONGEST.saturating_sub(taken);
    if let Some((place, _)) = text[from..end].char_indices().nth(rest) {
        let part = &text[from..from + place];
        // Never before the end of the match, unless the match itself is too long.
        let space = part.rfind(' ').filter(|space| from + space >= to);
        last = from + space.unwrap_or(place);
    }
    let lead = if first > start { CUT } else { "" };
    let tail = if last < end { CUT } else { "" };
    format!("{lead}{}{tail}", text[first..last].trim())
}

/// Byte ranges of the sentences of a text: up to a full stop, an exclamation or question mark
/// that a space and no small letter follow ("e.g. this" and "0.31" go on).
pub(super) fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (place, letter) in text.char_indices() {
        if !matches!(letter, '.' | '!' | '?' | '。') {
            continue;
        }
        let end = place + letter.len_utf8();
        let mut after = text[end..].chars();
        let space = after.next().is_some_and(char::is_whitespace);
        let goes_on = after
            .find(|c| !c.is_whitespace())
            .is_none_or(char::is_lowercase);
        if letter == '。' || (space && !goes_on) {
            found.push((start, end));
            start = end;
        }
    }
    if start < text.len() || found.is_empty() {
        found.push((start, text.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, part: &str) -> (usize, usize) {
        let from = text.find(part).unwrap();
        (from, from + part.len())
    }

    #[test]
    fn a_paragraph_that_fits_is_quoted_whole() {
        let text = "First things. Latency is 0.31 higher, e.g. in the north. Last.";
        assert_eq!(quote_around(text, &[at(text, "Latency")]), text);
    }

    #[test]
    fn of_a_long_paragraph_the_matches_and_what_is_beside_them_are_quoted() {
        let filler = "W".repeat(490);
        let text = format!("{filler}. First. Latency is 0.31 higher. Last. {filler}. End.");
        let quote = quote_around(&text, &[at(&text, "Latency")]);
        assert_eq!(quote, "First. Latency is 0.31 higher. Last.");
    }

    #[test]
    fn sentences_apart_are_joined_with_a_gap() {
        let filler = "W".repeat(600);
        let text = format!("A one. {filler}. C one.");
        let matches = [at(&text, "A"), at(&text, "C")];
        assert_eq!(quote_around(&text, &matches), "A one. … C one.");
    }

    #[test]
    fn long_sentences_are_cut_between_words_around_the_match() {
        let text = format!("{}needle ü{}", "wörter ".repeat(100), " väter".repeat(100));
        let quote = quote_around(&text, &[at(&text, "needle")]);
        assert!(quote.contains("needle ü"), "{quote}");
        assert!(quote.chars().count() <= LONGEST + 2);
        assert!(
            quote.starts_with("…wörter") && quote.ends_with("väter…"),
            "{quote}"
        );
    }

    #[test]
    fn text_without_spaces_is_cut_without_panic() {
        let text = "字".repeat(1_000);
        let quote = quote_around(&text, &[(300, 303)]);
        assert!(quote.chars().count() <= LONGEST + 2);
        assert_eq!(quote_around("", &[]), "");
    }
}
