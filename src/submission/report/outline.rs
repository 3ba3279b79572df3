//! Passages in order, each with a place that a reader can find.

use serde::Serialize;

/// One passage of a report: a heading, a paragraph, a list item, a table row, an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextBlock {
    /// Plain text on one line.
    pub text: String,
    pub heading: bool,
    /// Where it is: "Groups, paragraph 2".
    pub place: String,
}

/// Kinds of passages that are counted on their own below each heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Paragraph,
    Item,
    Row,
    Code,
    Output,
}

/// A report's passages in the making.
#[derive(Debug, Default)]
pub(super) struct Outline {
    blocks: Vec<TextBlock>,
    section: Option<String>,
    /// "cell 5" of a notebook, "page 2" of a PDF.
    part: Option<String>,
    counts: [usize; 5],
}

impl Outline {
    pub(super) fn heading(&mut self, text: &str) {
        let text = on_one_line(text);
        if text.is_empty() {
            return;
        }
        let place = crate::text::truncate(&text, 61);
        self.counts = [0; 5];
        self.section = Some(place.clone());
        self.blocks.push(TextBlock {
            text,
            heading: true,
            place: self.located(place),
        });
    }

    pub(super) fn passage(&mut self, kind: BlockKind, text: &str) {
        let text = on_one_line(text);
        if text.is_empty() {
            return;
        }
        let (word, slot) = match kind {
            BlockKind::Paragraph => ("paragraph", 0),
            BlockKind::Item => ("item", 1),
            BlockKind::Row => ("table row", 2),
            BlockKind::Code => ("code", 3),
            BlockKind::Output => ("output", 4),
        };
        self.counts[slot] += 1;
        let section = match (&self.section, &self.part) {
            (Some(section), _) => format!("{section}, "),
            (None, Some(_)) => String::new(),
            (None, None) => "Opening, ".to_owned(),
        };
        let place = self.located(format!("{section}{word} {}", self.counts[slot]));
        self.blocks.push(TextBlock {
            text,
            heading: false,
            place,
        });
    }

    /// Start a cell or a page: its places name it, and counting starts again where there is no
    /// heading.
    pub(super) fn start_part(&mut self, what: String) {
        if self.section.is_none() {
            self.counts = [0; 5];
        }
        self.part = Some(what);
    }

    pub(super) fn finish(self) -> Vec<TextBlock> {
        self.blocks
    }

    fn located(&self, place: String) -> String {
        match &self.part {
            Some(part) => format!("{place} ({part})"),
            None => place,
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
