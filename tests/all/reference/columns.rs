//! Columns of numbers: one against one, and a factor against several.

use drumlin::measure::{kendall, pearson, r_squared, recover_factor_by_axes, rmse, spearman};
use drumlin::random::Secret;
use serde_json::{Value, json};

use super::{columns, numbers};

/// Our value of one key about two columns.
pub(super) fn of_two(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&numbers(&input["x"]), &numbers(&input["y"]));
    Some(match key {
        "pearson" => json!(pearson(x, y)),
        "spearman" => json!(spearman(x, y)),
        "kendall_tau_b" => json!(kendall(x, y)),
        "r2_y_given_pred_x" => json!(r_squared(y, x)),
        "rmse" => json!(rmse(y, x)),
        _ => return None,
    })
}

/// Our value of one key about two sets of columns.
pub(super) fn of_spaces(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&columns(&input["x"]), &columns(&input["y"]));
    let stream = Secret::demo(1).stream();
    let each = |y: &Vec<f64>| recover_factor_by_axes(y, x, &stream).0.value;
    (key == "adj_r2_each_y_from_x").then(|| json!(y.iter().map(each).collect::<Vec<_>>()))
}
