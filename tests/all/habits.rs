//! Dependence between columns other than through structures, in a scenario made from the template.

use std::collections::BTreeMap;
use std::sync::Arc;

use drumlin::generate::{BundleContext, FrozenWorld, source};
use drumlin::measure::spearman;
use drumlin::random::Secret;
use drumlin::scenario::{parse, template};
use drumlin::table::{Cell, Cells, DAY, Table};

/// A real-valued column with further keys, to insert before `channel`.
pub(crate) fn real(name: &str, more: &str) -> String {
    format!(
        "name = \"{name}\"\nkind = \"real\"\nmedian = 3\np95 = 20\ndigits = 3\n\
         signal = 0.0\n{more}description = \"{name}\"\n\n[[column]]\n"
    )
}

/// The template with some lines replaced, and its output.
pub(crate) fn table_of(changes: &[(&str, &str)]) -> Table {
    source(&context_of(changes), 0).clean
}

/// The template with some lines replaced, ready to be drawn.
pub(crate) fn context_of(changes: &[(&str, &str)]) -> BundleContext {
    let mut text = template("habits").unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let scenario = Arc::new(parse("habits.toml", &text).unwrap());
    let stream = Secret::demo(3).stream();
    FrozenWorld::draw(scenario, &stream).bundle(stream.fork("rows"), 20_000)
}

pub(crate) fn numbers(table: &Table, name: &str) -> Vec<f64> {
    let numbers = table.cells(name).unwrap().numbers().unwrap();
    numbers.into_iter().map(|v| v.unwrap_or(f64::NAN)).collect()
}

pub(crate) fn texts(table: &Table, name: &str) -> Vec<Option<String>> {
    let texts = table.cells(name).unwrap().texts().into_iter();
    texts
        .map(|text| text.map(|text| text.to_string()))
        .collect()
}

