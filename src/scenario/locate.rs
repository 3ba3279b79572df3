//! Finds the line of a value in the file.

use toml::de::{DeTable, DeValue};

/// A step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PathStep<'a> {
    /// A key of a table.
    Key(&'a str),
    /// A place in an array.
    Item(usize),
}

/// First byte and length of the value that `path` leads to, or of the deepest step that is there
/// (a missing key is shown where it is missing).
pub(super) fn span(text: &str, path: &[PathStep<'_>]) -> (usize, usize) {
    let Ok(root) = DeTable::parse(text) else {
        return (0, 0);
    };
    let mut best = (0, 0);
    let mut value = &DeValue::Table(root.into_inner());
    for step in path {
        let next = match (step, value) {
            (PathStep::Key(key), DeValue::Table(table)) => table
                .iter()
                .find(|(name, _)| name.get_ref() == key)
                .map(|(_, value)| value),
            (PathStep::Item(at), DeValue::Array(items)) => items.get(*at),
            _ => None,
        };
        let Some(found) = next else { break };
        let range = found.span();
        best = (range.start, range.len());
        value = found.get_ref();
    }
    first_line(text, best)
}

/// Line of the value at `path` in the file, from 1.
pub(super) fn line(text: &str, path: &[PathStep<'_>]) -> usize {
    let (start, _) = span(text, path);
    1 + text[..start].matches('\n').count()
}

/// A whole table is too long to underline: its first line is enough.
fn first_line(text: &str, (start, length): (usize, usize)) -> (usize, usize) {
    let covered = text.get(start..start + length).unwrap_or("");
    let line = covered.lines().next().unwrap_or("");
    (start, line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_inside_arrays_of_tables() {
        let text = "a = 1\n[[column]]\nname = \"x\"\n[[column]]\nname = \"y\"\nshare = 2.0\n";
        let (start, length) = span(
            text,
            &[
                PathStep::Key("column"),
                PathStep::Item(1),
                PathStep::Key("share"),
            ],
        );
        assert_eq!(&text[start..start + length], "2.0");
        let (start, length) = span(
            text,
            &[
                PathStep::Key("column"),
                PathStep::Item(1),
                PathStep::Key("rate"),
            ],
        );
        assert_eq!(&text[start..start + length], "[[column]]");
    }
}
