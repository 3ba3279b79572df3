//! Equalising the variance of the leading directions of a world.

use crate::scenario::Scenario;

use crate::generate::world::{Feature, Term, World};

/// Passes over the columns; the weights converge long before.
const PASSES: usize = 30;
/// No weight is more than doubled or halved, so structures stay close to the scenario.
const MOST: f64 = 2.0;

impl World {
    /// Bring the directions that the latents span closer to equal variance, in place.
    ///
    /// A direction is a latent, linear or through one basis function. Its variance is the sum, over the open
    /// columns, of its share of the squared weights: about the variance of standardised columns along it. At
    /// `evenness` 1 all variances are equal, as far as weights that are at most doubled or halved allow. At 0
    /// nothing changes; in between, the factors on the weights are raised to that power. Terms of other
    /// structures (an interaction, a split) stay unchanged. If one direction dominated, every clustering would
    /// cut along it, and the curve would stay hidden.
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
                let weighted = terms.map(|term| {
                    let place =
                        is_own_term(term, &names).then(|| place(&mut directions, &term.feature));
                    (place, term.weight * term.weight)
                });
                weighted.collect()
            })
            .collect();
        let factors = factors(&columns, directions.len());
        for column in scenario.open_columns() {
            let terms = self.terms[column].iter_mut().flatten();
            for term in terms.filter(|term| is_own_term(term, &names)) {
                let at = directions.iter().position(|one| *one == term.feature);
                if let Some(at) = at {
                    term.weight *= libm::pow(factors[at].clamp(1.0 / MOST, MOST), evenness);
                }
            }
        }
    }
}

/// Whether a term belongs to the latent itself.
fn is_own_term(term: &Term, names: &[String]) -> bool {
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

/// Factors on the weights of `m` directions that make their variances equal; `columns` holds, per column,
/// the squared weight and the direction of each term.
fn factors(columns: &[Vec<(Option<usize>, f64)>], m: usize) -> Vec<f64> {
    let mut factors = vec![1.0; m];
    for _ in 0..PASSES {
        let mut variances = vec![0.0; m];
        for terms in columns {
            let square = |(of, square): &(Option<usize>, f64)| {
                of.map_or(*square, |at| square * factors[at] * factors[at])
            };
            let whole: f64 = terms.iter().map(square).sum();
            for term in terms.iter().filter(|_| whole > 0.0) {
                if let Some(at) = term.0 {
                    variances[at] += square(term) / whole;
                }
            }
        }
        // The geometric mean keeps their total weight, relative to other structures, about the same.
        let logs = variances.iter().filter(|variance| **variance > 0.0);
        let logs: Vec<f64> = logs.map(|variance| libm::log(*variance)).collect();
        let aim = libm::exp(logs.iter().sum::<f64>() / logs.len().max(1) as f64);
        for (factor, variance) in factors.iter_mut().zip(variances) {
            if variance > 0.0 {
                *factor *= libm::sqrt(aim / variance);
            }
        }
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variances_become_equal_and_other_terms_stay() {
        let columns = vec![
            vec![(Some(0), 1.0), (Some(1), 0.2)],
            vec![(Some(0), 1.0), (None, 0.5)],
            vec![(Some(1), 0.3), (None, 0.1), (Some(0), 0.4)],
        ];
        let factors = factors(&columns, 2);
        assert!(factors[1] > 1.2 && factors[0] < 1.0, "{factors:?}");
        let mut variances = [0.0; 2];
        for terms in &columns {
            let scaled = |(of, square): &(Option<usize>, f64)| {
                of.map_or(*square, |at| square * factors[at] * factors[at])
            };
            let whole: f64 = terms.iter().map(scaled).sum();
            for term in terms {
                if let Some(at) = term.0 {
                    variances[at] += scaled(term) / whole;
                }
            }
        }
        assert!((variances[0] - variances[1]).abs() < 1e-6, "{variances:?}");
    }

    #[test]
    fn a_direction_without_columns_stays() {
        let factors = factors(&[vec![(Some(0), 1.0)], vec![]], 2);
        assert!(factors.iter().all(|factor| (factor - 1.0).abs() < 1e-12));
    }
}
