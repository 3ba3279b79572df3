//! `evidence.json`: what the tool can say about one submission.
//!
//! It offers passages and numbers; a person sets the states. It has no field for a total, a rank
//! or a recommendation, and a test holds that.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::generate::FindingKind;
use crate::measure::Recovery;

use super::Passage;

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
    /// Per grouping that was submitted, how it stands to what is there.
    pub groupings: Vec<GroupingEvidence>,
    /// Per continuous structure, how the submitted axes stand to it; empty without axes.
    pub axes: Vec<AxesEvidence>,
    /// Per planted defect, what the cleaned data repaired; empty without cleaned data.
    pub cleaning: Vec<CleaningEvidence>,
    /// Share of untouched cells that the cleaned data changed; none without cleaned data.
    pub damage: Option<Share>,
    /// Issues that the candidate listed.
    pub issues: Vec<String>,
    /// What was left out on purpose, in the candidate's words.
    pub left_out: Vec<String>,
    /// Paragraphs of the report that are quoted under no finding: true, it may be, but not in our
    /// key. None of them counts for less on that account.
    #[serde(default)]
    pub unplaced: Vec<Passage>,
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
    /// How it stands to each structure and decoy, the closest first.
    pub against: Vec<Against>,
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
    /// Adjusted Rand index, where the thing is a hard grouping.
    pub adjusted_rand: Option<f64>,
    /// Of pairs that the grouping puts together, the share that belong together.
    pub pair_precision: Option<f64>,
    /// Of pairs that belong together, the share that the grouping puts together.
    pub pair_recall: Option<f64>,
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
    /// The axis that alone goes best with it.
    pub best: Option<String>,
    /// Squared rank correlation of that axis.
    pub best_squared: Option<f64>,
}

/// One defect beside the cleaned data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CleaningEvidence {
    /// Id of the finding.
    pub finding: String,
    /// What it is, in a few words.
    pub what: String,
    /// What would repair it: `the exact value`, `marked as missing`, `rows dropped`.
    pub repair: String,
    /// Share of what it touched that is as it should be in the cleaned data.
    pub repaired: Share,
    /// Share of what it touched that was changed or dropped, rightly or not.
    pub acted_on: Share,
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
