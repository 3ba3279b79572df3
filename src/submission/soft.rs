//! Soft groupings: `p_` columns of `groups.csv`.

use std::collections::BTreeMap;

use super::FileProblem;
use super::answers::{Answers, is_missing};
use super::diagnostics::Diagnostics;
use crate::labels::Memberships;
use crate::table::Text;
use crate::text::quantity;
use crate::text::truncate;

/// The shares of a row may differ from 1 by this much through rounding.
const ROUNDING: f64 = 0.02;

/// One soft answer: each row is a mixture of groups.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftGrouping {
    /// What its columns have in common: `mix` for `p_mix0` and `p_mix1`.
    pub name: String,
    /// Names of its groups: its columns without `p_`.
    pub groups: Vec<String>,
    /// Shares of each delivered row.
    pub memberships: Memberships,
}

/// Whether a column of this name holds shares of a group.
pub(super) fn is_share(column: &str) -> bool {
    column.len() > 2 && column.starts_with("p_")
}

/// The soft groupings among columns of answers.
pub(super) fn read(answers: &Answers<'_>, diagnostics: &mut Diagnostics) -> Vec<SoftGrouping> {
    let shares: Vec<usize> = (0..answers.columns().len())
        .filter(|place| is_share(&answers.columns()[*place].0))
        .collect();
    let names: Vec<&str> = shares
        .iter()
        .map(|place| &answers.columns()[*place].0[2..])
        .collect();
    families(&names)
        .into_iter()
        .filter_map(|(name, members)| {
            let columns: Vec<usize> = members.iter().map(|member| shares[*member]).collect();
            soft(answers, name, &columns, diagnostics)
        })
        .collect()
}

/// Which columns belong together: those that share a stem before their number; those that are
/// alone with theirs form one family, called `p`.
fn families(names: &[&str]) -> BTreeMap<String, Vec<usize>> {
    let stem = |name: &str| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        stem.trim_end_matches(['_', '-', '.']).to_owned()
    };
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, name) in names.iter().enumerate() {
        families.entry(stem(name)).or_default().push(place);
    }
    let mut loose = Vec::new();
    families.retain(|_, members| {
        if members.len() == 1 {
            loose.append(members);
        }
        !members.is_empty()
    });
    if let Some(bare) = families.remove("") {
        loose.extend(bare);
    }
    if !loose.is_empty() {
        loose.sort_unstable();
        families.entry("p".to_owned()).or_default().extend(loose);
    }
    families
}

fn soft(
    answers: &Answers<'_>,
    name: String,
    columns: &[usize],
    diagnostics: &mut Diagnostics,
) -> Option<SoftGrouping> {
    let columns: Vec<&(String, Vec<Option<Text>>)> = columns
        .iter()
        .map(|place| &answers.columns()[*place])
        .collect();
    let mut groups: Vec<String> = columns
        .iter()
        .map(|(name, _)| name[2..].to_owned())
        .collect();
    let lines = columns[0].1.len();
    let mut rows: Vec<Option<Vec<f64>>> = Vec::with_capacity(lines);
    let (mut empty, mut uneven) = (0, 0);
    for line in 0..lines {
        let mut shares = Vec::with_capacity(columns.len());
        for (column, fields) in &columns {
            let field = fields[line].as_deref().unwrap_or_default();
            if is_missing(field) {
                continue;
            }
            match field.trim().parse::<f64>() {
                Ok(share) if share.is_finite() && share >= 0.0 => shares.push(share),
                _ => {
                    let found = format!("`{column}` is \"{}\"", truncate(field, 41));
                    let problem = FileProblem::new(answers.file, found, "a number of at least 0");
                    diagnostics.problem(problem.at(line as u64 + 2));
                    return None;
                }
            }
        }
        let sum: f64 = shares.iter().sum();
        if columns.len() == 1 && shares.len() == 1 && sum <= 1.0 {
            shares.push(1.0 - sum);
        }
        let complete = shares.len() >= columns.len().max(2) && shares.iter().sum::<f64>() > 0.0;
        empty += usize::from(!complete);
        uneven += usize::from(complete && columns.len() > 1 && (sum - 1.0).abs() > ROUNDING);
        rows.push(complete.then_some(shares));
    }
    if columns.len() == 1 {
        groups.push(format!("not {}", groups[0]));
    }
    let file = answers.file;
    if empty > 0 {
        let lines = quantity(empty, "line");
        diagnostics.note(
            file,
            format!("soft `{name}`: {lines} without shares; these rows count as empty"),
        );
    }
    if uneven > 0 {
        let lines = quantity(uneven, "line");
        let says =
            format!("soft `{name}`: {lines} whose shares do not sum to 1; they are rescaled");
        diagnostics.note(file, says);
    }
    let by_row = answers.by_row(&format!("soft `{name}`"), &rows, diagnostics);
    if by_row.iter().all(Option::is_none) {
        diagnostics.note(file, format!("soft `{name}`: no row has shares; ignored"));
        return None;
    }
    let left_out = vec![f64::NAN; groups.len()];
    let weights = by_row
        .into_iter()
        .flat_map(|shares| shares.unwrap_or_else(|| left_out.clone()));
    match Memberships::from_weights(groups.len(), weights.collect()) {
        Ok(memberships) => Some(SoftGrouping {
            name,
            groups,
            memberships,
        }),
        Err(why) => {
            diagnostics.problem(FileProblem::new(
                file,
                why.to_string(),
                "shares of each group",
            ));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::DeliveredRows;
    use super::*;

    fn soft(csv: &str) -> (Vec<SoftGrouping>, Diagnostics) {
        let ids = ["a", "b"].map(|id| Some(Text::from(id)));
        let delivered = DeliveredRows::new("id", &ids, Vec::new());
        let mut diagnostics = Diagnostics::default();
        let answers = Answers::read("groups.csv", csv.as_bytes(), &delivered, &mut diagnostics);
        let soft = answers.map(|answers| read(&answers, &mut diagnostics));
        (soft.unwrap_or_default(), diagnostics)
    }

    #[test]
    fn columns_of_one_stem_are_one_answer() {
        let (found, _) = soft("row_id,p_mix0,p_mix1,p_lda_1,p_lda_2\na,1,3,1,0\nb,1,0,0.5,0.5\n");
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].name.as_str(), found[1].name.as_str()),
            ("lda", "mix")
        );
        assert_eq!(found[1].memberships.row(0), &[0.25, 0.75]);
    }

    #[test]
    fn columns_without_a_common_stem_are_one_answer() {
        let (found, _) = soft("row_id,p_power,p_casual\na,0.2,0.8\nb,,\n");
        assert_eq!(found[0].name, "p");
        assert_eq!(found[0].groups, ["power", "casual"]);
        assert!(found[0].memberships.row(1)[0].is_nan());
    }

    #[test]
    fn a_single_share_gets_its_complement() {
        let (found, _) = soft("row_id,p_rare\na,0.25\nb,1\n");
        assert_eq!(found[0].groups, ["rare", "not rare"]);
        assert_eq!(found[0].memberships.row(0), &[0.25, 0.75]);
    }

    #[test]
    fn a_negative_share_is_a_problem_at_its_line() {
        let (found, diagnostics) = soft("row_id,p_0,p_1\na,0.5,0.5\nb,-1,2\n");
        assert!(found.is_empty());
        assert_eq!(diagnostics.problems[0].line, Some(3));
        assert_eq!(diagnostics.problems[0].found, "`p_0` is \"-1\"");
    }
}
