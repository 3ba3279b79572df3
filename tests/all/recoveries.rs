//! Recoveries, alone and with covariates held fixed, compared with brute force:
//! `tests/reference/recovery/` describes how its values were computed. Its tables are regenerated
//! here from the same hashes.

use drumlin::labels::{Memberships, Partition};
use drumlin::measure::{
    ConditionalRecovery, Covariate, Influence, Reading, RecoveryAnswer, RecoveryInterval,
    RecoveryTarget, conditional_recovery, mean_difference, recover_factor_by_axes,
    recover_factor_by_groups, recover_groups, recover_memberships,
};
use drumlin::random::{Secret, Stream};
use serde_json::Value;

const ROWS: usize = 6_000;
/// Chance is exact there and the mean of forty permutations here: with 20 degrees of freedom its
/// standard error is √(2 · 20) / (2 · 6,000 · √40 · ln 3), which is 0.0001.
const GROUPS: f64 = 5e-4;
/// Folds differ there.
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

/// The sum of four uniforms minus two: bell-shaped.
fn line(salt: u64) -> Vec<f64> {
    let parts: Vec<Vec<usize>> = (0..4).map(|at| coins(salt + at, 10_000, ROWS)).collect();
    by_row(|row| parts.iter().map(|part| part[row] as f64 / 1e4).sum::<f64>() - 2.0)
}

fn cut(values: &[f64], pieces: usize) -> Vec<usize> {
    let piece = |x: &f64| ((x.clamp(-1.0, 0.999) + 1.0) * pieces as f64 / 2.0).floor() as usize;
    values.iter().map(piece).collect()
}

/// Three hundred units, the larger ones more likely.
fn units() -> Vec<u32> {
    let hashes = coins(40, 90_000, ROWS).into_iter();
    hashes.map(|hash| (hash as f64).sqrt() as u32).collect()
}

fn by_row<T>(rule: impl Fn(usize) -> T) -> Vec<T> {
    (0..ROWS).map(rule).collect()
}

fn groups(of: &[usize]) -> Partition {
    let labels: Vec<Option<String>> = of.iter().map(|group| Some(group.to_string())).collect();
    Partition::from_labels(&labels)
}

fn stream() -> Stream {
    Secret::demo(1).stream()
}

fn conditional_groups(
    truth: &Partition,
    answer: &Partition,
    covariates: &[Covariate],
) -> Option<(ConditionalRecovery, Influence)> {
    let (truth, answer) = (
        RecoveryTarget::Groups(truth),
        RecoveryAnswer::Groups(answer),
    );
    conditional_recovery(truth, answer, covariates, &stream())
}

fn conditional(truth: &[usize], answer: &[usize], covariate: &[usize]) -> ConditionalRecovery {
    let covariates = [Covariate::Groups(groups(covariate))];
    conditional_groups(&groups(truth), &groups(answer), &covariates)
        .unwrap()
        .0
}

fn expected() -> Value {
    let text = include_str!("../reference/recovery/cases.json");
    serde_json::from_str(text).unwrap()
}

