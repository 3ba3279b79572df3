//! Default pipelines that solve a take-home without thought: what they find is free.
//!
//! Three results of a baselines, each a few steps that anyone would recognise. What a pipeline hands in is
//! a submission like any other ([`crate::submission`]), and like a candidate it sees the delivered
//! table and nothing else. Beside the baselines stands somebody in a hurry ([`rushed`]).

mod brute_force;
mod careful;
mod kmeans_by_silhouette;
mod naive;
mod numeric_columns;
mod pipeline;
mod repairs;
mod standard;
mod submission_files;
mod text_repairs;
mod unit_repairs;

pub use brute_force::{BruteForceSearch, ColumnClustering, brute_force_clusterings};
pub use careful::careful;
pub use naive::naive;
pub use pipeline::Pipeline;
pub use standard::standard;
pub use submission_files::Solution;
