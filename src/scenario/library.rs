//! Scenarios that ship inside the binary, and reading one from a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use miette::NamedSource;

use super::check::check;
use super::error::{ScenarioError, ScenarioProblem};
use super::format::require_current;
use super::plan::Scenario;
use super::spec::ScenarioSpec;
use super::suggest::closest;

/// Name and text of each shipped scenario, by name.
const LIBRARY: [(&str, &str); 4] = [
    (
        "assistant-prompts",
        include_str!("../../datasets/assistant-prompts.toml"),
    ),
    (
        "market-sellers",
        include_str!("../../datasets/market-sellers.toml"),
    ),
    (
        "notebook-accounts",
        include_str!("../../datasets/notebook-accounts.toml"),
    ),
    (
        "support-tickets",
        include_str!("../../datasets/support-tickets.toml"),
    ),
];

/// Words that the second line of a scenario's description has, and no scenario file.
pub const SHOWN: &str = "rows by default, one row per";

/// Names of the shipped scenarios.
pub fn names() -> impl Iterator<Item = &'static str> {
    LIBRARY.iter().map(|(name, _)| *name)
}

/// The text of a shipped scenario.
pub fn embedded(name: &str) -> Option<&'static str> {
    LIBRARY
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// A commented scenario file called `name`, to begin from; `None` when the name cannot be one.
pub fn template(name: &str) -> Option<String> {
    let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(fine) || name == "dictionary" {
        return None;
    }
    Some(include_str!("template.toml").replacen("\"NAME\"", &format!("\"{name}\""), 1))
}

/// The JSON Schema of scenario files.
pub fn schema() -> String {
    // A schema is plain data with text keys, and always serialises.
    serde_json::to_string_pretty(&schemars::schema_for!(ScenarioSpec)).unwrap_or_default()
}

/// A shipped scenario by name, or one in a file by path.
pub fn load(name_or_path: &str) -> Result<Scenario, ScenarioError> {
    if let Some(text) = embedded(name_or_path) {
        return parse(&format!("{name_or_path}.toml"), text);
    }
    let path = Path::new(name_or_path);
    if !path.is_file() {
        let known: Vec<&str> = names().collect();
        let with_extension = Path::new(name_or_path).with_extension("toml");
        let hint = match closest(name_or_path, known.iter().copied()) {
            _ if with_extension.is_file() => {
                format!("did you mean `{}`?", with_extension.display())
            }
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "shipped scenarios: {}; or give the path of a .toml file",
                known.join(", ")
            ),
        };
        return Err(ScenarioError::Unknown {
            name: name_or_path.to_owned(),
            hint,
        });
    }
    let text = fs::read_to_string(path).map_err(|why| ScenarioError::Open {
        path: path.to_owned(),
        why,
    })?;
    parse(name_or_path, &text)
}

/// A scenario from text; `name` is shown in errors.
pub fn parse(name: &str, text: &str) -> Result<Scenario, ScenarioError> {
    require_current(name, text)?;
    let invalid = |problems| ScenarioError::Invalid {
        source_code: NamedSource::new(name, text.to_owned()).with_language("toml"),
        problems,
    };
    let spec: ScenarioSpec = toml::from_str(text).map_err(|why: toml::de::Error| {
        let span = why.span().unwrap_or(0..0);
        invalid(vec![ScenarioProblem {
            span: (span.start, span.len()),
            says: why.message().to_owned(),
            hint: shown_not_file(text)
                .or_else(|| unknown_key(why.message()))
                .or_else(|| missing_key(why.message())),
        }])
    })?;
    check(&spec, text).map_err(invalid)
}

/// What `scenario show` prints for people is easily kept as if it were the file.
fn shown_not_file(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let (name, _) = lines.next()?.split_once(": ")?;
    let second = lines.next()?;
    second.contains(SHOWN).then(|| {
        format!("this is the output of `drumlin scenario show`; `drumlin scenario show {name} --toml` prints the file")
    })
}

