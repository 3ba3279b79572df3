//! What the numbers say, in words: sentences and terminal views. Pages put marks around them.

mod certificate;
mod check;
mod explore;
mod review;
mod review_page;
mod truth;

pub use certificate::{
    LIMITS, StatisticGroup, certificate_text, changed_thresholds, close_calls, statistic_rows,
    verdict_summary,
};
pub use check::check_text;
pub use explore::{
    all_unique, column_text, description, distinct_values, level_text, profile_text, table_facts,
};
pub use review::{
    axes_recover, axes_sentence, baseline_finding_text, baseline_sentence, baselines_text,
    cleaning_sentence, consequences_sentence, damage_sentence, debrief, decimals, decimals_or_zero,
    dropped_rows_sentence, feedback_notes, grouping_sentence, leaks, recovery_text,
    repair_error_text, share_text,
};
pub use review_page::{NOT_SUBMITTED, interval_note};
pub use truth::{
    bundle_summary, difficulty_name, draw_summary, finding_kind, is_decoy, misleading_because,
    sentence,
};
