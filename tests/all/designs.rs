//! The design that a certificate must accept, and its verdicts at more extreme settings. The
//! benchmark `known_cases` has the full sweep.

use drumlin::certify::{ReasonKind, Verdict, judge};
use drumlin::random::{Secret, Stream};
use drumlin::scenario::Thresholds;

use crate::design::Design;

/// Checked with seeds 1 to 5; one is enough to detect changes.
const SEEDS: std::ops::Range<u64> = 1..2;

fn verdict(separation: f64, noise: f64, how: (bool, f64), stream: &Stream) -> Verdict {
    let design = Design::draw(separation, noise, how, stream);
    judge(&design.measured(stream), &Thresholds::default())
}

#[test]
fn a_soft_design_of_equal_directions_is_accepted() {
    for seed in SEEDS {
        let stream = Secret::demo(seed).stream().fork("design");
        let verdict = verdict(1.0, 1.0, (true, 1.0), &stream);
        assert!(verdict.accepted(), "{seed}: {:?}", verdict.reasons);
    }
}

#[test]
fn archetypes_pushed_apart_are_too_clear() {
    for seed in SEEDS {
        let stream = Secret::demo(seed).stream().fork("design");
        let verdict = verdict(4.0, 0.7, (true, 4.0), &stream);
        assert_eq!(verdict.kind(), Some(ReasonKind::TooClear), "{seed}");
    }
}

#[test]
fn unequal_directions_are_dull_and_noise_drowns_meaning() {
    for seed in SEEDS {
        let stream = Secret::demo(seed).stream().fork("design");
        let dull = verdict(1.0, 1.0, (false, 1.0), &stream);
        assert_eq!(
            dull.kind(),
            Some(ReasonKind::Dull),
            "{seed}: {:?}",
            dull.reasons
        );
        let drowned = verdict(1.0, 6.0, (true, 1.0), &stream);
        assert_eq!(drowned.kind(), Some(ReasonKind::Meaningless), "{seed}");
    }
}
