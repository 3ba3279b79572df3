//! A scenario that has been checked: names resolved to positions, numbers in their ranges.

use std::collections::BTreeMap;

use super::kinds::DefectKind;
use super::plan_columns::{ColumnKind, ColumnPlan};
use super::plan_effects::Condition;
use super::spec::{BenignSpec, DrawSpec, EntitySpec, TextSpec};
use super::structures::{
    ArchetypesEntry, ChangeEntry, CorrelationEntry, CurveEntry, FactorEntry, InteractionEntry,
    RareEntry, SplitEntry,
};
use super::thresholds::Thresholds;

/// A valid scenario. Made by [`super::load`] only.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Name, as on the command line; also the name of the main table.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// What one row is, after "one row per".
    pub row: String,
    /// Rows of a bundle by default.
    pub rows: u64,
    /// Who tried it and how long they took.
    pub tried_by: String,
    /// Background on the product and the data, for the candidate.
    pub story: String,
    /// What the candidate is asked to do.
    pub task: String,
    /// When rows occur.
    pub time: TimePlan,
    /// The entity that rows belong to.
    pub entity: EntitySpec,
    /// How many of each a world draws.
    pub draw: DrawSpec,
    /// Where its certificate turns.
    pub thresholds: Thresholds,
    /// Columns, in delivered order.
    pub columns: Vec<ColumnPlan>,
    /// Child tables.
    pub children: Vec<ChildPlan>,
    /// Pool of factors.
    pub factors: Vec<FactorEntry>,
    /// Pool of curves.
    pub curves: Vec<CurveEntry>,
    /// Correlations between factors or curves.
    pub correlations: Vec<CorrelationEntry>,
    /// Pool of archetypes.
    pub archetypes: Vec<ArchetypesEntry>,
    /// Pool of splits.
    pub splits: Vec<SplitEntry>,
    /// Pool of changes.
    pub changes: Vec<ChangeEntry>,
    /// Pool of rare groups.
    pub rares: Vec<RareEntry>,
    /// Pool of interactions.
    pub interactions: Vec<InteractionEntry>,
    /// Pool of defects.
    pub defects: Vec<DefectPlan>,
    /// Pool of benign anomalies.
    pub benign: Vec<BenignSpec>,
    /// Words for the slots of phrases, by slot.
    pub slots: BTreeMap<String, Vec<String>>,
    /// Pool of phrases for text columns.
    pub phrases: Vec<PhrasePlan>,
    /// Typing errors and writing style.
    pub text: TextSpec,
    /// BLAKE3 of the file, as hexadecimal digits.
    pub hash: String,
}

impl Scenario {
    /// Position of the column called `name`.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Positions of the columns that structures may enter, in order.
    pub fn open_columns(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|at| self.columns[*at].is_open())
            .collect()
    }

    /// Positions of the columns that structures move: the open ones and the outcome.
    pub fn moved_columns(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|at| self.columns[*at].is_open() || self.columns[*at].is_outcome())
            .collect()
    }

    /// The child table called `name`, with its position.
    pub fn child(&self, name: &str) -> Option<(usize, &ChildPlan)> {
        let mut children = self.children.iter().enumerate();
        children.find(|(_, child)| child.name == name)
    }

    /// The columns of the child table at a position, or of the main table.
    pub fn columns_of(&self, child: Option<usize>) -> &[ColumnPlan] {
        child.map_or(&self.columns, |at| &self.children[at].columns)
    }

    /// The main table may have this many rows: more do not fit the ids, of its own rows or of what
    /// happened after them.
    pub fn most_rows(&self) -> u64 {
        if self.children.is_empty() {
            u64::from(u32::MAX)
        } else {
            MOST_ROWS_WITH_CHILDREN
        }
    }

    /// Name of a child's table and of its files.
    pub fn child_table(&self, child: &ChildPlan) -> String {
        format!("{}_{}", self.name, child.name)
    }

    /// Positions of the text columns; the first one speaks for rare groups.
    pub fn text_columns(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|at| self.columns[*at].kind == ColumnKind::Text)
            .collect()
    }
}

/// 2^12 blocks of 2^16 rows: ids of events leave that much room next to the event's position
/// within its block and the number of its copy.
pub(super) const MOST_ROWS_WITH_CHILDREN: u64 = 1 << 28;

/// A table of what happened after each row.
#[derive(Debug, Clone)]
pub struct ChildPlan {
    /// Name.
    pub name: String,
    /// What one of its rows is, after "one row per".
    pub row: String,
    /// How many there are of one row: a count.
    pub counts: ColumnPlan,
    /// How soon they come: a normal score.
    pub pace: ColumnPlan,
    /// Within how many days after the row's moment they happen.
    pub days: f64,
    /// Its columns, in delivered order; a reference is to the row id of the main table.
    pub columns: Vec<ColumnPlan>,
}

impl ChildPlan {
    /// No row has more of them: ids leave eight bits for each row of the main table.
    pub const MOST: f64 = 255.0;
}

/// When rows happen.
#[derive(Debug, Clone)]
pub struct TimePlan {
    /// Midnight of the first day, in milliseconds since 1970 UTC.
    pub start: i64,
    /// Number of days.
    pub days: u32,
    /// Weight of each hour of the day.
    pub hours: Vec<f64>,
    /// Weight of each day of the week, Monday first.
    pub weekdays: Vec<f64>,
    /// Traffic on the last day over traffic on the first.
    pub growth: f64,
    /// Days with hardly any rows, counted from the first.
    pub closed: Vec<u32>,
}

/// A defect that a world may draw.
#[derive(Debug, Clone)]
pub struct DefectPlan {
    /// Line of the file, from 1.
    pub line: usize,
    /// Kind.
    pub kind: DefectKind,
    /// Position of the child table that it is in; the main table when there is none.
    pub table: Option<usize>,
    /// Columns (of that table, as all of the following) that one instance may touch.
    pub columns: Vec<usize>,
    /// How many of them it touches.
    pub together: usize,
    /// Categories of which one level is the source.
    pub sources: Vec<usize>,
    /// Least and most share of rows.
    pub rate: [f64; 2],
    /// Factors, sentinels, defaults, limits or hours to draw from.
    pub values: Vec<f64>,
    /// Spellings by level.
    pub spellings: BTreeMap<String, Vec<String>>,
    /// What programs and testers write.
    pub texts: Vec<String>,
    /// What rows it prefers; rows at random when empty.
    pub depends_on: Vec<Dependence>,
    /// How closely it follows what it depends on, least and most.
    pub strength: [f64; 2],
    /// How well programs hide, least and most.
    pub stealth: [f64; 2],
    /// Whether it may be the world's decoy (and nothing else).
    pub decoy: bool,
    /// Why it happened.
    pub cause: String,
    /// A sentence of the brief that lets it be found.
    pub brief_note: Option<String>,
}

/// What rows a defect prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependence {
    /// Those at one end of a latent of the world.
    Structure,
    /// Those whose value is large in the column that it touches.
    Value,
    /// Those whose value is large in another column.
    Column(usize),
}

/// A phrase of a text column.
#[derive(Debug, Clone)]
pub struct PhrasePlan {
    /// The text column that it is for.
    pub column: usize,
    /// What is written; `{slot}` is filled from the slot's words.
    pub text: String,
    /// How often it is written, against the others.
    pub weight: f64,
    /// Factors (by name) that make it likelier or rarer.
    pub factors: BTreeMap<String, f64>,
    /// What has to hold of a row in which it is written.
    pub conditions: Vec<Condition>,
}
