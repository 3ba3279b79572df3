//! Default pipelines that solve a take-home without insight.
//!
//! Each consists of a few familiar steps. Like a candidate, a pipeline sees only the delivered
//! table, and its output is an ordinary submission ([`crate::submission`]).
//! [`brute_force_clusterings`] adds the clusterings that a careless analyst would find by trying
//! every pair of columns.

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
