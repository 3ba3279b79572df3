//! The log of repairs: column, kind, rows, action.

use crate::checks::Hit;
use crate::text::thousands;

/// One row of the log, for a repair that follows a check.
pub(super) fn log_row(column: &str, kind: &str, hit: &Hit, action: &str) -> [String; 4] {
    let rows = hit.rows.as_ref().map_or_else(String::new, |rows| {
        format!("{} rows: ", thousands(rows.len()))
    });
    [column, kind, &format!("{rows}{}", hit.says), action].map(str::to_owned)
}
