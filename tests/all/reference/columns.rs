//! Columns of numbers: one against one, and several against several.

use drumlin::measure::{
    Correlation, adjusted_r_squared, canonical_correlations, concordance_correlation,
    distance_correlation, distance_covariance, energy_distance, kendall, linear_cka,
    matched_mean_correlation, multiple_r_squared, pearson, procrustes_disparity, r_squared,
    recover_factor_by_axes, rmse, spearman, unbiased_distance_correlation,
};
use drumlin::random::Secret;
use ndarray::Array2;
use serde_json::{Value, json};

use super::{columns, numbers, table};

/// What we say to one key about two columns.
pub(super) fn of_two(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&numbers(&input["x"]), &numbers(&input["y"]));
    let [tall_x, tall_y] =
        [x, y].map(|column| Array2::from_shape_fn((column.len(), 1), |(row, _)| column[row]));
    let [tall_x, tall_y] = [tall_x.view(), tall_y.view()];
    Some(match key {
        "pearson" => json!(pearson(x, y)),
        "spearman" => json!(spearman(x, y)),
        "kendall_tau_b" => json!(kendall(x, y)),
        "dcor" => json!(distance_correlation(tall_x, tall_y)),
        "dcov" => json!(distance_covariance(tall_x, tall_y)),
        "u_dcor_sqr" => json!(unbiased_distance_correlation(tall_x, tall_y)),
        "energy_distance" => json!(energy_distance(x, y)),
        "r2_y_given_pred_x" => json!(r_squared(y, x)),
        "rmse" => json!(rmse(y, x)),
        "concordance_ccc" => json!(concordance_correlation(x, y)),
        _ => return None,
    })
}

/// What we say to one key about two sets of columns.
pub(super) fn of_spaces(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&columns(&input["x"]), &columns(&input["y"]));
    let (of_x, of_y) = (table(&input["x"]), table(&input["y"]));
    let stream = Secret::demo(1).stream();
    Some(match key {
        // statsmodels has them from another decomposition.
        "canonical_correlations" | "canonical_correlations_sm" => {
            json!(canonical_correlations(x, y))
        }
        "procrustes_disparity" => json!(procrustes_disparity(x, y)),
        "dcor" => json!(distance_correlation(of_x.view(), of_y.view())),
        "u_dcor_sqr" => json!(unbiased_distance_correlation(of_x.view(), of_y.view())),
        "linear_cka" => json!(linear_cka(x, y)),
        "r2_each_y_from_x" => each(y, |y| multiple_r_squared(y, x)),
        "adj_r2_each_y_from_x" => {
            let plain = each(y, |y| adjusted_r_squared(y, x, Correlation::Pearson));
            let read = each(y, |y| recover_factor_by_axes(y, x, &stream).value);
            for (plain, read) in plain.as_array()?.iter().zip(read.as_array()?) {
                assert!((plain.as_f64()? - read.as_f64()?).abs() < 1e-12);
            }
            read
        }
        "mcc_pearson" => json!(matched_mean_correlation(y, x, Correlation::Pearson)),
        "mcc_spearman" => json!(matched_mean_correlation(y, x, Correlation::Spearman)),
        _ => return None,
    })
}

fn each(columns: &[Vec<f64>], of: impl Fn(&[f64]) -> Option<f64>) -> Value {
    json!(columns.iter().map(|column| of(column)).collect::<Vec<_>>())
}
