//! `evidence.json`: what a review measured and quoted from one submission.
//!
//! It contains passages and numbers; a person sets the states. It has no field for a total, a rank
//! or a recommendation, and a test enforces this.

mod cleaning;
mod row_agreement;
mod share;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::generate::FindingKind;
use crate::measure::{Recovery, RecoveryInterval};

use super::Passage;

pub use cleaning::{CleaningEvidence, Consequence, DamagedColumn, RepairError};
pub use row_agreement::{Composition, Example, RowAgreement, Slice, TypeShare};
pub use share::Share;

/// Everything that was measured and quoted. The same input gives the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Format version.
    pub format: u32,
    /// Version of drumlin that wrote the file.
    pub tool: String,
    /// Set when the bundle was made with a demo seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Bundle id, as in the manifest.
    pub bundle: String,
    /// Candidate id.
    pub candidate: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Number of delivered rows.
    pub rows: usize,
    /// File that holds the report.
    pub report: String,
    /// Number of words in the report.
    pub words: usize,
    /// What was submitted, one line per file.
    pub submitted: Vec<String>,
    /// Remarks on the files.
    pub notes: Vec<String>,
    /// What the report says about each finding.
    pub findings: Vec<FindingEvidence>,
    /// Number of recoveries that were computed, including those too small to list. The chance level
    /// of each recovery is that of the largest of this number of random answers.
    #[serde(default)]
    pub recoveries: usize,
    /// How each submitted grouping compares with the truth.
    pub groupings: Vec<GroupingEvidence>,
    /// How the submitted axes compare with each continuous structure; empty without axes.
    pub axes: Vec<AxesEvidence>,
    /// What the cleaned data repaired, by planted defect; empty without cleaned data.
    pub cleaning: Vec<CleaningEvidence>,
    /// Share of correct cells that the cleaned data changed; none without cleaned data.
    pub damage: Option<Share>,
    /// Columns in which correct cells were changed, the most changed first.
    #[serde(default)]
    pub damaged: Vec<DamagedColumn>,
    /// Share of the removed rows that had no defect; none without cleaned data, or if these look like
    /// a sample.
    #[serde(default)]
    pub dropped: Option<Share>,
    /// Issues that the candidate listed.
    pub issues: Vec<String>,
    /// How well each structure is recovered from the delivered, the cleaned and the clean data; empty
    /// without cleaned data.
    #[serde(default)]
    pub consequences: Vec<Consequence>,
    /// What was left out on purpose, in the candidate's words.
    pub left_out: Vec<String>,
    /// Paragraphs of the report that bear on no finding. They may be true and count no less: the key
    /// does not list everything.
    #[serde(default)]
    pub not_in_key: Vec<Passage>,
}

impl Evidence {
    /// Raise the chance level of every recovery to that of the largest of all recoveries that were
    /// computed: those listed here and `unlisted` more.
    #[must_use]
    pub fn with_chance_of_largest(mut self, unlisted: usize) -> Self {
        let listed = self.recoveries_mut();
        let listed = listed.iter().filter(|one| one.chance.is_some()).count();
        self.recoveries = listed + unlisted;
        let number = self.recoveries;
        for one in self.recoveries_mut() {
            *one = one.with_chance_of_best_of(number);
        }
        self
    }

    /// Recoveries of what was submitted, without those of k-means.
    fn recoveries_mut(&mut self) -> Vec<&mut Recovery> {
        let groupings = self.groupings.iter_mut();
        let comparisons = groupings.flat_map(|grouping| &mut grouping.comparisons);
        let of_groupings = comparisons.flat_map(|one| {
            let conditional = one.conditional.as_mut().map(|one| &mut one.recovery);
            std::iter::once(&mut one.alone).chain(conditional)
        });
        let of_axes = self.axes.iter_mut().flat_map(|one| {
            let conditional = one.conditional.as_mut().map(|one| &mut one.recovery);
            std::iter::once(&mut one.alone).chain(conditional)
        });
        of_groupings.chain(of_axes).collect()
    }
}

/// The JSON Schema of `evidence.json`, for programs that read it.
pub fn evidence_schema() -> String {
    // A schema is plain data with text keys, and always serialises.
    serde_json::to_string_pretty(&schemars::schema_for!(Evidence)).unwrap_or_default()
}

/// One finding and the passages that bear on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingEvidence {
    /// Id of the finding in the key.
    pub id: String,
    /// Kind of finding.
    pub kind: FindingKind,
    /// A few words.
    pub title: String,
    /// What is in the data.
    pub statement: String,
    /// Whether the brief already states it; then nobody is credited with it.
    pub disclosed: bool,
    /// Passages of the report that bear on it.
    pub passages: Vec<Passage>,
    /// Set by a person; empty at first.
    pub state: Option<FindingState>,
    /// Set by a person after the interview; empty at first.
    pub after_talk: Option<FindingState>,
    /// A person's note.
    pub note: String,
}

/// What a person decides about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingState {
    /// The report says it.
    InTheReport,
    /// The report says part of it.
    Partly,
    /// The report does not say it.
    NotInTheReport,
    /// The report says the opposite.
    Contradicted,
    /// After the interview: the reviewer had misread the report.
    IHadMisreadIt,
}

