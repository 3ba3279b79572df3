//! The reviewer's side: the truth of a bundle in pictures, and a submission held against it.

mod sample;

pub use sample::{Sample, SampleTouch};
