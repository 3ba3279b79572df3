//! `claims.toml`: claims, kept as written.

use super::FileProblem;
use super::diagnostics::Diagnostics;
use super::problem::{closest_name, examples};
use super::report::utf8;

/// Read `claims.toml`.
pub(super) fn read(file: &str, bytes: &[u8], diagnostics: &mut Diagnostics) -> Vec<toml::Table> {
    let Some(table) = table(file, bytes, diagnostics) else {
        return Vec::new();
    };
    let expected = "[[claim]] tables, each with a sentence in `says`";
    let claims = match table.get("claim") {
        Some(toml::Value::Array(claims)) => claims.clone(),
        Some(toml::Value::Table(claim)) => vec![toml::Value::Table(claim.clone())],
        Some(other) => {
            let found = format!("`claim` of type {}", other.type_str());
            diagnostics.problem(FileProblem::new(file, found, expected));
            return Vec::new();
        }
        None => {
            let names: Vec<&str> = table.keys().map(String::as_str).collect();
            let problem = FileProblem::new(file, "no `[[claim]]`", expected);
            diagnostics.problem(match super::problem::closest_name("claim", names) {
                Some(near) => problem.hint(format!("rename `{near}` to `claim`")),
                None => problem,
            });
            return Vec::new();
        }
    };
    let mut kept = Vec::new();
    for (number, claim) in claims.into_iter().enumerate() {
        let says = claim.get("says").and_then(toml::Value::as_str);
        let has_sentence = says.is_some_and(|says| !says.trim().is_empty());
        match claim {
            toml::Value::Table(claim) if has_sentence => kept.push(claim),
            _ => {
                let found = format!("claim {} without `says`", number + 1);
                diagnostics.problem(FileProblem::new(file, found, "a sentence in `says`"));
            }
        }
    }
    kept
}

/// Note each column in `claims` that the delivered table does not have, and each list of rows that
/// is not among the files `names`. Returns the lists that exist.
pub(super) fn check_names(
    claims: &[toml::Table],
    columns: &[String],
    names: &[String],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut lists = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let mut absent = |what: &str, name: &str, known: &[String]| {
            let near = closest_name(name, known.iter().map(String::as_str));
            let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
            let name = examples(&[name]);
            let says = format!("claim {} names {name}, {what}{near}", number + 1);
            diagnostics.note(FILE, says);
        };
        let evidence = claim.get("evidence").and_then(toml::Value::as_table);
        let named = claim.get("columns").and_then(toml::Value::as_array);
        let mut found: Vec<&str> = named
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .collect();
        match evidence.and_then(|evidence| evidence.get("where")) {
            Some(toml::Value::Array(conditions)) => {
                let conditions = conditions.iter().filter_map(toml::Value::as_str);
                found.extend(conditions.filter_map(column_of));
            }
            Some(toml::Value::String(list)) if names.contains(list) => lists.push(list.clone()),
            Some(toml::Value::String(list)) => {
                absent("a list of rows that is not in the submission", list, names);
            }
            _ => {}
        }
        found.sort_unstable();
        found.dedup();
        for column in found {
            if columns.iter().all(|known| known != column) {
                absent("which is not a column of the data", column, columns);
            }
        }
    }
    lists
}

const FILE: &str = "claims.toml";

/// The column of a condition, `column op value`: names may contain spaces.
fn column_of(condition: &str) -> Option<&str> {
    let signs = [" == ", " != ", " >= ", " <= ", " > ", " < ", " in "];
    let first = signs.iter().filter_map(|sign| condition.find(sign)).min()?;
    Some(condition[..first].trim())
}

/// Parse a TOML file, or report a problem with its line.
pub(super) fn table(
    file: &str,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Option<toml::Table> {
    let text = match utf8(file, bytes) {
        Ok(text) => text,
        Err(problem) => {
            diagnostics.problem(problem);
            return None;
        }
    };
    match text.parse() {
        Ok(table) => Some(table),
        Err(why) => {
            let why: toml::de::Error = why;
            let before = why.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(1, |text| text.matches('\n').count() as u64 + 1);
            let found = why.message().trim().replace('\n', ", ");
            diagnostics.problem(FileProblem::new(file, found, "valid TOML").at(line));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> (usize, Vec<FileProblem>) {
        let mut diagnostics = Diagnostics::default();
        let claims = read("claims.toml", text.as_bytes(), &mut diagnostics);
        (claims.len(), diagnostics.problems)
    }

    #[test]
    fn a_claim_without_says_is_a_problem() {
        assert_eq!(
            claims("[[claim]]\nsays = 'x'\nstat = 'mean'\n"),
            (1, vec![])
        );
        let (kept, problems) = claims("[[claim]]\nsays = 'x'\n[[claim]]\nkind = 'trend'\n");
        assert_eq!(kept, 1);
        assert_eq!(problems[0].found, "claim 2 without `says`");
    }

    #[test]
    fn unknown_columns_and_lists_are_noted() {
        let text = "[[claim]]\nsays = 'x'\ncolumns = ['price', 'a b']\n[claim.evidence]\n\
                    where = ['pirce >= 3', 'a b == >= 1']\n\
                    [[claim]]\nsays = 'y'\n[claim.evidence]\nwhere = 'rows.csv'\n\
                    [[claim]]\nsays = 'z'\n[claim.evidence]\nwhere = 'claim-1.csv'\n";
        let mut diagnostics = Diagnostics::default();
        let claims = read("claims.toml", text.as_bytes(), &mut diagnostics);
        let columns = ["price", "a b"].map(str::to_owned);
        let lists = check_names(
            &claims,
            &columns,
            &["rows.csv".to_owned()],
            &mut diagnostics,
        );
        assert_eq!(lists, ["rows.csv"]);
        let notes: Vec<&str> = diagnostics
            .notes
            .iter()
            .map(|note| note.says.as_str())
            .collect();
        assert_eq!(
            notes,
            [
                "claim 1 names \"pirce\", which is not a column of the data (did you mean `price`?)",
                "claim 3 names \"claim-1.csv\", a list of rows that is not in the submission",
            ]
        );
    }

    #[test]
    fn damaged_files_are_problems() {
        assert_eq!(claims("[[claim]]\nsays = \n").1[0].line, Some(2));
        assert!(claims("[[claims]]\nsays = 'x'\n").1[0].hint.is_some());
        assert_eq!(claims("claim = 3").1[0].found, "`claim` of type integer");
    }
}
