//! Evening out the leading directions of a world.

use crate::scenario::Scenario;

use crate::generate::world::{Feature, Term, World};

/// Passes over the columns until the weights stand.
const PASSES: usize = 30;
/// No weight is more than doubled or halved: a structure stays what the scenario wrote.
const MOST: f64 = 2.0;

impl World {
    /// Bring the directions that the latents span nearer to equal variance, in place.
    ///
    /// A direction is a latent as it is, or through one of its curves. Its *reach* is the sum over the open
    /// columns of its share of the squared weights, so about the variance of standardised columns that lies
    /// along it. At `evenness` 1 all reaches are equal, as far as weights doubled or halved allow; at 0 nothing
    /// is changed, and between them the factors on the weights are raised to that power. What other structures
    /// do with a latent (an interaction, a facet) is left alone. Where one direction leads, groups are cut along
    /// it by every method, and the rest bends unseen.
    pub(crate) fn equalise_variance(&mut self, scenario: &Scenario, evenness: f64) {
        if evenness <= 0.0 {
            return;
        }
        let names: Vec<String> = self.latents.iter().map(|one| one.name.clone()).collect();
        let mut directions: Vec<Feature> = Vec::new();
        let columns: Vec<Vec<(Option<usize>, f64)>> = scenario
            .open_columns()
            .into_iter()
            .map(|column| {
                let terms = self.terms[column].iter().flatten();
                let told = terms.map(|term| {
                    let place = owned(term, &names).then(|| place(&mut directions, &term.feature));
                    (place, term.weight * term.weight)
                });
                told.collect()
            })
            .collect();
        let factors = factors(&columns, directions.len());
        for column in scenario.open_columns() {
            let terms = self.terms[column].iter_mut().flatten();
            for term in terms.filter(|term| owned(term, &names)) {
                let at = directions.iter().position(|one| *one == term.feature);
                if let Some(at) = at {
                    term.weight *= libm::pow(factors[at].clamp(1.0 / MOST, MOST), evenness);
                }
            }
        }
    }
}

/// Whether a term is a latent's own.
fn owned(term: &Term, names: &[String]) -> bool {
    let (Feature::Latent(at) | Feature::Curved(at, _)) = term.feature else {
        return false;
    };
    names.get(at) == Some(&term.of)
}

fn place(directions: &mut Vec<Feature>, feature: &Feature) -> usize {
    let found = directions.iter().position(|one| one == feature);
    found.unwrap_or_else(|| {
        directions.push(feature.clone());
        directions.len() - 1
    })
}

/// Factors on the weights of `m` directions that make their reaches equal; `columns` holds, per column, the
/// squared weight of each term and the direction that it is of.
fn factors(columns: &[Vec<(Option<usize>, f64)>], m: usize) -> Vec<f64> {
    let mut factors = vec![1.0; m];
    for _ in 0..PASSES {
        let mut reaches = vec![0.0; m];
        for terms in columns {
            let square = |(of, square): &(Option<usize>, f64)| {
                of.map_or(*square, |at| square * factors[at] * factors[at])
            };
            let whole: f64 = terms.iter().map(square).sum();
            for term in terms.iter().filter(|_| whole > 0.0) {
                if let Some(at) = term.0 {
                    reaches[at] += square(term) / whole;
                }
            }
        }
        // Their geometric mean: what all of them weigh beside other structures stays about as it was.
        let logs = reaches.iter().filter(|reach| **reach > 0.0);
        let logs: Vec<f64> = logs.map(|reach| libm::log(*reach)).collect();
        let aim = libm::exp(logs.iter().sum::<f64>() / logs.len().max(1) as f64);
        for (factor, reach) in factors.iter_mut().zip(reaches) {
            if reach > 0.0 {
                *factor *= libm::sqrt(aim / reach);
            }
        }
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaches_become_equal_and_other_terms_keep_theirs() {
        let columns = vec![
            vec![(Some(0), 1.0), (Some(1), 0.2)],
            vec![(Some(0), 1.0), (None, 0.5)],
            vec![(Some(1), 0.3), (None, 0.1), (Some(0), 0.4)],
        ];
        let factors = factors(&columns, 2);
        assert!(factors[1] > 1.2 && factors[0] < 1.0, "{factors:?}");
        let mut reaches = [0.0; 2];
        for terms in &columns {
            let scaled = |(of, square): &(Option<usize>, f64)| {
                of.map_or(*square, |at| square * factors[at] * factors[at])
            };
            let whole: f64 = terms.iter().map(scaled).sum();
            for term in terms {
                if let Some(at) = term.0 {
                    reaches[at] += scaled(term) / whole;
                }
            }
        }
        assert!((reaches[0] - reaches[1]).abs() < 1e-6, "{reaches:?}");
    }

    #[test]
    fn a_direction_in_no_column_is_left_alone() {
        let factors = factors(&[vec![(Some(0), 1.0)], vec![]], 2);
        assert!(factors.iter().all(|factor| (factor - 1.0).abs() < 1e-12));
    }
}
