//! Laws of measures of how two partitions agree.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Contingency, MissingReadings, PairCounts, RandomModel, adjusted_rand, rand_index,
};
use drumlin::random::Stream;
use proptest::prelude::*;

use super::{SLACK, for_all, partitions, renamed, shares, stream};

/// Range of a measure of two partitions, its value for equal ones, and whether it is symmetric.
/// Group names and row order never change a bit.
#[derive(Clone, Copy)]
pub(super) struct OfPartitions {
    low: f64,
    high: f64,
    symmetric: bool,
    equal: Option<f64>,
}

impl OfPartitions {
    pub(super) fn new(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            symmetric: false,
            equal: None,
        }
    }

    pub(super) fn symmetric(self) -> Self {
        Self {
            symmetric: true,
            ..self
        }
    }

    pub(super) fn equal(self, value: f64) -> Self {
        Self {
            equal: Some(value),
            ..self
        }
    }

    pub(super) fn of_tables(self) -> impl Fn(fn(&Contingency) -> Option<f64>) {
        move |measure| self.check(|a, b| measure(&Contingency::new(a, b)))
    }

    pub(super) fn check(self, measure: impl Fn(&Partition, &Partition) -> Option<f64>) {
        let nobody = Partition::from_labels::<&str>(&[None, None]);
        assert_eq!(measure(&nobody, &nobody), None, "no row has no value");
        for_all((partitions(), 0..6_u32), |((a, b), turn)| {
            let value = measure(&a, &b);
            if let Some(value) = value {
                prop_assert!(
                    value >= self.low - SLACK && value <= self.high + SLACK,
                    "{value}"
                );
            }
            if self.symmetric {
                prop_assert_eq!(value, measure(&b, &a), "symmetry");
            }
            prop_assert_eq!(value, measure(&a, &renamed(&b, turn)), "other names");
            let order: Vec<usize> = (0..a.rows()).rev().collect();
            prop_assert_eq!(
                value,
                measure(&a.pick(&order), &b.pick(&order)),
                "row order"
            );
            if let (Some(expected), Some(own)) = (self.equal, measure(&a, &a)) {
                prop_assert!((own - expected).abs() < SLACK, "equal partitions: {own}");
            }
            Ok(())
        });
    }
}

pub(super) fn of_sizes(entropy: fn(&[u64]) -> Option<f64>) {
    OfPartitions::new(0.0, 1.792).check(|a, b| entropy(Contingency::new(a, b).truth_sizes()));
}

pub(super) fn of_random_models(measure: fn(&Contingency, RandomModel) -> Option<f64>) {
    let any = OfPartitions::new(f64::NEG_INFINITY, 1.0).equal(1.0);
    for (laws, model) in [
        (any.symmetric(), RandomModel::SameNumber),
        (any, RandomModel::SameNumberOneSided),
        (any.symmetric(), RandomModel::All),
        (any, RandomModel::AllOneSided),
    ] {
        laws.check(|a, b| measure(&Contingency::new(a, b), model));
    }
}

pub(super) fn same_as_partitions(measure: fn(&[u32], &[u32]) -> Option<f64>) {
    for_all(partitions(), |(a, b)| {
        let both = a.codes().iter().zip(b.codes());
        let (x, y): (Vec<u32>, Vec<u32>) = both.filter_map(|(a, b)| a.zip(*b)).unzip();
        let expected = adjusted_rand(&Contingency::new(&a, &b));
        prop_assert_eq!(measure(&x, &y), expected);
        Ok(())
    });
}

pub(super) fn pairs_add_up(pair_counts: fn(&Contingency) -> Option<PairCounts>) {
    for_all(partitions(), |(a, b)| {
        let table = Contingency::new(&a, &b);
        let rows = u128::from(table.rows());
        prop_assert_eq!(pair_counts(&table).is_some(), rows > 0);
        if let Some(pairs) = pair_counts(&table) {
            let all = pairs.both + pairs.truth_only + pairs.answer_only + pairs.neither;
            prop_assert_eq!(all, rows * (rows - 1) / 2);
        }
        Ok(())
    });
}

type Measure = fn(&Contingency) -> Option<f64>;

pub(super) fn of_missing_rows(read: fn(&Partition, &Partition, Measure) -> MissingReadings) {
    for_all(partitions(), |(a, b)| {
        let read = read(&a, &b, rand_index);
        prop_assert_eq!(read.answered, rand_index(&Contingency::new(&a, &b)));
        prop_assert!(
            read.coverage
                .is_none_or(|coverage| (0.0..=1.0).contains(&coverage))
        );
        prop_assert_eq!(read.coverage.is_some(), a.answered() > 0);
        prop_assert_eq!(read.as_singletons.is_some(), a.answered() > 0);
        if read.coverage == Some(1.0) {
            prop_assert_eq!(read.as_singletons, read.answered);
        }
        Ok(())
    });
}

pub(super) fn draws_keep_missing_rows<I: Iterator<Item = Partition>>(
    drawn: fn(&'static Memberships, usize, &'static Stream) -> I,
) {
    let stream = Box::leak(Box::new(stream()));
    for_all(partitions(), |(a, _)| {
        let truth = Box::leak(Box::new(shares(&a, 0.5)));
        for drawn in drawn(truth, 2, stream) {
            for (drawn, code) in drawn.codes().iter().zip(a.codes()) {
                prop_assert_eq!(drawn.is_some(), code.is_some());
            }
        }
        Ok(())
    });
}
