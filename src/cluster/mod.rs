//! Clustering and principal components: the only module that uses linfa and kodama.
//!
//! Arguments and results are plain numbers, never types of those crates. Input that would make the
//! crates panic (no rows, more groups than rows, values that are not finite) is rejected here
//! first.

mod components;
mod condense;
mod density;
mod error;
mod factors;
mod hierarchy;
mod kmeans;
mod lloyd;
mod mixture;
mod panel;
mod spectral;

pub use components::PrincipalComponents;
pub use density::{DenseGroups, DensityTree};
pub use error::ClusterError;
pub use factors::{leading, varimax_scores, whitened_scores};
pub use hierarchy::{Hierarchy, Linkage};
pub use kmeans::{KMeansModel, kmeans};
pub use lloyd::Lloyd;
pub use mixture::Mixture;
pub use panel::{Algorithm, Cut, panel};
pub use spectral::Spectrum;
