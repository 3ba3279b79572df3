//! How well clusters are separated, and whether they replicate.

mod boundary;
mod dip;
mod dip_table;
mod distances;
mod hopkins;
mod indices;
mod neighbours;
mod stability;
mod valley;

pub use boundary::{Boundary, boundaries, median_valley};
pub use dip::{dip, dip_p_value};
pub use distances::{pairwise_distances, silhouette, silhouettes};
pub use hopkins::hopkins;
pub use indices::{calinski_harabasz, davies_bouldin, eta_squared};
pub use neighbours::neighbour_distances;
pub use stability::{CoMembership, Gap, gap_statistic, median_of_pairs, prediction_strength};
pub use valley::valley_depth;
