//! The common ground of a review: rows on which every answer is held against rivals, and the view on
//! which k-means makes as many groups.

use ndarray::Array2;

use super::super::known::known;
use super::super::{ApartEvidence, BeyondEvidence, BundleTruth};
use super::kin::rivals;
use super::subjects::{Side, Subject, subjects};
use crate::certify::{VIEW_ROWS, View};
use crate::cluster::Lloyd;
use crate::generate::World;
use crate::labels::Partition;
use crate::measure::{
    ConditionalRecovery, Covariate, Influence, Reading, Recovery, RecoveryAnswer, RecoveryTarget,
    WORKING_ROWS, conditional_recovery, standardised,
};
use crate::random::Stream;

/// Starts of k-means: what anyone gets from scikit-learn by `n_init=10`.
const STARTS: usize = 10;
/// Rows to a group at least: smaller ones are too fine to judge.
const FEW_ROWS: usize = 30;

/// What answers of one submission are held against.
pub(in super::super) struct Ground {
    /// Everything that is there, over all originals.
    pub(super) subjects: Vec<Subject>,
    world: World,
    /// The entity of every original; none where rows are on their own.
    entities: Option<Vec<u32>>,
    fixed: Option<Fixed>,
    /// The analysis view before any defect, when the table has one.
    view: Option<GroundView>,
}

/// Rows on which rivals are held fixed.
struct Fixed {
    /// Positions among the originals: all, or a sample.
    rows: Vec<usize>,
    /// Each subject as a rival, over these rows.
    rivals: Vec<Covariate>,
    /// What there is to know a factor from, over these rows.
    known: Vec<Vec<f64>>,
}

/// Rows as k-means sees them.
pub(super) struct GroundView {
    /// Positions among the originals.
    rows: Vec<usize>,
    points: Array2<f64>,
    /// What is there, over these rows.
    sides: Vec<Side>,
}

impl Ground {
    /// Prepared once for all answers; deterministic in `stream`.
    pub(in super::super) fn new(truth: &BundleTruth, stream: &Stream) -> Self {
        let originals = truth.originals().len();
        let sample = |name: &str, most: usize| {
            let mut rows = stream.fork(name).draws().sample(originals, most);
            rows.sort_unstable();
            rows
        };
        let plain = Self::alone(truth);
        let rows = sample("rows", WORKING_ROWS);
        let pick = |subject: &Subject| subject.side.pick(&rows).as_rival();
        let view = sample("view", VIEW_ROWS);
        Self {
            view: view_of(truth, &view, &plain.subjects, stream),
            fixed: Some(Fixed {
                rivals: plain.subjects.iter().map(pick).collect(),
                known: known(truth, &rows),
                rows,
            }),
            ..plain
        }
    }

    /// For recoveries alone: without rivals, and without k-means beside answers.
    pub(in super::super) fn alone(truth: &BundleTruth) -> Self {
        Self {
            subjects: subjects(truth),
            entities: truth.entities(),
            world: truth.key.world.clone(),
            fixed: None,
            view: None,
        }
    }

    /// How many things an answer is held against.
    pub(in super::super) fn subjects(&self) -> usize {
        self.subjects.len()
    }

    /// The entity of each of these originals, for intervals that move whole ones.
    pub(super) fn units(&self, rows: &[usize]) -> Option<Vec<u32>> {
        let entities = self.entities.as_ref()?;
        Some(rows.iter().map(|row| entities[*row]).collect())
    }

    /// A recovery (over all originals) with the interval of whole entities.
    pub(super) fn moving(&self, (recovery, influence): (Recovery, Influence)) -> Recovery {
        Recovery {
            interval: influence.interval(self.entities.as_deref()),
            ..recovery
        }
    }

    /// The rows on which rivals are held fixed: all, or a sample. None where nothing is.
    pub(in super::super) fn rows(&self) -> Option<&[usize]> {
        Some(&self.fixed.as_ref()?.rows)
    }

    /// What an answer (over all originals) tells of a subject beyond its rivals; none without one.
    pub(super) fn beyond(
        &self,
        subject: &Subject,
        answer: RecoveryAnswer<'_>,
        stream: &Stream,
    ) -> Option<BeyondEvidence> {
        let fixed = self.fixed.as_ref()?;
        let others: Vec<usize> = (0..self.subjects.len())
            .filter(|at| rivals(&self.world, subject.nature, self.subjects[*at].nature))
            .collect();
        let rivals: Vec<Covariate> = others.iter().map(|at| fixed.rivals[*at].clone()).collect();
        let (mut found, influence) = fixed.beyond(subject, answer, &rivals, stream)?;
        found.recovery.interval = influence.interval(self.units(&fixed.rows).as_deref());
        let words = found.covariates.iter().map(|at| others[*at]);
        Some(BeyondEvidence {
            recovery: found.recovery,
            rivals: words.map(|at| self.subjects[at].what.clone()).collect(),
            strata: found.strata,
        })
    }

