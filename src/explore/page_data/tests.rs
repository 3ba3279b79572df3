use std::io::Read;

use super::super::profile;
use super::*;

fn embedded(table: &Table) -> PageData {
    page_data(table, None, &profile(table), table.columns().len())
}

fn unpacked(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let packed = STANDARD.decode(text).unwrap();
    flate2::read::DeflateDecoder::new(packed.as_slice())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

fn of(cells: Cells) -> (PageColumn, Vec<u16>) {
    let table = Table::new(vec![Column {
        name: "a".to_owned(),
        cells,
    }])
    .unwrap();
    let found = embedded(&table).columns.remove(0);
    let codes = unpacked(&found.codes)
        .chunks(2)
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    (found, codes)
}

fn floats(text: &str) -> Vec<f64> {
    unpacked(text)
        .chunks(8)
        .map(|eight| f64::from_le_bytes(eight.try_into().unwrap()))
        .collect()
}

#[test]
fn few_values_come_back_as_they_were() {
    let values = vec![
        Some(2.5),
        None,
        Some(-1.0),
        Some(2.5),
        Some(f64::NAN),
        Some(-0.0),
        Some(0.0),
    ];
    let (found, codes) = of(Cells::Real(values));
    assert_eq!(floats(&found.values), [-1.0, 0.0, 2.5]);
    assert_eq!(codes, [2, NONE, 0, 2, NONE, 1, 1]);
    assert_eq!((found.exact, found.patterns), (3, false));
    let (found, codes) = of(Cells::Text(vec![
        Some("b".into()),
        None,
        Some("a\nb".into()),
    ]));
    assert_eq!(
        String::from_utf8(unpacked(&found.values)).unwrap(),
        "a b\nb"
    );
    assert_eq!(codes, [1, NONE, 0]);
}

#[test]
fn of_many_values_the_repeated_stay_exact_and_the_rest_keep_their_order() {
    let mut draws = Secret::demo(3).stream().draws();
    let values: Vec<Option<f64>> = (0..40_000)
        .map(|row| {
            Some(if row % 50 == 0 {
                9.99
            } else {
                draws.normal() * 10.0
            })
        })
        .collect();
    let (found, codes) = of(Cells::Real(values.clone()));
    let dictionary = floats(&found.values);
    assert!(
        dictionary.len() <= MOST_VALUES && found.exact >= 1,
        "{}",
        dictionary.len()
    );
    assert!(dictionary.is_sorted());
    let own = unpacked(&found.exact_flags);
    assert_eq!(own.len(), dictionary.len());
    assert_eq!(
        own.iter().map(|own| usize::from(*own)).sum::<usize>(),
        found.exact
    );
    for (code, value) in codes.iter().zip(values.iter().flatten()) {
        let near = dictionary[usize::from(*code)];
        assert!((near - value).abs() < 1.0, "{near} {value}");
        if value.to_bits() == 9.99_f64.to_bits() {
            assert_eq!(near.to_bits(), value.to_bits());
            assert_eq!(own[usize::from(*code)], 1);
        }
    }
}

#[test]
fn of_two_times_that_share_bins_every_row_keeps_its_own() {
    let time = |name: &str, step: i64| Column {
        name: name.to_owned(),
        cells: Cells::Time(
            (0..20_000)
                .map(|row| (row != 5).then_some(row * step))
                .collect(),
        ),
    };
    let alone = embedded(&Table::new(vec![time("a", 997)]).unwrap());
    assert!(alone.columns[0].exact < 20_000 && alone.columns[0].row_times.is_empty());
    let two = embedded(&Table::new(vec![time("a", 997), time("b", 1_009)]).unwrap());
    let moments = floats(&two.columns[1].row_times);
    assert_eq!(
        moments[19_999].to_bits(),
        (19_999.0 * 1_009.0_f64).to_bits()
    );
    assert!(moments.len() == 20_000 && moments[5].is_nan());
}

#[test]
fn texts_past_counting_go_by_their_masks_and_keep_their_lines() {
    let texts = (0..9_000).map(|row| Some(format!("AB-{row:05}").into()));
    let (found, codes) = of(Cells::Text(texts.chain([None]).collect()));
    assert!(found.patterns && codes[0] == 0 && codes[9_000] == NONE);
    let lines = String::from_utf8(unpacked(&found.texts)).unwrap();
    assert_eq!(lines.split('\n').count(), 9_001);
    assert_eq!(lines.split('\n').nth(7), Some("AB-00007"));
}

#[test]
fn nothing_and_extremes_are_embedded() {
    for cells in [
        Cells::Real(vec![]),
        Cells::Real(vec![None, Some(1e308), Some(-1e308), Some(1e-308)]),
        Cells::Whole(vec![Some(i64::MIN), Some(i64::MAX)]),
        Cells::Time(vec![None]),
        Cells::Text(vec![None, Some("".into())]),
    ] {
        let rows = cells.len();
        assert_eq!(of(cells).1.len(), rows);
    }
}

#[test]
fn a_column_says_whether_it_asks_for_a_log_scale_and_a_table_what_is_not_its_own() {
    let column = |name: &str, cells| Column {
        name: name.to_owned(),
        cells,
    };
    let powers = (0..600).map(|at| Some(10_f64.powf(f64::from(at) / 100.0)));
    let table = Table::new(vec![
        column("wide", Cells::Real(powers.collect())),
        column("even", Cells::Whole((0..600).map(Some).collect())),
        column(
            "far",
            Cells::Whole((1..600).chain([90_000]).map(Some).collect()),
        ),
        column(
            "below",
            Cells::Whole((-1..598).chain([90_000]).map(Some).collect()),
        ),
        column(
            "zeros",
            Cells::Whole((0..600).map(|n| Some(n * i64::from(n > 400))).collect()),
        ),
    ])
    .unwrap();
    let found = embedded(&table);
    let logs: Vec<bool> = found.columns.iter().map(|one| one.log).collect();
    assert_eq!(logs, [true, false, true, false, false]);
    assert_eq!(found.own_columns, None);
    assert_eq!(
        page_data(&table, None, &profile(&table), 1).own_columns,
        Some(1)
    );
}
