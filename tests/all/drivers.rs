//! Effects on columns other than structures, in a scenario made from the template.

use std::collections::BTreeMap;

use drumlin::generate::{children, source};
use drumlin::measure::{mean, quantile, sd, spearman};
use drumlin::scenario::{parse, template};
use drumlin::table::{Cells, DAY, HOUR, Table};

use crate::habits::{context_of, moments, numbers, real, table_of, texts};

/// A table in which `cups`, with these keys, precedes `channel`.
fn cups(more: &str) -> Table {
    let column = real("cups", more) + "name = \"channel\"\n";
    table_of(&[("name = \"channel\"\n", &column)])
}

/// The logarithms of a column, by group.
fn by<K: Ord>(table: &Table, name: &str, groups: Vec<K>) -> BTreeMap<K, Vec<f64>> {
    let mut found: BTreeMap<K, Vec<f64>> = BTreeMap::new();
    for (group, value) in groups.into_iter().zip(numbers(table, name)) {
        found.entry(group).or_default().push(value.ln());
    }
    found
}

/// Means of groups of at least 30 rows.
fn means<K: Ord>(groups: &BTreeMap<K, Vec<f64>>) -> Vec<f64> {
    let large = groups.values().filter(|values| values.len() >= 30);
    large.filter_map(|values| mean(values)).collect()
}

fn days(table: &Table) -> Vec<i64> {
    let moments = moments(table, "ordered_at").into_iter().flatten();
    moments.map(|moment| moment.div_euclid(DAY)).collect()
}

#[test]
fn effects_shift_rows_and_keep_the_requested_distribution() {
    let table = cups(
        "effects = { kiosk = 0.8, day = 0.6, weekday = { Saturday = 1.0 }, hour = { \"12\" = 1.0 }, \
         town = { Dorn = -1.0 }, size = 0.5 }\n",
    );
    let values = numbers(&table, "cups");
    let median = quantile(&values, 0.5).unwrap();
    let p95 = quantile(&values, 0.95).unwrap();
    assert!((2.6..3.4).contains(&median), "{median}");
    assert!((16.0..25.0).contains(&p95), "{p95}");
}

#[test]
fn weekday_and_hour_effects_shift_only_their_rows() {
    let table = cups("effects = { weekday = { Saturday = 1.0 }, hour = { \"12\" = -1.0 } }\n");
    let spread = sd(&numbers(&table, "cups")
        .iter()
        .map(|v| v.ln())
        .collect::<Vec<_>>())
    .unwrap();
    let weekdays = days(&table).into_iter().map(|day| (day + 3).rem_euclid(7));
    let groups = by(&table, "cups", weekdays.collect());
    let of = |weekday: i64| mean(&groups[&weekday]).unwrap() / spread;
    assert!((0.6..1.1).contains(&(of(5) - of(2))), "{}", of(5) - of(2));
    assert!((of(3) - of(2)).abs() < 0.15);
    let hours = moments(&table, "ordered_at").into_iter().flatten();
    let hours = hours.map(|moment| moment.rem_euclid(DAY) / HOUR);
    let groups = by(&table, "cups", hours.collect());
    let of = |hour: i64| mean(&groups[&hour]).unwrap() / spread;
    assert!(
        (-1.1..-0.6).contains(&(of(12) - of(10))),
        "{}",
        of(12) - of(10)
    );
}

#[test]
fn random_day_effects_enter_only_the_columns_that_name_them() {
    let three = real("cups", "effects = { day = 0.8 }\n")
        + &real("lids", "effects = { day = -0.8 }\n")
        + &real("straws", "")
        + "name = \"channel\"\n";
    let table = table_of(&[("name = \"channel\"\n", &three)]);
    let daily = |name: &str| means(&by(&table, name, days(&table)));
    let (cups, lids, straws) = (daily("cups"), daily("lids"), daily("straws"));
    assert!(spearman(&cups, &lids).unwrap() < -0.9);
    assert!(sd(&straws).unwrap() < 0.35 * sd(&cups).unwrap());
}

