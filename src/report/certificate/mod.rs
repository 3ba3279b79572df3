//! A certificate in words.

mod statistic_table;
mod terminal;

pub use statistic_table::{StatisticGroup, statistic_rows};
pub use terminal::{LIMITS, certificate_text, changed_thresholds, close_calls, verdict_summary};
