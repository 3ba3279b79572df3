use super::*;

fn table(columns: Vec<(&str, Cells)>) -> Table {
    let named = columns.into_iter().map(|(name, cells)| Column {
        name: name.to_owned(),
        cells,
    });
    Table::new(named.collect()).unwrap()
}

#[test]
fn facts_are_counted_per_column_in_file_order() {
    let found = profile(&table(vec![
        ("z", Cells::Whole(vec![Some(1), Some(2), Some(2), None])),
        (
            "a",
            Cells::Text(vec![
                Some("x".into()),
                Some("y".into()),
                Some("y".into()),
                Some("x".into()),
            ]),
        ),
    ]));
    let names: Vec<&str> = found.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["z", "a"]);
    let z = &found.columns[0];
    assert_eq!(
        (
            z.missing,
            z.distinct,
            z.most_frequent[0].value.as_str(),
            z.most_frequent[0].count
        ),
        (1, 2, "2", 2)
    );
    assert!((z.most_frequent[0].share - 2.0 / 3.0).abs() < 1e-12);
    assert!((z.numbers.as_ref().unwrap().mean - 5.0 / 3.0).abs() < 1e-12);
    assert_eq!(found.columns[1].most_frequent[0].value, "x");
    assert_eq!(found.repeated_rows, 1);
}

#[test]
fn a_missing_value_repeats_only_a_missing_value() {
    let found = profile(&table(vec![
        ("a", Cells::Whole(vec![Some(0), None, None, Some(1)])),
        (
            "b",
            Cells::Real(vec![Some(0.0), Some(-0.0), Some(0.0), None]),
        ),
    ]));
    assert_eq!(found.repeated_rows, 1);
    assert_eq!(found.columns[1].distinct, 1);
}

#[test]
fn empty_and_all_missing_tables_have_a_profile() {
    let nothing = profile(&Table::default());
    assert_eq!(
        (nothing.rows, nothing.repeated_rows, nothing.columns.len()),
        (0, 0, 0)
    );
    for cells in [
        Cells::Real(vec![None; 3]),
        Cells::Whole(vec![]),
        Cells::Time(vec![None]),
        Cells::Flag(vec![]),
        Cells::Text(vec![None; 2]),
    ] {
        let found = profile(&table(vec![("a", cells)]));
        assert_eq!(found.columns[0].distinct, 0);
        assert!(found.columns[0].histogram.is_none());
        assert!(found.columns[0].missing_share.is_finite());
    }
}

#[test]
fn a_profile_is_written_as_json_without_nulls_for_numbers() {
    let found = profile(&table(vec![(
        "a",
        Cells::Real(vec![Some(f64::INFINITY), Some(1.0)]),
    )]));
    let text = serde_json::to_string(&found).unwrap();
    assert!(text.contains("\"mean\":1.0"), "{text}");
}
