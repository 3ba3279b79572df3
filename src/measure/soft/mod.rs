//! Soft memberships: as tables, against each other, against what was drawn.

mod agreement;
mod contingency;
mod drawn;
mod told;

pub use agreement::{
    adjusted_soft_concordance, expected_soft_concordance, pair_product_adjusted_rand,
    soft_concordance,
};
pub use contingency::{SoftContingency, soft_mutual_information};
pub(super) use contingency::{answered, mass_entropy, row_entropy};
pub use drawn::{Expected, drawn_partitions, expected_agreement};
pub use told::{membership_brier, membership_log_loss, membership_variation};
