//! What all comparisons of one review share: subjects, covariates, and the view for k-means.

use ndarray::Array2;

use super::super::truth::{features, with_squares};
use super::super::{BundleTruth, ConditionalEvidence, RecoveryDifference};
use super::confounders::are_confounders;
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

/// Starts of k-means, as with `n_init=10` in scikit-learn.
const STARTS: usize = 10;
/// Least average number of rows per group: smaller groups are too fine to judge.
const FEW_ROWS: usize = 30;

/// What the answers of one submission are compared with.
pub(in super::super) struct ComparisonContext {
    /// Structures and artefacts, over all originals.
    pub(in super::super) subjects: Vec<Subject>,
    world: World,
    /// The entity of every original; none without entities.
    entities: Option<Vec<u32>>,
    covariates: Option<CovariateRows>,
    /// The analysis view of the clean table, if it has one.
    view: Option<ClusteringView>,
}

/// Rows on which conditional recoveries are computed.
struct CovariateRows {
    /// Positions among the originals: all, or a sample.
    rows: Vec<usize>,
    /// Each subject as a covariate, over these rows.
    subjects: Vec<Covariate>,
    /// Features for predicting a factor, over these rows.
    features: Vec<Vec<f64>>,
}

/// The rows and numbers that k-means clusters.
pub(super) struct ClusteringView {
    /// Positions among the originals.
    rows: Vec<usize>,
    points: Array2<f64>,
    /// Each subject, over these rows.
    sides: Vec<Side>,
}

impl ComparisonContext {
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
        let pick = |subject: &Subject| subject.side.pick(&rows).as_covariate();
        let view = sample("view", VIEW_ROWS);
        Self {
            view: view_of(truth, &view, &plain.subjects, stream),
            covariates: Some(CovariateRows {
                subjects: plain.subjects.iter().map(pick).collect(),
                features: with_squares(&features(truth, &rows)),
                rows,
            }),
            ..plain
        }
    }

    /// For plain recoveries: without covariates and k-means.
    pub(in super::super) fn alone(truth: &BundleTruth) -> Self {
        Self {
            subjects: subjects(truth),
            entities: truth.entities(),
            world: truth.key.world.clone(),
            covariates: None,
            view: None,
        }
    }

    /// The entity of each of these originals, for intervals that resample entities.
    pub(super) fn units(&self, rows: &[usize]) -> Option<Vec<u32>> {
        let entities = self.entities.as_ref()?;
        Some(rows.iter().map(|row| entities[*row]).collect())
    }

    /// A recovery (over all originals) with an interval that resamples whole entities.
    pub(super) fn with_entity_interval(
        &self,
        (recovery, influence): (Recovery, Influence),
    ) -> Recovery {
        Recovery {
            interval: influence.interval(self.entities.as_deref()),
            ..recovery
        }
    }

    /// The rows on which conditional recoveries are computed: all, or a sample; none without them.
    pub(in super::super) fn rows(&self) -> Option<&[usize]> {
        Some(&self.covariates.as_ref()?.rows)
    }

    /// How much of a subject an answer (over all originals) recovers given its confounders; none without any.
    pub(super) fn conditional(
        &self,
        subject: &Subject,
        answer: RecoveryAnswer<'_>,
        stream: &Stream,
    ) -> Option<ConditionalEvidence> {
        let sample = self.covariates.as_ref()?;
        let others: Vec<usize> = (0..self.subjects.len())
            .filter(|at| are_confounders(&self.world, subject.kind, self.subjects[*at].kind))
            .collect();
        let covariates: Vec<Covariate> = others
            .iter()
            .map(|at| sample.subjects[*at].clone())
            .collect();
        let (mut found, influence) = sample.conditional(subject, answer, &covariates, stream)?;
        found.recovery.interval = influence.interval(self.units(&sample.rows).as_deref());
        let words = found.covariates.iter().map(|at| others[*at]);
        Some(ConditionalEvidence {
            recovery: found.recovery,
            covariates: words.map(|at| self.subjects[at].what.clone()).collect(),
            strata: found.strata,
        })
    }

    /// K-means on the view with the number of groups of an answer (over all originals); none if
    /// that is below two or too large to judge.
    pub(super) fn matched_kmeans(
        &self,
        answer: &Partition,
        stream: &Stream,
    ) -> Option<MatchedKMeans<'_>> {
        let view = self.view.as_ref()?;
        let groups = answer.sizes().iter().filter(|size| **size > 0).count();
        if groups < 2 || groups * FEW_ROWS > view.rows.len() {
            return None;
        }
        let fit = Lloyd::fit(view.points.view(), groups, STARTS, &mut stream.draws()).ok()?;
        let names = (0..groups).map(|group| group.to_string()).collect();
        let labels = fit.labels.into_iter().map(Some).collect();
        let groups = Partition::from_codes(labels, names);
        Some(MatchedKMeans { view, groups })
    }
}

