//! Laws of agreement between raters.

use drumlin::measure::{
    MeasurementLevel, Ratings, Weights, gwet, jackknife_ratings, krippendorff_alpha, raw_agreement,
};
use proptest::prelude::*;

use super::{SLACK, close};

type Coefficient = (&'static str, fn(&Ratings) -> Option<f64>);

/// Coefficients that know no order, so that categories may change places.
const NOMINAL: [Coefficient; 3] = [
    ("raw", |of| raw_agreement(of, Weights::Identity)),
    ("AC1", |of| {
        gwet(of, Weights::Identity).map(|found| found.value)
    }),
    ("alpha", |of| {
        krippendorff_alpha(of, MeasurementLevel::Nominal)
    }),
];

/// Coefficients that know differences, so that scales may be shifted, stretched and turned.
const NUMERIC: [Coefficient; 3] = [
    ("raw", |of| raw_agreement(of, Weights::Quadratic)),
    ("AC2", |of| {
        gwet(of, Weights::Linear).map(|found| found.value)
    }),
    ("alpha", |of| {
        krippendorff_alpha(of, MeasurementLevel::Interval)
    }),
];

/// Three raters of up to a dozen items on a scale of four; some ratings are missing.
fn raters() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let rating = || prop_oneof![5 => (1..5_i32).prop_map(f64::from), 1 => Just(f64::NAN)];
    prop::collection::vec([rating(), rating(), rating()], 1..12).prop_map(|items| {
        (0..3)
            .map(|rater| items.iter().map(|item| item[rater]).collect())
            .collect()
    })
}

const SCALE: [f64; 4] = [1.0, 2.0, 3.0, 4.0];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn agreement_keeps_its_laws(raters in raters(), turn in 0..4_u32) {
        let ratings = Ratings::new(&raters, &SCALE);
        let map = |of: &dyn Fn(f64) -> f64| -> Vec<Vec<f64>> {
            raters.iter().map(|rater| rater.iter().map(|x| of(*x)).collect()).collect()
        };
        let other: Vec<&Vec<f64>> = raters.iter().rev().collect();
        let backwards: Vec<Vec<f64>> = raters.iter().map(|rater| rater.iter().rev().copied().collect()).collect();
        let renamed = Ratings::new(&map(&|x| (x - 1.0 + f64::from(turn)) % 4.0 + 1.0), &SCALE);
        let turned = Ratings::new(&map(&|x| 10.0 - 2.0 * x), &SCALE.map(|x| 10.0 - 2.0 * x));
        let own = Ratings::new(&[&raters[0], &raters[0]], &SCALE);
        for (list, same) in [(&NOMINAL, renamed), (&NUMERIC, turned)] {
            for (name, of) in list {
                let value = of(&ratings);
                prop_assert!(value.is_none_or(|value| value <= 1.0 + SLACK), "{} {:?}", name, value);
                prop_assert!(close(value, of(&Ratings::new(&other, &SCALE))), "{} and other raters", name);
                prop_assert!(close(value, of(&Ratings::new(&backwards, &SCALE))), "{} and other items", name);
                prop_assert!(close(value, of(&same)), "{} and another scale", name);
                prop_assert!(of(&own).is_none_or(|own| (own - 1.0).abs() < SLACK), "{} on itself", name);
            }
        }
        let share = raw_agreement(&ratings, Weights::Identity);
        prop_assert!(share.is_none_or(|share| (0.0..=1.0).contains(&share)));
        prop_assert!(share <= raw_agreement(&ratings, Weights::Linear));
    }

    #[test]
    fn an_interval_holds_its_value(raters in raters()) {
        let ratings = Ratings::new(&raters, &SCALE);
        let found = jackknife_ratings(&ratings, |of| raw_agreement(of, Weights::Identity));
        if let Some(found) = found {
            prop_assert!(found.error >= 0.0 && found.low <= found.value && found.value <= found.high);
        }
        let error = gwet(&ratings, Weights::Quadratic).and_then(|found| found.error);
        prop_assert!(error.is_none_or(|error| error >= 0.0 && error.is_finite()));
    }
}
