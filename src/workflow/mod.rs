//! Whole jobs: calls the other layers in order and writes the files.

mod accept;
mod baseline;
mod bundle;
mod certify;
mod check;
mod delivered;
mod demo;
mod dictionary;
mod explore;
mod fairness;
mod generate;
mod ladder;
mod parity;
mod pilot;
mod pipeline;
mod place;
mod reference;
mod reveal;
mod review;
mod round;
mod scenario;
mod shard;
mod tables;
mod tempting;

pub use baseline::{Added, BaselineError, BaselineRequest, add_baseline};
pub use certify::{CertifyJobError, CertifyRequest, certify, write_view};
pub use check::{CheckError, check};
pub use demo::{DEMO_ROWS, DEMO_SEED, DemoError, DemoRequest, Shown, Step, demo};
pub use explore::{Exploration, ExploreError, ExploreRequest, bundle_page, explore};
pub use fairness::Unfair;
pub use generate::{GenerateError, GenerateRequest, Generated, Made, Origin, generate};
pub use reveal::{RevealError, reveal};
pub use review::{ReviewError, ReviewRequest, Reviewed, review};
pub use scenario::{ScenarioCheck, ScenarioJobError, check_scenario, preview};
pub use shard::{Part, Shard, shard};
