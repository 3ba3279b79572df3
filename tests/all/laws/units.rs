//! Laws of intervals with whole units.

use drumlin::measure::{
    Influence, MeanDifference, Recovery, conditional_recovery, recover_factor_by_axes,
    recover_factor_by_groups, recover_groups, recover_memberships,
};
use proptest::prelude::*;

use super::rivals::{Sides, for_some, sides};
use super::{SLACK, stream};

/// Every kind of recovery, with the influence of rows.
fn all(sides: &Sides) -> Vec<(Recovery, Influence)> {
    let members = sides.members();
    let axis: Vec<f64> = sides.line.iter().map(|x| x * x).collect();
    let mut all = vec![
        recover_groups(&sides.truth, &sides.answer, &stream()),
        recover_memberships(&members, &sides.answer, &stream()),
        recover_factor_by_groups(&sides.line, &sides.answer, &stream()),
        recover_factor_by_axes(&sides.line, &[axis], &stream()),
    ];
    let conditional = sides
        .conditional(conditional_recovery)
        .into_iter()
        .flatten();
    all.extend(conditional.map(|(found, influence)| (found.recovery, influence)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn intervals_contain_their_value_and_count_no_more_rows_than_there_are(sides in sides()) {
        for (recovery, influence) in all(&sides) {
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
    fn unit_names_and_row_order_do_not_matter(sides in sides()) {
        let turned = sides.pick(&(0..sides.line.len()).rev().collect::<Vec<_>>());
        let renamed: Vec<u32> = turned.units.iter().map(|unit| 99 - unit).collect();
        for ((_, one), (_, other)) in all(&sides).into_iter().zip(all(&turned)) {
            let (one, other) = (one.interval(Some(&sides.units)), other.interval(Some(&renamed)));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one.low - other.low).abs() < 1e-9, "{one:?} {other:?}");
                prop_assert!((one.high - other.high).abs() < 1e-9, "{one:?} {other:?}");
            }
        }
    }
}

type Difference = fn(&[f64], &[bool], Option<&[u32]>) -> Option<MeanDifference>;

/// Duplicated rows in the same unit add no information.
pub(super) fn of_differences(measure: Difference) {
    for_some(|sides| {
        let codes = sides.truth.codes().iter();
        let inside: Vec<bool> = codes.map(|code| *code == Some(0)).collect();
        let one = measure(&sides.line, &inside, Some(&sides.units));
        let twice = [&sides.line[..], &sides.line[..]].concat();
        let inside = [&inside[..], &inside[..]].concat();
        let units = [&sides.units[..], &sides.units[..]].concat();
        let two = measure(&twice, &inside, Some(&units));
        prop_assert_eq!(one.is_some(), two.is_some());
        if let (Some(one), Some(two)) = (one, two) {
            let gap = one.difference.low - two.difference.low;
            prop_assert!(gap.abs() < 1e-9, "{one:?} {two:?}");
            prop_assert!((one.p_value - two.p_value).abs() < 1e-9, "{one:?} {two:?}");
            prop_assert!((0.0..=1.0).contains(&one.p_value));
        }
        Ok(())
    });
}
