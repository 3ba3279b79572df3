//! Passages of a report that bear on a finding.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::phrases::{SearchPhrase, Word, words};
use super::quote::{LONGEST, quote_around, sentences};
use super::terms::Terms;
use crate::submission::{Report, TextBlock};

/// A passage that bears on a finding, in the candidate's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// Where it is in the report, and whether it seems to describe what was not done.
    pub place: String,
    /// At most about 500 characters of it.
    pub quote: String,
    /// The terms that it matches, as written in the finding.
    pub matched: Vec<String>,
    /// Strength of the match: three for each strong term; two for a column (several columns count
    /// no more without a word next to them, and at most four with one); one for each weak term; one
    /// for a number next to a word; half of that for what only the heading above names. Rounded
    /// down. It orders the passages of one finding and has no other meaning.
    pub strength: u32,
}

/// Maximum number of passages per finding: more would not be read.
const MOST: usize = 3;

/// More columns add nothing: a list of all columns would outrank any sentence.
const MOST_COLUMNS: u32 = 2;

/// Note on passages that may describe what the author did not do. "May", since a person who "left
/// out" rows did something.
const NOT_DONE: &str = " – may describe what was not done";

/// Words that mark a sentence about what was not done.
const NEGATIONS: [&str; 14] = [
    "not look",
    "did not",
    "didn't",
    "didn’t",
    "not check",
    "not had time",
    "no time to",
    "left out",
    "removed 0 ",
    "dropped 0 ",
    " 0 duplicate",
    "no duplicate",
    "found no",
    "found none",
];

/// In a paragraph longer than a quote, matching terms must be within this number of sentences.
const STRETCH: usize = 3;

/// Passages that bear on a finding: those that match a strong term, or a column and a weak term, or
/// two columns, and at least half as strongly as the best one. Strongest first, then in the order
/// of the report. In a paragraph longer than a quote, only the three sentences that match best
/// count, so that a report of one paragraph does not match through a column and an unrelated word.
pub fn find(report: &Report, terms: &Terms) -> Vec<Passage> {
    let terms = SearchTerms::new(terms);
    let mut passages = Vec::new();
    let mut above = TermMatches::default();
    for block in &report.blocks {
        let words = words(&block.text);
        let here = terms.hits(block, &words);
        if block.heading {
            // A section is about what its heading names.
            above = here;
            continue;
        }
        let stretches = stretches(&block.text).into_iter();
        let counted = stretches.map(|(from, to)| {
            let here = here.within((from, to));
            let halves = terms.halves(&block.text[from..to], &here, &above);
            (halves, here)
        });
        // Ties go to the first.
        let best = counted
            .filter(|(_, here)| terms.bear(&here.with(&above)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((halves, here)) = best else {
            continue;
        };
        let all = here.with(&above);
        let spans: Vec<(usize, usize)> = here.spans.iter().map(|(_, span)| *span).collect();
        let not_done = spans
            .iter()
            .any(|span| sentence_says_not_done(&block.text, *span));
        let passage = Passage {
            place: format!("{}{}", block.place, if not_done { NOT_DONE } else { "" }),
            quote: quote_around(&block.text, &spans),
            matched: terms.names(&all),
            strength: 0,
        };
        passages.push((halves, passage));
    }
    passages.sort_by_key(|(halves, _)| Reverse(*halves));
    let best = passages.first().map_or(0, |(halves, _)| *halves);
    let near = passages
        .into_iter()
        .filter(|(halves, _)| 2 * halves >= best);
    near.take(MOST)
        .map(|(halves, passage)| Passage {
            strength: halves / 2,
            ..passage
        })
        .collect()
}

/// Byte ranges of a text that are matched separately: the whole text if it fits a quote, or else
/// every run of [`STRETCH`] sentences.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    if text.trim().chars().count() <= LONGEST {
        return vec![(0, text.len())];
    }
    let sentences = sentences(text);
    let runs = sentences.windows(STRETCH.min(sentences.len()));
    runs.map(|run| (run[0].0, run[run.len() - 1].1)).collect()
}

/// Whether a passage is from this part of the report.
pub(super) fn is_from(passage: &Passage, block: &TextBlock) -> bool {
    let place = &passage.place;
    place.strip_suffix(NOT_DONE).unwrap_or(place) == block.place
}

/// Whether a passage seems to describe what was not done, or that nothing was found.
pub(crate) fn says_not_done(passage: &Passage) -> bool {
    passage.place.ends_with(NOT_DONE)
}

/// Whether the sentence of a match describes what was not done.
fn sentence_says_not_done(text: &str, (start, _): (usize, usize)) -> bool {
    let mut sentences = sentences(text).into_iter();
    let sentence = sentences.find(|(from, to)| (*from..*to).contains(&start));
    let sentence = sentence.map_or("", |(from, to)| &text[from..to]);
    let words = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.to_lowercase();
    NEGATIONS.iter().any(|negation| words.contains(negation))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Weak = 1,
    Column = 2,
    Strong = 3,
}

