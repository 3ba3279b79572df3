//! Laws of recoveries.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{Influence, Recovery};
use drumlin::random::Stream;
use proptest::prelude::*;

use super::columns::{OfColumns, columns};
use super::groups::OfPartitions;
use super::{SLACK, for_all, partitions, shares, stream};

type Found = (Recovery, Influence);

pub(super) fn of_groups(recover: fn(&Partition, &Partition, &Stream) -> Found) {
    let laws = OfPartitions::new(f64::NEG_INFINITY, 1.0).equal(1.0);
    laws.check(|a, b| recover(a, b, &stream()).0.value);
}

pub(super) fn of_memberships(recover: fn(&Memberships, &Partition, &Stream) -> Found) {
    for_all((partitions(), 0.0..1.0_f64), |((a, b), weight)| {
        let recovery = recover(&shares(&a, weight), &b, &stream()).0;
        prop_assert!(
            recovery.value.is_none_or(|value| value <= 1.0 + 1e-6),
            "{recovery:?}"
        );
        prop_assert_eq!(recovery.value.is_some(), recovery.chance.is_some());
        Ok(())
    });
}

pub(super) fn of_factors(recover: fn(&[f64], &Partition, &Stream) -> Found) {
    for_all((columns(), partitions()), |((x, _), (_, b))| {
        let rows = x.len().min(b.rows());
        let picked = b.pick(&(0..rows).collect::<Vec<_>>());
        let recovery = recover(&x[..rows], &picked, &stream()).0;
        prop_assert!(recovery.value.is_none_or(|value| value <= 1.0 + SLACK));
        prop_assert_eq!(recovery.value.is_some(), recovery.chance.is_some());
        Ok(())
    });
}

pub(super) fn of_axes(recover: fn(&[f64], &[Vec<f64>], &Stream) -> Found) {
    let laws = OfColumns::new(f64::NEG_INFINITY, 1.0);
    laws.holds_for(|x, y| recover(x, &[y.to_vec()], &stream()).0.value);
}
