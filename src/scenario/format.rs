//! The version of the scenario format, and what to do with a file of another version.

use serde::Deserialize;

use super::error::ScenarioError;
use super::locate::{PathStep, line};

/// The version of the scenario format that this tool reads.
const FORMAT: i64 = 2;

/// What format 2 calls the tables and keys of format 1: where, old, new.
const RENAMED: [(&str, &str, &str); 18] = [
    ("", "[[ridge]]", "[[curve]]"),
    ("", "[[blend]]", "[[archetypes]]"),
    ("", "[[facet]]", "[[split]]"),
    ("", "[[regime]]", "[[change]]"),
    ("", "[[innocent]]", "[[benign]]"),
    ("top level", "piloted", "tried_by"),
    ("[draw]", "facets", "splits"),
    ("[[column]]", "drivers", "effects"),
    ("[[column]]", "given", "where"),
    ("[[column]]", "least", "floor"),
    ("[curve.map.columns]", "curve", "function"),
    ("[[archetypes]]", "archetypes", "types"),
    ("[[archetypes]]", "inner", "nested"),
    ("[[defect]]", "told", "brief_note"),
    ("[[defect]]", "depends", "depends_on"),
    ("[[defect]]", "tie", "strength"),
    ("[[phrase]]", "says", "text"),
    ("[[phrase]]", "leans", "factors"),
];

#[derive(Deserialize)]
struct Version {
    format: Option<i64>,
}

/// Refuse a file that states another version than [`FORMAT`]. A file without a version, or one that
/// is not TOML, is left to the checks that follow.
pub(super) fn require_current(name: &str, text: &str) -> Result<(), ScenarioError> {
    let version = toml::from_str::<Version>(text).map(|version| version.format);
    let Ok(Some(found)) = version else {
        return Ok(());
    };
    if found == FORMAT {
        return Ok(());
    }
    Err(ScenarioError::Format {
        file: name.to_owned(),
        line: line(text, &[PathStep::Key("format")]),
        found,
        expected: FORMAT,
        hint: if found == 1 {
            how_to_convert()
        } else {
            format!("write `format = {FORMAT}`, or use the version of drumlin that wrote this file")
        },
    })
}

fn how_to_convert() -> String {
    let mut hint =
        "to convert the file, write `format = 2` and rename these tables and keys:\n".to_owned();
    for (place, old, new) in RENAMED {
        let place = if place.is_empty() {
            String::new()
        } else {
            format!("   in {place}")
        };
        hint.push_str(format!("  {old:<14} -> {new:<16}{place}").trim_end());
        hint.push('\n');
    }
    hint.push_str(
        "Subtables follow: [[ridge.map]] becomes [[curve.map]]. In `nested`, `archetypes` becomes \
         `types`. In [thresholds], `lure` becomes `decoy_strength`. Values stay as they are.",
    );
    hint
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_1_is_refused_with_its_line_and_every_new_name() {
        let error = require_current("old.toml", "# old\nformat = 1\n[[ridge]]\n").unwrap_err();
        assert!(error.to_string().starts_with("old.toml:2: "), "{error}");
        let ScenarioError::Format { hint, .. } = error else {
            panic!("another error");
        };
        for (_, old, new) in RENAMED {
            assert!(hint.contains(old) && hint.contains(new), "{old}: {hint}");
        }
    }

    #[test]
    fn the_current_format_and_no_format_pass() {
        assert!(require_current("a.toml", "format = 2\n").is_ok());
        assert!(require_current("a.toml", "name = \"a\"\n").is_ok());
        assert!(require_current("a.toml", "format = 3\n").is_err());
    }
}
