//! Sentences of the review page about its numbers.

use crate::measure::Recovery;
use crate::text::thousands;

/// Shown instead of a file that was not submitted.
pub const NOT_SUBMITTED: &str = "Not submitted; nothing follows from that.";

/// The basis of the intervals: the number of rows, and the equivalent number of independent rows.
pub fn interval_note<'a>(recoveries: impl Iterator<Item = &'a Recovery>) -> String {
    let all: Vec<&Recovery> = recoveries.filter(|one| one.interval.is_some()).collect();
    let intervals = || all.iter().filter_map(|one| one.interval);
    let Some(first) = intervals().next().filter(|first| first.units < all[0].rows) else {
        return String::new();
    };
    let whole = |value: f64| thousands(value.round() as usize);
    let effective = || intervals().map(|interval| interval.effective_rows);
    let (low, high) = effective().fold((f64::INFINITY, 0.0_f64), |(low, high), rows| {
        (low.min(rows), high.max(rows))
    });
    format!(
        "95 % intervals. Rows of one entity are alike, so they are resampled together ({} entities): the {} rows \
         carry as much information as {} to {} independent rows, depending on how much of a structure varies \
         within entities.",
        thousands(first.units),
        thousands(all[0].rows),
        whole(low),
        whole(high)
    )
}
