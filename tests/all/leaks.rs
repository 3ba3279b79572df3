//! Nothing leaks: apart from its values, the released CSV (row order, letters of ids, last digits
//! of numbers) reveals nothing about any latent. Missing cells may: values that were never
//! measured, or never happened, are part of the world and described in the dictionary.
//!
//! Each probe is compared with each latent by its covariance within strata, in standard deviations
//! over all permutations within them. These are known exactly (Mantel 1963; for the next row
//! approximately, at thousands of rows). A latent of the entity is constant within its rows, so
//! rows are compared within their entity, and entities by their means: permutations move only what
//! can be moved.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use drumlin::scenario::names;
use drumlin::table::{Cells, Table, parse_csv_text, read_parquet};

use crate::harness::TestDir;

/// Standard deviations above which a probe counts as a leak: by chance, one in five million tests.
/// The suite runs about three thousand, always with the same secrets.
const TELLS: f64 = 5.2;
/// Number of rows with neighbouring values of a column, within which digits are compared.
const STRATUM: usize = 20;
/// Minimum number of distinct values for a column's last digit to differ from its value.
const FINE: usize = 500;

/// Covariance of two numbers within strata, in standard deviations over permutations; 0 if nothing
/// varies.
fn beyond_chance(strata: &[Vec<usize>], x: &[f64], y: &[f64]) -> f64 {
    let (mut covariance, mut variance) = (0.0, 0.0);
    for rows in strata.iter().filter(|rows| rows.len() > 1) {
        let of = |values: &[f64]| {
            let mean = rows.iter().map(|row| values[*row]).sum::<f64>() / rows.len() as f64;
            rows.iter()
                .map(|row| values[*row] - mean)
                .collect::<Vec<f64>>()
        };
        let (x, y) = (of(x), of(y));
        let square = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>();
        covariance += x.iter().zip(&y).map(|(x, y)| x * y).sum::<f64>();
        variance += square(&x) * square(&y) / (rows.len() - 1) as f64;
    }
    if variance > 1e-9 {
        covariance / variance.sqrt()
    } else {
        0.0
    }
}

/// The released part of a table, with the latents of its rows.
struct Released {
    table: Table,
    latents: Vec<(String, Vec<f64>)>,
    /// Rows of each entity.
    entities: Vec<Vec<usize>>,
    ids: [String; 2],
    /// Cells that a defect touched.
    touched: BTreeSet<(usize, String)>,
}

fn numbers(table: &Table, name: &str) -> Vec<Option<f64>> {
    table.cells(name).and_then(Cells::numbers).unwrap()
}

impl Released {
    fn read(dir: &Path, scenario: &str) -> Self {
        let csv = dir.join(format!("candidate/candidate-1/data/{scenario}.csv"));
        let table = parse_csv_text(&csv, &fs::read(&csv).unwrap()).unwrap();
        let key = |name: &str| read_parquet(&dir.join("key/candidate-1").join(name)).unwrap();
        let (truth, map, touches) = (
            key("rows.parquet"),
            key("rowmap.parquet"),
            key("touched.parquet"),
        );
        let mut ids = truth.names().filter(|name| !name.contains('.'));
        let ids = [ids.next().unwrap(), ids.next().unwrap()].map(str::to_owned);
        let id = match ids[0].as_str() {
            "row_id" => table.names().next().unwrap().to_owned(),
            other => other.to_owned(),
        };
        // As generated: rows added by a defect are not rows of their own.
        let added = map.cells("added_by").unwrap().texts();
        let (delivered, sources) = (numbers(&map, "delivered"), numbers(&map, "source"));
        let mut source = vec![None; table.rows()];
        for row in (0..map.rows()).filter(|row| added[*row].is_none()) {
            if let (Some(at), Some(from)) = (delivered[row], sources[row]) {
                source[at as usize] = Some(from as usize);
            }
        }
        let mut entities: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let whose = truth.cells(&ids[1]).unwrap().texts();
        for (row, source) in source.iter().enumerate() {
            if let Some(source) = source {
                let whose = whose[*source].as_deref().unwrap_or_default().to_owned();
                entities.entry(whose).or_default().push(row);
            }
        }
        let named = |name: &&str| {
            let deep = name.matches('.').count() > 2;
            let kinds = ["factor.", "member.", "split."];
            !deep && kinds.iter().any(|kind| name.starts_with(kind))
        };
        let latents = truth.names().filter(named).map(|name| {
            let values = numbers(&truth, name);
            let of_row = |source: &Option<usize>| source.map_or(0.0, |row| values[row].unwrap());
            (name.to_owned(), source.iter().map(of_row).collect())
        });
        let latents = latents.collect();
        let columns = touches.cells("column").unwrap().texts();
        let touched = numbers(&touches, "delivered").into_iter().zip(columns);
        Self {
            latents,
            entities: entities.into_values().collect(),
            ids: [id, ids[1].clone()],
            touched: touched
                .map(|(row, column)| (row.unwrap() as usize, column.unwrap().to_string()))
                .collect(),
            table,
        }
    }