#[test]
fn random_entity_effects_differ_by_level() {
    let table = cups("effects = { kiosk = { town = 0.0 } }\n");
    let still = sd(&means(&by(&table, "cups", texts(&table, "kiosk_id")))).unwrap();
    let two = real("cups", "effects = { kiosk = { size = 1.0 } }\n")
        + &real("lids", "effects = { kiosk = 1.0 }\n")
        + "name = \"channel\"\n";
    let size = "name = \"size\"\nkind = \"category\"\nlevels = [{ name = \"small\", share = 0.6 }, \
                { name = \"large\", share = 0.4 }]\ndescription = \"d\"\n\n[[column]]\n";
    let table = table_of(&[("name = \"channel\"\n", &(size.to_owned() + &two))]);
    let kiosks = texts(&table, "kiosk_id");
    let pairs: Vec<_> = kiosks.iter().zip(texts(&table, "size")).collect();
    let of = |level: &str, name: &str| -> BTreeMap<String, f64> {
        let groups = by(&table, name, pairs.clone());
        let mine = groups
            .into_iter()
            .filter(|((_, with), values)| with.as_deref() == Some(level) && values.len() >= 30);
        mine.map(|((kiosk, _), values)| (kiosk.clone().unwrap(), mean(&values).unwrap()))
            .collect()
    };
    let along = |name: &str| {
        let (small, large) = (of("small", name), of("large", name));
        let both: Vec<(f64, f64)> = small
            .iter()
            .filter_map(|(kiosk, mean)| Some((*mean, *large.get(kiosk)?)))
            .collect();
        assert!(both.len() > 30, "{}", both.len());
        let (x, y): (Vec<f64>, Vec<f64>) = both.into_iter().unzip();
        (spearman(&x, &y).unwrap(), sd(&x).unwrap())
    };
    let (own, spread) = along("cups");
    assert!(
        own.abs() < 0.35 && spread > 2.0 * still,
        "{own}, {spread}, {still}"
    );
    let (same, _) = along("lids");
    assert!(same > 0.85, "{same}");
}

#[test]
fn categories_and_flags_affect_later_columns() {
    let flag = "name = \"rush\"\nkind = \"flag\"\nshare = 0.3\ndescription = \"d\"\n\n[[column]]\n";
    let more = real(
        "cups",
        "effects = { channel = { app = 1.0 }, rush = { true = -1.0 } }\n",
    );
    let table = table_of(&[(
        "name = \"items\"\n",
        &(flag.to_owned() + &more + "name = \"items\"\n"),
    )]);
    let groups = by(&table, "cups", texts(&table, "channel"));
    let of = |level: &str| mean(&groups[&Some(level.to_owned())]).unwrap();
    assert!(of("app") - of("counter") > 0.6);
    assert!((of("phone") - of("counter")).abs() < 0.15);
    let Cells::Flag(flags) = table.cells("rush").unwrap() else {
        panic!("a flag")
    };
    let groups = by(
        &table,
        "cups",
        flags.iter().map(|flag| flag.unwrap()).collect(),
    );
    assert!(mean(&groups[&true]).unwrap() < mean(&groups[&false]).unwrap() - 0.6);
}

#[test]
fn all_effects_apply_to_child_tables() {
    let keys = "kind = \"real\"\nmedian = 3\np95 = 9\ndigits = 2\neffects = { time = 1.5, size = 0.3, \
                colour = { red = 1.0 }, day = { town = 0.3 }, kiosk = 0.3, month = { May = 0.3 }, \
                weekday = { Friday = 0.2 }, hour = { \"9\" = 0.2 } }\nsignal = 0.0\n";
    let column = |name: &str, keys: &str| {
        format!("[[child.column]]\nname = \"{name}\"\n{keys}description = \"d\"\n\n")
    };
    let child = "[[child]]\nname = \"stamps\"\nrow = \"stamp\"\n\
                 per_row = { median = 2, p95 = 9 }\ndays = 10\n\n"
        .to_owned()
        + &column("stamp_id", "kind = \"identifier\"\n")
        + &column("order_id", "kind = \"reference\"\n")
        + &column("at", "kind = \"timestamp\"\n")
        + &column(
            "colour",
            "kind = \"category\"\nlevels = [{ name = \"red\", share = 0.4 }, \
             { name = \"blue\", share = 0.6 }]\n",
        )
        + &column("ink", keys)
        + "[[factor]]\nname = \"hurry\"\n";
    let context = context_of(&[("[[factor]]\nname = \"hurry\"\n", &child)]);
    let main = source(&context, 0);
    let stamps = &children(&context, 0, &main)[0].clean;
    let groups = by(stamps, "ink", texts(stamps, "colour"));
    let of = |level: &str| mean(&groups[&Some(level.to_owned())]).unwrap();
    assert!(of("red") - of("blue") > 0.3, "{} {}", of("red"), of("blue"));
    let ink = numbers(stamps, "ink");
    let half = ink.len() / 2;
    let rise = quantile(&ink[half..], 0.5).unwrap() / quantile(&ink[..half], 0.5).unwrap();
    assert!(rise > 1.2, "{rise}");
}

