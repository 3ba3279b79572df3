//! Complete jobs: calls the other layers in order and writes the files.

mod baselines;
mod bundle;
mod certify;
mod check;
mod demo;
mod error;
mod explore;
mod fairness;
mod generate;
mod pilot;
mod reference;
mod request;
mod reveal;
mod review;
mod round;
mod scenario;
mod shard;
mod tables;

pub use baselines::{AddBaselineError, AddBaselineRequest, AddedBaseline, add_baseline};
pub use certify::{CertifyJobError, CertifyRequest, certify, write_view};
pub use check::{CheckError, check};
pub use demo::{DEMO_ROWS, DEMO_SEED, Demo, DemoError, DemoRequest, DemoStep, demo};
pub use error::GenerateError;
pub use explore::{Exploration, ExploreError, ExploreRequest, bundle_page, explore};
pub use fairness::Unfair;
pub use generate::{Generated, NewBundle, generate};
pub use request::{GenerateRequest, SecretSource, ShardPart};
pub use reveal::{RevealError, reveal};
pub use review::{ReviewError, ReviewRequest, Reviewed, review};
pub use round::{MOST_DRAWS, commonest_reason, rejection_summary, setting_to_change};
pub use scenario::{ScenarioCheck, ScenarioJobError, check_scenario, preview};
pub use shard::{WrittenShard, shard};
