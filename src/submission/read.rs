//! Reading a submission: everything in it, with everything that is wrong with it.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::claims;
use super::files::Files;
use super::issues::{self, Issue};
use super::problem::{examples, meant};
use super::remarks::Remarks;
use super::scope::{self, Scope};
use super::{Axis, Cleaned, DeliveredRows, Format, Grouping, Note, Problem, Report};
use super::{SoftGrouping, SubmissionError, axes, cleaned, groups};
use crate::table::ChildFile;
use crate::text::quantity;

/// What a candidate handed in, checked and aligned to the delivered rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Submission {
    /// The report.
    pub report: Report,
    /// Hard groupings.
    pub groups: Vec<Grouping>,
    /// Soft groupings.
    pub soft: Vec<SoftGrouping>,
    /// Axes.
    pub axes: Vec<Axis>,
    /// What the candidate would not trust.
    pub issues: Vec<Issue>,
    /// The data as the candidate would use them.
    pub cleaned: Option<Cleaned>,
    /// The same for child tables, by name.
    pub cleaned_children: BTreeMap<String, Cleaned>,
    /// Statements, each with `says`, as they were written.
    pub claims: Vec<toml::Table>,
    /// What was left out on purpose.
    pub scope: Option<Scope>,
    /// Pictures by their name in the submission.
    pub figures: BTreeMap<String, Vec<u8>>,
    /// What is worth knowing about the files.
    pub notes: Vec<Note>,
    /// What is there, in words, one line per file.
    pub present: Vec<String>,
}

/// Pictures larger than this are left out of pages: 20 MiB.
const MAX_FIGURE: usize = 20 << 20;

/// Read a submission. One that cannot be reviewed is an error that carries every problem.
pub fn read(path: &Path, delivered: &DeliveredRows) -> Result<Submission, SubmissionError> {
    let inspection = inspect(path, delivered)?;
    match inspection.submission {
        Some(submission) if inspection.problems.is_empty() => Ok(submission),
        _ => Err(SubmissionError::Problems {
            path: path.to_owned(),
            problems: inspection.problems,
        }),
    }
}

/// All there is to know about a submission.
pub(super) struct Inspection {
    /// As far as it could be read; nothing without a report.
    pub(super) submission: Option<Submission>,
    /// What is there, in words, one line per file.
    pub(super) present: Vec<String>,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
}

pub(super) fn inspect(
    path: &Path,
    delivered: &DeliveredRows,
) -> Result<Inspection, SubmissionError> {
    let mut remarks = Remarks::default();
    let mut files = Files::open(path, &mut remarks)?;
    let mut present = Vec::new();
    // A refused archive lists nothing; a missing report would only repeat that.
    let report = if remarks.problems.is_empty() {
        report(&mut files, &mut remarks)
    } else {
        None
    };
    if let Some(report) = &report {
        let words = quantity(report.words, "word");
        present.push(format!(
            "{}: the report, {}, {words}",
            report.file,
            report.format.name()
        ));
    }
    let mut parts = well_known(&mut files, delivered, &mut present, &mut remarks);
    let names: Vec<String> = files.names().map(str::to_owned).collect();
    let lists = claims::look_up(&parts.claims, delivered.columns(), &names, &mut remarks);
    let mut read_children = Vec::new();
    for child in delivered.children() {
        for name in ["csv", "parquet"].map(|ending| format!("cleaned_{}.{ending}", child.name)) {
            let Some(bytes) = files.read(&name, &mut remarks) else {
                continue;
            };
            let before = remarks.problems.len();
            let what = parts.read_child(child, &name, bytes, &mut remarks);
            if remarks.problems.len() == before {
                present.extend(what.map(|what| format!("{name}: {what}")));
            }
            read_children.push(name);
        }
    }
    let figures = figures(&mut files, &mut remarks);
    if !figures.is_empty() {
        let names: Vec<&String> = figures.keys().collect();
        present.push(format!(
            "{}: {}",
            quantity(names.len(), "figure"),
            examples(&names)
        ));
    }
    let report_file = report.as_ref().map(|report| report.file.as_str());
    let others: Vec<&str> = files
        .names()
        .filter(|name| !WELL_KNOWN.contains(name) && !is_figure(name) && Some(*name) != report_file)
        .filter(|name| !read_children.iter().any(|read| read == name))
        .filter(|name| !lists.iter().any(|list| list == name))
        // A report that could not be read is a problem already.
        .filter(|name| remarks.problems.iter().all(|problem| problem.file != *name))
        .collect();
    if !others.is_empty() {
        let near = others.iter().find_map(|name| meant(name, WELL_KNOWN));
        let near = near.map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        let files = quantity(others.len(), "other file");
        let says = format!("{files} not read: {}{near}", examples(&others));
        remarks.note("the submission", says);
    }
    let Remarks { problems, notes } = remarks;
    let submission = report.map(|report| Submission {
        report,
        groups: parts.groups,
        soft: parts.soft,
        axes: parts.axes,
        issues: parts.issues,
        cleaned: parts.cleaned,
        cleaned_children: parts.cleaned_children,
        claims: parts.claims,
        scope: parts.scope,
        figures,
        notes: notes.clone(),
        present: present.clone(),
    });
    Ok(Inspection {
        submission,
        present,
        problems,
        notes,
    })
}

