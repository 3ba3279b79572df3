//! From a finding to its picture.

use rayon::prelude::*;

use crate::bundle::Key;
use crate::chart::{Chart, Marks};
use crate::generate::{Finding, Setup, Truth};

use super::super::sample::Sample;
use super::also::also;
use super::rows::Rows;
use super::{changes, cross, defects, groups, innocents, rare, slopes};

/// What the truth page shows beside the words of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Illustration {
    /// Id of the finding.
    pub finding: String,
    /// The picture; none when there is nothing to draw.
    pub chart: Option<Chart>,
    /// A few measured facts, name and value; the most telling first.
    pub facts: Vec<(String, String)>,
    /// Columns that carry it though the finding does not name them (names between backticks), each
    /// with how strongly.
    pub also: Vec<(String, String)>,
    /// What the finding says, with the share of this bundle in place of the share asked for.
    pub says: String,
}

/// A picture under way: the chart if there is one, and the facts.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub(super) chart: Option<Chart>,
    pub(super) facts: Vec<(String, String)>,
}

/// An illustration for every finding of the key, in its order.
pub fn illustrate(key: &Key, setup: &Setup, sample: &Sample) -> Vec<Illustration> {
    let rows = Rows::new(key, setup, sample);
    key.findings
        .par_iter()
        .map(|finding| {
            let picture = picture(&rows, finding);
            Illustration {
                finding: finding.id.clone(),
                chart: picture.chart.map(drawn).filter(shows_something),
                facts: picture.facts,
                also: also(&rows, finding),
                says: match &finding.truth {
                    Truth::Defect { instance, .. } => defects::says(&rows, finding, instance),
                    _ => finding.says.clone(),
                },
            }
        })
        .collect()
}

fn picture(rows: &Rows<'_>, finding: &Finding) -> Picture {
    match &finding.truth {
        Truth::Factor { column } => slopes::factor(rows, finding, column),
        Truth::Ridge { column } => slopes::ridge(rows, finding, column),
        Truth::Regime { .. } => changes::regime(rows, finding),
        Truth::Rare { column } => rare::rare(rows, finding, column),
        Truth::Interaction { columns } => cross::interaction(rows, finding, columns),
        Truth::Groups {
            members,
            sampled,
            facets,
            ..
        } => {
            let facet = facets.first().map_or("", String::as_str);
            groups::groups(rows, members, sampled, facet)
        }
        Truth::Defect { instance, .. } => defects::defect(rows, instance),
        Truth::Innocent => innocents::innocent(rows),
    }
}

/// Without series that have nothing to show: the legend would name what nobody sees.
fn drawn(mut chart: Chart) -> Chart {
    chart.marks.retain(|mark| match mark {
        Marks::Line { points, .. } | Marks::Points { points, .. } => !points.is_empty(),
        Marks::Bars { bars, .. } => !bars.is_empty(),
        Marks::Band { points, .. } => !points.is_empty(),
        Marks::Rule { .. } => true,
    });
    chart
}

/// Whether anything but a rule is drawn.
fn shows_something(chart: &Chart) -> bool {
    let mut marks = chart.marks.iter();
    marks.any(|mark| !matches!(mark, Marks::Rule { .. }))
}
