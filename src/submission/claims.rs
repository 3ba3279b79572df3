//! `claims.toml`: statements, kept as they were written.

use super::Problem;
use super::remarks::Remarks;
use super::report::utf8;

/// Read `claims.toml`.
pub(super) fn read(file: &str, bytes: &[u8], remarks: &mut Remarks) -> Vec<toml::Table> {
    let Some(table) = table(file, bytes, remarks) else {
        return Vec::new();
    };
    let expected = "[[claim]] tables, each with `says`";
    let claims = match table.get("claim") {
        Some(toml::Value::Array(claims)) => claims.clone(),
        Some(toml::Value::Table(claim)) => vec![toml::Value::Table(claim.clone())],
        Some(other) => {
            let found = format!("`claim` is of type {}", other.type_str());
            remarks.problem(Problem::new(file, found, expected));
            return Vec::new();
        }
        None => {
            let names: Vec<&str> = table.keys().map(String::as_str).collect();
            let problem = Problem::new(file, "no `[[claim]]`", expected);
            remarks.problem(match super::problem::meant("claim", names) {
                Some(near) => problem.hint(format!("rename `{near}` to `claim`")),
                None => problem,
            });
            return Vec::new();
        }
    };
    let mut kept = Vec::new();
    for (number, claim) in claims.into_iter().enumerate() {
        let says = claim.get("says").and_then(toml::Value::as_str);
        let spoken = says.is_some_and(|says| !says.trim().is_empty());
        match claim {
            toml::Value::Table(claim) if spoken => kept.push(claim),
            _ => {
                let found = format!("claim {} without `says`", number + 1);
                remarks.problem(Problem::new(file, found, "a sentence in `says`"));
            }
        }
    }
    kept
}

/// A TOML file, or a remark on the line where it stops being one.
pub(super) fn table(file: &str, bytes: &[u8], remarks: &mut Remarks) -> Option<toml::Table> {
    let text = match utf8(file, bytes) {
        Ok(text) => text,
        Err(problem) => {
            remarks.problem(problem);
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
            remarks.problem(Problem::new(file, found, "TOML").at(line));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> (usize, Vec<Problem>) {
        let mut remarks = Remarks::default();
        let claims = read("claims.toml", text.as_bytes(), &mut remarks);
        (claims.len(), remarks.problems)
    }

    #[test]
    fn a_claim_says_something() {
        assert_eq!(
            claims("[[claim]]\nsays = 'x'\nstat = 'mean'\n"),
            (1, vec![])
        );
        let (kept, problems) = claims("[[claim]]\nsays = 'x'\n[[claim]]\nkind = 'trend'\n");
        assert_eq!(kept, 1);
        assert_eq!(problems[0].found, "claim 2 without `says`");
    }

    #[test]
    fn damaged_files_are_problems() {
        assert_eq!(claims("[[claim]]\nsays = \n").1[0].line, Some(2));
        assert!(claims("[[claims]]\nsays = 'x'\n").1[0].hint.is_some());
        assert_eq!(claims("claim = 3").1[0].found, "`claim` is of type integer");
    }
}
