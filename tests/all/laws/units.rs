//! Laws of intervals that move whole units.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    Answer, Influence, Recovery, Rival, mean_difference, recover_factor_beyond_by_row,
    recover_factor_by_axes_by_row, recover_factor_by_groups_by_row, recover_groups_beyond_by_row,
    recover_groups_by_row, recover_memberships_beyond_by_row, recover_memberships_by_row,
};
use proptest::prelude::*;

use super::{SLACK, named, stream};

/// Sides of the same rows, nothing left out, and the unit of each row.
#[derive(Debug, Clone)]
struct Sides {
    truth: Partition,
    answer: Partition,
    rival: Partition,
    line: Vec<f64>,
    units: Vec<u32>,
}

impl Sides {
    fn pick(&self, rows: &[usize]) -> Self {
        Self {
            truth: self.truth.pick(rows),
            answer: self.answer.pick(rows),
            rival: self.rival.pick(rows),
            line: rows.iter().map(|row| self.line[*row]).collect(),
            units: rows.iter().map(|row| self.units[*row]).collect(),
        }
    }

    /// Every recovery that there is, with what rows do to it.
    fn all(&self) -> Vec<(Recovery, Influence)> {
        let weight = |code: &Option<u32>| [1.0 + f64::from(code.unwrap_or(0)), 2.0];
        let weights: Vec<[f64; 2]> = self.truth.codes().iter().map(weight).collect();
        let members = Memberships::from_weights(2, weights.concat()).unwrap();
        let rivals = [Rival::Groups(self.rival.clone())];
        let (answer, known) = (Answer::Groups(&self.answer), [self.line.clone()]);
        let axis: Vec<f64> = self.line.iter().map(|x| x * x).collect();
        let beyond = [
            recover_groups_beyond_by_row(&self.truth, &self.answer, &rivals, &stream()),
            recover_memberships_beyond_by_row(&members, &self.answer, &rivals, &stream()),
            recover_factor_beyond_by_row(&self.line, answer, &rivals, &known, &stream()),
        ];
        let mut all = vec![
            recover_groups_by_row(&self.truth, &self.answer, &stream()),
            recover_memberships_by_row(&members, &self.answer, &stream()),
            recover_factor_by_groups_by_row(&self.line, &self.answer, &stream()),
            recover_factor_by_axes_by_row(&self.line, &[axis], &stream()),
        ];
        all.extend(
            beyond
                .into_iter()
                .flatten()
                .map(|(found, by)| (found.recovery, by)),
        );
        all
    }
}

fn sides() -> impl Strategy<Value = Sides> {
    let code = |most: u32| (0..most).prop_map(Some);
    let rows = (code(3), code(5), code(3), -1.0..1.0_f64, 0..40_u32);
    prop::collection::vec(rows, 150..400).prop_map(|rows| {
        let line = rows.iter().enumerate();
        Sides {
            truth: named(rows.iter().map(|row| row.0).collect()),
            answer: named(rows.iter().map(|row| row.1).collect()),
            rival: named(rows.iter().map(|row| row.2).collect()),
            // A value of its own for each row, so that their order is no matter.
            line: line.map(|(at, row)| row.3 + at as f64 * 1e-9).collect(),
            units: rows.iter().map(|row| row.4).collect(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn an_interval_holds_its_value_and_no_more_rows_than_there_are(sides in sides()) {
        for (recovery, influence) in sides.all() {
            prop_assert_eq!(recovery.interval, influence.interval(None));
            prop_assert_eq!(influence.interval(Some(&vec![7; sides.units.len()])), None);
            for units in [None, Some(&sides.units[..])] {
                let Some(interval) = influence.interval(units) else { continue };
                let value = recovery.value.unwrap();
                prop_assert!(interval.low <= value && value <= interval.high, "{interval:?}");
                prop_assert!(interval.effective_rows <= recovery.rows as f64 + SLACK);
                prop_assert!(interval.units <= recovery.rows);
            }
        }
    }

    #[test]
    fn names_of_units_and_order_of_rows_change_nothing(sides in sides()) {
        let turned = sides.pick(&(0..sides.line.len()).rev().collect::<Vec<_>>());
        let renamed: Vec<u32> = turned.units.iter().map(|unit| 99 - unit).collect();
        for ((_, one), (_, other)) in sides.all().into_iter().zip(turned.all()) {
            let (one, other) = (one.interval(Some(&sides.units)), other.interval(Some(&renamed)));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one.low - other.low).abs() < 1e-9, "{one:?} {other:?}");
                prop_assert!((one.high - other.high).abs() < 1e-9, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn rows_that_are_there_twice_say_no_more(sides in sides()) {
        let inside: Vec<bool> = sides.truth.codes().iter().map(|code| *code == Some(0)).collect();
        let one = mean_difference(&sides.line, &inside, Some(&sides.units));
        let twice = [&sides.line[..], &sides.line[..]].concat();
        let inside = [&inside[..], &inside[..]].concat();
        let units = [&sides.units[..], &sides.units[..]].concat();
        let two = mean_difference(&twice, &inside, Some(&units));
        prop_assert_eq!(one.is_some(), two.is_some());
        if let (Some(one), Some(two)) = (one, two) {
            prop_assert!((one.apart.low - two.apart.low).abs() < 1e-9, "{one:?} {two:?}");
            prop_assert!((one.p_value - two.p_value).abs() < 1e-9, "{one:?} {two:?}");
            prop_assert!((0.0..=1.0).contains(&one.p_value));
        }
    }
}
