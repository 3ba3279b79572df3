//! `scope.toml`: what was left out on purpose.

use serde::Serialize;
use toml::Value;

use super::claims;
use super::diagnostics::Diagnostics;
use super::problem::{closest_name, examples};

/// What a candidate says about the size of their work.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Scope {
    /// What was left out on purpose.
    pub left_out: Vec<String>,
    /// How AI was used.
    pub ai_use: Option<String>,
    /// Hours spent; optional.
    pub hours: Option<f64>,
}

/// Read `scope.toml`. It is never a criterion, so unknown entries are only noted.
pub(super) fn read(file: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Option<Scope> {
    let table = claims::table(file, bytes, diagnostics)?;
    let mut scope = Scope::default();
    let mut unknown = Vec::new();
    for (name, value) in table {
        let understood = match (name.as_str(), &value) {
            ("hours", Value::Integer(hours)) => {
                scope.hours = Some(*hours as f64);
                true
            }
            ("hours", Value::Float(hours)) => {
                scope.hours = Some(*hours).filter(|hours| hours.is_finite());
                true
            }
            ("ai_use", Value::String(text)) => {
                scope.ai_use = Some(text.clone());
                true
            }
            ("left_out", Value::String(text)) => {
                scope.left_out = vec![text.clone()];
                true
            }
            ("left_out", Value::Array(items)) => {
                let texts = items.iter().filter_map(Value::as_str).map(str::to_owned);
                scope.left_out = texts.collect();
                scope.left_out.len() == items.len()
            }
            _ => false,
        };
        if !understood {
            unknown.push(name);
        }
    }
    if !unknown.is_empty() {
        let known = ["left_out", "ai_use", "hours"];
        let near = closest_name(&unknown[0], known).filter(|near| *near != unknown[0]);
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        diagnostics.note(
            file,
            format!("unknown or malformed entries: {}{near}", examples(&unknown)),
        );
    }
    Some(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_entries_are_read_and_others_are_noted() {
        let mut diagnostics = Diagnostics::default();
        let text = b"hours = 4\nai_use = 'none'\nleft_out = ['time']\nleftout = 'x'\n";
        let scope = read("scope.toml", text, &mut diagnostics).unwrap();
        assert_eq!(scope.hours, Some(4.0));
        assert_eq!(scope.left_out, ["time"]);
        assert!(
            diagnostics.notes[0]
                .says
                .contains("did you mean `left_out`")
        );
        assert!(diagnostics.problems.is_empty());
    }
}
