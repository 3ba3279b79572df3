//! How much of soft memberships an answer recovers.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{Reading, recover_groups, recover_memberships};
use drumlin::random::Secret;

/// Mixtures of two types along a gradient, and the row's position on it.
fn gradient(rows: usize) -> (Memberships, Vec<f64>) {
    let mut draws = Secret::demo(8).stream().draws();
    let places: Vec<f64> = (0..rows).map(|_| draws.normal()).collect();
    let weights = places.iter().flat_map(|x| [1.0, (2.0 * x).exp()]).collect();
    (Memberships::from_weights(2, weights).unwrap(), places)
}

fn cut(places: &[f64], width: f64) -> Partition {
    let labels: Vec<Option<String>> = places
        .iter()
        .map(|x| Some((x / width).floor().to_string()))
        .collect();
    Partition::from_labels(&labels)
}

#[test]
fn crisp_memberships_are_recovered_like_hard_groups() {
    let codes: Vec<usize> = (0..900).map(|row| row * 7 % 11 % 3).collect();
    let weights = codes
        .iter()
        .flat_map(|code| (0..3).map(|g| f64::from(u8::from(g == *code))));
    let soft = Memberships::from_weights(3, weights.collect()).unwrap();
    let hard = soft.argmax(["a", "b", "c"].map(str::to_owned).to_vec());
    let labels: Vec<Option<String>> = (0..900)
        .map(|row| Some(((codes[row] + row % 5 / 4) % 4).to_string()))
        .collect();
    let answer = Partition::from_labels(&labels);
    let stream = Secret::demo(1).stream();
    let softly = recover_memberships(&soft, &answer, &stream)
        .0
        .value
        .unwrap();
    let hardly = recover_groups(&hard, &answer, &stream).0.value.unwrap();
    // Two draws from the same null distribution: four of its standard errors.
    assert!((softly - hardly).abs() < 0.005, "{softly} {hardly}");
}

#[test]
fn finer_cuts_of_a_gradient_recover_more_and_two_groups_not_all() {
    let (truth, places) = gradient(8000);
    let stream = Secret::demo(1).stream();
    let halves = recover_memberships(&truth, &cut(&places, 100.0), &stream).0;
    let fine = recover_memberships(&truth, &cut(&places, 0.25), &stream).0;
    assert!(halves.value.unwrap() > 0.5 && halves.value < fine.value);
    assert!(fine.value.unwrap() > 0.95 && fine.value.unwrap() < 1.0);
    assert_eq!(halves.reading, Reading::Ok);
}

#[test]
fn the_same_mixture_everywhere_is_trivial() {
    let truth = Memberships::from_weights(2, [0.3, 0.7].repeat(90)).unwrap();
    let answer = cut(&(0..90).map(f64::from).collect::<Vec<_>>(), 45.0);
    let recovery = recover_memberships(&truth, &answer, &Secret::demo(1).stream()).0;
    assert_eq!(
        (recovery.value, recovery.reading),
        (Some(0.0), Reading::Trivial)
    );
}