    fn texts(&self, column: &str) -> Vec<String> {
        let texts = self.table.cells(column).unwrap().texts();
        texts
            .into_iter()
            .map(|text| text.map_or_else(String::new, |text| text.to_string()))
            .collect()
    }

    /// The strongest of all probes (standard deviations, probe and latent), and the number of
    /// probes.
    fn strongest(&self) -> (f64, String, usize) {
        let mut strongest = (0.0, String::new());
        let mut tried = 0;
        for (name, latent) in &self.latents {
            for (probe, z) in self.told(latent) {
                assert!(z.is_finite(), "{probe} of {name}");
                tried += 1;
                if z.abs() > strongest.0 {
                    strongest = (z.abs(), format!("{probe} of {name}"));
                }
            }
        }
        (strongest.0, strongest.1, tried)
    }

    /// The result of every probe for one latent.
    fn told(&self, latent: &[f64]) -> Vec<(String, f64)> {
        let within = self.within_entities(latent);
        let rows: Vec<usize> = self.entities.concat();
        let all = [{
            let mut rows = rows;
            rows.sort_unstable();
            rows
        }];
        let mut told = Vec::new();
        let position: Vec<f64> = (0..self.table.rows()).map(|row| row as f64).collect();
        told.push((
            "the order of rows".to_owned(),
            beyond_chance(&all, &position, &within),
        ));
        let mut next = within.clone();
        for pair in all[0].windows(2) {
            next[pair[0]] = within[pair[1]];
        }
        let inside = [all[0][..all[0].len() - 1].to_vec()];
        told.push((
            "the next row".to_owned(),
            beyond_chance(&inside, &next, &within),
        ));
        for (place, letter) in letters(&self.texts(&self.ids[0])).into_iter().enumerate() {
            let z = beyond_chance(&all, &letter, &within);
            told.push((format!("letter {place} of {}", self.ids[0]), z));
        }
        told.extend(self.told_by_entities(latent));
        for column in self.table.columns() {
            told.extend(self.told_by_digits(&column.name, &within));
        }
        told
    }

    /// A latent minus its mean over the rows of an entity.
    fn within_entities(&self, latent: &[f64]) -> Vec<f64> {
        let mut within = vec![0.0; latent.len()];
        for rows in &self.entities {
            let mean = rows.iter().map(|row| latent[*row]).sum::<f64>() / rows.len() as f64;
            for row in rows {
                within[*row] = latent[*row] - mean;
            }
        }
        within
    }

    fn told_by_entities(&self, latent: &[f64]) -> Vec<(String, f64)> {
        let of = |rows: &Vec<usize>| rows.iter().map(|row| latent[*row]).sum::<f64>();
        let means: Vec<f64> = self
            .entities
            .iter()
            .map(|rows| of(rows) / rows.len() as f64)
            .collect();
        let all = [(0..means.len()).collect::<Vec<usize>>()];
        let texts = self.texts(&self.ids[1]);
        let ids: Vec<String> = self
            .entities
            .iter()
            .map(|rows| texts[rows[0]].clone())
            .collect();
        let letters = letters(&ids)
            .into_iter()
            .enumerate()
            .map(|(place, letter)| {
                let z = beyond_chance(&all, &letter, &means);
                (format!("letter {place} of {}", self.ids[1]), z)
            });
        let first: Vec<f64> = self.entities.iter().map(|rows| rows[0] as f64).collect();
        let first = (
            "an entity's first row".to_owned(),
            beyond_chance(&all, &first, &means),
        );
        letters.chain([first]).collect()
    }

    /// The last digit of a number and its decimals, among neighbouring values of the column.
    fn told_by_digits(&self, column: &str, within: &[f64]) -> Vec<(String, f64)> {
        let texts = self.texts(column);
        let value = |row: usize| texts[row].parse::<f64>().ok().filter(|v| v.is_finite());
        let untouched = |row: &usize| !self.touched.contains(&(*row, column.to_owned()));
        let mut valued: Vec<(f64, usize)> = self
            .entities
            .concat()
            .into_iter()
            .filter(untouched)
            .filter_map(|row| Some((value(row)?, row)))
            .collect();
        valued.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let different: BTreeSet<&str> =
            valued.iter().map(|(_, row)| texts[*row].as_str()).collect();
        if different.len() < FINE {
            return Vec::new();
        }
        let strata: Vec<Vec<usize>> = valued
            .chunks(STRATUM)
            .map(|rows| rows.iter().map(|(_, row)| *row).collect())
            .collect();
        let digit = |text: &String| text.bytes().last().map_or(0.0, f64::from);
        let decimals = |text: &String| {
            text.split_once('.')
                .map_or(0.0, |(_, after)| after.len() as f64)
        };
        let probe = |of: &dyn Fn(&String) -> f64| {
            let probed: Vec<f64> = texts.iter().map(of).collect();
            beyond_chance(&strata, &probed, within)
        };
        vec![
            (format!("the last digit of {column}"), probe(&digit)),
            (format!("the decimals of {column}"), probe(&decimals)),
        ]
    }
}

