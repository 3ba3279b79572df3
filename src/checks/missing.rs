//! Missing values, and where they occur.

use rayon::prelude::*;

use crate::measure::auc;
use crate::table::Cell;
use crate::text::{number, percent, thousands};

use super::facts::Facts;
use super::hit::{Check, Hit};

/// Share of missing values that is worth reporting.
const SHARE: f64 = 0.005;
/// Difference in the share of missing values between a level and the rest.
const BY_LEVEL: f64 = 0.15;
/// Minimum number of rows of a level.
const FEWEST: usize = 50;
/// Rows missing in both columns relative to rows missing in either; independent gaps of 30 % give
/// 0.18.
const TOGETHER: f64 = 0.8;
/// How well another column predicts missingness (area under the ROC curve): half a standard
/// deviation between the two sides gives 0.64.
const BY_VALUE: f64 = 0.7;
/// A column missing in more rows than this is skipped.
const MOST: f64 = 0.95;

/// A column with gaps: its name, one flag per row, and the number of gaps.
struct Gaps<'t> {
    name: &'t str,
    rows: Vec<bool>,
    count: usize,
}

fn gaps<'t>(facts: &Facts<'t>) -> Vec<Gaps<'t>> {
    let columns = facts.table.columns().iter().filter_map(|column| {
        let missing = column.cells.missing();
        (missing as f64 >= SHARE * facts.rows as f64 && missing > 0).then(|| Gaps {
            name: column.name.as_str(),
            rows: (0..facts.rows)
                .map(|row| column.cells.cell(row) == Cell::Missing)
                .collect(),
            count: missing,
        })
    });
    columns.collect()
}

impl Gaps<'_> {
    fn share(&self) -> f64 {
        self.count as f64 / self.rows.len() as f64
    }
}

/// Columns with missing values.
pub(super) fn missing(facts: &Facts<'_>) -> Vec<Hit> {
    let found = gaps(facts);
    let hits = found.iter().map(|gaps| {
        let says = format!(
            "`{}` has no value in {} rows ({})",
            gaps.name,
            thousands(gaps.count),
            percent(gaps.share())
        );
        let rows = (0..facts.rows).filter(|row| gaps.rows[*row]).collect();
        let hit = Hit::on_column(Check::Missing, &[gaps.name], gaps.share() / SHARE, says);
        hit.of_rows(rows, facts.rows)
    });
    hits.collect()
}

/// Missing mostly at one level of a category: not collected there.
pub(super) fn by_level(facts: &Facts<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for gaps in gaps(facts) {
        for category in facts.categories.iter().filter(|c| c.name != gaps.name) {
            let mut missing = vec![0_usize; category.names.len()];
            for (code, gap) in category.codes.iter().zip(&gaps.rows) {
                if let (Some(code), true) = (code, gap) {
                    missing[*code as usize] += 1;
                }
            }
            let (gone, all): (usize, usize) = (missing.iter().sum(), category.counts.iter().sum());
            let levels = (0..missing.len()).filter_map(|level| {
                let (rows, rest) = (category.counts[level], all - category.counts[level]);
                let inside = missing[level] as f64 / rows as f64;
                let outside = (gone - missing[level]) as f64 / rest.max(1) as f64;
                let far = rows >= FEWEST && rest >= FEWEST && inside - outside >= BY_LEVEL;
                far.then_some((level, inside, outside))
            });
            let most = levels.max_by(|a, b| (a.1 - a.2).total_cmp(&(b.1 - b.2)));
            if let Some((level, inside, outside)) = most {
                let name = &category.names[level];
                let says = format!(
                    "`{}` is missing in {} of the rows where `{}` is “{name}”, elsewhere in {}",
                    gaps.name,
                    percent(inside),
                    category.name,
                    percent(outside)
                );
                let rows = (0..facts.rows)
                    .filter(|row| gaps.rows[*row] && category.codes[*row] == Some(level as u32));
                let columns = [gaps.name, category.name];
                let strength = (inside - outside) / BY_LEVEL;
                let hit = Hit::on_column(Check::MissingByLevel, &columns, strength, says);
                hits.push(hit.at(&**name).of_rows(rows.collect(), facts.rows));
            }
        }
    }
    hits
}

/// Columns that are missing in the same rows, which suggests a common cause.
pub(super) fn together(facts: &Facts<'_>) -> Vec<Hit> {
    let found = gaps(facts);
    let mut hits = Vec::new();
    for (at, one) in found.iter().enumerate() {
        for other in &found[at + 1..] {
            let flags = || one.rows.iter().zip(&other.rows);
            let both = flags().filter(|(a, b)| **a && **b).count();
            let either = one.count + other.count - both;
            let part = both as f64 / either as f64;
            if part < TOGETHER || one.share().max(other.share()) > MOST {
                continue;
            }
            let says = format!(
                "`{}` and `{}` are missing together in {} rows ({} of those where either is)",
                one.name,
                other.name,
                thousands(both),
                percent(part)
            );
            let rows = (0..facts.rows).filter(|row| one.rows[*row] && other.rows[*row]);
            let columns = [one.name, other.name];
            let hit = Hit::on_column(Check::MissingTogether, &columns, part / TOGETHER, says);
            hits.push(hit.of_rows(rows.collect(), facts.rows));
        }
    }
    hits
}

/// Missing where another column is high or low: not missing at random.
pub(super) fn by_value(facts: &Facts<'_>) -> Vec<Hit> {
    let found = gaps(facts);
    let wide = found
        .iter()
        .filter(|gaps| gaps.share() <= MOST && gaps.count >= FEWEST);
    let wide: Vec<_> = wide.collect();
    wide.par_iter()
        .flat_map_iter(|gaps| {
            let flags: Vec<bool> = facts.sample.iter().map(|row| gaps.rows[*row]).collect();
            let others = facts
                .numbers
                .iter()
                .filter(|c| c.measured() && c.name != gaps.name);
            others.filter_map(move |column| {
                let scores: Vec<f64> = facts.sample.iter().map(|row| column.values[*row]).collect();
                let area = auc(&scores, &flags)?;
                let far = area.max(1.0 - area);
                (far >= BY_VALUE).then(|| {
                    let side = if area > 0.5 { "high" } else { "low" };
                    let says = format!(
                        "`{}` is missing mostly where `{}` is {side} (area under the curve {})",
                        gaps.name,
                        column.name,
                        number(far)
                    );
                    let columns = [gaps.name, column.name];
                    let strength = (far - 0.5) / (BY_VALUE - 0.5);
                    let hit = Hit::on_column(Check::MissingByValue, &columns, strength, says);
                    hit.at(side).of_share(gaps.share())
                })
            })
        })
        .collect()
}
