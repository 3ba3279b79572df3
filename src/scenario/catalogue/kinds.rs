//! All kinds, and finding one.

use super::record::KindRecord;
use super::{missing, rows, scale, time, written};
use crate::scenario::kinds::DefectKind;

/// Every kind, family by family.
pub fn kinds() -> impl Iterator<Item = &'static KindRecord> {
    [
        &scale::KINDS[..],
        &missing::KINDS,
        &rows::KINDS,
        &time::KINDS,
        &written::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// The record of a kind.
///
/// # Panics
/// Never: a test holds that every kind has its record.
pub fn record_of(kind: DefectKind) -> &'static KindRecord {
    kinds()
        .find(|record| record.kind == kind)
        .unwrap_or(&scale::KINDS[0])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::kinds::KINDS_IN_FILES;

    #[test]
    fn every_kind_that_a_file_may_name_has_one_record_of_its_own() {
        let known: BTreeSet<DefectKind> = kinds().map(|record| record.kind).collect();
        assert_eq!(known.len(), kinds().count(), "no kind twice");
        for word in KINDS_IN_FILES {
            let kind: DefectKind = serde_json::from_str(&format!("\"{word}\"")).unwrap();
            assert_eq!(record_of(kind).kind, kind);
            assert_eq!(record_of(kind).word, word);
        }
        assert_eq!(known.len(), KINDS_IN_FILES.len());
    }

    #[test]
    fn records_say_everything_that_a_reviewer_reads() {
        for record in kinds() {
            for text in [
                record.title,
                record.detail,
                record.notice,
                record.clustering,
                record.accepted,
                record.ask,
                record.hint,
            ] {
                assert!(!text.is_empty(), "{}", record.word);
            }
            assert!(!record.words.is_empty() && !record.hints.is_empty());
            assert!(record.rate[0] > 0.0 && record.rate[0] <= record.rate[1]);
        }
    }
}