#[test]
fn size_effects_follow_entity_size() {
    let seats = "name = \"seats\"\nkind = \"count\"\nper = \"kiosk\"\nmedian = 12\np95 = 60\n\
                 signal = 0.0\neffects = { size = 2.0 }\ndescription = \"d\"\n\n[[column]]\n\
                 name = \"channel\"\n";
    let table = table_of(&[("name = \"channel\"\n", seats)]);
    let mut rows: BTreeMap<Option<String>, (f64, f64)> = BTreeMap::new();
    for (kiosk, seats) in texts(&table, "kiosk_id")
        .into_iter()
        .zip(numbers(&table, "seats"))
    {
        let entry = rows.entry(kiosk).or_default();
        *entry = (entry.0 + 1.0, seats);
    }
    let (counts, seats): (Vec<f64>, Vec<f64>) = rows.into_values().unzip();
    assert!(spearman(&counts, &seats).unwrap() > 0.6);
}

#[test]
fn a_column_that_follows_a_related_one_keeps_its_distribution() {
    // Both get most of their variance from the same structures.
    let kin = real("cups", "").replace("signal = 0.0", "signal = 0.9")
        + &real("lids", "follows = { cups = 0.7 }\n").replace("signal = 0.0", "signal = 0.9")
        + "name = \"channel\"\n";
    let table = table_of(&[("name = \"channel\"\n", &kin)]);
    let values = numbers(&table, "lids");
    let p95 = quantile(&values, 0.95).unwrap();
    assert!((16.5..24.0).contains(&p95), "{p95}");
}

#[test]
fn phrases_can_depend_on_values_and_months() {
    let bound = "[[phrase]]\ntext = \"what a line\"\n\
                 where = { queue = { from = 6 }, month = [\"April\", \"May\"] }\n\n\
                 [[phrase]]\ntext = \"quick {drink}\"";
    let table = table_of(&[
        ("[[phrase]]\ntext = \"quick {drink}\"", bound),
        ("typos = 0.003", "typos = 0.0"),
    ]);
    let (queue, at) = (numbers(&table, "queue"), moments(&table, "ordered_at"));
    let mut seen = 0;
    for (row, note) in texts(&table, "note").into_iter().enumerate() {
        if note.is_some_and(|note| note.to_lowercase().starts_with("what a line")) {
            assert!(queue[row] >= 6.0);
            let month = drumlin::table::show_time(at[row].unwrap())[5..7].to_owned();
            assert!(["04", "05"].contains(&month.as_str()), "{month}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn an_unknown_effect_is_refused_with_a_suggestion() {
    for (keys, says) in [
        (
            "effects = { weekday = { Saterday = 1.0 } }\n",
            "did you mean `Saturday`?",
        ),
        (
            "effects = { chanel = { app = 1.0 } }\n",
            "is nothing that can",
        ),
        (
            "effects = { day = { town = 1.0, kiosk = 1.0 } }\n",
            "expected one",
        ),
        ("effects = { time = { town = 1.0 } }\n", "expected a number"),
        (
            "effects = { hour = 3 }\n",
            "expected a shift for each level",
        ),
    ] {
        let column = real("cups", keys) + "name = \"channel\"\n";
        let text = template("habits").unwrap();
        let text = text.replacen("name = \"channel\"\n", &column, 1);
        let error = format!(
            "{:?}",
            miette::Report::new(parse("habits.toml", &text).unwrap_err())
        );
        assert!(error.contains(says), "{keys}: {error}");
    }
}
