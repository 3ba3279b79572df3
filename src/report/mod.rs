//! What the numbers say, in words: sentences and terminal views. Pages put marks around them.

mod certificate;
mod check;
mod explore;
mod review_page;
mod truth;

pub use certificate::{
    LIMITS, Question, certificate_text, changed_thresholds, close_calls, statistic_rows,
    verdict_summary,
};
pub use check::check_text;
pub use explore::{
    all_unique, column_text, description, distinct_values, level_text, profile_text, table_facts,
};
pub use review_page::{NOT_SUBMITTED, interval_note};
pub use truth::{
    bundle_summary, difficulty_name, draw_summary, finding_kind, is_decoy, misleading_because,
    sentence,
};
