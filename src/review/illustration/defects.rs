//! Planted defects, as delivered.

use crate::explore::{count, share};
use crate::scenario::DefectKind;

use super::illustrate::Picture;
use super::rows::Rows;
use super::{hours, levels, pauses, spikes};

/// The picture of one instance, with how much it touched.
pub(super) fn defect(rows: &Rows<'_>, id: &str) -> Picture {
    let Some((number, instance)) = rows.instance(id) else {
        return Picture::default();
    };
    let mut picture = match instance.kind {
        DefectKind::UnitSlip => spikes::unit_slip(rows, instance),
        DefectKind::LoudBots => spikes::loud_bots(rows, instance, number),
        DefectKind::Sentinel | DefectKind::DefaultSpike => spikes::one_value(rows, instance),
        DefectKind::RetryStorm => pauses::retry_storm(rows, instance, number),
        DefectKind::MissingBySource => levels::missing(rows, instance),
        DefectKind::SpellingVariants => levels::spellings(rows, instance),
        DefectKind::ExactDuplicates => levels::duplicates(rows, instance),
        DefectKind::TimeZoneShift => hours::hours(rows, instance),
    };
    picture.facts.splice(0..0, touched(rows, id));
    picture
}

fn touched(rows: &Rows<'_>, id: &str) -> Option<(String, String)> {
    let counted = rows.key.instances.iter().find(|known| known.id == id)?;
    let of = rows.key.delivered_rows.max(1) as f64;
    let (name, number) = if counted.added > 0 {
        ("rows added", counted.added)
    } else {
        ("rows touched", counted.rows)
    };
    let value = format!("{} ({})", count(number as usize), share(number as f64 / of));
    Some((name.to_owned(), value))
}