/// Terms prepared for searching.
struct SearchTerms {
    terms: Vec<(String, Weight, Vec<SearchPhrase>)>,
}

/// The terms that a block matches, by position in [`SearchTerms::terms`], each once and in order;
/// and for each the byte ranges.
#[derive(Default)]
struct TermMatches {
    terms: Vec<usize>,
    spans: Vec<(usize, (usize, usize))>,
}

impl SearchTerms {
    fn new(terms: &Terms) -> Self {
        let words = |text: &String| SearchPhrase::new(text).into_iter().collect();
        let strong = terms.strong.iter();
        let strong = strong.map(|term| (term.clone(), Weight::Strong, words(term)));
        let columns = terms.columns.iter();
        let columns =
            columns.map(|name| (name.clone(), Weight::Column, SearchPhrase::of_column(name)));
        let weak = terms.weak.iter();
        let weak = weak.map(|term| (term.clone(), Weight::Weak, words(term)));
        Self {
            terms: strong.chain(columns).chain(weak).collect(),
        }
    }

    fn hits(&self, block: &TextBlock, words: &[Word]) -> TermMatches {
        let mut hits = TermMatches::default();
        for (place, (_, _, phrases)) in self.terms.iter().enumerate() {
            let found = phrases
                .iter()
                .flat_map(|phrase| phrase.places(&block.text, words))
                .map(|(first, last)| (place, (words[first].start, words[last].end)));
            let before = hits.spans.len();
            hits.spans.extend(found);
            if hits.spans.len() > before {
                hits.terms.push(place);
            }
        }
        hits.spans.sort_unstable_by_key(|(_, span)| *span);
        hits
    }

    fn bear(&self, hits: &TermMatches) -> bool {
        let (strong, columns, weak) = self.weights(hits);
        strong > 0 || columns > 1 || (columns > 0 && weak > 0)
    }

    /// Twice the strength, so that halves are integers.
    fn halves(&self, text: &str, here: &TermMatches, above: &TermMatches) -> u32 {
        let (strong, columns, weak) = self.weights(here);
        let all = self.weights(&here.with(above));
        let (above_strong, above_weak) = (all.0 - strong, all.2 - weak);
        let counted = columns.min(MOST_COLUMNS);
        let above_columns = all.1.min(MOST_COLUMNS) - counted;
        if all.0 + all.2 == 0 {
            // Even with numbers present: next to columns only, they are loadings.
            return 2 * Weight::Column as u32;
        }
        let figure = text.chars().any(|letter| letter.is_ascii_digit());
        Weight::Strong as u32 * (2 * strong + above_strong)
            + Weight::Column as u32 * (2 * counted + above_columns)
            + Weight::Weak as u32 * (2 * weak + above_weak)
            + if figure { 2 } else { 0 }
    }

    fn weights(&self, hits: &TermMatches) -> (u32, u32, u32) {
        let number = |wanted: Weight| {
            let all = hits.terms.iter().map(|term| self.terms[*term].1);
            all.filter(|weight| *weight == wanted).count() as u32
        };
        (
            number(Weight::Strong),
            number(Weight::Column),
            number(Weight::Weak),
        )
    }

    fn names(&self, hits: &TermMatches) -> Vec<String> {
        let names = hits.terms.iter().map(|term| self.terms[*term].0.clone());
        names.collect()
    }
}

impl TermMatches {
    /// The matches that begin in a range of bytes.
    fn within(&self, (from, to): (usize, usize)) -> Self {
        let inside = self.spans.iter().copied();
        let spans: Vec<_> = inside
            .filter(|(_, (start, _))| (from..to).contains(start))
            .collect();
        let mut terms: Vec<usize> = spans.iter().map(|(term, _)| *term).collect();
        terms.sort_unstable();
        terms.dedup();
        Self { terms, spans }
    }