/// Files beside the report that are read, in the order in which they are spoken of.
const WELL_KNOWN: [&str; 7] = [
    "groups.csv",
    "axes.csv",
    "issues.csv",
    "cleaned.csv",
    "cleaned.parquet",
    "claims.toml",
    "scope.toml",
];

/// Read the well-known files, and say what is in each.
fn well_known(
    files: &mut Files,
    delivered: &DeliveredRows,
    present: &mut Vec<String>,
    remarks: &mut Remarks,
) -> Parts {
    let mut parts = Parts::default();
    let mut found: Vec<(&str, Vec<u8>)> = Vec::new();
    for name in WELL_KNOWN {
        let Some(bytes) = files.read(name, remarks) else {
            continue;
        };
        if name == "cleaned.parquet" && found.iter().any(|(other, _)| *other == "cleaned.csv") {
            remarks.note(name, "not read, since cleaned.csv is there");
            continue;
        }
        found.push((name, bytes));
    }
    // Side by side, and spoken of in their order.
    let read: Vec<(&str, String, Parts, Remarks)> = found
        .into_par_iter()
        .map(|(name, bytes)| {
            let (mut part, mut said) = (Parts::default(), Remarks::default());
            let what = part.read(name, bytes, delivered, &mut said);
            (name, what, part, said)
        })
        .collect();
    for (name, what, part, said) in read {
        if said.problems.is_empty() {
            present.push(format!("{name}: {what}"));
        }
        parts.join(part);
        remarks.problems.extend(said.problems);
        remarks.notes.extend(said.notes);
    }
    parts
}

#[derive(Default)]
struct Parts {
    groups: Vec<Grouping>,
    soft: Vec<SoftGrouping>,
    axes: Vec<Axis>,
    issues: Vec<Issue>,
    cleaned: Option<Cleaned>,
    cleaned_children: BTreeMap<String, Cleaned>,
    claims: Vec<toml::Table>,
    scope: Option<Scope>,
}

impl Parts {
    /// What another file holds, beside what this one does.
    fn join(&mut self, other: Self) {
        self.groups.extend(other.groups);
        self.soft.extend(other.soft);
        self.axes.extend(other.axes);
        self.issues.extend(other.issues);
        self.cleaned = self.cleaned.take().or(other.cleaned);
        self.cleaned_children.extend(other.cleaned_children);
        self.claims.extend(other.claims);
        self.scope = self.scope.take().or(other.scope);
    }

    /// Read the cleaned data of a child table, and say what is in it.
    fn read_child(
        &mut self,
        child: &ChildFile,
        name: &str,
        bytes: Vec<u8>,
        remarks: &mut Remarks,
    ) -> Option<String> {
        if self.cleaned_children.contains_key(&child.name) {
            remarks.note(name, "not read, since there is a CSV of the same name");
            return None;
        }
        let delivered = match DeliveredRows::of_child(child) {
            Ok(delivered) => delivered?,
            Err(why) => {
                remarks.table(name, &why);
                return None;
            }
        };
        let cleaned = cleaned::read(name, bytes, &delivered, remarks)?;
        let rows = quantity(cleaned.rows.len(), "row");
        let all = crate::text::thousands(delivered.len());
        self.cleaned_children.insert(child.name.clone(), cleaned);
        Some(format!(
            "cleaned data of `{}`, {rows} of {all} delivered",
            child.name
        ))
    }

