//! `evidence.json`: what the tool can say about one submission.
//!
//! It offers passages and numbers; a person sets the states. It has no field for a total, a rank
//! or a recommendation, and a test holds that.

mod atlas;
mod cleaning;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::generate::FindingKind;
use crate::measure::{Recovery, RecoveryInterval};

use super::{Baselines, Passage};

pub use atlas::{Atlas, Composition, Example, Part, Slice};
pub use cleaning::{CleaningEvidence, Consequence, DamagedColumn, RepairError};

/// Everything that was measured and quoted. Same input, same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Version of the format.
    pub format: u32,
    /// Version of the tool that made it.
    pub tool: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Names the bundle, as in its manifest.
    pub bundle: String,
    /// The candidate.
    pub candidate: String,
    /// The scenario.
    pub scenario: String,
    /// Number of rows delivered.
    pub rows: usize,
    /// File that holds the report.
    pub report: String,
    /// Words in the report.
    pub words: usize,
    /// What was submitted, one line per file.
    pub submitted: Vec<String>,
    /// What is worth knowing about the files.
    pub notes: Vec<String>,
    /// Per finding, what the report says of it.
    pub findings: Vec<FindingEvidence>,
    /// How many recoveries of answers were looked at, those that are too small to be listed among them; the
    /// chance level of each is that of the largest of so many random answers.
    #[serde(default)]
    pub recoveries: usize,
    /// Per grouping that was submitted, how it stands to what is there.
    pub groupings: Vec<GroupingEvidence>,
    /// Per continuous structure, how the submitted axes stand to it; empty without axes.
    pub axes: Vec<AxesEvidence>,
    /// Per planted defect, what the cleaned data repaired; empty without cleaned data.
    pub cleaning: Vec<CleaningEvidence>,
    /// Share of untouched cells that the cleaned data changed; none without cleaned data.
    pub damage: Option<Share>,
    /// The columns in which untouched cells were changed, the most changed first.
    #[serde(default)]
    pub damaged: Vec<DamagedColumn>,
    /// Share of the rows that were left out in which nothing was wrong; none without cleaned data, and where
    /// these look like a sample.
    #[serde(default)]
    pub dropped: Option<Share>,
    /// Issues that the candidate listed.
    pub issues: Vec<String>,
    /// Per structure, whether the cleaned data tell more of it than the delivered ones; empty without cleaned data.
    #[serde(default)]
    pub consequences: Vec<Consequence>,
    /// What was left out on purpose, in the candidate's words.
    pub left_out: Vec<String>,
    /// Paragraphs of the report that are quoted under no finding: true, it may be, but not in our
    /// key. None of them counts for less on that account.
    #[serde(default)]
    pub unplaced: Vec<Passage>,
}

impl Evidence {
    /// With the chance level of every recovery raised to that of the largest of all of them, and of as many
    /// more that were looked at and are not listed.
    #[must_use]
    pub fn with_floor_of_all(mut self, unlisted: usize) -> Self {
        let listed = self.recoveries_mut();
        let listed = listed.iter().filter(|one| one.chance.is_some()).count();
        self.recoveries = listed + unlisted;
        let numbers = self.recoveries;
        for one in self.recoveries_mut() {
            *one = one.with_chance_of_best_of(numbers);
        }
        self
    }

    /// All recoveries of what was submitted; not the lines that they are held against.
    fn recoveries_mut(&mut self) -> Vec<&mut Recovery> {
        let groupings = self.groupings.iter_mut();
        let against = groupings.flat_map(|grouping| &mut grouping.against);
        let of_groupings = against.flat_map(|one| {
            let beyond = one.beyond.as_mut().map(|beyond| &mut beyond.recovery);
            std::iter::once(&mut one.recovery).chain(beyond)
        });
        let of_axes = self.axes.iter_mut().flat_map(|one| {
            let beyond = one.beyond.as_mut().map(|beyond| &mut beyond.recovery);
            std::iter::once(&mut one.together).chain(beyond)
        });
        of_groupings.chain(of_axes).collect()
    }

    /// With what every answer adds to what is free on this bundle.
    #[must_use]
    pub fn beside(mut self, baselines: &Baselines) -> Self {
        let adds = |finding: &str, what: &str, recovery: &Recovery| {
            let most = baselines.most(finding, what).unwrap_or(0.0);
            recovery.value.map(|value| value - most)
        };
        let groupings = self.groupings.iter_mut();
        for one in groupings.flat_map(|grouping| &mut grouping.against) {
            if !one.artefact {
                one.adds = adds(&one.finding, &one.what, &one.recovery);
            }
        }
        for one in &mut self.axes {
            one.adds = adds(&one.finding, &one.what, &one.together);
        }
        self
    }
}

/// The JSON Schema of `evidence.json`, for programs that read it.
pub fn evidence_schema() -> String {
    // A schema is plain data with text keys, and always serialises.
    serde_json::to_string_pretty(&schemars::schema_for!(Evidence)).unwrap_or_default()
}

/// One finding beside the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingEvidence {
    /// Id of the finding in the key.
    pub id: String,
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// A few words.
    pub title: String,
    /// What is there.
    pub says: String,
    /// Whether the brief tells it already.
    pub given: bool,
    /// Passages of the report that bear on it.
    pub passages: Vec<Passage>,
    /// Set by a person; empty at first.
    pub state: Option<State>,
    /// Set by a person after the talk; empty at first.
    pub after_talk: Option<State>,
    /// A person's note.
    pub note: String,
}