impl CovariateRows {
    fn conditional(
        &self,
        subject: &Subject,
        answer: RecoveryAnswer<'_>,
        covariates: &[Covariate],
        stream: &Stream,
    ) -> Option<(ConditionalRecovery, Influence)> {
        let side = subject.side.pick(&self.rows);
        let target = match &side {
            Side::Line(values) => RecoveryTarget::Factor {
                values,
                known: &self.features,
            },
            Side::Groups(groups) => RecoveryTarget::Groups(groups),
            Side::Mixture { members, .. } => RecoveryTarget::Memberships(members),
        };
        match answer {
            RecoveryAnswer::Groups(groups) => {
                let groups = groups.pick(&self.rows);
                conditional_recovery(target, RecoveryAnswer::Groups(&groups), covariates, stream)
            }
            RecoveryAnswer::Axes(axes) => {
                let pick = |axis: &Vec<f64>| self.rows.iter().map(|row| axis[*row]).collect();
                let axes: Vec<Vec<f64>> = axes.iter().map(pick).collect();
                conditional_recovery(target, RecoveryAnswer::Axes(&axes), covariates, stream)
            }
        }
    }
}

/// K-means with the number of groups of an answer.
pub(super) struct MatchedKMeans<'a> {
    view: &'a ClusteringView,
    groups: Partition,
}

impl MatchedKMeans<'_> {
    /// How much they recover of a subject, by position.
    pub(super) fn recovery(&self, subject: usize, stream: &Stream) -> Recovery {
        self.view.sides[subject].recovery(&self.groups, &stream.fork("matched"))
    }

    /// How much more than k-means an answer (over all originals) recovers, on the rows of the view that it
    /// labels.
    pub(super) fn difference(
        &self,
        subject: usize,
        answer: &Partition,
        context: &ComparisonContext,
        stream: &Stream,
    ) -> Option<RecoveryDifference> {
        let answer = answer.pick(&self.view.rows);
        let answered = answer.codes().iter().zip(self.groups.codes());
        let codes = answered.map(|(own, label)| own.and(*label)).collect();
        let kmeans = Partition::from_codes(codes, self.groups.names().to_vec());
        let side = &self.view.sides[subject];
        let recover = |groups: &Partition, name: &str| {
            let (recovery, influence) = side.recovery_by_row(groups, &stream.fork(name));
            (recovery.reading == Reading::Ok).then_some((recovery.rows, influence))
        };
        let (rows, own) = recover(&answer, "answer")?;
        let (_, kmeans) = recover(&kmeans, "line")?;
        let difference = own.minus(&kmeans)?;
        let units = context.units(&self.view.rows);
        Some(RecoveryDifference {
            value: difference.value(),
            interval: difference.interval(units.as_deref())?,
            rows,
        })
    }
}

/// The view of `rows` of the originals; none if too little of it remains.
fn view_of(
    truth: &BundleTruth,
    rows: &[usize],
    subjects: &[Subject],
    stream: &Stream,
) -> Option<ClusteringView> {
    let originals = truth.originals();
    let sources: Vec<usize> = rows.iter().map(|at| truth.base(originals[*at])).collect();
    let view = View::of(&truth.surface.pick(&sources), &stream.fork("view")).ok()?;
    let rows: Vec<usize> = view.rows.iter().map(|at| rows[*at]).collect();
    let sides = subjects.iter().map(|subject| subject.side.pick(&rows));
    Some(ClusteringView {
        points: standardised(view.points.view()),
        sides: sides.collect(),
        rows,
    })
}
