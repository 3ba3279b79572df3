//! The brief: how work is judged, never what the data contain.

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

/// What the hiring team fills in, from a TOML file. Everything may be left out; blanks are told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// Who it is for: the company and the position.
    pub position: Option<String>,
    /// Who reads the work.
    pub readers: Option<String>,
    /// How it is talked about: when, how long, with whom.
    pub talk: Option<String>,
    /// When feedback comes.
    pub feedback: Option<String>,
    /// By when to hand in.
    pub deadline: Option<String>,
    /// `none`, `assist` or `any`.
    pub ai: Option<String>,
    /// Payment, or that there is none.
    pub payment: Option<String>,
    /// How long the work is kept.
    pub retention: Option<String>,
    /// Whom to ask.
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
        /// The system's reason.
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

/// What of a bundle its brief tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// Rows of its main table.
    pub rows: u64,
    /// File formats of its tables.
    pub formats: Formats,
    /// Whether it is not for hiring.
    pub demo: bool,
    /// Whether it has defects.
    pub dirty: bool,
    /// Whether a page that shows the table goes with it.
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
                "ai = \"{other}\", expected \"none\", \"assist\" or \"any\""
            ))),
        }
    }

    /// This brief, with what it leaves out taken from `other`.
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

    /// Names of what nobody has filled in.
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
                .unwrap_or_else(|| "*to be filled in by the hiring team*".to_owned())
        };
        let ai = match self.ai.as_deref() {
            Some("none") => "Please work without AI tools.".to_owned(),
            Some("assist") => {
                "AI tools are fine as assistants; say in a line how you used them.".to_owned()
            }
            Some(_) => "Use any tool, AI included; say in a line how you used it.".to_owned(),
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
            "{story}\n\n## What we ask\n\n{task}\n\n\
             The table is {files}: {count} rows, \
             {columns} columns, one row per {row}. {children}`data/dictionary.csv` says what each column is.{explorer}{told}\n\n\
             The data are synthetic{order}. About four hours; stopping \
             early on purpose is fine if you say why. More days than the deadline gives? Ask, no reason needed.\n\n\
             ## How we read it\n\n\
             We do not mark against a reference answer. Tell us what you make of this data, what you would not \
             trust, and why. What counts: what you looked at, what you make of it, how sure you are, and how you \
             say it. What does not count: length, polish, tools, and whether you found what somebody else \
             found.\n\n\
             Then we talk about it, with your report on the table. You will get feedback either way.\n\n\
             ## What to hand in\n\n\
             A short report: `report.md`, or a notebook, HTML or PDF. That alone is complete. If you like, put \
             files beside it; they are never a criterion:\n\n\
             - `groups.csv`: `row_id` and one or more columns of labels (or shares, in columns `p_…`)\n\
             - `axes.csv`: `row_id` and one or more columns of numbers\n\
             - `issues.csv`: `column,kind,rows,action`, one line per issue, all in your own words\n\
             - `cleaned.csv` or `cleaned.parquet`: the table as you would use it\n\
             {cleaned}\
             {claims}- `scope.toml`: what you left out on purpose, as `left_out = [\"…\", \"…\"]`\n\n\
             In `row_id` stands the `{row_id}` of the table. If you have the tool, `drumlin check YOUR_FOLDER \
             --bundle THIS_FOLDER` tells you whether we can read everything. Another format? Ask.\n\n\
             ## The rest\n\n",
            count = thousands(rows as usize),
            files = formats.told(&scenario.name),
            order = if dirty {
                " and, like production data, not all in order"
            } else {
                ""
            },
            explorer = if explorer {
                " `explore.html` shows the table in a browser, offline: use it or any tool of yours; it knows \
                 nothing but the table."
            } else {
                ""
            },
            claims = if explorer {
                "- `claims.toml`: what you say of the rows, with conditions and numbers, as `explore.html` writes it\n"
            } else {
                ""
            },
            told = if dirty { told(scenario) } else { String::new() },
            story = scenario.story,
            task = scenario.task,
            row_id = dictionary.row_id().unwrap_or("row_id"),
        );
        for (name, value) in [
            ("Position", blank(&self.position)),
            ("Who reads it", blank(&self.readers)),
            ("The talk", blank(&self.talk)),
            ("Feedback", blank(&self.feedback)),
            ("Deadline", blank(&self.deadline)),
            ("AI tools", ai),
            ("Payment", blank(&self.payment)),
            ("How long we keep it", blank(&self.retention)),
            ("Contact", blank(&self.contact)),
        ] {
            let _ = writeln!(text, "- **{name}:** {value}");
        }
        text.push_str("\nYour work is used for this conversation and not commercially.\n");
        text
    }
}

/// What a brief says of the child tables: where they are, and how cleaned ones may be handed in.
fn child_tables(scenario: &Scenario, formats: Formats) -> (String, String) {
    let (mut children, mut cleaned) = (String::new(), String::new());
    for child in &scenario.children {
        let name = scenario.child_table(child);
        let _ = write!(
            children,
            "Beside it is {}, one row per {}. ",
            formats.told(&name),
            child.row
        );
        let short = &child.name;
        let _ = writeln!(
            cleaned,
            "- `cleaned_{short}.csv` or `cleaned_{short}.parquet`: the same of {name}; in \
             `issues.csv` its columns may be called `{short}.…`"
        );
    }
    (children, cleaned)
}

/// What a scenario says of the data beside its story: the same for every world, so that it tells
/// nothing of one.
fn told(scenario: &Scenario) -> String {
    let told = scenario
        .defects
        .iter()
        .filter_map(|plan| plan.brief_note.as_ref());
    told.flat_map(|sentence| [" ", sentence.trim()]).collect()
}
