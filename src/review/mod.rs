//! The reviewer's side: the truth of a bundle in pictures, and a submission held against it.

mod evidence;
mod illustration;
mod passages;
mod quote;
mod sample;
mod terms;
mod words;

pub use evidence::{
    Against, AxesEvidence, CleaningEvidence, Evidence, FindingEvidence, GroupingEvidence, Share,
    State,
};
pub use illustration::{Illustration, illustrate};
pub use passages::{Passage, find};
pub use sample::{Sample, SampleTouch};
pub use terms::Terms;
