//! Recoveries, alone and beyond rivals, against brute force: `tests/reference/recovery/` says how its
//! values were made. Its tables are made anew here, by the same hashes.

use drumlin::labels::Partition;
use drumlin::measure::{
    Answer, Beyond, Reading, Rival, recover_factor_beyond, recover_groups, recover_groups_beyond,
};
use drumlin::random::{Secret, Stream};
use serde_json::Value;

const ROWS: usize = 6_000;
/// Chance is exact there and the mean of forty permutations here: of 20 degrees of freedom it is known
/// to √(2 · 20) / (2 · 6,000 · √40 · ln 3), which is 0.0001.
const GROUPS: f64 = 5e-4;
/// Folds are other ones there.
const FACTORS: f64 = 0.01;

/// A number from 0 below `sides` for each row: a hash of the row's number.
fn coins(salt: u64, sides: u32, rows: usize) -> Vec<usize> {
    let hash = |row: usize| {
        let mut x = (row as u64 + salt * 1_000_003) as u32;
        x ^= x >> 16;
        x = x.wrapping_mul(0x7FEB_352D);
        x ^= x >> 15;
        x = x.wrapping_mul(0x846C_A68B);
        x ^= x >> 16;
        (x % sides) as usize
    };
    (0..rows).map(hash).collect()
}

fn groups(of: &[usize]) -> Partition {
    let labels: Vec<Option<String>> = of.iter().map(|group| Some(group.to_string())).collect();
    Partition::from_labels(&labels)
}

fn stream() -> Stream {
    Secret::demo(1).stream()
}

fn beyond(truth: &[usize], answer: &[usize], rival: &[usize]) -> Beyond {
    let rivals = [Rival::Groups(groups(rival))];
    recover_groups_beyond(&groups(truth), &groups(answer), &rivals, &stream()).unwrap()
}

fn expected() -> Value {
    let text = include_str!("../reference/recovery/cases.json");
    serde_json::from_str(text).unwrap()
}

/// Hold recovery of `truth` against the two numbers of a case.
fn check(case: &Value, name: &str, truth: &[usize], answer: &[usize], rival: &[usize]) {
    let alone = recover_groups(&groups(truth), &groups(answer), &stream());
    let beyond = beyond(truth, answer, rival).recovery;
    for (found, expected) in [(alone, &case[0]), (beyond, &case[1])] {
        match expected.as_f64() {
            Some(expected) => {
                let apart = (found.value.unwrap() - expected).abs();
                assert!(apart < GROUPS, "{name}: {found:?}, {expected}");
                // One in a hundred random answers is above chance; none of these is far.
                let told = found.above_chance() && found.value > Some(GROUPS);
                assert_eq!(told, expected > 0.01, "{name}: {found:?}");
            }
            None => assert_eq!(found.reading, Reading::NothingLeft, "{name}"),
        }
    }
}

#[test]
fn every_answer_to_two_truths_gets_its_own_numbers() {
    let expected = expected();
    let cases = &expected["groups"];
    let by = |salt, sides| coins(salt, sides, ROWS);
    let (a, b) = (by(1, 3), by(2, 3));
    let each = |of: &dyn Fn(usize) -> usize| (0..ROWS).map(of).collect::<Vec<usize>>();
    let (split, other, apart) = (by(5, 5), by(3, 10), by(4, 3));
    let along = each(&|row| if other[row] < 7 { a[row] } else { apart[row] });
    let parent = by(7, 6);
    let child = each(&|row| parent[row] / 2);
    let both = [
        ("b", b.clone()),
        ("a and b", each(&|row| 3 * a[row] + b[row])),
        ("a split at random", each(&|row| 5 * a[row] + split[row])),
        ("random", by(6, 6)),
        ("a xor b", each(&|row| (a[row] + b[row]) % 3)),
    ];
    let mut seen = 0;
    let mut hold = |name: &str, a: &[usize], b: &[usize], answer: &[usize]| {
        check(&cases[name]["a"], name, a, answer, b);
        check(&cases[name]["b"], name, b, answer, a);
        seen += 1;
    };
    for (name, answer) in &both {
        hold(name, &a, &b, answer);
    }
    hold("a, when b goes along", &a, &along, &a);
    hold("b, when it goes along", &a, &along, &along);
    hold("a, a function of b", &child, &parent, &child);
    assert_eq!(seen, cases.as_object().unwrap().len());
}

#[test]
fn exclusive_or_is_visible_jointly_only() {
    let (a, b) = (coins(1, 3, ROWS), coins(2, 3, ROWS));
    let xor: Vec<usize> = (0..ROWS).map(|row| (a[row] + b[row]) % 3).collect();
    let alone = recover_groups(&groups(&a), &groups(&xor), &stream());
    assert!(alone.jointly_only(&beyond(&a, &xor, &b).recovery));
    let itself = recover_groups(&groups(&a), &groups(&a), &stream());
    assert!(!itself.jointly_only(&beyond(&a, &a, &b).recovery));
}