    fn with(&self, above: &Self) -> Self {
        let mut terms = self.terms.clone();
        terms.extend(&above.terms);
        terms.sort_unstable();
        terms.dedup();
        Self {
            terms,
            spans: self.spans.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::ReportFormat;

    fn report(text: &str) -> Report {
        Report::read(
            "report.md",
            ReportFormat::Markdown,
            text.as_bytes().to_vec(),
        )
        .unwrap()
    }

    fn terms(columns: &[&str], strong: &[&str], weak: &[&str]) -> Terms {
        let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Terms {
            columns: own(columns),
            strong: own(strong),
            weak: own(weak),
        }
    }

    fn places(text: &str, terms: &Terms) -> Vec<String> {
        let found = find(&report(text), terms).into_iter();
        found.map(|passage| passage.place).collect()
    }

    #[test]
    fn a_strong_term_alone_bears_and_a_weak_one_does_not() {
        let terms = terms(&["latency_ms"], &["time zone"], &["unit"]);
        let text =
            "The unit is odd.\n\nLatency is long.\n\nTimezones shift.\n\nlatency units differ";
        assert_eq!(
            places(text, &terms),
            [
                "Opening, paragraph 2".replace('2', "3"),
                "Opening, paragraph 4".into()
            ]
        );
    }

    #[test]
    fn two_columns_bear_together() {
        let terms = terms(&["latency_ms", "input_tokens"], &[], &[]);
        let text = "- `latency_ms` +0.4, `input tokens` -0.2\n- `latency_ms` only\n";
        let found = find(&report(text), &terms);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].matched, ["latency_ms", "input_tokens"]);
        assert_eq!(found[0].strength, 2);
    }

    #[test]
    fn the_three_strongest_are_kept_in_their_order() {
        let terms = terms(&["cost"], &["duplicate"], &["drop"]);
        let text = "duplicate a\n\nduplicate b\n\nduplicate c\n\nDropped duplicates raise cost.";
        let expected = [4, 1, 2].map(|n| format!("Opening, paragraph {n}"));
        assert_eq!(places(text, &terms), expected);
    }

    #[test]
    fn in_a_long_paragraph_only_near_sentences_belong_together() {
        let terms = terms(&["latency_ms"], &[], &["unit"]);
        let between = "Nothing of note was to be seen in any of the plots that I made. ".repeat(10);
        let far = format!("The latency is long. {between}One shop uses another unit.");
        assert_eq!(places(&far, &terms), Vec::<String>::new());
        let near = format!("{between}The latency is long. Its unit differs by country.");
        let found = find(&report(&near), &terms);
        assert!(
            found[0]
                .quote
                .ends_with("The latency is long. Its unit differs by country.")
        );
    }

    #[test]
    fn what_a_heading_names_its_section_is_about() {
        let terms = terms(&[], &["duplicate"], &[]);
        let text = "# Duplicates\n\nThen I slept.\n\nI removed 300 rows.\n\n# Other\n\nNothing.";
        let found = find(&report(text), &terms);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].quote, "I removed 300 rows.");
        assert_eq!(found[0].place, "Duplicates, paragraph 2");
        assert_eq!((found[0].strength, found[1].strength), (2, 1));
    }

    #[test]
    fn a_list_of_columns_does_not_stand_beside_a_sentence() {
        let terms = terms(&["latency_ms", "cost_usd", "retries"], &["backlog"], &[]);
        let text = "- `latency_ms` 0.41, `cost_usd` 0.3, `retries` 0.2\n\nA backlog of 3 days, \
                    seen in latency.";
        let found = find(&report(text), &terms);
        assert_eq!(found.len(), 1);
        assert!(found[0].quote.starts_with("A backlog"));
        assert_eq!(found[0].strength, 6);
    }

    #[test]
    fn what_was_not_done_is_said_to_be_so() {
        let terms = terms(&[], &["time zone"], &[]);
        let text = "I did not\nlook at time zones. Fine.\n\nI did not sleep. Time zones shift.";
        let report = report(text);
        let found = find(&report, &terms);
        assert_eq!(
            found[0].place,
            "Opening, paragraph 1 – may describe what was not done"
        );
        assert_eq!(found[1].place, "Opening, paragraph 2");
        assert!(is_from(&found[0], &report.blocks[0]) && is_from(&found[1], &report.blocks[1]));
    }

    #[test]
    fn umlauts_and_any_other_letters_are_no_trouble() {
        let terms = terms(
            &["größe_kb"],
            &["Ausreißer", "İ", "ﬃ", "\u{308}", ""],
            &["ß"],
        );
        let text = "Die Ausreißer in „Größe“ – 👩‍👩‍👧 e\u{301}İıſﬃ \u{202e}\u{0} ẞ ǰ.\n\nDie Größe: ß.";
        let found = find(&report(text), &terms);
        assert_eq!(found.len(), 2);
        assert!(found[0].matched.contains(&"Ausreißer".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn no_text_and_no_terms_panic(text in ".{0,400}", term in ".{0,8}", column in ".{0,8}") {
            let terms = terms(&[&column], &[&term], &["a"]);
            let block = TextBlock { text, heading: false, place: String::new() };
            let report = Report {
                file: String::new(),
                format: ReportFormat::Markdown,
                blocks: vec![block],
                words: 0,
                source: Vec::new(),
            };
            for passage in find(&report, &terms) {
                proptest::prop_assert!(passage.quote.chars().count() <= 510);
            }
        }
    }
}
