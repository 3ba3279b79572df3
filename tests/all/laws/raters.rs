//! Laws of agreement between raters.

use drumlin::measure::{
    GwetCoefficient, Interval, MeasurementLevel, Ratings, Weights, raw_agreement,
};
use proptest::prelude::*;

use super::{SLACK, close, for_all, reversed};

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

/// Changes of the scale that leave a coefficient unchanged.
#[derive(Clone, Copy, PartialEq)]
enum Scale {
    /// Categories may be permuted.
    Names,
    /// The scale may be shifted, stretched and reversed.
    Numbers,
}

fn check(scale: Scale, of: impl Fn(&Ratings) -> Option<f64>) {
    for_all((raters(), 0..4_u32), |(raters, turn)| {
        let ratings = Ratings::new(&raters, &SCALE);
        let map = |of: &dyn Fn(f64) -> f64| -> Vec<Vec<f64>> {
            raters
                .iter()
                .map(|rater| rater.iter().map(|x| of(*x)).collect())
                .collect()
        };
        let backwards: Vec<Vec<f64>> = raters.iter().map(|rater| reversed(rater)).collect();
        let same = match scale {
            Scale::Names => {
                Ratings::new(&map(&|x| (x - 1.0 + f64::from(turn)) % 4.0 + 1.0), &SCALE)
            }
            Scale::Numbers => {
                Ratings::new(&map(&|x| 10.0 - 2.0 * x), &SCALE.map(|x| 10.0 - 2.0 * x))
            }
        };
        let own = Ratings::new(&[&raters[0], &raters[0]], &SCALE);
        let value = of(&ratings);
        prop_assert!(
            value.is_none_or(|value| value <= 1.0 + SLACK),
            "{:?}",
            value
        );
        prop_assert!(
            close(value, of(&Ratings::new(&reversed(&raters), &SCALE))),
            "other raters"
        );
        prop_assert!(
            close(value, of(&Ratings::new(&backwards, &SCALE))),
            "item order"
        );
        prop_assert!(close(value, of(&same)), "another scale");
        prop_assert!(
            of(&own).is_none_or(|own| (own - 1.0).abs() < SLACK),
            "equal raters"
        );
        Ok(())
    });
}

pub(super) fn of_weights(agreement: fn(&Ratings, Weights) -> Option<f64>) {
    check(Scale::Names, |of| agreement(of, Weights::Identity));
    check(Scale::Numbers, |of| agreement(of, Weights::Quadratic));
    for_all(raters(), |raters| {
        let ratings = Ratings::new(&raters, &SCALE);
        let share = agreement(&ratings, Weights::Identity);
        prop_assert!(share.is_none_or(|share| (0.0..=1.0).contains(&share)));
        prop_assert!(share <= agreement(&ratings, Weights::Linear));
        Ok(())
    });
}

pub(super) fn of_gwet(gwet: fn(&Ratings, Weights) -> Option<GwetCoefficient>) {
    check(Scale::Names, |of| Some(gwet(of, Weights::Identity)?.value));
    check(Scale::Numbers, |of| Some(gwet(of, Weights::Linear)?.value));
    for_all(raters(), |raters| {
        let ratings = Ratings::new(&raters, &SCALE);
        let error = gwet(&ratings, Weights::Quadratic).and_then(|found| found.error);
        prop_assert!(error.is_none_or(|error| error >= 0.0 && error.is_finite()));
        Ok(())
    });
}

pub(super) fn of_levels(alpha: fn(&Ratings, MeasurementLevel) -> Option<f64>) {
    check(Scale::Names, |of| alpha(of, MeasurementLevel::Nominal));
    check(Scale::Numbers, |of| alpha(of, MeasurementLevel::Interval));
}

type OfRatings = fn(&Ratings) -> Option<f64>;

pub(super) fn of_intervals(jackknife: fn(&Ratings, OfRatings) -> Option<Interval>) {
    for_all(raters(), |raters| {
        let ratings = Ratings::new(&raters, &SCALE);
        let found = jackknife(&ratings, |of| raw_agreement(of, Weights::Identity));
        if let Some(found) = found {
            prop_assert!(found.error >= 0.0);
            prop_assert!(found.low <= found.value && found.value <= found.high);
        }
        Ok(())
    });
}
