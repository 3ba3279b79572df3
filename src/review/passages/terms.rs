//! Terms that show that a passage bears on a finding.

use serde::{Deserialize, Serialize};

/// Words that belong to one finding.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Columns that show it. A name also matches with spaces or hyphens instead of underscores, and
    /// without its unit: `latency_ms` matches "latency".
    pub columns: Vec<String>,
    /// Words and phrases that refer to this finding: "duplicate", "time zone".
    pub strong: Vec<String>,
    /// Words that refer to it only next to one of the columns: "unit", "jump".
    pub weak: Vec<String>,
}
