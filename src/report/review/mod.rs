//! Evidence in words: sentences, the debrief and the notes for feedback.

mod cleaning;
mod debrief;
mod feedback_notes;
mod groupings;
mod leaks;
mod markdown;
mod recoveries;

pub use cleaning::{
    cleaning_sentence, consequences_sentence, damage_sentence, decimals_or_zero,
    dropped_rows_sentence, repair_error_text,
};
pub use debrief::debrief;
pub use feedback_notes::feedback_notes;
pub use groupings::{baseline_sentence, grouping_sentence};
pub use leaks::leaks;
pub use recoveries::{
    axes_recover, axes_sentence, baseline_finding_text, baselines_text, decimals, recovery_text,
    share_text,
};
