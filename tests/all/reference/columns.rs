//! Columns of numbers: one against one, and several against several.

use drumlin::measure::{pearson, recover_factor_by_axes, spearman};
use drumlin::random::Secret;
use serde_json::{Value, json};

use super::{columns, numbers};

/// What we say to one key about two columns.
pub(super) fn of_two(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&numbers(&input["x"]), &numbers(&input["y"]));
    Some(match key {
        "pearson" => json!(pearson(x, y)),
        "spearman" => json!(spearman(x, y)),
        _ => return None,
    })
}

/// What we say to one key about two sets of columns.
pub(super) fn of_spaces(key: &str, input: &Value) -> Option<Value> {
    let (x, y) = (&columns(&input["x"]), &columns(&input["y"]));
    let stream = Secret::demo(1).stream();
    Some(match key {
        "adj_r2_each_y_from_x" => {
            let each = y
                .iter()
                .map(|y| recover_factor_by_axes(y, x, &stream).value);
            json!(each.collect::<Vec<_>>())
        }
        _ => return None,
    })
}
