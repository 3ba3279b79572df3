//! A first look at any table: facts and comparisons, no verdicts.
//!
//! Nothing here ranks by suspicion, chooses a number of groups, or knows of a key. Exploration
//! needs no secret: what is sampled is sampled from a public stream, so the same table gives the
//! same page.

mod by;
mod dates;
mod distribution;
mod embed;
mod histogram;
mod masks;
mod meaning;
mod numeric;
mod profile;
mod strip;
mod structure;
mod terminal;

pub use by::{By, ByColumn, by};
pub use distribution::distribution;
pub use embed::{Embedded, EmbeddedColumn, embed};
pub use histogram::Histogram;
pub use masks::{Lengths, mask};
pub use meaning::Meaning;
pub use numeric::Change;
pub use profile::{
    ColumnProfile, Common, Numbers, Profile, Sampled, Times, Unread, profile, profile_survey,
};
pub use strip::Strip;
pub use structure::{Apart, Loading, Scaling, Structure, Views, structure};
pub use terminal::{of_file, terminal, terminal_by, terminal_column};
