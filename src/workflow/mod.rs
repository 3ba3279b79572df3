//! Whole jobs: calls the other layers in order and writes the files.

mod dictionary;
mod explore;
mod generate;
mod round;
mod tables;

pub use explore::{Exploration, ExploreError, explore, explore_page};
pub use generate::{GenerateError, GenerateRequest, Generated, Made, Origin, generate};
