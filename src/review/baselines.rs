//! What baselines find in a bundle without insight.

use serde::{Deserialize, Serialize};

use crate::measure::Recovery;
use crate::random::Stream;

use super::comparison::{ceilings, value_above_chance};
use super::{BundleTruth, Evidence, GroupingEvidence, Share, SubjectRecovery};

/// What the baselines of one bundle find, from the naive one to the careful one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// Format version.
    pub format: u32,
    /// Version of drumlin that wrote the file.
    pub tool: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Delivered rows that the pipelines used: all of a small bundle; of a large one, a regular sample
    /// of source rows with their copies.
    pub rows: usize,
    /// One result for each baseline.
    pub results: Vec<BaselineResult>,
    /// The ceiling: models trained on the truth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oracle: Option<BaselineResult>,
}

/// What one default pipeline, or a submission that the team added, finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineResult {
    /// `naive`, or the name of the folder that the team added.
    pub name: String,
    /// Its steps in a few words; empty for what the team added.
    pub steps: String,
    /// The candidate whose bundle it answers; none for the bundle of this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub candidate: Option<String>,
    /// Its first grouping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouping: Option<GroupingEvidence>,
    /// Why it produced no submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// What it finds of each finding, in the order of the key.
    pub findings: Vec<BaselineFinding>,
    /// How much it recovers of each structure, where that is above chance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recoveries: Vec<SubjectRecovery>,
}

/// What a baseline finds of one finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineFinding {
    /// Id of the finding.
    pub finding: String,
    /// The largest recovery of any of its answers, from 0 (chance) to 1; none if no answer is above
    /// chance or there is nothing to recover.
    pub recovery: Option<f64>,
    /// The answer with that recovery: `axes`, or the name of a grouping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether a passage of its report bears on the finding.
    pub in_report: bool,
    /// Share of what a defect changed that its cleaned data repair; none without cleaned data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repaired: Option<Share>,
}

impl Baselines {
    /// The most that any baseline recovers; none if no baseline recovers anything.
    pub fn most(&self, finding: &str, what: &str) -> Option<f64> {
        let results = self.results.iter();
        results
            .filter_map(|result| result.recovery(finding, what))
            .max_by(f64::total_cmp)
    }

    /// What models trained on the truth recover.
    pub fn ceiling(&self, finding: &str, what: &str) -> Option<f64> {
        self.oracle.as_ref()?.recovery(finding, what)
    }

    /// The result of the baseline called `name`.
    pub fn result(&self, name: &str) -> Option<&BaselineResult> {
        self.results.iter().find(|result| result.name == name)
    }

    /// Note in the evidence how much more each answer recovers than the best baseline.
    #[must_use]
    pub fn compared_with(&self, mut evidence: Evidence) -> Evidence {
        let above = |finding: &str, what: &str, recovery: &Recovery| {
            let most = self.most(finding, what).unwrap_or(0.0);
            recovery.value.map(|value| value - most)
        };
        let groupings = evidence.groupings.iter_mut();
        for one in groupings.flat_map(|grouping| &mut grouping.comparisons) {
            if !one.artefact {
                one.above_baselines = above(&one.finding, &one.what, &one.alone);
            }
        }
        for one in &mut evidence.axes {
            one.above_baselines = above(&one.finding, &one.what, &one.alone);
        }
        evidence
    }
}

impl BaselineResult {
    /// From the evidence about its submission.
    pub fn new(name: &str, steps: &str, evidence: &Evidence) -> Self {
        let findings = evidence.findings.iter();
        Self {
            grouping: evidence.groupings.first().cloned(),
            findings: findings
                .map(|finding| {
                    BaselineFinding::new(&finding.id, !finding.passages.is_empty(), evidence)
                })
                .collect(),
            recoveries: recoveries(evidence),
            ..Self::empty(name, steps)
        }
    }

    /// How much of each structure models trained on the truth recover from the numbers of the clean
    /// table: least squares on ranks and their squares for factors and curves (blind to curves with more
    /// than one bend), boosted trees for groups and types.
    pub fn oracle(truth: &BundleTruth, stream: &Stream) -> Self {
        let recoveries = ceilings(truth, stream);
        let findings = truth.key.findings.iter().map(|finding| {
            let these = recoveries.iter().filter(|one| one.finding == finding.id);
            let most = these.map(|one| one.recovery).max_by(f64::total_cmp);
            BaselineFinding {
                finding: finding.id.clone(),
                by: most.map(|_| "every column".to_owned()),
                recovery: most,
                in_report: false,
                repaired: None,
            }
        });
        let steps = "models trained on the truth, from every number of the clean table: least squares \
                     for factors and curves, boosted trees for groups and types";
        Self {
            findings: findings.collect(),
            recoveries,
            ..Self::empty("oracle", steps)
        }
    }

    /// Of a pipeline that could not finish.
    pub fn failed(name: &str, steps: &str, why: &str) -> Self {
        Self {
            failure: Some(why.to_owned()),
            ..Self::empty(name, steps)
        }
    }

    fn empty(name: &str, steps: &str) -> Self {
        Self {
            name: name.to_owned(),
            steps: steps.to_owned(),
            candidate: None,
            grouping: None,
            failure: None,
            findings: Vec::new(),
            recoveries: Vec::new(),
        }
    }

    fn recovery(&self, finding: &str, what: &str) -> Option<f64> {
        let mut recoveries = self.recoveries.iter();
        let found = recoveries.find(|one| one.finding == finding && one.what == what)?;
        Some(found.recovery)
    }

    /// What it finds of the finding called `id`.
    pub fn of_finding(&self, id: &str) -> Option<&BaselineFinding> {
        self.findings.iter().find(|found| found.finding == id)
    }
}

impl BaselineFinding {
    fn new(id: &str, in_report: bool, evidence: &Evidence) -> Self {
        let axes = evidence.axes.iter().filter(|axes| axes.finding == id);
        let axes = axes.map(|axes| ("axes", &axes.alone));
        let groupings = evidence.groupings.iter().flat_map(|grouping| {
            let comparisons = grouping.comparisons.iter().filter(|one| one.finding == id);
            comparisons.map(|one| (grouping.name.as_str(), &one.alone))
        });
        let best = axes
            .chain(groupings)
            .filter_map(|(name, recovery)| Some((name, value_above_chance(recovery)?)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let cleaning = evidence.cleaning.iter().find(|one| one.finding == id);
        Self {
            finding: id.to_owned(),
            recovery: best.map(|(_, value)| value),
            by: best.map(|(name, _)| name.to_owned()),
            in_report,
            repaired: cleaning.map(|one| one.repaired),
        }
    }
}

/// The largest recovery of each structure among the answers of one submission.
fn recoveries(evidence: &Evidence) -> Vec<SubjectRecovery> {
    let axes = evidence.axes.iter();
    let axes = axes.map(|one| (&one.finding, &one.what, &one.alone));
    let groupings = evidence.groupings.iter().flat_map(|one| &one.comparisons);
    let groupings = groupings.map(|one| (&one.finding, &one.what, &one.alone));
    let mut all: Vec<SubjectRecovery> = Vec::new();
    for (finding, what, recovery) in axes.chain(groupings) {
        let Some(recovery) = value_above_chance(recovery) else {
            continue;
        };
        let mut known = all.iter_mut();
        match known.find(|one| &one.finding == finding && &one.what == what) {
            Some(one) => one.recovery = one.recovery.max(recovery),
            None => all.push(SubjectRecovery {
                finding: finding.clone(),
                what: what.clone(),
                recovery,
            }),
        }
    }
    all
}
