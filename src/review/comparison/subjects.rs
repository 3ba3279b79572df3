//! Structures and artefacts as labels or values per row, which answers are compared with.

use rayon::prelude::*;

use super::super::BundleTruth;
use super::confounders::SubjectKind;
use crate::generate::{Finding, Truth};
use crate::labels::{Memberships, Partition};
use crate::measure::{
    Covariate, Influence, Recovery, recover_factor_by_groups, recover_groups, recover_memberships,
};
use crate::random::Stream;
use crate::scenario::record_of;

/// One structure or artefact, over the original rows.
pub(in super::super) struct Subject {
    /// Id of the finding.
    pub(super) finding: String,
    /// What it is, in a few words.
    pub(super) what: String,
    /// Names its random stream. Never reword it: it decides chance levels.
    stream: String,
    /// Whether it is the decoy.
    pub(super) decoy: bool,
    /// Whether it is listed only if an answer finds it: a defect other than the decoy.
    pub(super) only_if_found: bool,
    /// Decides which other subjects are its confounders.
    pub(super) kind: SubjectKind,
    /// Its labels or values.
    pub(super) side: Side,
}

/// Labels or values of a subject.
pub(super) enum Side {
    /// Every row is a mixture of types; `sampled` has one type per row, drawn from its mixture.
    Mixture {
        members: Memberships,
        sampled: Partition,
    },
    /// Every row belongs to one group.
    Groups(Partition),
    /// Every row has a value.
    Line(Vec<f64>),
}

impl Subject {
    /// The stream of this subject, forked from that of an answer.
    pub(super) fn stream(&self, stream: &Stream) -> Stream {
        stream.fork(&self.finding).fork(&self.stream)
    }
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

    /// How much of it groups recover.
    pub(super) fn recovery(&self, answer: &Partition, stream: &Stream) -> Recovery {
        self.recovery_by_row(answer, stream).0
    }

    /// How much of it groups recover, with the influence of each row.
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

    /// As a covariate for another structure: of a mixture, the sampled types.
    pub(super) fn as_covariate(&self) -> Covariate {
        match self {
            Self::Mixture { sampled, .. } => Covariate::Groups(sampled.clone()),
            Self::Groups(groups) => Covariate::Groups(groups.clone()),
            Self::Line(values) => Covariate::Continuous(values.clone()),
        }
    }
}

/// A change is complete from this value on.
const COME: f64 = 0.5;

/// What a grouping is compared with, in the order of the findings.
pub(super) fn subjects(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.par_iter();
    findings
        .flat_map_iter(|finding| match &finding.truth {
            Truth::Factor { latent } | Truth::Curve { latent } => {
                line(truth, finding, *latent).into_iter().collect()
            }
            Truth::Change { column } => change(truth, finding, column).into_iter().collect(),
            Truth::Rare { column } => {
                let what = "rows of the small group".to_owned();
                groups(truth, finding, (column, SubjectKind::Rare), what)
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
                both.extend(archetypes(truth, finding, members, sampled));
                for (at, split) in splits.iter().enumerate() {
                    let on = truth.key.world.splits.get(at).map(|split| split.on);
                    let kind = on.map_or(SubjectKind::Artefact, SubjectKind::Split);
                    let words = split_name(truth, at);
                    both.extend(groups(truth, finding, (split, kind), words));
                }
                both
            }
            Truth::Defect { instance, decoy } => defect(truth, finding, instance, *decoy)
                .into_iter()
                .collect(),
            // Its two factors are subjects already; their joint effect is no grouping.
            Truth::Interaction { .. } | Truth::Benign => Vec::new(),
        })
        .collect()
}

/// What axes are compared with, in the order of the findings: everything continuous.
pub(super) fn lines(truth: &BundleTruth) -> Vec<Subject> {
    let findings = truth.key.findings.iter();
    findings
        .filter_map(|finding| match &finding.truth {
            Truth::Factor { latent } | Truth::Curve { latent } => line(truth, finding, *latent),
            Truth::Change { column } => {
                let what = "how far the change has come".to_owned();
                let side = Side::Line(truth.latent(column)?);
                Some(subject(finding, what, SubjectKind::Change, side))
            }
            _ => None,
        })
        .collect()
}

fn line(truth: &BundleTruth, finding: &Finding, latent: usize) -> Option<Subject> {
    let world = &truth.key.world;
    let what = world.latents.get(latent)?.about.clone();
    let side = Side::Line(truth.latent(&world.latent_column(latent))?);
    Some(subject(finding, what, SubjectKind::Latent(latent), side))
}

fn change(truth: &BundleTruth, finding: &Finding, column: &str) -> Option<Subject> {
    let come = truth.latent(column)?.into_iter().map(|come| come >= COME);
    let side = Side::Groups(two(come, ["before", "after"]));
    let what = "before and after the change".to_owned();
    Some(subject(finding, what, SubjectKind::Change, side))
}

fn groups(
    truth: &BundleTruth,
    finding: &Finding,
    (column, kind): (&str, SubjectKind),
    what: String,
) -> Option<Subject> {
    let side = Side::Groups(truth.grouping(column)?);
    Some(subject(finding, what, kind, side))
}

fn split_name(truth: &BundleTruth, at: usize) -> String {
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

fn archetypes(
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
    Some(subject(finding, what, SubjectKind::Archetypes, side))
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
        only_if_found: !decoy,
        ..subject(
            finding,
            what,
            SubjectKind::Artefact,
            Side::Groups(two(marked, ["untouched", "touched"])),
        )
    })
}

fn subject(finding: &Finding, what: String, kind: SubjectKind, side: Side) -> Subject {
    Subject {
        finding: finding.id.clone(),
        stream: what.clone(),
        what,
        decoy: false,
        only_if_found: false,
        kind,
        side,
    }
}

/// Two groups.
fn two(rows: impl IntoIterator<Item = bool>, names: [&str; 2]) -> Partition {
    let codes = rows.into_iter().map(|row| Some(u32::from(row)));
    Partition::from_codes(codes.collect(), names.map(str::to_owned).to_vec())
}
