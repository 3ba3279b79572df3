//! What there is to find in a world, in words.

mod phrasing;
mod planted;
mod structures;
mod teller;

pub use teller::findings;
