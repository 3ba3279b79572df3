//! Basis functions: how a curve enters columns.

use crate::random::normal_cdf;
use crate::scenario::CurveFunction;

use crate::generate::world::{Feature, World};

/// A latent transformed by a basis function; many columns use the same one.
#[derive(Debug, Clone)]
pub(crate) struct BasisColumn {
    latent: usize,
    curve: CurveFunction,
    /// By row.
    pub(crate) values: Vec<f64>,
}

impl BasisColumn {
    pub(crate) fn is(&self, latent: usize, curve: CurveFunction) -> bool {
        self.latent == latent && self.curve == curve
    }
}

/// Every pair of latent and basis function that some column of the world uses.
pub(crate) fn basis_columns(world: &World, factors: &[Vec<f64>]) -> Vec<BasisColumn> {
    let mut basis_columns: Vec<BasisColumn> = Vec::new();
    for term in world.terms.iter().flatten().flatten() {
        let Feature::Curved(latent, curve) = term.feature else {
            continue;
        };
        if !basis_columns.iter().any(|column| column.is(latent, curve)) {
            basis_columns.push(BasisColumn {
                latent,
                curve,
                values: Vec::new(),
            });
        }
    }
    for (latent, values) in factors.iter().enumerate() {
        if basis_columns.iter().any(|column| column.latent == latent) {
            let places: Vec<f64> = values.iter().map(|f| place(*f)).collect();
            for column in basis_columns
                .iter_mut()
                .filter(|column| column.latent == latent)
            {
                column.values = places.iter().map(|v| along(column.curve, *v)).collect();
            }
        }
    }
    basis_columns
}

/// A basis function; mean 0 and variance 1 for a standard normal latent.
pub(crate) fn basis_function(curve: CurveFunction, f: f64) -> f64 {
    along(curve, place(f))
}

/// Map a standard normal latent to a uniform one from −1 to 1.
fn place(f: f64) -> f64 {
    2.0 * normal_cdf(f) - 1.0
}

fn along(curve: CurveFunction, v: f64) -> f64 {
    let (value, mean, sd) = match curve {
        CurveFunction::Sine => (libm::sin(2.2 * v), 0.0, 0.7798),
        CurveFunction::Cosine => (libm::cos(2.4 * v), 0.2814, 0.5630),
        CurveFunction::Power => (cube(0.5 * (v + 1.0)), 0.25, 0.2835),
        CurveFunction::Hinge => (v.min(0.1), -0.2025, 0.3610),
        CurveFunction::Jagged => (jagged(v), 0.125, 0.421_46),
    };
    (value - mean) / sd
}

fn cube(v: f64) -> f64 {
    v * v * v
}

/// Piecewise linear from −1 to 1, three pieces up and two down.
fn jagged(v: f64) -> f64 {
    const CORNERS: [(f64, f64); 6] = [
        (-1.0, -0.9),
        (-0.55, 0.7),
        (-0.1, -0.6),
        (0.3, 1.0),
        (0.65, -0.2),
        (1.0, 0.5),
    ];
    let piece = CORNERS[1..5].iter().filter(|(at, _)| *at <= v).count();
    let ((from, low), (to, high)) = (CORNERS[piece], CORNERS[piece + 1]);
    low + (high - low) * (v - from) / (to - from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::normal_quantile;

    #[test]
    fn basis_functions_have_mean_zero_and_variance_one() {
        const GRID: usize = 20_000;
        for curve in [
            CurveFunction::Sine,
            CurveFunction::Cosine,
            CurveFunction::Power,
            CurveFunction::Hinge,
            CurveFunction::Jagged,
        ] {
            let values: Vec<f64> = (0..GRID)
                .map(|at| basis_function(curve, normal_quantile((at as f64 + 0.5) / GRID as f64)))
                .collect();
            let mean = values.iter().sum::<f64>() / GRID as f64;
            let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / GRID as f64;
            assert!(mean.abs() < 2e-3, "{curve:?} mean {mean}");
            assert!(
                (variance - 1.0).abs() < 5e-3,
                "{curve:?} variance {variance}"
            );
        }
    }
}
