//! What every check needs: a place for problems, and the usual questions.

use crate::scenario::error::ScenarioProblem;
use crate::scenario::locate::{PathStep, line, span};
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::spec_columns::ColumnSpec;
use crate::scenario::suggest::closest;
use PathStep::{Item, Key};

/// Collects problems while a scenario is checked.
pub(super) struct Checker<'a> {
    /// The file, to find places in.
    pub(super) text: &'a str,
    /// What is wrong so far.
    pub(super) problems: Vec<ScenarioProblem>,
    /// Names of the columns, in order.
    pub(super) names: Vec<String>,
    /// Names of the columns of other tables, with the name of the child or none for the main table:
    /// what somebody may have meant.
    pub(super) elsewhere: Vec<(Option<String>, Vec<String>)>,
    /// Where the checked columns are: at the top level of the file, or in a child table.
    pub(super) within: Vec<PathStep<'static>>,
}

impl Checker<'_> {
    pub(super) fn problem(
        &mut self,
        path: &[PathStep<'_>],
        says: impl Into<String>,
        hint: Option<String>,
    ) {
        let path: Vec<PathStep<'_>> = self.within.iter().chain(path).copied().collect();
        self.problems.push(ScenarioProblem {
            span: span(self.text, &path),
            says: says.into(),
            hint,
        });
    }

    /// Line of a value in the file, from 1.
    pub(super) fn line(&self, path: &[PathStep<'_>]) -> usize {
        let path: Vec<PathStep<'_>> = self.within.iter().chain(path).copied().collect();
        line(self.text, &path)
    }

    pub(super) fn require(
        &mut self,
        holds: bool,
        path: &[PathStep<'_>],
        says: impl FnOnce() -> String,
    ) {
        if !holds {
            self.problem(path, says(), None);
        }
    }

    pub(super) fn range(&mut self, value: f64, low: f64, high: f64, path: &[PathStep<'_>]) {
        self.require((low..=high).contains(&value), path, || {
            format!("found {value}, expected a number from {low} to {high}")
        });
    }

    pub(super) fn pair(&mut self, pair: [f64; 2], low: f64, high: f64, path: &[PathStep<'_>]) {
        self.range(pair[0], low, high, path);
        self.range(pair[1], low, high, path);
        self.require(pair[0] <= pair[1], path, || {
            format!("least {} is above most {}", pair[0], pair[1])
        });
    }

    /// Names become names of files and columns.
    pub(super) fn file_name(&mut self, name: &str, path: &[PathStep<'_>]) {
        let fine = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        self.require(fine, path, || {
            format!("`{name}` is not a valid name, expected letters, digits, `-` and `_`")
        });
    }

    pub(super) fn needed(
        &mut self,
        value: Option<f64>,
        key: &'static str,
        column: &ColumnSpec,
        at: usize,
        (low, high): (f64, f64),
    ) -> f64 {
        let path = [Key("column"), Item(at), Key(key)];
        if let Some(value) = value {
            self.range(value, low, high, &path);
            return value;
        }
        let says = format!("a column of kind `{}` needs `{key}`", column.kind);
        self.problem(&path, says, None);
        low
    }

    pub(super) fn position(&mut self, name: &str, path: &[PathStep<'_>]) -> Option<usize> {
        let found = self.names.iter().position(|known| known == name);
        if found.is_none() {
            let near = || {
                let near = closest(name, self.names.iter().map(String::as_str))?;
                Some(format!("did you mean `{near}`?"))
            };
            let hint = self.table_of(name).or_else(near);
            self.problem(path, format!("there is no column `{name}`"), hint);
        }
        found
    }

    /// What to write when another table has the column.
    fn table_of(&self, name: &str) -> Option<String> {
        let has = |names: &Vec<String>| names.iter().any(|known| known == name);
        let (table, _) = self.elsewhere.iter().find(|(_, names)| has(names))?;
        Some(match table {
            Some(child) => format!("it is in a child table: add `table = \"{child}\"`"),
            None => "it is in the main table: remove `table`".to_owned(),
        })
    }

    pub(super) fn open_column(
        &mut self,
        name: &str,
        columns: &[ColumnPlan],
        path: &[PathStep<'_>],
    ) -> Option<usize> {
        let at = self.position(name, path)?;
        let word = columns[at].kind.word();
        let open = columns[at].is_open();
        let why = if columns[at].is_outcome() {
            "is the outcome, which factors enter without a map".to_owned()
        } else if columns[at].entity_level.is_some() {
            "is constant per entity; structures enter columns that vary from row to row".to_owned()
        } else {
            format!(
                "is of kind `{word}`; structures enter columns of kind real, count, fraction and flag, ordered categories, and timestamps with `after`"
            )
        };
        self.require(open, path, || format!("`{name}` {why}"));
        open.then_some(at)
    }
}
