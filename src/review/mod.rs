//! Holding a report against what is there.

mod passages;
mod quote;
mod terms;
mod words;

pub use passages::{Passage, find};
pub use terms::Terms;
