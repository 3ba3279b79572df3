//! The ladder: what default pipelines reach of a bundle's findings. What they find is free.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::generate::Truth;
use crate::measure::{Reading, Recovery, median, normal_scores, recover_factor_by_axes};
use crate::random::Stream;

use super::sentences::of_grouping;
use super::{BundleTruth, Evidence, Share};

/// What the pipelines of one bundle reach, from the bottom of the ladder.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
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
    pub rungs: Vec<Rung>,
    /// What there is to know: least squares with the truth at hand, of gradients and bends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oracle: Option<Rung>,
}

/// What one pipeline, or a submission that the team added, reaches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rung {
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
    pub reached: Vec<Reached>,
}

/// What a pipeline reaches of one finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
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

impl Ladder {
    /// The rung of the pipeline called `name`.
    pub fn rung(&self, name: &str) -> Option<&Rung> {
        self.rungs.iter().find(|rung| rung.name == name)
    }
}

impl Rung {
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
                .map(|finding| Reached::of(&finding.id, !finding.passages.is_empty(), evidence))
                .collect(),
        }
    }

    /// Who knows the truth: how much of each gradient and bend the columns of numbers tell before
    /// defects, as ranks and their squares. Blind to bends of more than one turn.
    pub fn oracle(truth: &BundleTruth, stream: &Stream) -> Self {
        let columns = known(truth);
        let findings = truth.key.findings.iter();
        let reached = findings.map(|finding| {
            let recovery = match &finding.truth {
                Truth::Factor { column } | Truth::Ridge { column } => truth.latent(column),
                _ => None,
            };
            let stream = stream.fork(&finding.id);
            let recovery = recovery
                .map(|values| recover_factor_by_axes(&values, &columns, &stream))
                .and_then(|recovery| told(&recovery));
            Reached {
                finding: finding.id.clone(),
                by: recovery.map(|_| "every column".to_owned()),
                recovery,
                said: false,
                repaired: None,
            }
        });
        Self {
            name: "oracle".to_owned(),
            steps: "least squares on every number before defects, with the truth at hand: what there is \
                    to know of gradients and bends"
                .to_owned(),
            on: None,
            says: String::new(),
            reached: reached.collect(),
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
        }
    }

    /// What it reaches of the finding called `id`.
    pub fn of_finding(&self, id: &str) -> Option<&Reached> {
        self.reached.iter().find(|reached| reached.finding == id)
    }
}

impl Reached {
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

/// Normal scores of the columns of numbers before defects, and their squares, over the original rows;
/// a gap is in the middle.
fn known(truth: &BundleTruth) -> Vec<Vec<f64>> {
    let rows: Vec<usize> = truth
        .originals()
        .iter()
        .map(|row| truth.base(*row))
        .collect();
    let columns = truth.surface.columns().iter();
    let numbers: Vec<Vec<f64>> = columns
        .filter_map(|column| column.cells.pick(&rows).numbers())
        .map(|values| {
            let values: Vec<f64> = values.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect();
            let middle = median(&values).unwrap_or(0.0);
            values
                .into_iter()
                .map(|x| if x.is_nan() { middle } else { x })
                .collect()
        })
        .collect();
    let points = Array2::from_shape_fn((rows.len(), numbers.len()), |(row, at)| numbers[at][row]);
    let scores = normal_scores(points.view());
    let mut known: Vec<Vec<f64>> = scores.columns().into_iter().map(|c| c.to_vec()).collect();
    known.extend(
        scores
            .columns()
            .into_iter()
            .map(|c| c.mapv(|x| x * x).to_vec()),
    );
    known
}

/// A recovery that can be read and is above chance.
fn told(recovery: &Recovery) -> Option<f64> {
    let readable = recovery.reading == Reading::Ok && recovery.above_chance();
    recovery.value.filter(|_| readable)
}
