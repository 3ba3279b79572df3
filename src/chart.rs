//! What a figure shows, as plain data: computed by one layer, drawn by another.
//!
//! The modules that know numbers make a [`Chart`]; `render::figure` draws it as SVG and computes
//! nothing.

use serde::{Deserialize, Serialize};

/// One figure: axes, marks, and the sentence a screen reader says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// What is shown, in a few words.
    pub title: String,
    /// One sentence that says what a person sees in it.
    pub says: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, first below.
    pub marks: Vec<Marks>,
}

/// An axis of a chart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Axis {
    /// What is measured, with its unit.
    pub label: String,
    /// From and to; taken from the marks when not given.
    pub range: Option<(f64, f64)>,
    /// Names for positions (categories, dates, powers of ten); numbers when empty.
    pub ticks: Vec<(f64, String)>,
}

/// Marks of one kind and tone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Marks {
    /// Points joined in order.
    Line {
        /// Entry in the legend; none when empty.
        name: String,
        /// Positions in order; a jump in the data is a line of its own.
        points: Vec<(f64, f64)>,
        /// Its colour and shape.
        tone: Tone,
    },
    /// Loose points.
    Points {
        /// Entry in the legend; none when empty.
        name: String,
        /// Positions.
        points: Vec<(f64, f64)>,
        /// Its colour and shape.
        tone: Tone,
    },
    /// Bars standing on zero.
    Bars {
        /// Entry in the legend; none when empty.
        name: String,
        /// From, to, height.
        bars: Vec<(f64, f64, f64)>,
        /// Its colour.
        tone: Tone,
    },
    /// A range at each position: what chance gives.
    Band {
        /// Entry in the legend; none when empty.
        name: String,
        /// Position, low, high.
        points: Vec<(f64, f64, f64)>,
        /// Its colour.
        tone: Tone,
    },
    /// A vertical line with a word: a date, a threshold.
    Rule {
        /// Where.
        at: f64,
        /// The word beside it.
        name: String,
    },
}

/// Colour and shape, by role; the page decides how each looks in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// The thing shown.
    First,
    /// What it is compared with.
    Second,
    /// A third series.
    Third,
    /// A fourth series.
    Fourth,
    /// Background: all rows, no particular group.
    Quiet,
    /// What should be seen first: the defect, the artefact.
    Alarm,
}

impl Axis {
    /// An axis with a label; range and ticks from the marks.
    pub fn named(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::default()
        }
    }
}
