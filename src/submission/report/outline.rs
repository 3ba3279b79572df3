//! Passages in order, each with a place a reader can find.

use serde::Serialize;

/// One passage of a report: a heading, a paragraph, a list item, a table row, an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What it says, as plain text.
    pub text: String,
    /// Whether it is a heading.
    pub heading: bool,
    /// Where it is: "Groups, paragraph 2".
    pub place: String,
}

/// Kinds of passages that are counted on their own below each heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Item,
    Row,
    Code,
    Output,
}

/// A report's passages in the making.
#[derive(Debug, Default)]
pub(super) struct Outline {
    blocks: Vec<Block>,
    section: Option<String>,
    /// Where the format counts by itself: "cell 5", "page 2".
    beside: Option<String>,
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
        self.blocks.push(Block {
            text,
            heading: true,
            place: self.located(place),
        });
    }

    pub(super) fn passage(&mut self, kind: Kind, text: &str) {
        let text = on_one_line(text);
        if text.is_empty() {
            return;
        }
        let (word, slot) = match kind {
            Kind::Paragraph => ("paragraph", 0),
            Kind::Item => ("item", 1),
            Kind::Row => ("table row", 2),
            Kind::Code => ("code", 3),
            Kind::Output => ("output", 4),
        };
        self.counts[slot] += 1;
        let section = match (&self.section, &self.beside) {
            (Some(section), _) => format!("{section}, "),
            (None, Some(_)) => String::new(),
            (None, None) => "Opening, ".to_owned(),
        };
        let place = self.located(format!("{section}{word} {}", self.counts[slot]));
        self.blocks.push(Block {
            text,
            heading: false,
            place,
        });
    }

    /// From here on places also say this, and counting starts again where there is no heading.
    pub(super) fn beside(&mut self, what: String) {
        if self.section.is_none() {
            self.counts = [0; 5];
        }
        self.beside = Some(what);
    }

    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    fn located(&self, place: String) -> String {
        match &self.beside {
            Some(beside) => format!("{place} ({beside})"),
            None => place,
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
