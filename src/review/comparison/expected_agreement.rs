//! Expected agreement, where the truth or the answer is soft.

use super::super::ExpectedEvidence;
use super::subjects::Side;
use crate::labels::{Memberships, Partition};
use crate::measure::{Contingency, adjusted_rand, drawn_partitions, element_similarity, mean};
use crate::random::Stream;

/// Number of partitions drawn from soft sides: the standard error of their mean is a fifth of their
/// spread.
const DRAWN: usize = 25;

/// An answer over all originals.
pub(super) struct SubmittedGrouping<'a> {
    /// Its groups; for shares, the largest.
    pub(super) groups: &'a Partition,
    /// Its shares, if it is soft.
    pub(super) shares: Option<&'a Memberships>,
}

/// Expected indices on these rows; none if both sides are hard, or the truth is continuous.
pub(super) fn expected(
    side: &Side,
    answer: &SubmittedGrouping<'_>,
    rows: &[usize],
    stream: &Stream,
) -> Option<ExpectedEvidence> {
    let stream = stream.fork("expected");
    let of_answer =
        DrawnPartitions::new(answer.shares, answer.groups, rows, &stream.fork("answer"));
    let (of_truth, own) = match side.pick(rows) {
        Side::Line(_) => return None,
        Side::Groups(_) if answer.shares.is_none() => return None,
        Side::Groups(groups) => (DrawnPartitions::Same(groups.clone()), groups),
        Side::Mixture { members, sampled } => {
            let names = (0..members.groups()).map(|group| group.to_string());
            let own = members.argmax(names.collect());
            let all: Vec<usize> = (0..rows.len()).collect();
            let drawn = DrawnPartitions::new(Some(&members), &sampled, &all, &stream.fork("truth"));
            (drawn, own)
        }
    };
    // Attainable refers to the rows that were answered.
    let answered = answer.groups.pick(rows);
    let own = own.codes().iter().zip(answered.codes());
    let own: Vec<Option<String>> = own
        .map(|(own, answer)| answer.and(*own).map(|own| own.to_string()))
        .collect();
    let own = Partition::from_labels(&own);
    let (mut rand, mut attainable, mut similar) = (Vec::new(), Vec::new(), Vec::new());
    for draw in 0..DRAWN {
        let truth = of_truth.at(draw);
        let table = Contingency::new(truth, of_answer.at(draw));
        rand.extend(adjusted_rand(&table));
        similar.extend(element_similarity(&table));
        attainable.extend(adjusted_rand(&Contingency::new(truth, &own)));
    }
    Some(ExpectedEvidence {
        adjusted_rand: mean(&rand),
        attainable: mean(&attainable),
        element_similarity: mean(&similar),
    })
}

/// A side, draw by draw.
enum DrawnPartitions {
    /// Hard: the same in every draw.
    Same(Partition),
    /// Soft.
    Each(Vec<Partition>),
}

impl DrawnPartitions {
    fn new(
        shares: Option<&Memberships>,
        hard: &Partition,
        rows: &[usize],
        stream: &Stream,
    ) -> Self {
        match shares {
            Some(shares) => {
                Self::Each(drawn_partitions(&shares.pick(rows), DRAWN, stream).collect())
            }
            None => Self::Same(hard.pick(rows)),
        }
    }

    fn at(&self, draw: usize) -> &Partition {
        match self {
            Self::Same(hard) => hard,
            Self::Each(drawn) => &drawn[draw],
        }
    }
}
