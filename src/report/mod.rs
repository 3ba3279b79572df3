//! What the numbers say, in words: sentences and terminal views. Pages put marks around them.

mod certificate;
mod explore;

pub use certificate::{
    LIMITS, Question, certificate_text, changed_thresholds, close_calls, statistic_rows,
    verdict_summary,
};
pub use explore::{
    column_text, description, distinct_values, level_text, no_value_twice, profile_text,
    table_facts,
};
