//! What there is to find in a world, in words.

mod parts;
mod phrasing;
mod planted;
mod structures;
mod teller;

pub use teller::findings;