#[test]
fn pieces_and_row_ids_are_too_fine_beyond_rivals_as_well() {
    let rows = 18_000;
    let (a, b) = (coins(1, 3, rows), coins(2, 3, rows));
    let pieces = coins(9, 3_000, rows);
    let pieces: Vec<usize> = (0..rows).map(|row| 3 * pieces[row] + a[row]).collect();
    let ids: Vec<usize> = (0..rows).collect();
    for answer in [pieces, ids] {
        let alone = recover_groups(&groups(&a), &groups(&answer), &stream());
        assert_eq!(alone.reading, Reading::TooFine);
        let beyond = beyond(&a, &answer, &b).recovery;
        assert_eq!(beyond.reading, Reading::TooFine, "{beyond:?}");
    }
}

#[test]
fn a_factor_beyond_its_rival_is_what_least_squares_says() {
    let expected = expected();
    let cases = &expected["factors"];
    let line = |salt: u64| -> Vec<f64> {
        let parts: Vec<Vec<usize>> = (0..4).map(|at| coins(salt + at, 10_000, ROWS)).collect();
        let sum = |row| parts.iter().map(|part| part[row] as f64 / 1e4).sum::<f64>() - 2.0;
        (0..ROWS).map(sum).collect()
    };
    let cut = |values: &[f64], pieces: f64| -> Vec<usize> {
        let piece = |x: &f64| ((x.clamp(-1.0, 0.999) + 1.0) * pieces / 2.0).floor() as usize;
        values.iter().map(piece).collect()
    };
    let (own, rival) = (line(20), line(30));
    let plus = |share: f64| -> Vec<f64> {
        let pairs = own.iter().zip(&rival);
        pairs.map(|(own, rival)| share * own + rival).collect()
    };
    let along = plus(1.0);
    let sides = [
        ("cuts of the factor", &along, cut(&along, 8.0)),
        ("cuts of what is its own", &along, cut(&own, 8.0)),
        ("cuts of the rival", &along, cut(&rival, 8.0)),
        ("random", &along, coins(8, 12, ROWS)),
        ("nothing left", &plus(0.1), cut(&own, 8.0)),
    ];
    assert_eq!(sides.len(), cases.as_object().unwrap().len());
    for (name, factor, answer) in sides {
        let answer = groups(&answer);
        let rivals = [Rival::Line(rival.clone())];
        let known = [factor.clone()];
        let found =
            recover_factor_beyond(factor, Answer::Groups(&answer), &rivals, &known, &stream());
        let found = found.unwrap().recovery;
        match cases[name].as_f64() {
            Some(expected) => {
                let apart = (found.value.unwrap() - expected).abs();
                assert!(apart < FACTORS, "{name}: {found:?}, {expected}");
                assert_eq!(found.above_chance(), expected > 0.01, "{name}: {found:?}");
            }
            None => assert_eq!(found.reading, Reading::NothingLeft, "{name}"),
        }
    }
}

#[test]
fn few_rows_missing_answers_and_constants_have_no_rival_to_be_held_against() {
    for rows in [0, 1, 2, 99] {
        let (a, b) = (coins(1, 2, rows), coins(2, 2, rows));
        let rivals = [Rival::Groups(groups(&b))];
        let found = recover_groups_beyond(&groups(&a), &groups(&a), &rivals, &stream());
        assert_eq!(found, None, "{rows} rows make no two strata of fifty");
    }
    let rows = 1_000;
    let (a, b) = (coins(1, 2, rows), coins(2, 2, rows));
    let nobody = Partition::from_labels::<&str>(&vec![None; rows]);
    let rivals = [Rival::Groups(groups(&b)), Rival::Line(vec![f64::NAN; rows])];
    let found = recover_groups_beyond(&groups(&a), &nobody, &rivals, &stream());
    assert_eq!(found, None);
    // A line that is nowhere is left out; the other rival is held.
    let found = recover_groups_beyond(&groups(&a), &groups(&a), &rivals, &stream()).unwrap();
    assert_eq!((found.rivals, found.strata), (vec![0], 2));
    // All rows in one group tell nothing, and that is said.
    let whole = groups(&vec![0; rows]);
    let found = recover_groups_beyond(&groups(&a), &whole, &rivals, &stream()).unwrap();
    assert_eq!(
        (found.recovery.value, found.recovery.reading),
        (Some(0.0), Reading::Trivial)
    );
    // A factor needs all rivals at once, and to vary.
    let known: [Vec<f64>; 1] = [coins(3, 9, rows).iter().map(|x| *x as f64).collect()];
    for (factor, rivals) in [
        (vec![1.0; rows], vec![Rival::Groups(groups(&b))]),
        (known[0].clone(), vec![Rival::Line(vec![f64::NAN; rows])]),
        (known[0].clone(), Vec::new()),
    ] {
        let answer = groups(&a);
        let answer = Answer::Groups(&answer);
        let found = recover_factor_beyond(&factor, answer, &rivals, &known, &stream());
        assert_eq!(found, None);
    }
}
