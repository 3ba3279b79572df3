//! Hartigan's dip: how far a sample is from unimodality.

use super::dip_table::{ORDERS, ROWS, SCALED};

/// The dip statistic: the largest distance between the empirical distribution function and the
/// nearest unimodal one.
///
/// From 0 to ¼: at least 1/(2n) for any sample that is not evenly spaced, ¼ for two distant points
/// of equal mass. Invariant to shift and scale. 0 for fewer than four values or when all are equal,
/// as in the package diptest. Values that are not finite are ignored.
///
/// Hartigan & Hartigan (1985), doi:10.1214/aos/1176346577: shrinks the modal interval between the
/// greatest convex minorant and the least concave majorant until their distance is at most the
/// deviation outside the interval.
///
/// ```
/// let dip = drumlin::measure::dip(&[0.0, 0.1, 0.2, 5.0, 5.1, 5.2]);
/// assert!((dip - 0.24).abs() < 1e-12);
/// ```
pub fn dip(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len();
    if n < 4 || sorted[0] >= sorted[n - 1] {
        return 0.0;
    }
    let steps = Steps::of(sorted);
    let (mut low, mut high) = (0, n - 1);
    let mut dip = 0.0_f64;
    loop {
        let minorant = hull(&steps.places, &steps.below, low, high, 1.0);
        let majorant = hull(&steps.places, &steps.upto, low, high, -1.0);
        let Some((gap, new_low, new_high)) = widest(&steps, &minorant, &majorant) else {
            break;
        };
        if gap < dip {
            break;
        }
        // The deviation from any unimodal distribution with this modal interval, on either side.
        let left = (low..new_low)
            .map(|at| steps.upto[at] - height(&steps.places, &steps.below, &minorant, at));
        let right = (new_high + 1..=high)
            .map(|at| height(&steps.places, &steps.upto, &majorant, at) - steps.below[at]);
        dip = left.chain(right).fold(dip.max(1.0), f64::max);
        if (new_low, new_high) == (low, high) {
            break;
        }
        (low, high) = (new_low, new_high);
    }
    dip / (2.0 * n as f64)
}

/// The probability that a sample of `n` uniform values has a dip of at least `dip`: 0 to 1.
///
/// The uniform distribution has the largest dip of all unimodal ones, so a small value indicates
/// more than one mode regardless of shape. It shrinks with n and is never decisive alone.
/// Interpolated linearly in √n and in √n × dip in a table of simulated quantiles; beyond the last
/// quantile 0, for fewer than four values 1.
pub fn dip_p_value(dip: f64, n: usize) -> f64 {
    if n < 4 {
        return 1.0;
    }
    let scaled = libm::sqrt(n as f64) * dip;
    let n = n.clamp(ROWS[0], ROWS[ROWS.len() - 1]);
    let after = ROWS.partition_point(|rows| *rows < n);
    let before = after.saturating_sub(1);
    let share = if after == before {
        0.0
    } else {
        let [from, to, at] = [ROWS[before], ROWS[after], n].map(|n| libm::sqrt(n as f64));
        (at - from) / (to - from)
    };
    let quantile = |order: usize| {
        SCALED[before][order] + share * (SCALED[after][order] - SCALED[before][order])
    };
    let above = (0..ORDERS.len()).find(|order| quantile(*order) > scaled);
    match above {
        None => 0.0,
        Some(0) => 1.0,
        Some(above) => {
            let (from, to) = (quantile(above - 1), quantile(above));
            let share = (scaled - from) / (to - from);
            1.0 - (ORDERS[above - 1] + share * (ORDERS[above] - ORDERS[above - 1]))
        }
    }
}

/// The empirical distribution function, as counts at the sorted values. Equal values keep separate
/// positions, one above the other, as in AS 217 and its descendants.
struct Steps {
    places: Vec<f64>,
    /// Values before each position.
    below: Vec<f64>,
    /// Values up to each position.
    upto: Vec<f64>,
}

impl Steps {
    fn of(sorted: Vec<f64>) -> Self {
        Self {
            below: (0..sorted.len()).map(|at| at as f64).collect(),
            upto: (1..=sorted.len()).map(|at| at as f64).collect(),
            places: sorted,
        }
    }
}

