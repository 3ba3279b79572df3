//! A share with its interval.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Numerator.
    pub count: u64,
    /// Denominator.
    pub of: u64,
    /// 95 % Wilson interval; none if the denominator is 0.
    pub interval: Option<(f64, f64)>,
}