/// serde says "unknown field `x`, expected one of `a`, `b`": find the nearest.
fn unknown_key(message: &str) -> Option<String> {
    let mut words = message.split('`').skip(1).step_by(2);
    let unknown = words.next().filter(|_| message.starts_with("unknown"))?;
    let near = closest(unknown, words)?;
    Some(format!("did you mean `{near}`?"))
}

/// serde says "missing field `x`": what the format says of it, where it says so in one place only.
fn missing_key(message: &str) -> Option<String> {
    let key = message.strip_prefix("missing field `")?.strip_suffix('`')?;
    let schema: serde_json::Value = serde_json::from_str(&schema()).ok()?;
    let tables = schema["$defs"].as_object()?.values();
    let needed = |table: &&serde_json::Value| {
        let required = table["required"].as_array();
        required.is_some_and(|keys| keys.iter().any(|one| one == key))
    };
    let properties: Vec<&serde_json::Value> = std::iter::once(&schema)
        .chain(tables)
        .filter(needed)
        .map(|table| &table["properties"][key])
        .collect();
    let brief_note = properties
        .iter()
        .filter_map(|one| one["description"].as_str());
    let brief_note: BTreeSet<&str> = brief_note.collect();
    let what = brief_note.first().filter(|_| brief_note.len() == 1);
    let what = what.map_or_else(String::new, |what| {
        format!(": {}", what.trim_end_matches('.'))
    });
    let entry = match properties.first() {
        Some(property) if property["$ref"].is_string() => format!("[{key}]"),
        Some(property) if property["items"]["$ref"].is_string() => format!("[[{key}]]"),
        _ => format!("{key} = …"),
    };
    Some(format!(
        "add `{entry}`{what}; `drumlin scenario new` writes a file with every key"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_of_show_saved_as_a_file_is_recognised() {
        let shown = format!("pets: Visits\n40,000 {SHOWN} visit; 900 pets; 90 days\n");
        let hint = shown_not_file(&shown).unwrap();
        assert!(hint.contains("scenario show pets --toml"), "{hint}");
        assert_eq!(shown_not_file(embedded("support-tickets").unwrap()), None);
    }

    #[test]
    fn every_shipped_scenario_is_valid_and_called_what_it_says() {
        for name in names() {
            let scenario = load(name).unwrap();
            assert_eq!(scenario.name, name);
        }
    }

    #[test]
    fn the_template_is_valid_and_called_as_asked() {
        let text = template("bakery-2").unwrap();
        assert_eq!(parse("bakery-2.toml", &text).unwrap().name, "bakery-2");
        assert_eq!(template("no spaces"), None);
    }

    #[test]
    fn the_template_shows_every_key_of_the_format() {
        let text = template("bakery").unwrap();
        let words: BTreeSet<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .collect();
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        let tables = schema["$defs"].as_object().unwrap().values();
        let keys: BTreeSet<&String> = std::iter::once(&schema)
            .chain(tables)
            .filter_map(|table| table["properties"].as_object())
            .flat_map(serde_json::Map::keys)
            .collect();
        assert!(keys.len() > 100);
        for key in keys {
            assert!(words.contains(key.as_str()), "{key}");
        }
    }

    #[test]
    fn a_missing_key_is_reported_with_its_meaning() {
        let text = embedded("assistant-prompts").unwrap();
        let text = text.replacen("signal = 0.62", "", 1);
        let Err(ScenarioError::Invalid { problems, .. }) = parse("x.toml", &text) else {
            panic!("accepted");
        };
        assert_eq!(problems[0].says, "missing field `signal`");
        let hint = problems[0].hint.as_deref().unwrap();
        assert!(
            hint.starts_with("add `signal = …`: Share of each column"),
            "{hint}"
        );
    }

    #[test]
    fn an_unknown_key_is_shown_with_the_nearest_known_one() {
        let text = embedded("assistant-prompts").unwrap();
        let text = text.replacen("story =", "stroy =", 1);
        let Err(ScenarioError::Invalid { problems, .. }) = parse("x.toml", &text) else {
            panic!("accepted");
        };
        assert_eq!(problems[0].hint.as_deref(), Some("did you mean `story`?"));
        assert!(problems[0].says.contains("unknown field `stroy`"));
    }
}
