//! `axes.csv`: continuous scores of rows.

use super::answers::{Answers, is_missing};
use super::diagnostics::Diagnostics;
use super::{DeliveredRows, FileProblem};
use crate::table::Text;
use crate::text::truncate;

/// One numeric column.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmittedAxis {
    /// Name of the column.
    pub name: String,
    /// The value of each delivered row.
    pub values: Vec<Option<f64>>,
}

/// Read `axes.csv`.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    delivered: &DeliveredRows,
    diagnostics: &mut Diagnostics,
) -> Vec<SubmittedAxis> {
    let Some(answers) = Answers::read(file, bytes, delivered, diagnostics) else {
        return Vec::new();
    };
    let columns = answers.columns().iter();
    columns
        .filter_map(|(name, fields)| axis(&answers, name, fields, diagnostics))
        .collect()
}

fn axis(
    answers: &Answers<'_>,
    name: &str,
    fields: &[Option<Text>],
    diagnostics: &mut Diagnostics,
) -> Option<SubmittedAxis> {
    let mut numbers = Vec::with_capacity(fields.len());
    for (line, field) in fields.iter().enumerate() {
        let field = field.as_deref().unwrap_or_default();
        if is_missing(field) {
            numbers.push(None);
            continue;
        }
        let Ok(number) = field.trim().parse::<f64>() else {
            let found = format!("`{name}` is \"{}\"", truncate(field, 41));
            let problem = FileProblem::new(answers.file, found, "a number").at(line as u64 + 2);
            diagnostics.problem(problem);
            return None;
        };
        numbers.push(Some(number).filter(|number| number.is_finite()));
    }
    let values = answers.by_row(&format!("`{name}`"), &numbers, diagnostics);
    if values.iter().all(Option::is_none) {
        diagnostics.note(
            answers.file,
            format!("`{name}`: no row has a number; ignored"),
        );
        return None;
    }
    Some(SubmittedAxis {
        name: name.to_owned(),
        values,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_aligned_and_text_is_a_problem() {
        let ids = ["a", "b", "c"].map(|id| Some(Text::from(id)));
        let delivered = DeliveredRows::new("id", &ids, Vec::new());
        let mut diagnostics = Diagnostics::default();
        let csv = b"row_id,pc1,pc2,plan\nb,-1.5e-1,inf,free\na,nan,2,pro\n";
        let axes = read("axes.csv", csv, &delivered, &mut diagnostics);
        assert_eq!(axes[0].values, [None, Some(-0.15), None]);
        assert_eq!(axes[1].values, [Some(2.0), None, None]);
        assert_eq!(axes.len(), 2);
        assert_eq!(diagnostics.problems[0].found, "`plan` is \"free\"");
        assert_eq!(diagnostics.problems[0].line, Some(2));
    }
}
