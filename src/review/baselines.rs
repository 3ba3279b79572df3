//! The baselines: what default pipelines reach of a bundle's findings. What they find is free.

use serde::{Deserialize, Serialize};

use crate::measure::{Reading, Recovery};
use crate::random::Stream;

use super::comparison::ceilings;
use super::sentences::of_grouping;
use super::{BundleTruth, Evidence, Share};

/// What the pipelines of one bundle reach, from the bottom of the baselines.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// Version of the format.
    pub format: u32,
    /// Version of the tool that made it.
    pub tool: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Delivered rows that the pipelines worked on: all of them in a small bundle, every so-manieth
    /// source row with its copies in a large one.
    pub rows: usize,
    /// The pipelines.
    pub results: Vec<BaselineResult>,
    /// What there is to know: least squares with the truth at hand, of gradients and bends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oracle: Option<BaselineResult>,
}

/// What one pipeline, or a submission that the team added, reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineResult {
    /// Its name: `naive`, or of the folder that the team added.
    pub name: String,
    /// Its steps in a few words; empty for what the team added.
    pub steps: String,
    /// The candidate whose bundle it answers; none where that is the bundle at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// How its first grouping stands to what is there, in a sentence.
    pub says: String,
    /// What it reaches of each finding, in their order.
    pub reached: Vec<BaselineFinding>,
    /// How much it tells of each thing that is there, where it is more than chance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<SubjectRecovery>,
}

/// How much of one thing that is there an answer tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRecovery {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words, as in [`Against::what`](super::Against::what).
    pub what: String,
    /// The largest recovery of its answers.
    pub recovery: f64,
}

/// What a pipeline reaches of one finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineFinding {
    /// Id of the finding.
    pub finding: String,
    /// The largest recovery of any of its answers, from 0, what chance gives, to 1; none where no
    /// answer is above chance or the finding has no rows or degrees to be recovered.
    pub recovery: Option<f64>,
    /// The answer that reaches it: `axes`, or the name of a grouping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether its report has a passage that bears on it.
    pub said: bool,
    /// Share of what a defect touched that its cleaned data repaired; none without such data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired: Option<Share>,
}

impl Baselines {
    /// The most that a default pipeline or a baseline tells of a thing; none when all tell nothing.
    pub fn most(&self, finding: &str, what: &str) -> Option<f64> {
        let results = self.results.iter();
        results
            .filter_map(|result| result.told_of(finding, what))
            .max_by(f64::total_cmp)
    }

    /// What a learner with the answers tells of a thing.
    pub fn ceiling(&self, finding: &str, what: &str) -> Option<f64> {
        self.oracle.as_ref()?.told_of(finding, what)
    }

    /// The result of the pipeline called `name`.
    pub fn result(&self, name: &str) -> Option<&BaselineResult> {
        self.results.iter().find(|result| result.name == name)
    }
}

impl BaselineResult {
    /// From the evidence about what it handed in.
    pub fn of(name: &str, steps: &str, evidence: &Evidence) -> Self {
        let findings = evidence.findings.iter();
        Self {
            name: name.to_owned(),
            steps: steps.to_owned(),
            on: None,
            says: evidence.groupings.first().map_or_else(
                || "No grouping was handed in; nothing follows from that.".to_owned(),
                of_grouping,
            ),
            reached: findings
                .map(|finding| {
                    BaselineFinding::of(&finding.id, !finding.passages.is_empty(), evidence)
                })
                .collect(),
            told: all_told(evidence),
        }
    }

    /// Who knows the truth: how much of everything that is there the columns of numbers tell before
    /// defects. Least squares on ranks and their squares for gradients and bends (blind to bends of more
    /// than one turn), boosted trees for groups and types.
    pub fn oracle(truth: &BundleTruth, stream: &Stream) -> Self {
        let told = ceilings(truth, stream);
        let reached = truth.key.findings.iter().map(|finding| {
            let these = told.iter().filter(|told| told.finding == finding.id);
            let most = these.map(|told| told.recovery).max_by(f64::total_cmp);
            BaselineFinding {
                finding: finding.id.clone(),
                by: most.map(|_| "every column".to_owned()),
                recovery: most,
                said: false,
                repaired: None,
            }
        });
        Self {
            name: "oracle".to_owned(),
            steps: "every number before defects, with the truth at hand: least squares for gradients and \
                    bends; for groups and types boosted trees that learn it from other rows"
                .to_owned(),
            on: None,
            says: String::new(),
            reached: reached.collect(),
            told,
        }
    }

    /// Of a pipeline that could not finish.
    pub fn stuck(name: &str, steps: &str, why: &str) -> Self {
        Self {
            name: name.to_owned(),
            steps: steps.to_owned(),
            on: None,
            says: format!("It hands in nothing: {why}."),
            reached: Vec::new(),
            told: Vec::new(),
        }
    }

    fn told_of(&self, finding: &str, what: &str) -> Option<f64> {
        let mut told = self.told.iter();
        let told = told.find(|told| told.finding == finding && told.what == what)?;
        Some(told.recovery)
    }

    /// What it reaches of the finding called `id`.
    pub fn of_finding(&self, id: &str) -> Option<&BaselineFinding> {
        self.reached.iter().find(|reached| reached.finding == id)
    }
}

impl BaselineFinding {
    fn of(id: &str, said: bool, evidence: &Evidence) -> Self {
        let axes = evidence.axes.iter().filter(|axes| axes.finding == id);
        let axes = axes.map(|axes| ("axes", &axes.together));
        let groupings = evidence.groupings.iter().flat_map(|grouping| {
            let against = grouping.against.iter().filter(|one| one.finding == id);
            against.map(|one| (grouping.name.as_str(), &one.recovery))
        });
        let best = axes
            .chain(groupings)
            .filter_map(|(name, recovery)| Some((name, told(recovery)?)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let cleaning = evidence.cleaning.iter().find(|one| one.finding == id);
        Self {
            finding: id.to_owned(),
            recovery: best.map(|(_, value)| value),
            by: best.map(|(name, _)| name.to_owned()),
            said,
            repaired: cleaning.map(|one| one.repaired),
        }
    }
}

/// The most that the answers of one submission tell of each thing that is there.
fn all_told(evidence: &Evidence) -> Vec<SubjectRecovery> {
    let axes = evidence.axes.iter();
    let axes = axes.map(|one| (&one.finding, &one.what, &one.together));
    let against = evidence.groupings.iter().flat_map(|one| &one.against);
    let against = against.map(|one| (&one.finding, &one.what, &one.recovery));
    let mut all: Vec<SubjectRecovery> = Vec::new();
    for (finding, what, recovery) in axes.chain(against) {
        let Some(recovery) = told(recovery) else {
            continue;
        };
        let mut known = all.iter_mut();
        match known.find(|told| &told.finding == finding && &told.what == what) {
            Some(told) => told.recovery = told.recovery.max(recovery),
            None => all.push(SubjectRecovery {
                finding: finding.clone(),
                what: what.clone(),
                recovery,
            }),
        }
    }
    all
}

/// A recovery that can be read and is above chance.
fn told(recovery: &Recovery) -> Option<f64> {
    let readable = recovery.reading == Reading::Ok && recovery.above_chance();
    recovery.value.filter(|_| readable)
}
