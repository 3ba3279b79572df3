//! Clustering and principal components: the only place that names linfa.
//!
//! Plain numbers go in and plain numbers come out; no linfa type leaves it. What linfa would
//! panic at (no rows, more groups than rows, values that are not finite) is checked here first.

mod components;
mod error;
mod kmeans;

pub use components::PrincipalComponents;
pub use error::ClusterError;
pub use kmeans::{KMeansModel, kmeans};
