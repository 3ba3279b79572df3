//! How far several raters of the same items agree.

mod chance_corrected;
mod krippendorff;
mod table;
mod two_raters;

pub use chance_corrected::{
    Agreement, brennan_prediger, conger_kappa, fleiss_kappa, gwet, jackknife_ratings, raw_agreement,
};
pub use krippendorff::{Level, krippendorff_alpha};
pub use table::{Ratings, Weights};
pub use two_raters::{cohen_kappa, kendall_w};
