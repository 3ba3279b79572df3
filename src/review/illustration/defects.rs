//! Planted defects, as delivered.

use crate::generate::{Finding, Instance};
use crate::scenario::{Effect, record_of};
use crate::text::{percent, thousands};

use super::illustrate::Picture;
use super::rows::Rows;
use super::{hours, levels, pauses, spikes, thinned, touched};

/// The picture of one instance, with how much it touched.
pub(super) fn defect(rows: &Rows<'_>, id: &str) -> Picture {
    let Some((number, instance)) = rows.instance(id) else {
        return Picture::default();
    };
    let child = match &instance.table {
        Some(table) => match rows.of_child(table) {
            Some(child) => Some(child),
            None => return Picture::default(),
        },
        None => None,
    };
    let rows = child.as_ref().unwrap_or(rows);
    let mut picture = picture(rows, instance, number);
    picture.facts.splice(0..0, amount(rows, id));
    picture.facts.extend(lure(rows, id));
    picture
}

/// What it does to a clustering, as it was measured.
fn lure(rows: &Rows<'_>, id: &str) -> Option<(String, String)> {
    let decoy = rows.key.decoys.iter().find(|decoy| decoy.instance == id)?;
    Some((
        "best single cluster against its rows (F1), and before the damage".to_owned(),
        format!("{:.2}, {:.2}", decoy.f1, decoy.control_f1),
    ))
}

fn picture(rows: &Rows<'_>, instance: &Instance, number: usize) -> Picture {
    let at_a_source = instance.source.is_some();
    match record_of(instance.kind).effect {
        Effect::Scale if at_a_source => spikes::unit_slip(rows, instance),
        Effect::Scale => touched::daily(rows, instance),
        Effect::Override => spikes::loud_bots(rows, instance, number),
        Effect::Replace | Effect::Clip => spikes::one_value(rows, instance),
        Effect::Repeat => pauses::retry_storm(rows, instance, number),
        Effect::Blank if at_a_source => levels::missing(rows, instance),
        Effect::Blank => thinned::blanked(rows, instance, number),
        Effect::Respell => levels::spellings(rows, instance),
        Effect::Copy if at_a_source => levels::duplicates(rows, instance),
        Effect::Copy | Effect::FanOut | Effect::Alike => touched::copies(rows, instance, number),
        Effect::ShiftTime | Effect::SkewTime | Effect::Midnight => {
            hours::hours(rows, instance, number)
        }
        Effect::DecimalComma | Effect::LocalDates => touched::written(rows, instance, number),
        Effect::Leak => touched::leak(rows, instance),
        Effect::Round if at_a_source => touched::multiples(rows, instance, number),
        Effect::Wrap | Effect::Round | Effect::Swap | Effect::Shift => {
            touched::before_after(rows, instance, number)
        }
        Effect::Remove if instance.window.is_some() => thinned::days(rows, instance),
        Effect::Remove => thinned::removed(rows, instance),
    }
}

fn amount(rows: &Rows<'_>, id: &str) -> Option<(String, String)> {
    let counted = rows.key.instances.iter().find(|known| known.id == id)?;
    let made = rows.key.source_rows_of(rows.table);
    let delivered = rows.key.rows_of(rows.table);
    // What was taken away is no part of what was delivered.
    let (name, number, of) = if counted.added > 0 {
        ("rows added", counted.added, delivered)
    } else if counted.removed > 0 {
        ("rows not delivered, of those made", counted.removed, made)
    } else {
        ("rows touched", counted.rows, delivered)
    };
    let part = percent(number as f64 / of.max(1) as f64);
    Some((
        name.to_owned(),
        format!("{} ({part})", thousands(number as usize)),
    ))
}

/// What the finding says; where it tells a share of all rows that were not delivered, the share
/// that this bundle lacks, since a page with two shares of one thing has one too many.
pub(super) fn says(rows: &Rows<'_>, finding: &Finding, id: &str) -> String {
    let counted = rows.key.instances.iter().find(|known| known.id == id);
    let instance = rows.instance(id).map(|(_, instance)| instance);
    let (Some(counted), Some(instance)) = (counted, instance) else {
        return finding.says.clone();
    };
    if counted.removed == 0 || instance.window.is_some() {
        return finding.says.clone();
    }
    let part = counted.removed as f64 / rows.key.source_rows_of(rows.table).max(1) as f64;
    let (asked, found) = (100.0 * instance.rate, 100.0 * part);
    finding
        .says
        .replace(&format!("bout {asked:.0} %"), &format!("bout {found:.0} %"))
}