/// One submitted grouping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupingEvidence {
    /// Name of its column, or of the soft grouping.
    pub name: String,
    /// Whether shares were submitted; then all numbers are for the largest share.
    pub soft: bool,
    /// Number of groups.
    pub groups: usize,
    /// Number of labelled rows, without rows that a defect added.
    pub answered: usize,
    /// Number of rows that could have been labelled.
    #[serde(default)]
    pub rows: usize,
    /// How it compares with each structure and decoy, the best match first.
    pub comparisons: Vec<GroupingComparison>,
    /// Where it agrees with the best-matching structure that is a grouping, and where not; none if no
    /// structure is a grouping or there are fewer than two groups.
    #[serde(default)]
    pub row_agreement: Option<RowAgreement>,
}

/// A grouping compared with one structure or artefact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupingComparison {
    /// Id of the finding.
    pub finding: String,
    /// What it is compared with, in a few words: `the archetypes`, `rows of the decoy`.
    pub what: String,
    /// Whether that is the decoy, which is an artefact.
    pub decoy: bool,
    /// Whether that is a planted defect (the decoy or another one) and no structure.
    #[serde(default)]
    pub artefact: bool,
    /// How much of it the grouping recovers, with the chance level.
    pub alone: Recovery,
    /// The same given the other structures; none for an artefact.
    #[serde(default)]
    pub conditional: Option<ConditionalEvidence>,
    /// How much k-means with the same number of groups recovers on the clean table. None for an
    /// artefact, and with too many groups.
    #[serde(default)]
    pub kmeans: Option<Recovery>,
    /// How much more than k-means the grouping recovers, on the rows that both label.
    #[serde(default)]
    pub above_kmeans: Option<RecoveryDifference>,
    /// How much more than the best baseline of this bundle it recovers. None for an artefact, and
    /// without baselines.
    #[serde(default)]
    pub above_baselines: Option<f64>,
    /// Adjusted Rand index on labelled rows, if the structure is a grouping; of archetypes, with the
    /// type drawn from each row's mixture.
    pub adjusted_rand: Option<f64>,
    /// The same with every unlabelled row as a group of its own; none if all rows are labelled.
    #[serde(default)]
    pub adjusted_rand_of_all: Option<f64>,
    /// The Rand index adjusted for answers drawn from all partitions with the same number of groups,
    /// the truth fixed (Gates & Ahn 2017, `num1`); none with too many groups.
    #[serde(default)]
    pub one_sided_rand: Option<f64>,
    /// Element-centric similarity on labelled rows.
    #[serde(default)]
    pub element_similarity: Option<f64>,
    /// Expected values of the two indices where the truth or the answer is soft.
    #[serde(default)]
    pub expected: Option<ExpectedEvidence>,
    /// Of the pairs of rows that the grouping puts together, the share that belong together.
    pub pair_precision: Option<f64>,
    /// The same for random pairs: the share of all pairs that belong together.
    #[serde(default)]
    pub pair_precision_by_chance: Option<f64>,
    /// Of the pairs of rows that belong together, the share that the grouping puts together.
    pub pair_recall: Option<f64>,
    /// The same for random pairs: the share of all pairs that it puts together.
    #[serde(default)]
    pub pair_recall_by_chance: Option<f64>,
}

/// One recovery minus another on the same rows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecoveryDifference {
    /// The difference.
    pub value: f64,
    /// 95 % interval; rows of one entity are resampled together.
    pub interval: RecoveryInterval,
    /// Number of rows.
    pub rows: usize,
}

/// Agreement when the truth or the answer is soft: the mean over partitions in which each row's group
/// is drawn from its shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEvidence {
    /// Adjusted Rand index on labelled rows.
    pub adjusted_rand: Option<f64>,
    /// What the largest shares of the truth get. Below 1, since nothing reveals which type is drawn for
    /// a mixed row.
    pub attainable: Option<f64>,
    /// Element-centric similarity on labelled rows.
    pub element_similarity: Option<f64>,
}

/// Recovery of a structure given the other structures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionalEvidence {
    /// From 0, chance, to 1, everything that the other structures leave.
    pub recovery: Recovery,
    /// The other structures, in a few words each.
    pub covariates: Vec<String>,
    /// Number of strata of rows; 0 if a regression adjusts for the covariates.
    pub strata: usize,
}

/// The submitted axes compared with one continuous structure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxesEvidence {
    /// Id of the finding.
    pub finding: String,
    /// What the axes are compared with, in a few words.
    pub what: String,
    /// How much of it all axes together recover, with the chance level.
    pub alone: Recovery,
    /// The same given the other structures.
    #[serde(default)]
    pub conditional: Option<ConditionalEvidence>,
    /// How much more than the best baseline of this bundle they recover; none without baselines.
    #[serde(default)]
    pub above_baselines: Option<f64>,
    /// The single axis that correlates best with it.
    pub best: Option<String>,
    /// Squared rank correlation of that axis.
    pub best_squared: Option<f64>,
}

/// How much of one structure a baseline recovers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRecovery {
    /// Id of the finding.
    pub finding: String,
    /// What is recovered, as in [`GroupingComparison::what`].
    pub what: String,
    /// The largest recovery among the baseline's answers.
    pub recovery: f64,
}
