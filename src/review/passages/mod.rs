//! Passages of a report, in the candidate's own words.

mod find;
mod not_in_key;
mod phrases;
mod quote;
mod terms;

pub(crate) use find::says_not_done;
pub use find::{Passage, find};
pub use not_in_key::passages_not_in_key;
pub(crate) use quote::quote_around;
pub use terms::Terms;
