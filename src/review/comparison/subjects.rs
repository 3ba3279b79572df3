//! What is there, as sides that an answer can be held against.

use rayon::prelude::*;

use super::super::BundleTruth;
use super::kin::Nature;
use crate::generate::{Finding, Truth};
use crate::labels::{Memberships, Partition};
use crate::measure::{
    Covariate, Influence, Recovery, recover_factor_by_groups, recover_groups, recover_memberships,
};
use crate::random::Stream;
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
    /// What it is, as far as its relations go.
    pub(super) nature: Nature,
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

impl Side {
    /// The same for these rows.
    pub(super) fn pick(&self, rows: &[usize]) -> Self {
        match self {
            Self::Mixture { members, sampled } => Self::Mixture {
                members: members.pick(rows),
                sampled: sampled.pick(rows),
            },
            Self::Groups(groups) => Self::Groups(groups.pick(rows)),
            Self::Line(values) => Self::Line(rows.iter().map(|row| values[*row]).collect()),
        }
    }

    /// What groups tell of it.
    pub(super) fn recovery(&self, answer: &Partition, stream: &Stream) -> Recovery {
        self.recovery_by_row(answer, stream).0
    }

    /// What groups tell of it, and what each row does to that.
    pub(super) fn recovery_by_row(
        &self,
        answer: &Partition,
        stream: &Stream,
    ) -> (Recovery, Influence) {
        match self {
            Self::Mixture { members, .. } => recover_memberships(members, answer, stream),
            Self::Groups(groups) => recover_groups(groups, answer, stream),
            Self::Line(values) => recover_factor_by_groups(values, answer, stream),
        }
    }

    /// It, when another structure is looked at: of a mixture what was sampled from it.
    pub(super) fn as_rival(&self) -> Covariate {
        match self {
            Self::Mixture { sampled, .. } => Covariate::Groups(sampled.clone()),
            Self::Groups(groups) => Covariate::Groups(groups.clone()),
            Self::Line(values) => Covariate::Continuous(values.clone()),
        }
    }
}

/// A regime has come when it is at least this far.
const COME: f64 = 0.5;

/// What a grouping is held against, in the order of the findings.
pub(super) fn subjects(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.par_iter();
    findings
        .flat_map_iter(|finding| match &finding.truth {
            Truth::Factor { latent } | Truth::Curve { latent } => {
                line(truth, finding, *latent).into_iter().collect()
            }
            Truth::Change { column } => regime(truth, finding, column).into_iter().collect(),
            Truth::Rare { column } => {
                let what = "rows of the small group".to_owned();
                groups(truth, finding, (column, Nature::Rare), what)
                    .into_iter()
                    .collect()
            }
            Truth::Groups {
                members,
                sampled,
                splits,
                ..
            } => {
                let mut both = Vec::new();
                both.extend(blend(truth, finding, members, sampled));
                for (at, split) in splits.iter().enumerate() {
                    let on = truth.key.world.splits.get(at).map(|split| split.on);
                    let nature = on.map_or(Nature::Artefact, Nature::Facet);
                    let words = facet_words(truth, at);
                    both.extend(groups(truth, finding, (split, nature), words));
                }
                both
            }
            Truth::Defect { instance, decoy } => defect(truth, finding, instance, *decoy)
                .into_iter()
                .collect(),
            // Its two gradients are here already; what they do jointly is no grouping.
            Truth::Interaction { .. } | Truth::Benign => Vec::new(),
        })
        .collect()
}

/// What axes are held against, in the order of the findings: everything that has degrees.
pub(super) fn lines(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.iter();
    findings
        .filter_map(|finding| match &finding.truth {
            Truth::Factor { latent } | Truth::Curve { latent } => line(truth, finding, *latent),
            Truth::Change { column } => {
                let what = "how far the change has come".to_owned();
                let side = Side::Line(truth.latent(column)?);
                Some(subject(finding, what, Nature::Regime, side))
            }
            _ => None,
        })
        .collect()
}

fn line(truth: &BundleTruth, finding: &Finding, latent: usize) -> Option<Subject> {
    let world = &truth.key.world;
    let what = world.latents.get(latent)?.about.clone();
    let side = Side::Line(truth.latent(&world.latent_column(latent))?);
    Some(subject(finding, what, Nature::Latent(latent), side))
}

fn regime(truth: &BundleTruth, finding: &Finding, column: &str) -> Option<Subject> {
    let come = truth.latent(column)?.into_iter().map(|come| come >= COME);
    let side = Side::Groups(two(come, ["before", "after"]));
    let what = "before and after the change".to_owned();
    Some(subject(finding, what, Nature::Regime, side))
}

fn groups(
    truth: &BundleTruth,
    finding: &Finding,
    (column, nature): (&str, Nature),
    what: String,
) -> Option<Subject> {
    let side = Side::Groups(truth.grouping(column)?);
    Some(subject(finding, what, nature, side))
}

fn facet_words(truth: &BundleTruth, at: usize) -> String {
    let world = &truth.key.world;
    let on = world
        .splits
        .get(at)
        .and_then(|split| world.latents.get(split.on));
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
    let what = "the archetypes".to_owned();
    Some(subject(finding, what, Nature::Blend, side))
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
            Nature::Artefact,
            Side::Groups(two(marked, ["untouched", "touched"])),
        )
    })
}

fn subject(finding: &Finding, what: String, nature: Nature, side: Side) -> Subject {
    Subject {
        finding: finding.id.clone(),
        what,
        decoy: false,
        aside: false,
        nature,
        side,
    }
}

/// A grouping in two.
fn two(rows: impl IntoIterator<Item = bool>, names: [&str; 2]) -> Partition {
    let codes = rows.into_iter().map(|row| Some(u32::from(row)));
    Partition::from_codes(codes.collect(), names.map(str::to_owned).to_vec())
}