/// Compare the recovery of `truth` with the two numbers of a case.
fn check(case: &Value, name: &str, truth: &[usize], answer: &[usize], covariate: &[usize]) {
    let alone = recover_groups(&groups(truth), &groups(answer), &stream()).0;
    let beyond = conditional(truth, answer, covariate).recovery;
    for (found, expected) in [(alone, &case[0]), (beyond, &case[1])] {
        match expected.as_f64() {
            Some(expected) => {
                let apart = (found.value.unwrap() - expected).abs();
                assert!(apart < GROUPS, "{name}: {found:?}, {expected}");
                // One in a hundred random answers is above chance; none of these is far above.
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
    let alone = recover_groups(&groups(&a), &groups(&xor), &stream()).0;
    assert!(alone.jointly_only(&conditional(&a, &xor, &b).recovery));
    let itself = recover_groups(&groups(&a), &groups(&a), &stream()).0;
    assert!(!itself.jointly_only(&conditional(&a, &a, &b).recovery));
}

#[test]
fn pieces_and_row_ids_are_too_fine_conditionally_as_well() {
    let rows = 18_000;
    let (a, b) = (coins(1, 3, rows), coins(2, 3, rows));
    let pieces = coins(9, 3_000, rows);
    let pieces: Vec<usize> = (0..rows).map(|row| 3 * pieces[row] + a[row]).collect();
    let ids: Vec<usize> = (0..rows).collect();
    for answer in [pieces, ids] {
        let alone = recover_groups(&groups(&a), &groups(&answer), &stream()).0;
        assert_eq!(alone.reading, Reading::TooFine);
        let beyond = conditional(&a, &answer, &b).recovery;
        assert_eq!(beyond.reading, Reading::TooFine, "{beyond:?}");
    }
}

#[test]
fn a_factor_beyond_its_rival_is_what_least_squares_says() {
    let expected = expected();
    let cases = &expected["factors"];
    let (own, covariate) = (line(20), line(30));
    let plus = |share: f64| -> Vec<f64> {
        let pairs = own.iter().zip(&covariate);
        pairs
            .map(|(own, covariate)| share * own + covariate)
            .collect()
    };
    let along = plus(1.0);
    let sides = [
        ("cuts of the factor", &along, cut(&along, 8)),
        ("cuts of what is its own", &along, cut(&own, 8)),
        ("cuts of the covariate", &along, cut(&covariate, 8)),
        ("random", &along, coins(8, 12, ROWS)),
        ("nothing left", &plus(0.1), cut(&own, 8)),
    ];
    assert_eq!(sides.len(), cases.as_object().unwrap().len());
    for (name, factor, answer) in sides {
        let answer = groups(&answer);
        let covariates = [Covariate::Continuous(covariate.clone())];
        let known = [factor.clone()];
        let target = RecoveryTarget::Factor {
            values: factor,
            known: &known,
        };
        let found = conditional_recovery(
            target,
            RecoveryAnswer::Groups(&answer),
            &covariates,
            &stream(),
        );
        let found = found.unwrap().0.recovery;
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
        let covariates = [Covariate::Groups(groups(&b))];
        let found = conditional_groups(&groups(&a), &groups(&a), &covariates);
        assert_eq!(found, None, "{rows} rows make no two strata of fifty");
    }
    let rows = 1_000;
    let (a, b) = (coins(1, 2, rows), coins(2, 2, rows));
    let nobody = Partition::from_labels::<&str>(&vec![None; rows]);
    let covariates = [
        Covariate::Groups(groups(&b)),
        Covariate::Continuous(vec![f64::NAN; rows]),
    ];
    let found = conditional_groups(&groups(&a), &nobody, &covariates);
    assert_eq!(found, None);
    // A continuous covariate without values is skipped; the other covariate is held fixed.
    let found = conditional_groups(&groups(&a), &groups(&a), &covariates)
        .unwrap()
        .0;
    assert_eq!((found.covariates, found.strata), (vec![0], 2));
    // A single group explains nothing, and the result says so.
    let whole = groups(&vec![0; rows]);
    let found = conditional_groups(&groups(&a), &whole, &covariates)
        .unwrap()
        .0;
    assert_eq!(
        (found.recovery.value, found.recovery.reading),
        (Some(0.0), Reading::Trivial)
    );
    // A factor needs all covariates at once, and must not be constant.
    let known: [Vec<f64>; 1] = [coins(3, 9, rows).iter().map(|x| *x as f64).collect()];
    for (factor, covariates) in [
        (vec![1.0; rows], vec![Covariate::Groups(groups(&b))]),
        (
            known[0].clone(),
            vec![Covariate::Continuous(vec![f64::NAN; rows])],
        ),
        (known[0].clone(), Vec::new()),
    ] {
        let answer = groups(&a);
        let answer = RecoveryAnswer::Groups(&answer);
        let target = RecoveryTarget::Factor {
            values: &factor,
            known: &known,
        };
        let found = conditional_recovery(target, answer, &covariates, &stream());
        assert_eq!(found, None);
    }
}

#[test]
fn intervals_move_whole_units_as_leaving_each_out_does() {
    let (a, b) = (coins(1, 3, ROWS), coins(2, 3, ROWS));
    let (f, g) = (line(20), line(30));
    let units = units();
    let of = |values: &[usize]| by_row(|row| values[units[row] as usize]);
    let (trait_, guess) = (coins(41, 3, 300), coins(42, 3, 300));
    let sure: Vec<bool> = coins(43, 10, 300).iter().map(|coin| *coin < 7).collect();
    let (own, other) = (of(&trait_), of(&guess));
    let carried = line(50);
    let carried = by_row(|row| carried[units[row] as usize]);
    let rest = line(54);
    let axis = by_row(|row| carried[row] + 0.7 * rest[units[row] as usize] + 0.3 * g[row]);
    let factor = by_row(|row| carried[row] + 0.5 * f[row]);
    let told = by_row(|row| {
        if sure[units[row] as usize] {
            own[row]
        } else {
            other[row]
        }
    });
    let (luck, noise, eighths) = (coins(3, 10, ROWS), coins(4, 3, ROWS), coins(60, 10, ROWS));
    let blurred = by_row(|row| if luck[row] < 7 { a[row] } else { noise[row] });
    let shares = by_row(|row| {
        let first = if carried[row] > 0.0 && eighths[row] < 8 {
            0.8
        } else {
            0.2
        };
        [first, 1.0 - first]
    });
    let members = Memberships::from_weights(2, shares.concat()).unwrap();
    let covariate = [Covariate::Groups(groups(&b))];
    let (own, told) = (groups(&own), groups(&told));
    let beyond = conditional_groups(&own, &told, &covariate).unwrap();
    let found = [
        (
            "whole units are right or wrong",
            recover_groups(&own, &told, &stream()),
        ),
        (
            "rows are right or wrong",
            recover_groups(&groups(&a), &groups(&blurred), &stream()),
        ),
        ("beyond a covariate", (beyond.0.recovery, beyond.1)),
        (
            "memberships",
            recover_memberships(&members, &groups(&cut(&carried, 4)), &stream()),
        ),
        (
            "a factor by groups",
            recover_factor_by_groups(&factor, &groups(&cut(&axis, 6)), &stream()),
        ),
        (
            "a factor by axes",
            recover_factor_by_axes(&factor, &[axis.clone(), g.clone()], &stream()),
        ),
    ];
    let expected = &expected()["intervals"];
    for (name, (recovery, influence)) in found {
        let case = &expected[name];
        let number = |field: &str| case[field].as_f64().unwrap();
        let interval = influence.interval(Some(&units)).unwrap();
        let apart = (recovery.value.unwrap() - number("value")).abs();
        assert!(apart < 2e-3, "{name}: {recovery:?} {case}");
        assert_eq!(
            case["units"].as_u64(),
            Some(interval.units as u64),
            "{name}"
        );
        let width = (interval.high - interval.low) / (number("high") - number("low"));
        assert!((width - 1.0).abs() < 0.05, "{name}: {interval:?} {case}");
        let effective = interval.effective_rows / number("effective");
        assert!((effective - 1.0).abs() < 0.2, "{name}: {interval:?} {case}");
        // By default, each row is its own unit.
        assert_eq!(recovery.interval, influence.interval(None), "{name}");
        assert_eq!(recovery.interval.unwrap().units, ROWS, "{name}");
    }
}

/// How often the interval covers the recovery of very many rows if half of all entities are
/// labelled correctly: with whole entities as units, and with rows as units.
#[test]
fn intervals_of_whole_units_hold_the_truth_as_often_as_they_say() {
    const WORLDS: u64 = 300;
    const ENTITIES: usize = 60;
    let (mut whole, mut single) = (0, 0);
    // I and H of a balanced truth that is labelled correctly three times in four.
    let entropy = |p: f64| -p * p.ln() - (1.0 - p) * (1.0 - p).ln();
    let expected = 1.0 - entropy(0.75) / entropy(0.5);
    for world in 0..WORLDS {
        let mut draws = stream().fork("coverage").block(world).draws();
        let mut units = Vec::new();
        let (mut truth, mut answer) = (Vec::new(), Vec::new());
        for entity in 0..ENTITIES {
            let side = draws.index(2);
            let told = if draws.index(4) < 3 { side } else { 1 - side };
            for _ in 0..10 {
                units.push(entity as u32);
                truth.push(side);
                answer.push(told);
            }
        }
        let (recovery, influence) = recover_groups(&groups(&truth), &groups(&answer), &stream());
        let holds = |interval: RecoveryInterval| {
            u32::from(interval.low <= expected && expected <= interval.high)
        };
        whole += holds(influence.interval(Some(&units)).unwrap());
        single += holds(recovery.interval.unwrap());
    }
    let share = |count: u32| f64::from(count) / WORLDS as f64;
    assert!(share(whole) > 0.90, "{}", share(whole));
    assert!(share(single) < 0.60, "{}", share(single));
}

#[test]
fn differences_of_means_move_whole_units_as_least_squares_says() {
    let f = line(20);
    let carried = line(50);
    let units = units();
    let wide = coins(70, 10, 300);
    let rows = coins(71, 3, ROWS);
    let inside = by_row(|row| (wide[units[row] as usize] + rows[row]) % 10 < 3);
    let level =
        by_row(|row| carried[units[row] as usize] + 0.5 * f[row] + 0.05 * f64::from(inside[row]));
    let expected = &expected()["differences"];
    for (name, units) in [("whole units", Some(&units[..])), ("rows", None)] {
        let found = mean_difference(&level, &inside, units).unwrap();
        let near = |found: f64, field: &str| {
            let expected = expected[name][field].as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-9,
                "{name}, {field}: {found} {expected}"
            );
        };
        near(found.difference.value, "apart");
        near(found.inside - found.outside, "apart");
        near(found.difference.low, "low");
        near(found.difference.high, "high");
        near(found.p_value, "p");
    }
}
