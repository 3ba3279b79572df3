//! What a review says about cleaned data, compared with counts made by hand from the key.

use std::collections::BTreeSet;

use crate::harness::write_csv;
use drumlin::measure::{rmse, sd};
use drumlin::progress::Silent;
use drumlin::review::restore;
use drumlin::table::{Cell, Cells, Column, Table};
use drumlin::workflow::{ReviewRequest, review};

use crate::review_room::TestDir;

/// The key of a round with a unit slip in `context_kb`, read by hand.
struct Desk {
    dir: TestDir,
    /// Touched cells: row and column.
    touched: BTreeSet<(usize, String)>,
    /// Delivered rows in which nothing is wrong.
    fine: Vec<usize>,
    /// The column before any defect, by delivered row; none for rows that a defect added.
    clean: Vec<Option<f64>>,
    deviation: f64,
}

const COLUMN: &str = "context_kb";

impl Desk {
    fn new() -> Self {
        let dir = TestDir::new(17);
        let [rowmap, touches] = ["rowmap.parquet", "touched.parquet"].map(|one| dir.key_table(one));
        let rows = dir.key_table("rows.parquet").rows();
        let removed = dir.key_table("removed.parquet");
        let surface = restore(&dir.delivered(), &removed, &rowmap, &touches, rows).unwrap();
        let surface = surface.cells(COLUMN).unwrap().numbers().unwrap();
        let values: Vec<f64> = surface.iter().flatten().copied().collect();
        let touched: BTreeSet<(usize, String)> = (0..touches.rows())
            .map(|row| {
                let at = whole(&touches.cell("delivered", row)).unwrap();
                (at, touches.cell("column", row).show())
            })
            .collect();
        let hit: BTreeSet<usize> = touched.iter().map(|(row, _)| *row).collect();
        let delivered =
            (0..rowmap.rows()).filter(|row| rowmap.cell("delivered", *row) != Cell::Missing);
        let delivered: Vec<usize> = delivered.collect();
        let alone = |row: usize| {
            ["duplicate_group", "added_by"]
                .iter()
                .all(|name| rowmap.cell(name, row) == Cell::Missing)
        };
        let fine = delivered
            .iter()
            .filter(|row| alone(**row) && !hit.contains(row));
        Self {
            fine: fine.copied().collect(),
            clean: delivered
                .iter()
                .map(|row| whole(&rowmap.cell("source", *row)).and_then(|source| surface[source]))
                .collect(),
            deviation: sd(&values).unwrap(),
            touched,
            dir,
        }
    }

    /// Submit the delivered rows that are kept, with `mend` applied to each value of the column.
    fn clean(&self, kept: &[usize], mend: impl Fn(usize, f64) -> f64) {
        let columns = self
            .dir
            .delivered()
            .into_columns()
            .into_iter()
            .map(|column| {
                let cells = match column.cells {
                    Cells::Real(values) if column.name == COLUMN => Cells::Real(
                        (values.into_iter().enumerate())
                            .map(|(row, value)| value.map(|value| mend(row, value)))
                            .collect(),
                    ),
                    cells => cells,
                };
                Column {
                    name: column.name,
                    cells,
                }
            });
        let table = Table::new(columns.collect()).unwrap().pick(kept);
        write_csv(&self.dir.submission().join("cleaned.csv"), &table).unwrap();
    }

    fn is_touched(&self, row: usize) -> bool {
        self.touched.contains(&(row, COLUMN.to_owned()))
    }
}

fn whole(cell: &Cell) -> Option<usize> {
    match cell {
        Cell::Whole(value) => Some(*value as usize),
        _ => None,
    }
}

#[test]
fn precision_and_error_and_damage_are_as_counted_by_hand() {
    let desk = Desk::new();
    let delivered = desk.dir.delivered();
    let all: Vec<usize> = (0..delivered.rows()).collect();
    let values = delivered.cells(COLUMN).unwrap().numbers().unwrap();
    // Half of the values with a wrong unit are divided by 900 instead of 1,000, and 25 correct
    // cells are changed as well.
    let for_nothing: BTreeSet<usize> = desk
        .fine
        .iter()
        .copied()
        .filter(|row| values[*row].is_some())
        .take(25)
        .collect();
    let mend = |row: usize, value: f64| match row {
        row if for_nothing.contains(&row) => value + 5.0,
        row if desk.is_touched(row) && row % 2 == 0 => value / 900.0,
        _ => value,
    };
    desk.clean(&all, mend);
    let evidence = desk.dir.review().evidence;
    let slip = evidence
        .cleaning
        .iter()
        .find(|one| one.what == "another unit")
        .unwrap();

    let of = |row: &usize| Some((values[*row]?, desk.clean[*row]?));
    let touched: Vec<usize> = all
        .iter()
        .copied()
        .filter(|row| desk.is_touched(*row) && of(row).is_some())
        .collect();
    let changed = touched.iter().filter(|row| **row % 2 == 0).count() as u64;
    assert!(changed > 20, "{changed}");
    assert_eq!(
        (slip.acted_on.count, slip.acted_on.of),
        (changed, touched.len() as u64)
    );
    let precision = slip.precision.unwrap();
    assert_eq!((precision.count, precision.of), (changed, changed + 25));
    let [precision, recall] = [
        changed as f64 / (changed + 25) as f64,
        changed as f64 / touched.len() as f64,
    ];
    let f1 = 2.0 * precision * recall / (precision + recall);
    assert!((slip.f1.unwrap() - f1).abs() < 1e-12);

    let pairs: Vec<(f64, f64)> = touched.iter().filter_map(of).collect();
    let clean: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    let before: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    let after: Vec<f64> = touched
        .iter()
        .map(|row| mend(*row, values[*row].unwrap()))
        .collect();
    let error = slip.error.unwrap();
    assert_eq!(error.cells, touched.len() as u64);
    for (found, expected) in [(error.delivered.unwrap(), before), (error.cleaned, after)] {
        let expected = rmse(&clean, &expected).unwrap() / desk.deviation;
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
    }
    assert!(error.cleaned < error.delivered.unwrap());

    let damaged: Vec<(&str, u64)> = (evidence.damaged.iter())
        .map(|one| (one.column.as_str(), one.changed.count))
        .collect();
    assert_eq!(damaged, [(COLUMN, 25)]);
    assert_eq!(evidence.damage.unwrap().count, 25);
    assert_eq!(evidence.dropped.unwrap().of, 0);
}

#[test]
fn rows_left_out_for_nothing_are_counted() {
    let desk = Desk::new();
    let rows = desk.dir.delivered().rows();
    let kept: Vec<usize> = (0..rows).filter(|row| row % 10 != 3).collect();
    desk.clean(&kept, |_, value| value);
    let evidence = desk.dir.review().evidence;
    let lost = desk.fine.iter().filter(|row| **row % 10 == 3).count() as u64;
    let dropped = evidence.dropped.unwrap();
    assert_eq!(
        (dropped.count, dropped.of),
        (lost, (rows - kept.len()) as u64)
    );
    assert!(lost > 0 && lost < dropped.of);
    assert!(evidence.damaged.is_empty());

    // If most rows are omitted it looks like a sample, so nothing is concluded.
    let few: Vec<usize> = (0..rows).step_by(4).collect();
    desk.clean(&few, |_, value| value);
    let again = ReviewRequest {
        force: true,
        ..desk.dir.request()
    };
    assert_eq!(review(&again, &Silent).unwrap().evidence.dropped, None);
}
