//! The brief: the task and how work is judged, never what the data contain.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::scenario::Scenario;
use crate::table::Dictionary;
use crate::text::thousands;

use super::DEMO_MARK;
use super::formats::Formats;

/// The hiring team's part of the brief, from a TOML file. Everything is optional; blanks are
/// reported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// Company and position.
    pub position: Option<String>,
    /// Who reads the work.
    pub readers: Option<String>,
    /// The interview: when, how long, with whom.
    pub talk: Option<String>,
    /// When candidates get feedback.
    pub feedback: Option<String>,
    /// The deadline.
    pub deadline: Option<String>,
    /// `none`, `assist` or `any`.
    pub ai: Option<String>,
    /// Payment, or a statement that there is none.
    pub payment: Option<String>,
    /// How long the work is kept.
    pub retention: Option<String>,
    /// Contact for questions.
    pub contact: Option<String>,
}

/// Why a brief cannot be used.
#[derive(Debug, Error)]
pub enum BriefError {
    /// The file cannot be read.
    #[error("cannot read {}: {why}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        why: std::io::Error,
    },
    /// The file has a mistake.
    #[error("{}: {why}", .path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        why: String,
    },
}

/// Properties of a bundle that the brief mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Rows of its main table.
    pub rows: u64,
    /// File formats of its tables.
    pub formats: Formats,
    /// Whether it is a demo.
    pub demo: bool,
    /// Whether it has defects.
    pub dirty: bool,
    /// Whether it includes `explore.html`.
    pub explorer: bool,
}

impl Brief {
    /// Read a TOML file.
    pub fn read(path: &Path) -> Result<Self, BriefError> {
        let text = fs::read_to_string(path).map_err(|why| BriefError::Open {
            path: path.to_owned(),
            why,
        })?;
        let wrong = |why: String| BriefError::Wrong {
            path: path.to_owned(),
            why,
        };
        let brief: Self = toml::from_str(&text).map_err(|why| wrong(why.to_string()))?;
        match brief.ai.as_deref() {
            None | Some("none" | "assist" | "any") => Ok(brief),
            Some(other) => Err(wrong(format!(
                "ai is \"{other}\"; expected \"none\", \"assist\" or \"any\""
            ))),
        }
    }

