//! Default pipelines that solve a take-home without thought: what they find is free.
//!
//! Three rungs of a ladder, each a few steps that anyone would recognise. What a pipeline hands in is
//! a submission like any other ([`crate::submission`]), and like a candidate it sees the delivered
//! table and nothing else. Beside the ladder stands somebody in a hurry ([`rushed`]).

mod careful;
mod forms;
mod hand_in;
mod ladder;
mod levels;
mod naive;
mod numbers;
mod repairs;
mod rushed;
mod segments;
mod standard;

pub use careful::careful;
pub use hand_in::Solution;
pub use ladder::Autopilot;
pub use naive::naive;
pub use rushed::{Answer, Sweep, rushed};
pub use standard::standard;
