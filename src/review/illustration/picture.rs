//! A figure under construction.

use crate::chart::{Axis, Chart, Marks};

/// A chart, if there is something to draw, with a few facts.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub(super) chart: Option<Chart>,
    pub(super) facts: Vec<(String, String)>,
}

impl Picture {
    pub(super) fn new(chart: impl Into<Option<Chart>>, facts: Vec<(String, String)>) -> Self {
        Self {
            chart: chart.into(),
            facts,
        }
    }
}

/// A chart whose vertical axis takes range and ticks from its marks.
pub(super) fn chart(
    title: impl Into<String>,
    says: impl Into<String>,
    x: Axis,
    y: impl Into<String>,
    marks: Vec<Marks>,
) -> Chart {
    Chart {
        title: title.into(),
        says: says.into(),
        x,
        y: Axis::named(y),
        marks,
    }
}

pub(super) fn fact(name: impl Into<String>, value: impl Into<String>) -> (String, String) {
    (name.into(), value.into())
}