/// Vertices of the hull of heights from `low` to `high`: from below for a `side` of 1, from above
/// for −1.
fn hull(places: &[f64], heights: &[f64], low: usize, high: usize, side: f64) -> Vec<usize> {
    let mut vertices: Vec<usize> = Vec::new();
    for at in low..=high {
        while let [.., first, second] = vertices[..] {
            let rise = (heights[second] - heights[first]) * (places[at] - places[first]);
            let run = (heights[at] - heights[first]) * (places[second] - places[first]);
            if side * (run - rise) > 0.0 {
                break;
            }
            vertices.pop();
        }
        vertices.push(at);
    }
    vertices
}

/// Height of a hull at a position.
fn height(places: &[f64], heights: &[f64], hull: &[usize], at: usize) -> f64 {
    let after = hull.partition_point(|vertex| *vertex < at);
    let to = hull[after.min(hull.len() - 1)];
    if to == at || after == 0 {
        return heights[to];
    }
    let from = hull[after - 1];
    let run = places[to] - places[from];
    let share = if run > 0.0 {
        (places[at] - places[from]) / run
    } else {
        0.0
    };
    heights[from] + share * (heights[to] - heights[from])
}

/// The widest gap between the hulls at an inner vertex, and the resulting modal interval.
fn widest(steps: &Steps, minorant: &[usize], majorant: &[usize]) -> Option<(f64, usize, usize)> {
    let inside = |hull: &[usize]| hull[1..(hull.len() - 1).max(1)].to_vec();
    let mut best: Option<(f64, usize, usize)> = None;
    for at in inside(minorant) {
        let gap = height(&steps.places, &steps.upto, majorant, at) - steps.below[at];
        let high = majorant[majorant.partition_point(|vertex| *vertex < at)];
        if best.is_none_or(|(widest, ..)| gap > widest) {
            best = Some((gap, at, high));
        }
    }
    for at in inside(majorant) {
        let gap = steps.upto[at] - height(&steps.places, &steps.below, minorant, at);
        let low = minorant[minorant.partition_point(|vertex| *vertex <= at) - 1];
        if best.is_none_or(|(widest, ..)| gap > widest) {
            best = Some((gap, low, at));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use crate::random::Secret;

    use super::*;

    #[test]
    fn the_dip_is_blind_to_shift_and_scale_and_small_for_one_mode() {
        let mut draws = Secret::demo(3).stream().draws();
        let values: Vec<f64> = (0..500).map(|_| draws.normal()).collect();
        let moved: Vec<f64> = values.iter().map(|x| 4.0 * x - 64.0).collect();
        assert!((dip(&values) - dip(&moved)).abs() < 1e-12);
        assert!(dip_p_value(dip(&values), 500) > 0.05);
        let two: Vec<f64> = values
            .iter()
            .enumerate()
            .map(|(at, x)| x + 6.0 * (at % 2) as f64)
            .collect();
        assert!(dip_p_value(dip(&two), 500) < 0.001);
    }

    #[test]
    fn of_uniform_samples_as_many_are_rejected_as_the_level_says() {
        let mut draws = Secret::demo(9).stream().draws();
        // Two sample sizes of the table and one in between.
        for n in [50, 100, 140] {
            let (samples, level) = (2000, 0.05);
            let rejected = (0..samples)
                .filter(|_| {
                    let mut values = vec![0.0; n];
                    draws.fill_uniforms(&mut values);
                    dip_p_value(dip(&values), n) < level
                })
                .count();
            // Four standard errors of a share.
            let slack = 4.0 * (level * (1.0 - level) / f64::from(samples)).sqrt();
            let share = rejected as f64 / f64::from(samples);
            assert!((share - level).abs() < slack, "{n}: {share}");
        }
    }

    #[test]
    fn few_and_equal_values_have_no_dip() {
        assert!(dip(&[1.0, 5.0, 9.0]).abs() < 1e-15);
        assert!(dip(&[2.0; 50]).abs() < 1e-15);
        assert!(dip(&[]).abs() < 1e-15);
        assert!((dip_p_value(0.0, 3) - 1.0).abs() < 1e-15);
        let halves: Vec<f64> = (0..40).map(|at| f64::from(at % 2)).collect();
        assert!((dip(&halves) - 0.25).abs() < 0.02, "{}", dip(&halves));
    }
}
