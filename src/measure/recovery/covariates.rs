//! Other structures that a conditional recovery holds fixed.

use std::collections::BTreeMap;

use crate::labels::Partition;

use crate::measure::stats::moments::quantile;

/// Maximum number of strata.
pub(super) const MOST_STRATA: usize = 32;
/// Minimum number of rows in a stratum: in smaller ones chance finds too much.
pub(super) const LEAST_ROWS: usize = 50;

/// Another structure over the same rows: neither a function of the target nor a parent of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Covariate {
    Groups(Partition),
    /// A continuous structure; missing where not finite.
    Continuous(Vec<f64>),
}

impl Covariate {
    pub fn rows(&self) -> usize {
        match self {
            Self::Groups(groups) => groups.rows(),
            Self::Continuous(values) => values.len(),
        }
    }
}

/// Rows grouped by their levels of some covariates.
pub(super) struct Stratification {
    /// Positions of the covariates.
    pub(super) covariates: Vec<usize>,
    /// Rows by stratum: at least two strata with at least [`LEAST_ROWS`] rows each.
    pub(super) strata: Vec<Vec<usize>>,
}

/// Every way to hold `covariates` fixed among `rows`: all groups jointly if their strata are few
/// and large enough, or else one at a time; every continuous covariate alone, in as fine quantiles
/// as the rows allow, since coarse strata leave part of its variance.
pub(super) fn stratifications(covariates: &[Covariate], rows: &[usize]) -> Vec<Stratification> {
    let (groups, lines): (Vec<usize>, Vec<usize>) =
        (0..covariates.len()).partition(|at| matches!(covariates[*at], Covariate::Groups(_)));
    let jointly = stratify(covariates, &groups, rows, true);
    let mut all: Vec<Stratification> = match jointly {
        Some(one) => vec![one],
        None => groups
            .iter()
            .filter_map(|at| stratify(covariates, &[*at], rows, false))
            .collect(),
    };
    all.extend(
        lines
            .iter()
            .filter_map(|at| stratify(covariates, &[*at], rows, false)),
    );
    all
}

/// Rows by the levels of the covariates `at`. With `whole`, none if a stratum is too small or there
/// are too many; without it, rows in small strata are dropped.
fn stratify(
    covariates: &[Covariate],
    at: &[usize],
    rows: &[usize],
    whole: bool,
) -> Option<Stratification> {
    let levels: Vec<Vec<Option<u32>>> =
        at.iter().map(|at| levels(&covariates[*at], rows)).collect();
    let mut strata: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let cell: Option<Vec<u32>> = levels.iter().map(|levels| levels[place]).collect();
        if let Some(cell) = cell {
            strata.entry(cell).or_default().push(*row);
        }
    }
    let large = |stratum: &Vec<usize>| stratum.len() >= LEAST_ROWS;
    if whole && (strata.len() > MOST_STRATA || !strata.values().all(large)) {
        return None;
    }
    let strata: Vec<Vec<usize>> = strata.into_values().filter(large).collect();
    (strata.len() > 1).then(|| Stratification {
        covariates: at.to_vec(),
        strata,
    })
}

/// The level of each of `rows`: groups as they are, continuous values by quantiles; equal values
/// have the same level.
fn levels(covariate: &Covariate, rows: &[usize]) -> Vec<Option<u32>> {
    match covariate {
        Covariate::Groups(groups) => rows.iter().map(|row| groups.codes()[*row]).collect(),
        Covariate::Continuous(values) => {
            let there: Vec<f64> = rows
                .iter()
                .map(|row| values[*row])
                .filter(|value| value.is_finite())
                .collect();
            let count = (there.len() / LEAST_ROWS).clamp(1, MOST_STRATA);
            let cuts: Vec<f64> = (1..count)
                .filter_map(|cut| quantile(&there, cut as f64 / count as f64))
                .collect();
            rows.iter()
                .map(|row| values[*row])
                .map(|value| {
                    value
                        .is_finite()
                        .then(|| cuts.partition_point(|cut| *cut <= value) as u32)
                })
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rows: usize, rule: impl Fn(usize) -> usize) -> Covariate {
        let labels: Vec<Option<String>> =
            (0..rows).map(|row| Some(rule(row).to_string())).collect();
        Covariate::Groups(Partition::from_labels(&labels))
    }

    #[test]
    fn few_large_strata_are_held_jointly_and_others_one_by_one() {
        let rows: Vec<usize> = (0..600).collect();
        let (a, b) = (groups(600, |row| row % 2), groups(600, |row| row / 2 % 3));
        let found = stratifications(&[a.clone(), b], &rows);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].covariates.len(), found[0].strata.len()), (2, 6));
        // Ten levels make strata of thirty rows: jointly too small, but large enough one at a time.
        let found = stratifications(&[a, groups(600, |row| row / 2 % 10)], &rows);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].strata.len(), found[1].strata.len()), (2, 10));
    }

    #[test]
    fn a_line_is_held_in_quantiles_and_a_handful_of_rows_not_at_all() {
        let rows: Vec<usize> = (0..500).collect();
        let line = Covariate::Continuous(
            (0..500)
                .map(|x| if x == 7 { f64::NAN } else { f64::from(x) })
                .collect(),
        );
        let found = stratifications(&[line], &rows);
        assert_eq!(found[0].strata.len(), 9);
        assert_eq!(found[0].strata.iter().map(Vec::len).sum::<usize>(), 499);
        assert!(stratifications(&[groups(500, |row| row / 498)], &rows).is_empty());
        assert!(stratifications(&[groups(60, |row| row % 2)], &rows[..60]).is_empty());
    }
}
