//! Problems of a submission, and notes on it.

use serde::Serialize;

use crate::text::{first_and_more, truncate};

/// Something that prevents a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileProblem {
    /// Name of the file inside the submission.
    pub file: String,
    /// Line of the file, from 1, where there is one.
    pub line: Option<u64>,
    /// What is there, such as "bytes that are not UTF-8".
    pub found: String,
    /// What should be there, such as "UTF-8 text".
    pub expected: String,
    /// What to do about it, where that is clear.
    pub hint: Option<String>,
}

/// Something worth knowing that prevents no review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// Name of the file inside the submission.
    pub file: String,
    /// One sentence without a full stop.
    pub says: String,
}

impl FileProblem {
    /// A problem with a whole file.
    pub fn new(file: &str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            found: found.into(),
            expected: expected.into(),
            hint: None,
        }
    }

    #[must_use]
    pub fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl FileNote {
    pub fn new(file: &str, says: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            says: says.into(),
        }
    }
}

/// The name among `names` that was probably meant, if one is close.
pub(super) fn closest_name<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace([' ', '-', '_', '.'], "");
    let written = plain(written);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &plain(name)), name))
        .filter(|(distance, name)| *distance <= name.chars().count() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The first examples of a list and how many there are in all: `"x1", "x2", "x3" and 7 more`.
pub(super) fn examples<S: AsRef<str>>(all: &[S]) -> String {
    let quoted = all
        .iter()
        .map(|text| format!("\"{}\"", truncate(text.as_ref(), 41)));
    first_and_more(&quoted.collect::<Vec<_>>(), 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_close_name_is_offered() {
        assert_eq!(closest_name("RowID", ["row_id", "cluster"]), Some("row_id"));
        assert_eq!(
            closest_name("latncy_ms", ["latency_ms"]),
            Some("latency_ms")
        );
        assert_eq!(closest_name("weather", ["latency_ms", "row_id"]), None);
    }

    #[test]
    fn examples_are_few_short_and_counted() {
        assert_eq!(examples(&["a", "b"]), "\"a\", \"b\"");
        let many: Vec<String> = (0..9).map(|n| n.to_string()).collect();
        assert_eq!(examples(&many), "\"0\", \"1\", \"2\" and 6 more");
    }
}
