//! Statistics of columns and samples: moments, correlations, tests and intervals.

pub(in crate::measure) mod beta;
pub(in crate::measure) mod cluster_robust;
pub(in crate::measure) mod complete_rows;
pub(in crate::measure) mod correlation;
pub(in crate::measure) mod interval;
mod kendall;
pub(in crate::measure) mod moments;
mod multiple_testing;
mod significance;

pub use cluster_robust::{MeanDifference, mean_difference};
pub use correlation::{Correlation, pearson, spearman};
pub use interval::Interval;
pub use kendall::kendall;
pub use moments::{mean, median, quantile, quantile_of_sorted, sd};
pub use multiple_testing::{benjamini_hochberg, holm};
pub use significance::{TestResult, kolmogorov_smirnov};
