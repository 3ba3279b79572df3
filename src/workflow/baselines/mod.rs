//! Baselines of a bundle: run the default pipelines, and add submissions of the team.

mod add;
mod run;

pub use add::{AddBaselineError, AddBaselineRequest, AddedBaseline, add_baseline};
pub(super) use run::{BaselineRunner, baselines_of, chances, run_baselines};
