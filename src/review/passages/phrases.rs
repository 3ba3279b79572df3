//! The words of a text, and phrases found in it regardless of word endings.

/// One word: its position, and its form for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    folded: String,
}

/// A phrase to search for: its words without endings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SearchPhrase {
    stems: Vec<String>,
    /// The words written without spaces: "timezone".
    joined: Option<String>,
}

/// The words of a text, in order. Underscores and hyphens separate words.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current: Option<Word> = None;
    for (place, letter) in text.char_indices() {
        // A combining mark belongs to the letter before it: PDFs write "a" and two dots.
        let inside = letter.is_alphanumeric() || (current.is_some() && is_mark(letter));
        if inside {
            let word = current.get_or_insert_with(|| Word {
                start: place,
                end: place,
                folded: String::new(),
            });
            fold(letter, &mut word.folded);
            word.end = place + letter.len_utf8();
        } else {
            words.extend(current.take());
        }
    }
    words.extend(current);
    words
}

impl SearchPhrase {
    /// From one or more words; none if the text contains no word.
    pub(super) fn new(text: &str) -> Option<Self> {
        let words = words(text);
        let joined: String = words.iter().map(|word| word.folded.as_str()).collect();
        let stems: Vec<String> = words.iter().map(|word| stem(&word.folded)).collect();
        (!stems.is_empty()).then(|| Self {
            joined: (stems.len() > 1).then(|| stem(&joined)),
            stems,
        })
    }

    /// The forms in which people write a column.
    pub(super) fn of_column(name: &str) -> Vec<Self> {
        let mut forms: Vec<Self> = Self::new(name).into_iter().collect();
        if let Some((quantity, unit)) = name.rsplit_once('_')
            && UNITS.contains(&unit)
        {
            forms.extend(Self::new(quantity));
        }
        forms
    }

    /// Positions of the words that match the phrase: (first, last).
    pub(super) fn places(&self, text: &str, words: &[Word]) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for first in 0..words.len() {
            if let Some(joined) = &self.joined
                && fits(joined, &words[first].folded)
            {
                places.push((first, first));
            }
            let last = first + self.stems.len() - 1;
            let Some(run) = words.get(first..=last) else {
                continue;
            };
            let each = run.iter().zip(&self.stems);
            let all = each
                .into_iter()
                .all(|(word, stem)| fits(stem, &word.folded));
            let together = run
                .windows(2)
                .all(|pair| is_joint(text.get(pair[0].end..pair[1].start).unwrap_or(".")));
            if all && together {
                places.push((first, last));
            }
        }
        places
    }
}

/// Endings of column names that give a unit, not a meaning.
const UNITS: [&str; 19] = [
    "ms", "us", "s", "sec", "seconds", "minutes", "hours", "days", "kb", "mb", "bytes", "usd",
    "eur", "cents", "pct", "percent", "count", "at", "id",
];

/// What may separate two words of a phrase; a comma or a full stop may not.
fn is_joint(between: &str) -> bool {
    between
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '_' | '-' | '`' | '*' | '‑' | '–' | '"' | '\''))
}

/// Whether a word is the stem with an ending. Short stems take short endings only: "bot" is in
/// "bots" but not in "bottom", "unit" not in "universe".
fn fits(stem: &str, word: &str) -> bool {
    let Some(ending) = word.strip_prefix(stem) else {
        return false;
    };
    match stem.chars().count() {
        0..=3 => matches!(ending, "" | "s" | "es"),
        4..=5 => ending.chars().count() <= 3,
        _ => true,
    }
}

/// A word without its ending, if enough is left to distinguish it from others.
fn stem(word: &str) -> String {
    for (ending, least) in [
        ("ies", 4),
        ("ing", 5),
        ("ed", 5),
        ("e", 5),
        ("y", 4),
        ("s", 3),
    ] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= least
            && !rest.ends_with(['s', 'u', 'i'])
        {
            return rest.to_owned();
        }
    }
    word.to_owned()
}

fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Lower-case letters without accents, so that composed and decomposed spellings are equal.
fn fold(letter: char, out: &mut String) {
    if is_mark(letter) {
        return;
    }
    for letter in letter.to_lowercase() {
        match letter {
            'ä' | 'á' | 'à' | 'â' | 'å' | 'ã' => out.push('a'),
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => out.push('o'),
            'ü' | 'ú' | 'ù' | 'û' => out.push('u'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ç' => out.push('c'),
            'ß' => out.push_str("ss"),
            mark if is_mark(mark) => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrase: &str, text: &str) -> bool {
        let words = words(text);
        !SearchPhrase::new(phrase)
            .unwrap()
            .places(text, &words)
            .is_empty()
    }

    #[test]
    fn endings_do_not_matter() {
        for (phrase, text) in [
            ("duplicate", "Duplicates were dropped"),
            ("duplicate", "I de-duplicated by id"),
            ("duplicate", "DUPLICATION!"),
            ("anomaly", "two anomalies"),
            ("spelling", "spelled in three ways"),
            ("bot", "bots"),
            ("cluster", "clustering"),
            ("drop", "dropped"),
            ("missing", "missingness"),
            ("retries", "retry storms"),
            ("retry", "retries"),
        ] {
            assert!(found(phrase, text), "{phrase} in {text}");
        }
    }

    #[test]
    fn other_words_are_other_words() {
        for (phrase, text) in [
            ("bot", "bottom"),
            ("unit", "universe"),
            ("time", "timestamps"),
            ("time zone", "the time. Zone two"),
            ("gap", "gape"),
            ("duplicate", "simplicity"),
        ] {
            assert!(!found(phrase, text), "{phrase} in {text}");
        }
    }

    #[test]
    fn phrases_may_be_joined_or_hyphenated() {
        for text in [
            "time zone",
            "Time-Zones",
            "timezone",
            "`time` zone",
            "time\nzone",
        ] {
            assert!(found("time zone", text), "{text}");
        }
    }

    #[test]
    fn umlauts_match_however_they_are_encoded() {
        assert!(found("Ausreißer", "die AUSREISSER dort"));
        assert!(found("Lücke", "drei Lu\u{308}cken"));
        assert!(found("lu\u{308}cke", "Lücken"));
        assert!(found("Größe", "GRÖSSE"));
    }

    #[test]
    fn columns_are_known_without_their_unit() {
        let forms = SearchPhrase::of_column("latency_ms");
        let in_text = |text: &str| {
            let words = words(text);
            forms
                .iter()
                .any(|form| !form.places(text, &words).is_empty())
        };
        assert!(in_text("`latency_ms`") && in_text("latency ms") && in_text("Latency is odd"));
        assert!(!in_text("late"));
    }

    #[test]
    fn positions_are_those_of_the_text() {
        let text = "é “Größe_2”";
        let words = words(text);
        let at: Vec<&str> = words
            .iter()
            .map(|word| &text[word.start..word.end])
            .collect();
        assert_eq!(at, ["é", "Größe", "2"]);
    }
}