    /// Read one of the well-known files, and say what is in it.
    fn read(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        delivered: &DeliveredRows,
        remarks: &mut Remarks,
    ) -> String {
        match name {
            "groups.csv" => {
                (self.groups, self.soft) = groups::read(name, &bytes, delivered, remarks);
                let hard = self.groups.iter().map(|grouping| {
                    let groups = quantity(grouping.partition.groups(), "group");
                    format!("`{}` ({groups})", grouping.name)
                });
                let soft = self.soft.iter().map(|soft| {
                    format!(
                        "`{}` (soft, {})",
                        soft.name,
                        quantity(soft.groups.len(), "group")
                    )
                });
                listed("grouping", &hard.chain(soft).collect::<Vec<_>>())
            }
            "axes.csv" => {
                self.axes = axes::read(name, &bytes, delivered, remarks);
                let names = self.axes.iter().map(|axis| format!("`{}`", axis.name));
                listed("axis", &names.collect::<Vec<_>>())
            }
            "issues.csv" => {
                self.issues = issues::read(name, &bytes, delivered, remarks);
                quantity(self.issues.len(), "issue")
            }
            "claims.toml" => {
                self.claims = claims::read(name, &bytes, remarks);
                quantity(self.claims.len(), "claim")
            }
            "scope.toml" => {
                self.scope = scope::read(name, &bytes, remarks);
                "what was left out on purpose".to_owned()
            }
            _ => {
                self.cleaned = cleaned::read(name, bytes, delivered, remarks);
                let rows = self
                    .cleaned
                    .as_ref()
                    .map_or(0, |cleaned| cleaned.rows.len());
                let all = crate::text::thousands(delivered.len());
                format!("cleaned data, {} of {all} delivered", quantity(rows, "row"))
            }
        }
    }
}

fn listed(noun: &str, names: &[String]) -> String {
    match (names.len(), noun) {
        (0, _) => format!("no {noun} that can be used"),
        (1, _) => format!("1 {noun}: {}", names[0]),
        (many, "axis") => format!("{many} axes: {}", names.join(", ")),
        (many, _) => format!("{many} {noun}s: {}", names.join(", ")),
    }
}

/// Find and read the report: `report.md`, `.ipynb`, `.html`, `.pdf` in this order, else the one
/// file that could be a report.
fn report(files: &mut Files, remarks: &mut Remarks) -> Option<Report> {
    let candidates: Vec<(String, Format)> = files
        .names()
        .filter(|name| !name.contains('/'))
        .filter_map(|name| Some((name.to_owned(), Format::of(name)?)))
        .collect();
    let is_named = |name: &str, stem: &str| {
        let found = name.rsplit_once('.').map(|(stem, _)| stem);
        found.is_some_and(|found| found.eq_ignore_ascii_case(stem))
    };
    let named = Format::ALL.iter().find_map(|format| {
        let fits = |found: &&(String, Format)| found.1 == *format && is_named(&found.0, "report");
        candidates.iter().find(fits)
    });
    let lone = || {
        // A file that says how to run the code is not the report if there is another one.
        let rest: Vec<_> = candidates
            .iter()
            .filter(|(name, _)| candidates.len() == 1 || !is_named(name, "readme"))
            .collect();
        (rest.len() == 1).then(|| rest[0])
    };
    let Some((name, format)) = named.or_else(lone) else {
        let expected = "report.md, report.ipynb, report.html or report.pdf";
        let names: Vec<&str> = candidates.iter().map(|(name, _)| name.as_str()).collect();
        remarks.problem(if names.is_empty() {
            Problem::new("the submission", "no report", expected)
                .hint("put it at the top of the folder")
        } else {
            let found = format!(
                "several files that could be the report: {}",
                examples(&names)
            );
            Problem::new("the submission", found, expected).hint("rename one of them to `report`")
        });
        return None;
    };
    let bytes = files.read(name, remarks)?;
    match Report::read(name, *format, bytes) {
        Ok(report) => Some(report),
        Err(problem) => {
            remarks.problem(problem);
            None
        }
    }
}

fn is_figure(name: &str) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "svg" | "gif"))
}

fn figures(files: &mut Files, remarks: &mut Remarks) -> BTreeMap<String, Vec<u8>> {
    let names: Vec<String> = files
        .names()
        .filter(|name| is_figure(name))
        .map(str::to_owned)
        .collect();
    let mut figures = BTreeMap::new();
    for name in names {
        let Some(bytes) = files.read(&name, remarks) else {
            continue;
        };
        if bytes.len() > MAX_FIGURE {
            remarks.note(&name, "a picture of more than 20 MiB: left out");
        } else {
            figures.insert(name, bytes);
        }
    }
    figures
}
