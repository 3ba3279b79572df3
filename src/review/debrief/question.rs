//! One question, and how it is written.

use crate::review::Passage;
use crate::review::markdown;

/// When in the talk a question comes, after the first and before the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Meaning,
    Groups,
    Data,
    Silent,
    Action,
}

/// How good a beginning a question about something done well makes; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opens {
    Doubt,
    Repair,
    Meaning,
    Data,
}

#[derive(Debug, Clone)]
pub(super) struct Question {
    /// Findings that it is about, by id.
    pub(super) about: Vec<String>,
    pub(super) stage: Stage,
    pub(super) opens: Option<Opens>,
    /// For the interviewer: what it is about.
    pub(super) heading: &'static str,
    /// Passages to begin from: the first that has not been quoted yet.
    pub(super) passages: Vec<Passage>,
    /// What to say.
    pub(super) ask: String,
    /// Why it is asked, from the key: never said aloud.
    pub(super) why: String,
    /// What to listen for.
    pub(super) listen: &'static [&'static str],
    /// What to say if the talk gets stuck.
    pub(super) hint: String,
}

impl Question {
    /// As Markdown. `used` are the quotes of earlier questions.
    pub(super) fn markdown(&self, number: usize, used: &mut Vec<String>) -> String {
        let mut parts = vec![format!("## {number}. {}", self.heading)];
        let fresh = self
            .passages
            .iter()
            .find(|passage| !used.contains(&passage.quote));
        if let Some(passage) = fresh.or(self.passages.first()) {
            used.push(passage.quote.clone());
            parts.push(markdown::quote(passage).trim_end().to_owned());
        }
        parts.push(format!("**Ask.** {}", self.ask));
        parts.push(format!("**If stuck.** {}", self.hint));
        parts.push(format!("**For you.** {}", self.why));
        let listen: Vec<String> = self.listen.iter().map(|line| format!("- {line}")).collect();
        parts.push(format!("Listen for\n\n{}", listen.join("\n")));
        parts.join("\n\n")
    }
}