    /// As many groups as an answer (over all originals) has, made by k-means on the view; none when
    /// these are fewer than two or too many to be judged.
    pub(super) fn matched(&self, answer: &Partition, stream: &Stream) -> Option<Matched<'_>> {
        let view = self.view.as_ref()?;
        let groups = answer.sizes().iter().filter(|size| **size > 0).count();
        if groups < 2 || groups * FEW_ROWS > view.rows.len() {
            return None;
        }
        let fit = Lloyd::fit(view.points.view(), groups, STARTS, &mut stream.draws()).ok()?;
        let names = (0..groups).map(|group| group.to_string()).collect();
        let labels = fit.labels.into_iter().map(Some).collect();
        let groups = Partition::from_codes(labels, names);
        Some(Matched { view, groups })
    }
}

impl Fixed {
    fn beyond(
        &self,
        subject: &Subject,
        answer: RecoveryAnswer<'_>,
        rivals: &[Covariate],
        stream: &Stream,
    ) -> Option<(ConditionalRecovery, Influence)> {
        let side = subject.side.pick(&self.rows);
        let target = match &side {
            Side::Line(values) => RecoveryTarget::Factor {
                values,
                known: &self.known,
            },
            Side::Groups(groups) => RecoveryTarget::Groups(groups),
            Side::Mixture { members, .. } => RecoveryTarget::Memberships(members),
        };
        match answer {
            RecoveryAnswer::Groups(groups) => {
                let groups = groups.pick(&self.rows);
                conditional_recovery(target, RecoveryAnswer::Groups(&groups), rivals, stream)
            }
            RecoveryAnswer::Axes(axes) => {
                let pick = |axis: &Vec<f64>| self.rows.iter().map(|row| axis[*row]).collect();
                let axes: Vec<Vec<f64>> = axes.iter().map(pick).collect();
                conditional_recovery(target, RecoveryAnswer::Axes(&axes), rivals, stream)
            }
        }
    }
}

/// The groups that k-means makes in place of an answer's.
pub(super) struct Matched<'a> {
    view: &'a GroundView,
    groups: Partition,
}

impl Matched<'_> {
    /// What they tell of the subject at this place.
    pub(super) fn tells(&self, subject: usize, stream: &Stream) -> Recovery {
        self.view.sides[subject].recovery(&self.groups, &stream.fork("matched"))
    }

    /// What an answer (over all originals) tells of the subject beyond them, on the rows of the view that it
    /// answers; `ground` says which rows move together.
    pub(super) fn apart(
        &self,
        subject: usize,
        answer: &Partition,
        ground: &Ground,
        stream: &Stream,
    ) -> Option<ApartEvidence> {
        let answer = answer.pick(&self.view.rows);
        let answered = answer.codes().iter().zip(self.groups.codes());
        let codes = answered.map(|(own, line)| own.and(*line)).collect();
        let line = Partition::from_codes(codes, self.groups.names().to_vec());
        let side = &self.view.sides[subject];
        let told = |groups: &Partition, name: &str| {
            let (recovery, influence) = side.recovery_by_row(groups, &stream.fork(name));
            (recovery.reading == Reading::Ok).then_some((recovery.rows, influence))
        };
        let (rows, own) = told(&answer, "answer")?;
        let (_, line) = told(&line, "line")?;
        let difference = own.minus(&line)?;
        let units = ground.units(&self.view.rows);
        Some(ApartEvidence {
            value: difference.value(),
            interval: difference.interval(units.as_deref())?,
            rows,
        })
    }
}

/// The view of `rows` of the originals; none when there is too little of it.
fn view_of(
    truth: &BundleTruth,
    rows: &[usize],
    subjects: &[Subject],
    stream: &Stream,
) -> Option<GroundView> {
    let originals = truth.originals();
    let sources: Vec<usize> = rows.iter().map(|at| truth.base(originals[*at])).collect();
    let view = View::of(&truth.surface.pick(&sources), &stream.fork("view")).ok()?;
    let rows: Vec<usize> = view.rows.iter().map(|at| rows[*at]).collect();
    let sides = subjects.iter().map(|subject| subject.side.pick(&rows));
    Some(GroundView {
        points: standardised(view.points.view()),
        sides: sides.collect(),
        rows,
    })
}