    /// This brief, with blanks taken from `other`.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let first = |mine: Option<String>, theirs: &Option<String>| mine.or_else(|| theirs.clone());
        Self {
            position: first(self.position, &other.position),
            readers: first(self.readers, &other.readers),
            talk: first(self.talk, &other.talk),
            feedback: first(self.feedback, &other.feedback),
            deadline: first(self.deadline, &other.deadline),
            ai: first(self.ai, &other.ai),
            payment: first(self.payment, &other.payment),
            retention: first(self.retention, &other.retention),
            contact: first(self.contact, &other.contact),
        }
    }

    /// Names of the blank fields.
    pub fn blanks(&self) -> Vec<String> {
        [
            ("position", &self.position),
            ("readers", &self.readers),
            ("talk", &self.talk),
            ("feedback", &self.feedback),
            ("deadline", &self.deadline),
            ("ai", &self.ai),
            ("payment", &self.payment),
            ("retention", &self.retention),
            ("contact", &self.contact),
        ]
        .into_iter()
        .filter(|(_, value)| value.as_deref().is_none_or(|text| text.trim().is_empty()))
        .map(|(name, _)| name.to_owned())
        .collect()
    }

    /// `README.md` of a candidate's folder.
    pub fn to_markdown(
        &self,
        scenario: &Scenario,
        dictionary: &Dictionary,
        delivery: Delivery,
    ) -> String {
        let Delivery {
            rows,
            formats,
            demo,
            dirty,
            explorer,
        } = delivery;
        let blank = |value: &Option<String>| {
            value
                .clone()
                .filter(|text| !text.trim().is_empty())
                .unwrap_or_else(|| "*the hiring team will fill this in*".to_owned())
        };
        let ai = match self.ai.as_deref() {
            Some("none") => "Please work without AI tools.".to_owned(),
            Some("assist") => {
                "You may use AI tools as assistants. Say in one line how you used them.".to_owned()
            }
            Some(_) => "Use any tools, including AI. Say in one line how you used them.".to_owned(),
            None => blank(&None),
        };
        let mark = if demo {
            format!("> **{DEMO_MARK}**\n\n")
        } else {
            String::new()
        };
        let row = &scenario.row;
        let columns = dictionary.main_entries().count();
        let (children, cleaned) = child_tables(scenario, formats);
        let mut text = format!("# {}\n\n{mark}", scenario.title);
        let _ = write!(
            text,
            "{story}\n\n## The task\n\n{task}\n\n\
             The data are in {files}: {count} rows and {columns} columns, one row per {row}. {children}\
             `data/dictionary.csv` describes every column.{explorer}{notes}\n\n\
             The data are synthetic{order}. Plan about four hours. You may stop early on purpose; just tell us \
             why. If you need more days than the deadline allows, just ask. You don't have to give a reason.\n\n\
             ## How we read your report\n\n\
             There is no model answer that we mark against. Tell us what you make of these data, what you \
             would not trust, and why. What counts: what you looked at, what you conclude, how sure you are, \
             and how clearly you say it. What does not count: length, polish, tools, and whether you found \
             what someone else found.\n\n\
             Afterwards we meet and talk about your report. You will get feedback either way.\n\n\
             ## What to submit\n\n\
             A short report: `report.md`, or a notebook, HTML or PDF file. That alone is complete. You may add \
             any of these files; we never judge by whether they are there:\n\n\
             - `groups.csv`: `row_id` and one or more columns of group labels, or of membership shares in \
             columns named `p_…`\n\
             - `axes.csv`: `row_id` and one or more columns of numbers, such as scores on a dimension you found\n\
             - `issues.csv`: the columns `column,kind,rows,action`, one line per data problem, in your own words\n\
             - `cleaned.csv` or `cleaned.parquet`: the table as you would use it\n\
             {cleaned}\
             {claims}- `scope.toml`: what you left out on purpose, as `left_out = [\"…\", \"…\"]`\n\n\
             Use the table's `{row_id}` as `row_id`. If you have drumlin installed, `drumlin check YOUR_FOLDER \
             --bundle THIS_FOLDER` tells you whether we can read everything. If you would like to use another \
             format, just ask.\n\n\
             ## Practical details\n\n",
            count = thousands(rows as usize),
            files = formats.locations(&scenario.name),
            order = if dirty {
                " and, like production data, not entirely clean"
            } else {
                ""
            },
            explorer = if explorer {
                " `explore.html` shows the table in your browser, offline. Use it or any other tool; it \
                 contains only what is in the table."
            } else {
                ""
            },
            claims = if explorer {
                "- `claims.toml`: statements about the rows with numbers that can be recomputed; `explore.html` can \
                 write it\n"
            } else {
                ""
            },
            notes = if dirty {
                data_notes(scenario)
            } else {
                String::new()
            },
            story = scenario.story,
            task = scenario.task,
            row_id = dictionary.row_id().unwrap_or("row_id"),
        );
        for (name, value) in [
            ("Position", blank(&self.position)),
            ("Who reads it", blank(&self.readers)),
            ("Conversation", blank(&self.talk)),
            ("Feedback", blank(&self.feedback)),
            ("Deadline", blank(&self.deadline)),
            ("AI tools", ai),
            ("Payment", blank(&self.payment)),
            ("How long we keep it", blank(&self.retention)),
            ("Contact", blank(&self.contact)),
        ] {
            let _ = writeln!(text, "- **{name}:** {value}");
        }
        text.push_str("\nWe use your work for this conversation only, never commercially.\n");
        text
    }
}

/// Where the child tables are, and how to submit their cleaned versions.
fn child_tables(scenario: &Scenario, formats: Formats) -> (String, String) {
    let (mut children, mut cleaned) = (String::new(), String::new());
    for child in &scenario.children {
        let name = scenario.child_table(child);
        let _ = write!(
            children,
            "A second table is in {}, one row per {}. ",
            formats.locations(&name),
            child.row
        );
        let short = &child.name;
        let _ = writeln!(
            cleaned,
            "- `cleaned_{short}.csv` or `cleaned_{short}.parquet`: the same for {name}; in \
             `issues.csv`, write its columns as `{short}.…`"
        );
    }
    (children, cleaned)
}

/// Notes on the data from the scenario's defect pool. They are the same for every world, so they reveal
/// nothing about this one.
fn data_notes(scenario: &Scenario) -> String {
    let notes = scenario
        .defects
        .iter()
        .filter_map(|plan| plan.brief_note.as_ref());
    notes.flat_map(|sentence| [" ", sentence.trim()]).collect()
}
