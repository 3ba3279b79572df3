//! One picture and a few numbers per finding, from a sample of the bundle and its truth.

use crate::bundle::Key;
use crate::chart::Chart;
use crate::generate::Setup;

use super::sample::Sample;

/// What the truth page shows beside the words of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Illustration {
    /// Id of the finding.
    pub finding: String,
    /// The picture.
    pub chart: Option<Chart>,
    /// A few measured facts, name and value.
    pub facts: Vec<(String, String)>,
}

/// An illustration for every finding of the key, in its order.
pub fn illustrate(key: &Key, _setup: &Setup, _sample: &Sample) -> Vec<Illustration> {
    key.findings
        .iter()
        .map(|finding| Illustration {
            finding: finding.id.clone(),
            chart: None,
            facts: Vec::new(),
        })
        .collect()
}
