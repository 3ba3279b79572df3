//! Exploring any table: facts and comparisons, no verdicts.
//!
//! Nothing here ranks by suspicion, chooses a number of clusters, or uses a key. Exploring needs no
//! secret: samples come from a public stream, so the same table gives the same page.

mod date_ticks;
mod dictionary;
mod distribution;
mod histogram;
mod level_comparison;
mod numeric_columns;
mod numeric_view;
mod page_data;
mod profile;
mod text_patterns;
mod time_trend;
mod types;

pub use distribution::distribution;
pub use histogram::Histogram;
pub use level_comparison::{ColumnByLevel, LevelComparison, MEDIAN_TIME, compare_levels};
pub use numeric_view::{
    ColumnLoading, NullComparison, NumericView, PageScope, ScaledComponents, ValueTransform,
    numeric_view,
};
pub use page_data::{PageColumn, PageData, page_data};
pub use profile::{profile, profile_survey};
pub use text_patterns::text_pattern;
pub use types::{
    ColumnDescription, ColumnProfile, NumberSummary, Profile, SampleInfo, TextLengths, TimeRange,
    TimeTrend, UnreadValues, ValueCount,
};
