//! Ranges of numbers. They are declared next to each field (`#[schemars(range(…))]`), so that the JSON
//! Schema has them too; this checks a whole file against them.

use serde_json::Value as Json;
use toml::Value;

use super::checker::Checker;
use crate::scenario::locate::PathStep::{self, Item, Key};
use crate::scenario::spec::ScenarioSpec;

impl Checker<'_> {
    /// Every number of the file is in the range of its field, and of every pair of numbers the first is
    /// not above the second.
    pub(super) fn ranges(&mut self) {
        // What does not parse has been reported before.
        let Ok(file) = toml::from_str::<Value>(self.text) else {
            return;
        };
        let schema = schemars::schema_for!(ScenarioSpec).to_value();
        self.walk(&schema, &schema, &file, &mut Vec::new());
    }

    fn walk<'v>(
        &mut self,
        root: &Json,
        node: &Json,
        value: &'v Value,
        path: &mut Vec<PathStep<'v>>,
    ) {
        if let Some(name) = node["$ref"].as_str() {
            let target = name.rsplit('/').next().unwrap_or_default();
            return self.walk(root, &root["$defs"][target], value, path);
        }
        for alternative in node["anyOf"].as_array().into_iter().flatten() {
            self.walk(root, alternative, value, path);
        }
        match value {
            Value::Table(table) => {
                for (key, value) in table {
                    let property = node["properties"].get(key);
                    path.push(Key(key));
                    self.walk(
                        root,
                        property.unwrap_or(&node["additionalProperties"]),
                        value,
                        path,
                    );
                    path.pop();
                }
            }
            Value::Array(items) => {
                for (at, value) in items.iter().enumerate() {
                    path.push(Item(at));
                    self.walk(root, &node["items"], value, path);
                    path.pop();
                }
                if let [least, most] = items.as_slice()
                    && let (Some(least), Some(most)) = (number(least), number(most))
                    && node["maxItems"] == 2
                {
                    self.require(least <= most, path, || {
                        format!("the least, {least}, is above the most, {most}")
                    });
                }
            }
            _ => {
                let (low, high) = (node["minimum"].as_f64(), node["maximum"].as_f64());
                if let (Some(value), Some(low), Some(high)) = (number(value), low, high) {
                    self.range(value, low, high, path);
                }
            }
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        Value::Integer(number) => Some(*number as f64),
        _ => None,
    }
}
