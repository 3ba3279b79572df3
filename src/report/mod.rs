//! What the numbers say, in words: sentences and terminal views. Pages put marks around them.

mod certificate;

pub use certificate::{
    LIMITS, Question, certificate_text, changed_thresholds, close_calls, statistic_rows,
    verdict_summary,
};
