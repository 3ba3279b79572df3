//! Tables from one parametric design, from a continuum to clusters and to noise, with the truth of
//! their rows.

use drumlin::certify::{Depth, FactorTruth, Statistics, compute_statistics};
use drumlin::cluster::PrincipalComponents;
use drumlin::measure::standardised;
use drumlin::random::{Draws, Stream};
use ndarray::{Array1, Array2};

/// Number of rows of a table.
pub(crate) const ROWS: usize = 5000;
/// Number of leading directions of equal variance.
const EQUAL: usize = 5;
/// Archetypes in the plane of the first two factors.
const POLES: [[f64; 2]; 4] = [[-0.8, -0.6], [-0.1, 0.9], [0.2, -0.7], [0.8, 0.5]];
/// Offset of each archetype in the first six columns.
const EFFECTS: [[f64; 6]; 4] = [
    [1.0, 0.0, -1.0, 0.5, 0.0, 0.6],
    [-0.6, 1.0, 0.4, -0.8, 0.7, 0.0],
    [0.2, -0.9, 0.8, 0.9, -0.6, -0.5],
    [-0.7, 0.3, -0.4, -0.7, 0.2, 0.4],
];

/// Three factors, a curve, four soft archetypes on two of the factors, and a soft split on the
/// third; twelve columns, two of them skewed and one a count.
pub(crate) struct Design {
    view: Array2<f64>,
    factors: Array2<f64>,
    sampled: Vec<u32>,
}

impl Design {
    /// `separation` moves rows towards the means of their drawn archetype and split side, and
    /// `noise` scales the residual. `equal` gives the leading directions equal variance, so that no
    /// split of the table is the single optimum. `sharpness` makes memberships harder.
    pub(crate) fn draw(
        separation: f64,
        noise: f64,
        (equal, sharpness): (bool, f64),
        stream: &Stream,
    ) -> Self {
        let draws = &mut stream.fork("latents").draws();
        let mut signal = Array2::zeros((ROWS, 12));
        let mut factors = Array2::zeros((ROWS, 3));
        let mut sampled = Vec::with_capacity(ROWS);
        for row in 0..ROWS {
            let (t, s, u) = (position(draws), draws.normal(), draws.normal());
            let weights = POLES.map(|pole| {
                let (x, y) = (1.4 * t - pole[0], 0.8 * s - pole[1]);
                (-1.2 * sharpness * (x * x + y * y)).exp()
            });
            let total: f64 = weights.iter().sum();
            let archetype = draws.weighted(&weights);
            let facet = f64::from(u8::from(draws.chance(1.0 / (1.0 + (-1.3 * u).exp()))));
            let mut columns = [
                1.6 * t + 0.3 * s,
                1.5 * (2.2 * t).sin() + 0.2 * u,
                1.4 * (2.4 * t).cos() - 0.3 * s,
                0.9 * s + 0.4 * t,
                0.9 * s - 0.5 * u,
                0.5 * s + 0.7 * t * s,
                0.9 * u + 0.3 * t,
                0.8 * u - 0.2 * s,
                0.7 * u * (1.0 + 0.4 * t),
                0.6 * t - 0.5 * u,
                0.5 * s + 0.5 * u,
                0.4 * t,
            ];
            for (at, column) in columns[..6].iter_mut().enumerate() {
                let soft: f64 = (0..4)
                    .map(|pole| weights[pole] / total * EFFECTS[pole][at])
                    .sum();
                *column += 0.35 * soft + 0.45 * separation * EFFECTS[archetype][at];
            }
            for column in &mut columns[6..9] {
                *column += 0.35 * separation * (facet - 0.5);
            }
            signal.row_mut(row).assign(&Array1::from(columns.to_vec()));
            factors.row_mut(row).assign(&Array1::from(vec![t, s, u]));
            sampled.push(archetype as u32);
        }
        if equal {
            signal = equalised(&signal);
        }
        let draws = &mut stream.fork("noise").draws();
        let mut view = signal.mapv(|x| x + noise * 0.75 * draws.normal());
        for skewed in [3, 7] {
            view.column_mut(skewed).mapv_inplace(|x| (0.45 * x).exp());
        }
        view.column_mut(10)
            .mapv_inplace(|x| ((1.2 * x).exp().ln_1p() * 2.0).round());
        Self {
            view,
            factors,
            sampled,
        }
    }

    /// Statistics in full depth, with the truth of the rows.
    pub(crate) fn measured(&self, stream: &Stream) -> Statistics {
        let truth = FactorTruth {
            factors: self.factors.view(),
            sampled: Some(&self.sampled),
        };
        let stream = stream.fork("certificate");
        compute_statistics(self.view.view(), Some(truth), Depth::Full, &stream).unwrap()
    }
}

/// Beta(1.3, 1.6) on −1 to 1, by rejection.
fn position(draws: &mut Draws) -> f64 {
    let density = |x: f64| x.powf(0.3) * (1.0 - x).powf(0.6);
    loop {
        let x = draws.uniform();
        if draws.uniform() * density(1.0 / 3.0) < density(x) {
            return 2.0 * x - 1.0;
        }
    }
}

/// Standardised columns with equal variance along the leading components.
fn equalised(signal: &Array2<f64>) -> Array2<f64> {
    let standard = standardised(signal.view());
    let components = PrincipalComponents::fit(standard.view(), false).unwrap();
    let mean = components.variances[..EQUAL].iter().sum::<f64>() / EQUAL as f64;
    let mut turned = components.loadings.clone();
    for (mut loading, variance) in turned
        .columns_mut()
        .into_iter()
        .zip(&components.variances)
        .take(EQUAL)
    {
        loading *= (mean / variance).sqrt();
    }
    standard.dot(&turned.dot(&components.loadings.t()))
}
