//! Default pipelines that solve a take-home without thought: what they find is free.

mod naive;

pub use naive::{Solution, naive};
