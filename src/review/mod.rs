//! The reviewer's side: the truth of a bundle in pictures, and a submission held against it.

mod assemble;
mod baselines;
mod bundle_truth;
mod comparison;
mod debrief;
mod evidence;
mod feedback;
mod illustration;
mod known;
mod leaks;
mod markdown;
mod passages;
mod quote;
mod restored;
mod sample;
pub mod sentences;
mod terms;
mod unplaced;
mod words;

pub use assemble::{assess, assess_alone};
pub use baselines::{BaselineFinding, BaselineResult, Baselines, SubjectRecovery};
pub use bundle_truth::{BundleTruth, TruthError, TruthTables};
pub use comparison::beside_truth;
pub use debrief::debrief;
pub use evidence::{
    Against, ApartEvidence, Atlas, AxesEvidence, BeyondEvidence, CleaningEvidence, Composition,
    Consequence, DamagedColumn, Evidence, Example, ExpectedEvidence, FindingEvidence,
    GroupingEvidence, Part, RepairError, Share, Slice, State, evidence_schema,
};
pub use feedback::feedback_notes;
pub use illustration::{Illustration, illustrate};
pub use leaks::leaks;
pub use passages::{Passage, find};
pub use restored::restore;
pub use sample::{Sample, SampleTouch};
pub use terms::Terms;
pub use unplaced::unplaced;
