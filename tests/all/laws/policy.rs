//! The policy for edge cases that the documentation of `drumlin::measure` states.

use drumlin::labels::Partition;
use drumlin::measure::{Contingency, Reading, adjusted_rand};

fn groups(labels: &[&str]) -> Partition {
    Partition::from_labels(&labels.iter().map(Some).collect::<Vec<_>>())
}

fn close(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 1e-12)
}

#[test]
fn trivial_partitions_agree_with_each_other_and_with_nothing_else() {
    let (whole, split) = (groups(&["a"; 5]), groups(&["x", "x", "y", "z", "z"]));
    let both = Contingency::new(&whole, &groups(&["other"; 5]));
    assert_eq!(Reading::of(&both), Reading::Trivial);
    assert!(close(adjusted_rand(&both), 1.0));
    for one in [(&whole, &split), (&split, &whole)].map(|(a, b)| Contingency::new(a, b)) {
        assert_eq!(Reading::of(&one), Reading::Trivial);
        assert!(close(adjusted_rand(&one), 0.0));
    }
    assert_eq!(Reading::of(&Contingency::new(&split, &split)), Reading::Ok);
}

#[test]
fn singletons_equal_themselves_and_are_at_chance_with_everything_else() {
    let (alone, split) = (groups(&["a", "b", "c", "d"]), groups(&["x", "x", "y", "y"]));
    let found = |a, b| adjusted_rand(&Contingency::new(a, b));
    assert!(close(found(&alone, &alone), 1.0));
    assert!(close(found(&alone, &split), 0.0));
    assert!(close(found(&split, &alone), 0.0));
}

#[test]
fn without_shared_rows_nothing_can_be_read() {
    let a = Partition::from_labels(&[Some("a"), None]);
    let b = Partition::from_labels(&[None, Some("b")]);
    let table = Contingency::new(&a, &b);
    assert_eq!(Reading::of(&table), Reading::Empty);
    assert_eq!(adjusted_rand(&table), None);
}