/// The letters of ids as numbers, position by position, and their length.
fn letters(ids: &[String]) -> Vec<Vec<f64>> {
    let longest = ids.iter().map(String::len).max().unwrap_or(0);
    let at = |place: usize| {
        let letter = |id: &String| {
            id.as_bytes()
                .get(place)
                .map_or(0.0, |byte| f64::from(*byte))
        };
        ids.iter().map(letter).collect()
    };
    let mut letters: Vec<Vec<f64>> = (0..longest).map(at).collect();
    letters.push(ids.iter().map(|id| id.len() as f64).collect());
    letters
}

fn generate(dir: &TestDir, scenario: &str, seed: &str) -> Released {
    let out = format!("{scenario}-{seed}");
    let made = [
        "generate",
        scenario,
        "--out",
        &out,
        "--demo-seed",
        seed,
        "--rows",
        "4000",
    ];
    dir.run(&made).exits(0);
    Released::read(&dir.path(&out), scenario)
}

#[test]
fn only_values_predict_latents() {
    let dir = TestDir::new();
    let mut tried = 0;
    for scenario in names() {
        let mut columns: Option<Vec<String>> = None;
        for seed in ["1", "2"] {
            let released = generate(&dir, scenario, seed);
            let (z, what, probes) = released.strongest();
            assert!(
                z < TELLS,
                "{scenario}, seed {seed}: {what}, {z:.1} standard deviations"
            );
            tried += probes;
            // Neither the set of columns nor their order reveals the contents of a world.
            let named: Vec<String> = released.table.names().map(str::to_owned).collect();
            assert_eq!(*columns.get_or_insert(named.clone()), named, "{scenario}");
        }
    }
    assert!(tried > 2_500, "{tried}");
}

#[test]
fn a_planted_leak_is_detected() {
    let dir = TestDir::new();
    let honest = generate(&dir, "assistant-prompts", "1");
    let (_, latent) = honest
        .latents
        .iter()
        .find(|(name, _)| name.starts_with("factor."))
        .unwrap();
    let rows: Vec<usize> = honest.entities.concat();

    // Rows in a file that are slightly sorted by a hidden variable.
    let within = honest.within_entities(latent);
    let mut order = rows.clone();
    order.sort_by(|a, b| {
        let of = |row: usize| row as f64 / rows.len() as f64 + 0.05 * within[row];
        of(*a).total_cmp(&of(*b))
    });
    let strongest = |released: &Released| {
        let (z, what, _) = released.strongest();
        (z, what)
    };
    let place: BTreeMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(to, row)| (*row, to))
        .collect();
    let sorted = Released {
        table: honest.table.pick(&order),
        latents: vec![(
            "leaked".to_owned(),
            order.iter().map(|row| latent[*row]).collect(),
        )],
        entities: honest
            .entities
            .iter()
            .map(|rows| rows.iter().map(|row| place[row]).collect())
            .collect(),
        ids: honest.ids.clone(),
        touched: BTreeSet::new(),
    };
    let (z, what) = strongest(&sorted);
    assert!(
        z > TELLS && what.contains("order of rows"),
        "{what}: {z:.1}"
    );

    // An id whose last letter is the sign of a latent in one row of five.
    let mut columns = honest.table.clone().into_columns();
    let ids = honest.texts(&honest.ids[0]).into_iter().enumerate();
    let ids = ids.map(|(row, id)| match row % 5 {
        0 => {
            let letter = if within[row] > 0.0 { 'z' } else { '0' };
            Some(format!("{}{letter}", &id[..id.len() - 1]).into())
        }
        _ => Some(id.into()),
    });
    let column = columns.iter_mut().find(|one| one.name == honest.ids[0]);
    column.unwrap().cells = Cells::Text(ids.collect());
    let marked = Released {
        table: Table::new(columns).unwrap(),
        latents: vec![("leaked".to_owned(), latent.clone())],
        entities: honest.entities.clone(),
        ids: honest.ids.clone(),
        touched: BTreeSet::new(),
    };
    let (z, what) = strongest(&marked);
    assert!(z > TELLS && what.contains("letter"), "{what}: {z:.1}");
}
