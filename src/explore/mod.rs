//! A first look at any table: facts and comparisons, no verdicts.
//!
//! Nothing here ranks by suspicion, chooses a number of groups, or knows of a key. Exploration
//! needs no secret: what is sampled is sampled from a public stream, so the same table gives the
//! same page.

mod dates;
mod distribution;
mod histogram;
mod numeric;
mod profile;
mod structure;
mod text;
mod words;

pub use distribution::distribution;
pub use histogram::Histogram;
pub use profile::{ColumnProfile, Common, Numbers, Profile, Times, profile};
pub use structure::{Loading, Scaling, Structure, structure};
pub use text::terminal;
pub use words::{count, number, share};
