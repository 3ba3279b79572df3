//! Partitions drawn from soft memberships.

use crate::labels::{Memberships, Partition};
use crate::random::Stream;

use super::entropy::answered;

/// Partitions in which each row's group is drawn from its memberships; omitted rows stay omitted.
/// Deterministic in `stream`.
///
/// ```
/// use drumlin::{labels::Memberships, measure::drawn_partitions, random::Secret};
/// let crisp = Memberships::from_weights(2, vec![0.0, 1.0, 1.0, 0.0]).unwrap();
/// for drawn in drawn_partitions(&crisp, 3, &Secret::demo(1).stream()) {
///     assert_eq!(drawn.codes(), &[Some(1), Some(0)]);
/// }
/// ```
pub fn drawn_partitions(
    memberships: &Memberships,
    number: usize,
    stream: &Stream,
) -> impl Iterator<Item = Partition> {
    let stream = stream.fork("drawn partitions");
    let groups = memberships.groups();
    (0..number).map(move |at| {
        let mut draws = stream.block(at as u64).draws();
        let codes = (0..memberships.rows()).map(|row| {
            let shares = memberships.row(row);
            answered(shares).then(|| draws.weighted(shares) as u32)
        });
        let codes = codes.collect();
        Partition::from_codes(codes, (0..groups).map(|name| name.to_string()).collect())
    })
}
