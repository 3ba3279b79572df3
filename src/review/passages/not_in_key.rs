//! Paragraphs of the report that match no finding.

use super::super::FindingEvidence;
use super::find::{Passage, is_from};
use super::phrases::{SearchPhrase, words};
use super::quote::quote_around;
use crate::submission::{Report, TextBlock};

/// Maximum number listed: a reader looks at no more.
const MOST: usize = 8;

/// Shorter texts are a label or a caption …
const LEAST_WORDS: usize = 8;
/// … unless they are a sentence.
const LEAST_OF_A_SENTENCE: usize = 4;

/// Paragraphs that are quoted under no finding: those with a number or one of the `columns` first,
/// then in the order of the report.
pub fn passages_not_in_key(
    report: &Report,
    findings: &[FindingEvidence],
    columns: &[String],
) -> Vec<Passage> {
    let columns: Vec<(&String, Vec<SearchPhrase>)> = columns
        .iter()
        .map(|name| (name, SearchPhrase::new(name).into_iter().collect()))
        .collect();
    let quoted = |block: &TextBlock| {
        let mut passages = findings.iter().flat_map(|finding| &finding.passages);
        passages.any(|passage| is_from(passage, block))
    };
    let mut rest: Vec<(bool, Passage)> = report
        .blocks
        .iter()
        .filter(|block| !block.heading && !is_machine(block))
        .filter(|block| is_said(&block.text) && !quoted(block))
        .map(|block| {
            let words = words(&block.text);
            let named = columns.iter().filter(|(_, phrases)| {
                let mut phrases = phrases.iter();
                phrases.any(|phrase| !phrase.places(&block.text, &words).is_empty())
            });
            let matched: Vec<String> = named.map(|(name, _)| (*name).clone()).collect();
            let figure = block.text.chars().any(|letter| letter.is_ascii_digit());
            let passage = Passage {
                place: block.place.clone(),
                quote: quote_around(&block.text, &[]),
                strength: 0,
                matched,
            };
            (figure || !passage.matched.is_empty(), passage)
        })
        .collect();
    // The sort is stable, so ties stay in the order of the report.
    rest.sort_by_key(|(telling, _)| !telling);
    let rest = rest.into_iter().map(|(_, passage)| passage);
    rest.take(MOST).collect()
}

/// Whether a text makes a statement: it is long, or a short sentence.
fn is_said(text: &str) -> bool {
    let sentence = text.trim_end().ends_with(['.', '!', '?']);
    let least = if sentence {
        LEAST_OF_A_SENTENCE
    } else {
        LEAST_WORDS
    };
    text.split_whitespace().count() >= least
}

/// Code and its output, which make no statement.
fn is_machine(block: &TextBlock) -> bool {
    let last = block.place.rsplit(", ").find_map(|part| {
        let noun = part.split(' ').next()?;
        ["paragraph", "item", "row", "code", "output"]
            .contains(&noun)
            .then_some(noun)
    });
    matches!(last, Some("code" | "output"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::FindingKind;
    use crate::review::{Terms, find};
    use crate::submission::ReportFormat;

    #[test]
    fn what_no_finding_quotes_is_left_and_the_telling_come_first() {
        let text = "# Words that are only in a heading and in nothing else\n\nToo short.\n\nA caption without an end\n\nThis \
                    paragraph says in many words that nothing much is known.\n\nDuplicates are in \
                    these data and were dropped by me, 300 rows.\n\nOn Mondays `latency_ms` is \
                    somewhat longer than on other days.\n\n```\nprint one two three four five six \
                    seven 8 9\n```\n";
        let report = Report::read(
            "report.md",
            ReportFormat::Markdown,
            text.as_bytes().to_vec(),
        )
        .unwrap();
        let terms = Terms {
            strong: vec!["duplicate".to_owned()],
            ..Terms::default()
        };
        let finding = FindingEvidence {
            id: "d1".to_owned(),
            kind: FindingKind::Defect,
            title: String::new(),
            statement: String::new(),
            disclosed: false,
            passages: find(&report, &terms),
            state: None,
            after_talk: None,
            note: String::new(),
        };
        let left = passages_not_in_key(&report, &[finding], &["latency_ms".to_owned()]);
        let begins: Vec<&str> = left.iter().map(|one| &one.quote[..10]).collect();
        assert_eq!(begins, ["On Mondays", "This parag"]);
        assert_eq!(left[0].matched, ["latency_ms"]);
    }
}
