//! What is there, as sides that an answer can be held against.

use super::super::BundleTruth;
use crate::generate::{Finding, Truth};
use crate::labels::{Memberships, Partition};
use crate::scenario::record_of;

/// One thing that is there, over the original rows.
pub(super) struct Subject {
    /// Id of the finding.
    pub(super) finding: String,
    /// What it is, in a few words.
    pub(super) what: String,
    /// Whether it is the decoy.
    pub(super) decoy: bool,
    /// Whether it is worth a line only when an answer finds it: an artefact that is not the
    /// decoy.
    pub(super) aside: bool,
    /// The thing itself.
    pub(super) side: Side,
}

/// A thing that is there, by its nature.
pub(super) enum Side {
    /// Every row is a mixture; beside it, what was sampled from the mixture.
    Mixture {
        members: Memberships,
        sampled: Partition,
    },
    /// Every row belongs to one group.
    Groups(Partition),
    /// Every row has a place on a line.
    Line(Vec<f64>),
}

/// A regime has come when it is at least this far.
const COME: f64 = 0.5;

/// What a grouping is held against, in the order of the findings.
pub(super) fn subjects(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.iter();
    findings
        .flat_map(|finding| match &finding.truth {
            Truth::Factor { column } | Truth::Ridge { column } => {
                line(truth, finding, column).into_iter().collect()
            }
            Truth::Regime { column } => regime(truth, finding, column).into_iter().collect(),
            Truth::Rare { column } => {
                let what = "rows of the small group".to_owned();
                groups(truth, finding, column, what).into_iter().collect()
            }
            Truth::Groups {
                members,
                sampled,
                facets,
                ..
            } => {
                let mut both = Vec::new();
                both.extend(blend(truth, finding, members, sampled));
                for (at, facet) in facets.iter().enumerate() {
                    both.extend(groups(truth, finding, facet, facet_words(truth, at)));
                }
                both
            }
            Truth::Defect { instance, decoy } => defect(truth, finding, instance, *decoy)
                .into_iter()
                .collect(),
            // Its two gradients are here already; what they do jointly is no grouping.
            Truth::Interaction { .. } | Truth::Innocent => Vec::new(),
        })
        .collect()
}

/// What axes are held against, in the order of the findings: everything that has degrees.
pub(super) fn lines(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.iter();
    findings
        .filter_map(|finding| match &finding.truth {
            Truth::Factor { column } | Truth::Ridge { column } => line(truth, finding, column),
            Truth::Regime { column } => {
                let what = "how far the change has come".to_owned();
                let side = Side::Line(truth.latent(column)?);
                Some(subject(finding, what, side))
            }
            _ => None,
        })
        .collect()
}

fn line(truth: &BundleTruth, finding: &Finding, column: &str) -> Option<Subject> {
    let name = column.strip_prefix("factor.").unwrap_or(column);
    let mut latents = truth.key.world.latents.iter();
    let about = latents.find(|latent| latent.name == name);
    let what = about.map_or(name, |latent| &latent.about).to_owned();
    let side = Side::Line(truth.latent(column)?);
    Some(subject(finding, what, side))
}

fn regime(truth: &BundleTruth, finding: &Finding, column: &str) -> Option<Subject> {
    let come = truth.latent(column)?.into_iter().map(|come| come >= COME);
    let side = Side::Groups(two(come, ["before", "after"]));
    Some(subject(finding, "before and after the change".into(), side))
}

fn groups(truth: &BundleTruth, finding: &Finding, column: &str, what: String) -> Option<Subject> {
    Some(subject(
        finding,
        what,
        Side::Groups(truth.grouping(column)?),
    ))
}

fn facet_words(truth: &BundleTruth, at: usize) -> String {
    let world = &truth.key.world;
    let on = world
        .facets
        .get(at)
        .and_then(|facet| world.latents.get(facet.on));
    on.map_or_else(
        || "the two sides".to_owned(),
        |latent| format!("the two sides of {}", latent.about),
    )
}

fn blend(
    truth: &BundleTruth,
    finding: &Finding,
    members: &[String],
    sampled: &str,
) -> Option<Subject> {
    let shares: Option<Vec<Vec<f64>>> = members.iter().map(|name| truth.latent(name)).collect();
    let shares = shares?;
    let rows = 0..truth.originals().len();
    let by_row = rows.flat_map(|row| shares.iter().map(move |share| share[row]));
    let side = Side::Mixture {
        members: Memberships::from_weights(members.len(), by_row.collect()).ok()?,
        sampled: truth.grouping(sampled)?,
    };
    Some(subject(finding, "the archetypes".to_owned(), side))
}

fn defect(truth: &BundleTruth, finding: &Finding, id: &str, decoy: bool) -> Option<Subject> {
    let number = truth.instance(id)?;
    let instance = &truth.key.world.instances[number as usize];
    // Answers are about the rows of the main table.
    if instance.table.is_some() {
        return None;
    }
    let kind = instance.kind;
    let what = if decoy {
        "rows of the decoy".to_owned()
    } else {
        format!("rows of the defect “{}”", record_of(kind).title)
    };
    let marked = truth.marked(number);
    Some(Subject {
        decoy,
        aside: !decoy,
        ..subject(
            finding,
            what,
            Side::Groups(two(marked, ["untouched", "touched"])),
        )
    })
}

fn subject(finding: &Finding, what: String, side: Side) -> Subject {
    Subject {
        finding: finding.id.clone(),
        what,
        decoy: false,
        aside: false,
        side,
    }
}

/// A grouping in two.
fn two(rows: impl IntoIterator<Item = bool>, names: [&str; 2]) -> Partition {
    let codes = rows.into_iter().map(|row| Some(u32::from(row)));
    Partition::from_codes(codes.collect(), names.map(str::to_owned).to_vec())
}