/// What a person says about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The report says it.
    InTheReport,
    /// The report says a part of it.
    Partly,
    /// The report does not say it.
    NotInTheReport,
    /// The report says the opposite.
    Contradicted,
    /// After the talk: the reviewer had misread it.
    IHadMisreadIt,
}

/// One submitted grouping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupingEvidence {
    /// Name of the column, or of the soft answer.
    pub name: String,
    /// Whether shares were submitted; then numbers are for the largest share.
    pub soft: bool,
    /// Number of groups.
    pub groups: usize,
    /// Delivered rows with an answer, without those that a defect added.
    pub answered: usize,
    /// Of how many: what the grouping covers.
    #[serde(default)]
    pub of: usize,
    /// How it stands to each structure and decoy, the closest first.
    pub against: Vec<Against>,
    /// Where it agrees with the closest grouping among the structures, and where not; none where no
    /// structure is a grouping or the answer has fewer than two groups.
    #[serde(default)]
    pub atlas: Option<Atlas>,
}

/// A grouping beside one thing that is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words: `the archetypes`, `rows of the decoy`.
    pub what: String,
    /// Whether it is the decoy: an artefact.
    pub decoy: bool,
    /// Whether it is something planted, the decoy or another defect, and no structure.
    #[serde(default)]
    pub artefact: bool,
    /// Share of it that the grouping tells, with its chance level.
    pub recovery: Recovery,
    /// The same with its rivals held fixed; none for an artefact.
    #[serde(default)]
    pub beyond: Option<BeyondEvidence>,
    /// What k-means with as many groups tells of it, on the columns before any defect: the line that
    /// a grouping of this size should be held against. None for an artefact, and where groups are too
    /// many for it.
    #[serde(default)]
    pub matched: Option<Recovery>,
    /// What the grouping tells of it beyond that line, on the rows that both have; none without a line.
    #[serde(default)]
    pub apart: Option<ApartEvidence>,
    /// Recovery less the most that a default pipeline or baseline reaches on this bundle: what the answer
    /// adds to what is free. None for an artefact, and without baselines.
    #[serde(default)]
    pub adds: Option<f64>,
    /// Adjusted Rand index on the rows that were answered, where the thing is a grouping: of types, what was
    /// drawn from each row's mixture.
    pub adjusted_rand: Option<f64>,
    /// The same when each row without an answer is a group of its own, as if silence said *like no
    /// other*; none where no row was left out.
    #[serde(default)]
    pub adjusted_rand_of_all: Option<f64>,
    /// The Rand index adjusted for answers drawn from all partitions with as many groups, the truth held
    /// fixed (Gates & Ahn 2017, `num1`); none where groups are too many for it.
    #[serde(default)]
    pub one_sided_rand: Option<f64>,
    /// Element-centric similarity on the rows that were answered: how alike the neighbourhoods of a row are.
    #[serde(default)]
    pub element_similarity: Option<f64>,
    /// What the two indices are expected to be, where a side is soft; else none.
    #[serde(default)]
    pub expected: Option<ExpectedEvidence>,
    /// Of pairs that the grouping puts together, the share that belong together.
    pub pair_precision: Option<f64>,
    /// The same for as many pairs at random: the share of all pairs that belong together.
    #[serde(default)]
    pub pair_precision_by_chance: Option<f64>,
    /// Of pairs that belong together, the share that the grouping puts together.
    pub pair_recall: Option<f64>,
    /// The same for as many pairs at random: the share of all pairs that it puts together.
    #[serde(default)]
    pub pair_recall_by_chance: Option<f64>,
}

/// A recovery less another one on the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApartEvidence {
    /// The difference.
    pub value: f64,
    /// Its 95 % interval; all rows of an entity move together.
    pub interval: RecoveryInterval,
    /// Rows that it rests on.
    pub rows: usize,
}

/// Agreement when a side is soft: the mean over partitions in which each row's group is drawn from its shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEvidence {
    /// Adjusted Rand index on the rows that were answered.
    pub adjusted_rand: Option<f64>,
    /// What the truth's own largest shares get: a perfect answer stays below 1, since what a mixed row is
    /// drawn to be is written nowhere.
    pub attainable: Option<f64>,
    /// Element-centric similarity on the rows that were answered.
    pub element_similarity: Option<f64>,
}

/// Recovery with rivals held fixed: what an answer tells of a structure and not by way of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeyondEvidence {
    /// The recovery: 0 chance, 1 everything that the rivals leave.
    pub recovery: Recovery,
    /// The rivals, in a few words each.
    pub rivals: Vec<String>,
    /// Strata that rows were parted into; 0 where a regression holds the rivals fixed.
    pub strata: usize,
}

/// The submitted axes beside one continuous structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxesEvidence {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words.
    pub what: String,
    /// What all axes together tell of it, with its chance level.
    pub together: Recovery,
    /// The same with its rivals held fixed.
    #[serde(default)]
    pub beyond: Option<BeyondEvidence>,
    /// Recovery less the most that a default pipeline or baseline reaches on this bundle; none without
    /// baselines.
    #[serde(default)]
    pub adds: Option<f64>,
    /// The axis that alone goes best with it.
    pub best: Option<String>,
    /// Squared rank correlation of that axis.
    pub best_squared: Option<f64>,
}

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// 95 % Wilson interval; none when there are none.
    pub interval: Option<(f64, f64)>,
}
