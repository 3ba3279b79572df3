//! Laws of adjusted p-values.

use proptest::prelude::*;

use super::{for_all, reversed};

fn p_values() -> impl Strategy<Value = Vec<f64>> {
    let p = prop_oneof![8 => 0.0..=1.0_f64, 1 => Just(0.0), 1 => Just(f64::NAN)];
    prop::collection::vec(p, 0..20)
}

/// Adjusted values are larger, keep their order, and do not depend on the order of the input.
pub(super) fn adjusts(adjust: fn(&[f64]) -> Vec<Option<f64>>) {
    for_all(p_values(), |p| {
        let adjusted = adjust(&p);
        prop_assert_eq!(adjusted.len(), p.len());
        for (p, adjusted) in p.iter().zip(&adjusted) {
            prop_assert_eq!(p.is_nan(), adjusted.is_none());
            prop_assert!(adjusted.is_none_or(|adjusted| adjusted >= *p && adjusted <= 1.0));
        }
        for (one, adjusted_one) in p.iter().zip(&adjusted) {
            for (other, adjusted_other) in p.iter().zip(&adjusted) {
                let ordered = one > other || one.is_nan() || other.is_nan();
                prop_assert!(ordered || adjusted_one <= adjusted_other);
            }
        }
        prop_assert_eq!(&adjusted, &reversed(&adjust(&reversed(&p))));
        Ok(())
    });
}

proptest! {
    #[test]
    fn hochberg_is_never_above_holm(p in p_values()) {
        let both = drumlin::measure::benjamini_hochberg(&p);
        for (hochberg, holm) in both.iter().zip(drumlin::measure::holm(&p)) {
            prop_assert!(*hochberg <= holm.map(|holm| holm + super::SLACK));
        }
    }
}
