//! Draws the figure of a finding.

use rayon::prelude::*;

use crate::bundle::Key;
use crate::chart::{Chart, Marks};
use crate::generate::{BundleContext, Finding, Instance, Truth};
use crate::measure::spearman;
use crate::scenario::{BenignKind, DefectOperation, record_of};
use crate::text::percent;

use super::super::truth::Sample;
use super::draw::coded;
use super::facts::{decoy_strength, rows_touched};
use super::format::correlation;
use super::picture::Picture;
use super::sample_rows::SampleRows;
use super::summaries::Bins;
use super::{along_latent, by_category, distributions, over_time, scatter};

/// The figure and facts that the truth page shows with a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Illustration {
    /// Id of the finding.
    pub finding: String,
    /// The figure; none when there is nothing to draw.
    pub chart: Option<Chart>,
    /// A few measured facts, name and value, most important first.
    pub facts: Vec<(String, String)>,
    /// Columns that show the finding without being named by it (names in backticks), each with the
    /// strength.
    pub also: Vec<(String, String)>,
    /// The statement of the finding, with the share measured in this bundle instead of the intended
    /// one.
    pub statement: String,
}

/// An illustration for every finding of the key, in its order.
pub fn illustrate(key: &Key, context: &BundleContext, sample: &Sample) -> Vec<Illustration> {
    let rows = SampleRows::new(key, context, sample);
    key.findings
        .par_iter()
        .map(|finding| {
            let picture = picture(&rows, finding).unwrap_or_default();
            Illustration {
                finding: finding.id.clone(),
                chart: picture.chart.and_then(without_empty_series),
                facts: picture.facts,
                also: other_columns(&rows, finding),
                statement: statement(&rows, finding),
            }
        })
        .collect()
}

fn picture(rows: &SampleRows<'_>, finding: &Finding) -> Option<Picture> {
    match &finding.truth {
        Truth::Factor { latent } => {
            let column = rows.key.world.latent_column(*latent);
            Some(along_latent::factor(rows, finding, &column))
        }
        Truth::Curve { latent } => {
            let column = rows.key.world.latent_column(*latent);
            Some(along_latent::curve(rows, finding, &column))
        }
        Truth::Change { .. } => over_time::change(rows, finding),
        Truth::Rare { column } => Some(scatter::rare_group(rows, finding, column)),
        Truth::Interaction { columns } => along_latent::interaction(rows, finding, columns),
        Truth::Groups {
            members,
            sampled,
            splits,
            ..
        } => {
            let split = splits.first().map_or("", String::as_str);
            Some(scatter::archetypes(rows, members, sampled, split))
        }
        Truth::Defect { instance, .. } => defect(rows, instance),
        Truth::Benign => match rows.key.world.benign.kind {
            BenignKind::Promotion | BenignKind::Holiday => Some(over_time::unusual_days(rows)),
            BenignKind::Whales => by_category::largest_entities(rows),
        },
    }
}

/// The figure of a planted defect, with how much it touched.
fn defect(rows: &SampleRows<'_>, id: &str) -> Option<Picture> {
    let (number, instance) = rows.instance(id)?;
    let child = match &instance.table {
        Some(table) => Some(rows.of_child(table)?),
        None => None,
    };
    let rows = child.as_ref().unwrap_or(rows);
    let mut picture = defect_picture(rows, instance, number).unwrap_or_default();
    picture.facts.splice(0..0, rows_touched(rows, id));
    picture.facts.extend(decoy_strength(rows, id));
    Some(picture)
}

fn defect_picture(rows: &SampleRows<'_>, instance: &Instance, number: usize) -> Option<Picture> {
    let at_a_source = instance.source.is_some();
    match record_of(instance.kind).operation {
        DefectOperation::Scale if at_a_source => distributions::other_unit(rows, instance),
        DefectOperation::Scale => over_time::changed_unit(rows, instance),
        DefectOperation::Override => distributions::automated(rows, instance, number),
        DefectOperation::Replace | DefectOperation::Clip => {
            by_category::frequent_values(rows, instance)
        }
        DefectOperation::Repeat => distributions::interarrival_times(rows, instance, number),
        DefectOperation::Blank if at_a_source => by_category::missing(rows, instance),
        DefectOperation::Blank => distributions::blanked(rows, instance, number),
        DefectOperation::Respell => by_category::spellings(rows, instance),
        DefectOperation::Copy if at_a_source => by_category::repeated_ids(rows, instance),
        DefectOperation::Copy | DefectOperation::FanOut | DefectOperation::Alike => {
            Some(by_category::copies(rows, instance, number))
        }
        DefectOperation::ShiftTime | DefectOperation::SkewTime | DefectOperation::Midnight => {
            over_time::hours_of_day(rows, instance, number)
        }
        DefectOperation::DecimalComma | DefectOperation::LocalDates => {
            Some(by_category::other_format(rows, instance, number))
        }
        DefectOperation::Leak => by_category::leaked_type(rows, instance),
        DefectOperation::Round if at_a_source => {
            by_category::rounded_values(rows, instance, number)
        }
        DefectOperation::Wrap
        | DefectOperation::Round
        | DefectOperation::Swap
        | DefectOperation::Shift => scatter::before_after(rows, instance, number),
        DefectOperation::Remove if instance.window.is_some() => {
            over_time::removed_days(rows, instance)
        }
        DefectOperation::Remove => distributions::removed_rows(rows, instance),
    }
}