pub(crate) fn moments(table: &Table, name: &str) -> Vec<Option<i64>> {
    match table.cells(name).unwrap() {
        Cells::Time(moments) => moments.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_column_follows_its_parent_with_the_requested_correlation() {
    for (by, low, high) in [(0.8, 0.7, 0.85), (-0.6, -0.65, -0.5)] {
        let both = real("cups", "")
            + &real("lids", &format!("follows = {{ cups = {by} }}\n"))
            + "name = \"channel\"\n";
        let table = table_of(&[("name = \"channel\"\n", &both)]);
        let found = spearman(&numbers(&table, "cups"), &numbers(&table, "lids")).unwrap();
        assert!((low..high).contains(&found), "{by}: {found}");
    }
}

#[test]
fn exact_zeros_and_ones_have_their_shares_and_keep_the_median_of_the_rest() {
    let ends = "median = 0.35\np95 = 0.8\nzeros = 0.2\nones = 0.1\ndigits = 2";
    let table = table_of(&[("median = 0.35\np95 = 0.8\ndigits = 2", ends)]);
    let values = numbers(&table, "milk_share");
    let share = |wanted: f64| {
        let hits = values
            .iter()
            .filter(|v| (**v - wanted).abs() < 1e-12)
            .count();
        hits as f64 / values.len() as f64
    };
    // Rounding to two digits adds a few.
    assert!((0.18..0.225).contains(&share(0.0)), "{}", share(0.0));
    assert!((0.085..0.12).contains(&share(1.0)), "{}", share(1.0));
    let mut inner: Vec<f64> = values
        .into_iter()
        .filter(|v| *v > 0.0 && *v < 1.0)
        .collect();
    inner.sort_by(f64::total_cmp);
    let median = inner[inner.len() / 2];
    assert!((0.31..0.39).contains(&median), "{median}");
}

#[test]
fn missingness_follows_its_condition_and_its_own_rate() {
    let bound = "unit = \"g\"\nwhere = { channel = [\"app\", \"phone\"] }\nmissing = 0.1\n";
    let table = table_of(&[("unit = \"g\"\n", bound)]);
    let mut counts: BTreeMap<bool, (usize, usize)> = BTreeMap::new();
    for (channel, sugar) in texts(&table, "channel")
        .iter()
        .zip(numbers(&table, "sugar_g"))
    {
        let fits = channel.as_deref() != Some("counter");
        let (empty, all) = counts.entry(fits).or_default();
        *empty += usize::from(sugar.is_nan());
        *all += 1;
    }
    assert_eq!(counts[&false].0, counts[&false].1);
    let rate = counts[&true].0 as f64 / counts[&true].1 as f64;
    assert!((0.085..0.115).contains(&rate), "{rate}");
}

#[test]
fn rollouts_proceed_in_order_and_never_back() {
    let rollout = "name = \"channel\"\nkind = \"category\"\nrollout = true\n\
                   effects = { time = 4.0 }\n";
    let table = table_of(&[("name = \"channel\"\nkind = \"category\"\n", rollout)]);
    let order = ["counter", "app", "phone"];
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut back = 0;
    let entities = texts(&table, "kiosk_id").into_iter().flatten();
    for (entity, level) in entities.zip(texts(&table, "channel").into_iter().flatten()) {
        let at = order.iter().position(|name| *name == level).unwrap();
        let before = last.insert(entity, at).unwrap_or(0);
        back += usize::from(at < before);
    }
    assert_eq!(back, 0);
    // At least one entity has completed the rollout.
    assert!(last.values().any(|at| *at == 2));
}

#[test]
fn business_hours_apply_and_later_moments_are_missing() {
    let second = "name = \"done_at\"\nkind = \"timestamp\"\nafter = \"ordered_at\"\n\
                  median = 20\np95 = 90\nunit = \"h\"\nwithin = [8, 18]\nworkdays = true\n\
                  cut_off = true\ndescription = \"d\"\n\n[[column]]\nname = \"channel\"\n";
    let table = table_of(&[("name = \"channel\"\n", second)]);
    let done = moments(&table, "done_at");
    let first = moments(&table, "ordered_at");
    for (done, ordered) in done.iter().zip(&first) {
        let Some(done) = done else { continue };
        assert!(*done >= ordered.unwrap());
        assert!((8..18).contains(&(done.rem_euclid(DAY) / 3_600_000)));
        assert!((done.div_euclid(DAY) + 3).rem_euclid(7) < 5);
    }
    let open = done.iter().filter(|done| done.is_none()).count();
    assert!((50..2_000).contains(&open), "{open}");
}

#[test]
fn closed_days_have_almost_no_rows() {
    let table = table_of(&[]);
    let day = |text: &str| drumlin::table::parse_time(text).unwrap().div_euclid(DAY);
    let count = |text: &str| {
        let all = moments(&table, "ordered_at").into_iter().flatten();
        all.filter(|moment| moment.div_euclid(DAY) == day(text))
            .count()
    };
    // A Friday and the day before.
    assert!(count("2026-05-01") * 10 < count("2026-04-24"));
}

#[test]
fn phrases_occur_only_with_their_levels() {
    let bound = "[[phrase]]\ntext = \"to the window\"\nwhere = { town = [\"Dorn\"] }\n\n\
                 [[phrase]]\ntext = \"quick {drink}\"";
    let table = table_of(&[
        ("[[phrase]]\ntext = \"quick {drink}\"", bound),
        ("typos = 0.003", "typos = 0.0"),
    ]);
    let towns = texts(&table, "town");
    let mut seen = 0;
    for (row, note) in texts(&table, "note").into_iter().enumerate() {
        if note.is_some_and(|note| note.eq_ignore_ascii_case("to the window")) {
            assert_eq!(towns[row].as_deref(), Some("Dorn"));
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn entities_mostly_keep_their_writing_style() {
    let table = table_of(&[
        ("typos = 0.003", "typos = 0.0"),
        ("text = \"{drink}\"", "text = \"A {drink}\""),
    ]);
    let mut ways: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    let entities = texts(&table, "kiosk_id").into_iter().flatten();
    for (entity, note) in entities.zip(texts(&table, "note").into_iter().flatten()) {
        if note.to_lowercase().starts_with("a ") {
            ways.entry(entity).or_default()[usize::from(note.starts_with('a'))] += 1.0;
        }
    }
    let shares: Vec<f64> = ways
        .values()
        .filter(|[upper, lower]| upper + lower >= 20.0)
        .map(|[upper, lower]| lower / (upper + lower))
        .collect();
    assert!(shares.len() > 20);
    // No entity mixes both about equally, and both kinds of entity exist.
    assert!(
        shares.iter().all(|share| !(0.4..0.5).contains(share)),
        "{shares:?}"
    );
    assert!(shares.iter().any(|share| *share > 0.6) && shares.iter().any(|share| *share < 0.2));
    assert!(shares.iter().any(|share| *share > 0.0 && *share < 1.0));
}

#[test]
fn columns_without_missingness_are_complete() {
    let table = table_of(&[]);
    for column in table.columns() {
        let empty = (0..column.cells.len()).any(|row| column.cells.cell(row) == Cell::Missing);
        assert!(!empty || column.name == "per_second", "{}", column.name);
    }
}
