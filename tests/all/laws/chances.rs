//! Laws of adjusted p-values.

use drumlin::measure::{benjamini_hochberg, holm};
use proptest::prelude::*;

use super::SLACK;

fn p_values() -> impl Strategy<Value = Vec<f64>> {
    let p = prop_oneof![8 => 0.0..=1.0_f64, 1 => Just(0.0), 1 => Just(f64::NAN)];
    prop::collection::vec(p, 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn adjusted_p_values_keep_their_laws(p in p_values()) {
        let all = [holm(&p), benjamini_hochberg(&p)];
        for adjusted in &all {
            prop_assert_eq!(adjusted.len(), p.len());
            for (p, adjusted) in p.iter().zip(adjusted) {
                prop_assert_eq!(p.is_nan(), adjusted.is_none());
                prop_assert!(adjusted.is_none_or(|adjusted| adjusted >= *p && adjusted <= 1.0));
            }
            for (one, other) in p.iter().zip(adjusted).flat_map(|one| p.iter().zip(adjusted).map(move |other| (one, other))) {
                prop_assert!(one.0 > other.0 || one.0.is_nan() || other.0.is_nan() || one.1 <= other.1);
            }
        }
        let backwards: Vec<f64> = p.iter().rev().copied().collect();
        let mut turned = holm(&backwards);
        turned.reverse();
        prop_assert_eq!(&all[0], &turned);
        let [holm, hochberg] = &all;
        prop_assert!(hochberg.iter().zip(holm).all(|(least, most)| *least <= most.map(|most| most + SLACK)));
    }
}
