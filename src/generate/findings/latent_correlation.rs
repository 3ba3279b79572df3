//! Correlation of each column with each latent, including indirect effects.

use crate::random::Secret;

use crate::generate::frozen::FrozenWorld;
use crate::generate::latents::draw::Latents;
use crate::generate::latents::entities::Entities;
use crate::generate::latents::time::Clock;

/// Rows of the Monte Carlo estimate: its error is about 0.02.
const ROWS: usize = 16_384;

/// Per latent and scenario column, their correlation over a draw that is never delivered.
///
/// The weight of a latent in a column is not enough: archetypes, splits and interactions depend on
/// the same latents and can reverse the sign, and a finding must not contradict the data.
pub(crate) fn correlations(frozen: &FrozenWorld) -> Vec<Vec<f64>> {
    let FrozenWorld {
        scenario,
        world,
        calibration,
    } = frozen;
    // Any fixed stream will do: this is a Monte Carlo integral.
    let stream = Secret::demo(0).stream().fork("leans");
    let clock = Clock::new(&scenario.time, &world.benign);
    let entities = Entities::draw(scenario, world, &stream);
    let latents = Latents::draw(world, &clock, &entities, &stream, ROWS, (0.0, 1.0));
    let mut correlations = vec![vec![0.0; scenario.columns.len()]; world.latents.len()];
    for column in scenario.moved_columns() {
        let scale = calibration.scales[column][0].sd;
        let signal = libm::sqrt(scenario.columns[column].signal);
        let mut sums = vec![0.0; ROWS];
        for term in &world.terms[column][0] {
            latents.add(&term.feature, signal * term.weight / scale, 0, &mut sums);
        }
        for term in &world.shifts[column] {
            latents.add(&term.feature, term.weight, 0, &mut sums);
        }
        let middle = sums.iter().sum::<f64>() / ROWS as f64;
        for (correlation, factor) in correlations.iter_mut().zip(&latents.factors) {
            let products = factor.iter().zip(&sums).map(|(f, sum)| f * (sum - middle));
            correlation[column] = products.sum::<f64>() / ROWS as f64;
        }
    }
    for (column, plan) in scenario.columns.iter().enumerate() {
        if let Some((leader, by)) = plan.follows {
            for correlation in &mut correlations {
                correlation[column] =
                    by * correlation[leader] + libm::sqrt(1.0 - by * by) * correlation[column];
            }
        }
    }
    correlations
}
