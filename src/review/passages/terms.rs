//! Words by which a passage is known to bear on a finding.

use serde::{Deserialize, Serialize};

/// Words that belong to one finding.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Columns that show it. A name is also known with spaces or hyphens for its underscores, and
    /// without its unit: `latency_ms` is "latency".
    pub columns: Vec<String>,
    /// Words and phrases that mean this finding: "duplicate", "time zone".
    pub strong: Vec<String>,
    /// Words that mean it only beside one of the columns: "unit", "jump".
    pub weak: Vec<String>,
}
