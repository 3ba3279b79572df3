//! `scope.toml`: what was left out on purpose.

use serde::Serialize;
use toml::Value;

use super::claims;
use super::problem::{examples, meant};
use super::remarks::Remarks;

/// What a candidate says about the size of their work.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Scope {
    /// What was left out on purpose.
    pub left_out: Vec<String>,
    /// How AI was used.
    pub ai_use: Option<String>,
    /// Hours, if one likes.
    pub hours: Option<f64>,
}

/// Read `scope.toml`. It is never a criterion, so what we do not understand is a note.
pub(super) fn read(file: &str, bytes: &[u8], remarks: &mut Remarks) -> Option<Scope> {
    let table = claims::table(file, bytes, remarks)?;
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
        let near = meant(&unknown[0], known).filter(|near| *near != unknown[0]);
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        remarks.note(
            file,
            format!("not understood: {}{near}", examples(&unknown)),
        );
    }
    Some(scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_read_and_others_are_noted() {
        let mut remarks = Remarks::default();
        let text = b"hours = 4\nai_use = 'none'\nleft_out = ['time']\nleftout = 'x'\n";
        let scope = read("scope.toml", text, &mut remarks).unwrap();
        assert_eq!(scope.hours, Some(4.0));
        assert_eq!(scope.left_out, ["time"]);
        assert!(remarks.notes[0].says.contains("did you mean `left_out`"));
        assert!(remarks.problems.is_empty());
    }
}
