//! Default pipelines that solve a take-home without insight.
//!
//! Each is a few familiar steps. A pipeline sees the delivered table and nothing else, like a candidate, and
//! its output is a submission like any other ([`crate::submission`]). [`brute_force_clusterings`] adds the
//! clusterings that a careless analyst would find by trying every pair of columns.

mod brute_force;
mod careful;
mod kmeans_by_silhouette;
mod naive;
mod numeric_columns;
mod pipeline;
mod repair_log;
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
