//! Whole jobs: calls the other layers in order and writes the files.

mod dictionary;
mod generate;
mod round;
mod tables;

pub use generate::{GenerateError, GenerateRequest, Generated, Made, Origin, generate};