/// The chart without empty series, so that the legend names only what is drawn; none if only rules
/// remain.
fn without_empty_series(mut chart: Chart) -> Option<Chart> {
    chart.marks.retain(|mark| match mark {
        Marks::Line { points, .. } | Marks::Points { points, .. } => !points.is_empty(),
        Marks::Bars { bars, .. } => !bars.is_empty(),
        Marks::Band { points, .. } => !points.is_empty(),
        Marks::Rule { .. } => true,
    });
    let mut marks = chart.marks.iter();
    let shows_something = marks.any(|mark| !matches!(mark, Marks::Rule { .. }));
    shows_something.then_some(chart)
}

/// The statement of a finding. If it gives an intended share of removed rows, that is replaced by
/// the share missing in this bundle: a page must not show two shares of the same thing.
fn statement(rows: &SampleRows<'_>, finding: &Finding) -> String {
    let says = finding.statement.clone();
    let Truth::Defect { instance: id, .. } = &finding.truth else {
        return says;
    };
    let counted = rows.key.instances.iter().find(|known| known.id == *id);
    let (Some(counted), Some((_, instance))) = (counted, rows.instance(id)) else {
        return says;
    };
    if counted.removed == 0 || instance.window.is_some() {
        return says;
    }
    let part = counted.removed as f64 / rows.key.source_rows_of(rows.table).max(1) as f64;
    let (asked, found) = (100.0 * instance.rate, 100.0 * part);
    says.replace(&format!("bout {asked:.0} %"), &format!("bout {found:.0} %"))
}

/// Maximum number of columns named in addition to a finding's own.
const MOST_OTHERS: usize = 6;
/// Smaller rank correlations (for a curve, their root) are not listed.
const LEAST_CORRELATION: f64 = 0.1;
/// Number of rows used: a rank correlation is then accurate to about 0.01.
const MOST_ROWS: usize = 8_000;
/// Number of bins along a curve.
const BINS: usize = 20;

/// Up to six columns that show a finding without being named by it, so that a correct remark about
/// one of them is not taken for noise. The strength is their rank correlation with a factor or with
/// being after a change, or the share of variance that a curve explains.
fn other_columns(rows: &SampleRows<'_>, finding: &Finding) -> Vec<(String, String)> {
    let (truth, curved) = match &finding.truth {
        Truth::Factor { latent } => (&rows.key.world.latent_column(*latent), false),
        Truth::Curve { latent } => (&rows.key.world.latent_column(*latent), true),
        Truth::Change { column } => (column, false),
        Truth::Rare { .. }
        | Truth::Interaction { .. }
        | Truth::Groups { .. }
        | Truth::Defect { .. }
        | Truth::Benign => return Vec::new(),
    };
    let along = thin(&rows.truth(truth));
    let bins = Bins::along(&along, BINS);
    let mut carried: Vec<(&str, f64)> = rows
        .numeric()
        .into_iter()
        .filter(|name| !finding.columns.iter().any(|known| known == name))
        .filter_map(|name| {
            let (strength, least) = if curved {
                let explained = bins.explained(&thin(&rows.scores(name)))?;
                (explained, 2.0 * LEAST_CORRELATION * LEAST_CORRELATION)
            } else {
                let rho = spearman(&along, &thin(&rows.clean(name)))?;
                (rho, LEAST_CORRELATION)
            };
            (strength.abs() >= least).then_some((name, strength))
        })
        .collect();
    carried.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    carried.truncate(MOST_OTHERS);
    let show = if curved { percent } else { correlation };
    carried
        .into_iter()
        .map(|(name, strength)| (coded(rows, name), show(strength)))
        .collect()
}

/// At most `most` of the values, evenly spaced.
fn thin(values: &[f64]) -> Vec<f64> {
    let stride = values.len().div_ceil(MOST_ROWS).max(1);
    values.iter().step_by(stride).copied().collect()
}
