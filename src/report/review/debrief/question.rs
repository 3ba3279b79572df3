//! One question, and how it is written.

use super::super::markdown;
use super::super::markdown::ours;
use crate::bundle::Key;
use crate::generate::{Finding, Truth};
use crate::review::{FindingEvidence, Passage};

/// Position of a question in the interview, between the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TalkStage {
    Meaning,
    Groups,
    Data,
    Silent,
    Action,
}

/// How well a question about something done well opens the interview, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OpeningStrength {
    Doubt,
    Repair,
    Meaning,
    Data,
}

#[derive(Debug, Clone)]
pub(super) struct DebriefQuestion {
    /// Ids of the findings that it is about.
    pub(super) about: Vec<String>,
    pub(super) stage: TalkStage,
    pub(super) opens: Option<OpeningStrength>,
    /// For the interviewer: what it is about.
    pub(super) heading: &'static str,
    /// Passages to start from, best first.
    pub(super) passages: Vec<Passage>,
    /// What to say.
    pub(super) ask: String,
    /// Why it is asked, from the key: never said aloud.
    pub(super) why: String,
    /// What to listen for.
    pub(super) listen: &'static [&'static str],
    /// What to say if the conversation gets stuck.
    pub(super) hint: String,
}

impl DebriefQuestion {
    /// As Markdown, starting from `quoted`.
    pub(super) fn markdown(&self, number: usize, quoted: Option<&Passage>) -> String {
        let mut parts = vec![format!("## {number}. {}", self.heading)];
        parts.extend(quoted.map(|passage| markdown::quote(passage).trim_end().to_owned()));
        parts.push(format!("**Ask.** {}", self.ask));
        parts.push(format!("**If stuck.** {}", self.hint));
        parts.push(format!("**For you.** {}", self.why));
        let listen: Vec<String> = self.listen.iter().map(|line| format!("- {line}")).collect();
        parts.push(format!("Listen for\n\n{}", listen.join("\n")));
        parts.join("\n\n")
    }
}

/// The passage that each question starts from. Passages are not repeated if possible, so questions
/// with the fewest choose first.
pub(super) fn quoted(questions: &[DebriefQuestion]) -> Vec<Option<&Passage>> {
    let mut order: Vec<usize> = (0..questions.len()).collect();
    order.sort_by_key(|at| questions[*at].passages.len());
    let mut chosen: Vec<Option<&Passage>> = vec![None; questions.len()];
    for at in order {
        let passages = &questions[at].passages;
        let fresh = passages.iter().find(|one| {
            !chosen
                .iter()
                .flatten()
                .any(|other| other.place == one.place)
        });
        chosen[at] = fresh.or(passages.first());
    }
    chosen
}

/// What is in the data, from the key.
pub(super) fn for_you(finding: &FindingEvidence, key: &Key) -> String {
    let known: Option<&Finding> = key.finding(&finding.id);
    let decoy = known.is_some_and(|known| matches!(known.truth, Truth::Defect { decoy: true, .. }));
    let decoy = if decoy { " It is the decoy." } else { "" };
    let accepted = known.map_or(String::new(), |known| {
        format!(
            " Also accepted: {}.",
            ours(known.accepted.trim_end_matches('.'))
        )
    });
    format!("{}{decoy}{accepted}", ours(&finding.statement))
}
