//! Compares a submission with the truth: numbers and passages, no sentences.

mod assemble;
mod baselines;
mod comparison;
mod evidence;
mod illustration;
mod passages;
mod truth;

pub use assemble::{assess, assess_alone};
pub use baselines::{BaselineFinding, BaselineResult, Baselines};
pub use comparison::compare_grouping;
pub use evidence::{
    AxesEvidence, CleaningEvidence, Composition, ConditionalEvidence, Consequence, DamagedColumn,
    Evidence, Example, ExpectedEvidence, FindingEvidence, FindingState, GroupingComparison,
    GroupingEvidence, RecoveryDifference, RepairError, RowAgreement, Share, Slice, SubjectRecovery,
    TypeShare, evidence_schema,
};
pub use illustration::{Illustration, illustrate};
pub use passages::{Passage, Terms, find, passages_not_in_key};
pub(crate) use passages::{quote_around, says_not_done};
pub use truth::{BundleTruth, Sample, TruthError, TruthTables, restore};
