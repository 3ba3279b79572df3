//! Laws of conditional recoveries.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{ConditionalRecovery, Covariate, Influence, RecoveryAnswer, RecoveryTarget};
use drumlin::random::Stream;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::{SLACK, named, stream};

/// Truth, answer and covariate with some rows omitted; a continuous factor without ties, and units
/// of rows.
#[derive(Debug, Clone)]
pub(super) struct Sides {
    pub(super) truth: Partition,
    pub(super) answer: Partition,
    pub(super) covariate: Partition,
    pub(super) line: Vec<f64>,
    pub(super) units: Vec<u32>,
}

impl Sides {
    pub(super) fn pick(&self, rows: &[usize]) -> Self {
        Self {
            truth: self.truth.pick(rows),
            answer: self.answer.pick(rows),
            covariate: self.covariate.pick(rows),
            line: rows.iter().map(|row| self.line[*row]).collect(),
            units: rows.iter().map(|row| self.units[*row]).collect(),
        }
    }

    /// The truth as memberships of two groups.
    pub(super) fn members(&self) -> Memberships {
        let weight = |code: &Option<u32>| match code {
            Some(code) => [1.0 + f64::from(*code), 2.0],
            None => [f64::NAN, f64::NAN],
        };
        let weights: Vec<[f64; 2]> = self.truth.codes().iter().map(weight).collect();
        Memberships::from_weights(2, weights.concat()).unwrap()
    }

    /// The conditional recoveries of groups, memberships and a factor.
    pub(super) fn conditional(
        &self,
        measure: Conditional,
    ) -> Vec<Option<(ConditionalRecovery, Influence)>> {
        let covariate = Covariate::Groups(self.covariate.clone());
        let both = [covariate, Covariate::Continuous(self.line.clone())];
        let members = self.members();
        let known = [self.line.clone()];
        let factor = RecoveryTarget::Factor {
            values: &self.line,
            known: &known,
        };
        [
            (RecoveryTarget::Groups(&self.truth), &both[..]),
            (RecoveryTarget::Memberships(&members), &both[..]),
            (factor, &both[..1]),
        ]
        .into_iter()
        .map(|(target, covariates)| {
            let answer = RecoveryAnswer::Groups(&self.answer);
            measure(target, answer, covariates, &stream())
        })
        .collect()
    }
}

pub(super) fn sides() -> impl Strategy<Value = Sides> {
    let code = |most: u32| prop_oneof![19 => (0..most).prop_map(Some), 1 => Just(None)];
    let rows = (code(3), code(5), code(3), -1.0..1.0_f64, 0..40_u32);
    prop::collection::vec(rows, 150..400).prop_map(|rows| {
        let line = rows.iter().enumerate();
        Sides {
            truth: named(rows.iter().map(|row| row.0).collect()),
            answer: named(rows.iter().map(|row| row.1).collect()),
            covariate: named(rows.iter().map(|row| row.2).collect()),
            line: line.map(|(at, row)| row.3 + at as f64 * 1e-9).collect(),
            units: rows.iter().map(|row| row.4).collect(),
        }
    })
}

type Conditional = fn(
    RecoveryTarget<'_>,
    RecoveryAnswer<'_>,
    &[Covariate],
    &Stream,
) -> Option<(ConditionalRecovery, Influence)>;

pub(super) fn of_conditional(measure: Conditional) {
    for_some(|sides| {
        for (found, _) in sides.conditional(measure).into_iter().flatten() {
            let recovery = found.recovery;
            prop_assert!(
                recovery.value.is_none_or(|value| value <= 1.0 + SLACK),
                "{recovery:?}"
            );
            prop_assert_eq!(recovery.value.is_some(), recovery.chance.is_some());
            prop_assert!(
                recovery.chance.is_none_or(|chance| chance >= 0.0),
                "{recovery:?}"
            );
            prop_assert!(found.strata <= 32 && !found.covariates.is_empty());
        }
        Ok(())
    });
    // Group names and row order change nothing.
    for_some(|sides| {
        let rows = sides.line.len();
        let turned = sides.pick(&(0..rows).rev().collect::<Vec<_>>());
        let other_names = |groups: &Partition| {
            named(
                groups
                    .codes()
                    .iter()
                    .map(|code| code.map(|code| 5 - code))
                    .collect(),
            )
        };
        let renamed = Sides {
            answer: other_names(&turned.answer),
            ..turned
        };
        let both = sides
            .conditional(measure)
            .into_iter()
            .zip(renamed.conditional(measure));
        for (one, other) in both {
            prop_assert_eq!(one.is_some(), other.is_some());
            let Some(((one, _), (other, _))) = one.zip(other) else {
                continue;
            };
            prop_assert_eq!(&one.covariates, &other.covariates);
            prop_assert_eq!(one.recovery.reading, other.recovery.reading);
            let value = |one: &ConditionalRecovery| one.recovery.value.unwrap_or(2.0);
            prop_assert!(
                (value(&one) - value(&other)).abs() < 1e-9,
                "{one:?} {other:?}"
            );
        }
        Ok(())
    });
}

/// Checks `law` on 24 random inputs.
pub(super) fn for_some(law: impl Fn(Sides) -> Result<(), TestCaseError>) {
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(24)
    };
    if let Err(failure) = TestRunner::new(config).run(&sides(), law) {
        panic!("{failure}");
    }
}
