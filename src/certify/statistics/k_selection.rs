//! Number of groups chosen by each criterion.

use ndarray::{Array1, Array2, ArrayView2};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::{Algorithm, ClusterError, Lloyd, Mixture, PrincipalComponents};
use crate::measure::{
    Gap, box_null, calinski_harabasz, copula_null, davies_bouldin, gap_statistic,
};
use crate::random::{Draws, Stream};

use super::density::Density;
use super::partitions::{ScoredPartition, votes as votes_of};
use super::sample::ViewSample;
use super::stability::Stability;
use crate::certify::depth::Depth;
use crate::certify::error::CertifyError;

/// Draws of a null table for the gap.
const DRAWS: usize = 4;
/// Restarts of k-means for the table's inertia.
const STARTS: usize = 2;
/// Maximum number of iterations of a mixture.
const ROUNDS: usize = 80;
/// Silhouette below which a vote for its best number of groups does not qualify: "no substantial
/// structure" in Kaufman & Rousseeuw (1990), table 2.4.
const SILHOUETTE: f64 = 0.25;
/// Gap over the copula null below which its vote does not qualify.
const GAP: f64 = 0.10;
/// Minimum relative validity and maximum noise for HDBSCAN's vote to qualify.
const VALIDITY: f64 = 0.2;
const NOISE: f64 = 0.5;

/// Votes for a number of groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KSelection {
    /// Every criterion's vote.
    pub votes: Vec<Vote>,
    /// Number of qualified votes for two groups or more.
    pub qualified: usize,
    /// The largest share of the qualified criteria that agree on a number, plus or minus one.
    pub vote_share: f64,
    /// Log inertia of the copula null minus that of the table, for 1, 2, … groups.
    pub gap_copula: Vec<f64>,
    /// Standard errors of these.
    pub gap_copula_errors: Vec<f64>,
    /// The largest gap from two groups on.
    pub gap_copula_most: f64,
}

/// One criterion's vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Name of the criterion.
    pub criterion: String,
    /// The number of groups it prefers; 1 if it finds none.
    pub k: usize,
    /// Its vote in the qualified count: 1 if it prefers a number without evidence of clusters; no
    /// value for criteria that always prefer some number.
    pub qualified: Option<usize>,
}

pub(super) fn select_k(
    sample: &ViewSample,
    cuts: &[ScoredPartition],
    stability: &Stability,
    density: &Density,
    depth: Depth,
    stream: &Stream,
) -> Result<Option<KSelection>, CertifyError> {
    let most = depth.ks().iter().copied().max().unwrap_or(1);
    let points = sample.repeat.view();
    let (gaps, mixtures) = rayon::join(
        || gaps(points, most, &stream.fork("gap")),
        || mixtures(points, most, &stream.fork("mixtures")),
    );
    // With no more distinct rows than groups, the inertia is 0 and the gap is undefined.
    let Some([boxed, in_components, copula]) = gaps? else {
        return Ok(None);
    };
    let mixtures = mixtures?;
    let of = |algorithm: Algorithm| {
        cuts.iter()
            .filter(move |cut| cut.cut.algorithm == algorithm)
    };
    // A number of groups that only splits off a few per cent of the rows does not count as a vote.
    let silhouettes = |algorithm| -> Vec<(usize, f64)> {
        of(algorithm)
            .filter(|cut| cut.votes)
            .filter_map(|cut| Some((cut.cut.k, cut.silhouette?)))
            .collect()
    };
    let index = |by: fn(ArrayView2<'_, f64>, &[u32]) -> Option<f64>| -> Vec<(usize, f64)> {
        of(Algorithm::KMeans)
            .filter_map(|cut| Some((cut.cut.k, by(sample.panel.view(), &cut.cut.labels)?)))
            .collect()
    };
    let criterion = |by: fn(&Mixture) -> f64| {
        let values = mixtures.iter().enumerate();
        let values: Vec<(usize, f64)> = values.map(|(at, fit)| (at + 1, -by(fit))).collect();
        largest(&values).0
    };
    let from_two = copula.gaps.iter().skip(1).copied();
    let gap_most = from_two.fold(f64::NEG_INFINITY, f64::max);
    let mut votes = Vec::new();
    let mut vote = |criterion: &str, k: usize, qualified: Option<usize>| {
        let criterion = criterion.to_owned();
        votes.push(Vote {
            criterion,
            k,
            qualified,
        });
    };
    for (name, algorithm) in [
        ("silhouette", Algorithm::KMeans),
        ("silhouette (Ward)", Algorithm::Ward),
    ] {
        let (k, value) = largest(&silhouettes(algorithm));
        vote(name, k, Some(if value >= SILHOUETTE { k } else { 1 }));
    }
    let inverse: Vec<(usize, f64)> = index(davies_bouldin)
        .into_iter()
        .map(|(k, x)| (k, -x))
        .collect();
    vote(
        "Calinski–Harabasz",
        largest(&index(calinski_harabasz)).0,
        None,
    );
    vote("Davies–Bouldin", largest(&inverse).0, None);
    vote("gap (box)", boxed.k, None);
    vote("gap (components)", in_components.k, Some(in_components.k));
    vote(
        "gap (copula)",
        copula.k,
        Some(if gap_most >= GAP { copula.k } else { 1 }),
    );
    vote("BIC", criterion(Mixture::bic), None);
    let icl = criterion(Mixture::icl);
    let labels = mixtures[icl.max(1) - 1].labels.iter().copied();
    let large = votes_of(labels, points.nrows());
    vote("ICL", icl, Some(if large { icl } else { 1 }));
    let replicates = stability.strength_most > stability.strength_null;
    vote(
        "prediction strength",
        stability.strength_k,
        Some(if replicates { stability.strength_k } else { 1 }),
    );
    let dense = density.validity >= VALIDITY && density.noise < NOISE;
    vote(
        "HDBSCAN",
        density.groups.max(1),
        Some(if dense { density.groups.max(1) } else { 1 }),
    );
    let (qualified, vote_share) = agreeing(&votes);
    Ok(Some(KSelection {
        votes,
        qualified,
        vote_share,
        gap_copula: copula.gaps,
        gap_copula_errors: copula.errors,
        gap_copula_most: gap_most,
    }))
}

/// Number of qualified votes for clusters, and the largest share of all qualified criteria whose
/// numbers differ by at most one.
fn agreeing(votes: &[Vote]) -> (usize, f64) {
    let asked: Vec<usize> = votes.iter().filter_map(|vote| vote.qualified).collect();
    let seeing: Vec<usize> = asked.iter().copied().filter(|k| *k > 1).collect();
    let near = |k: usize| seeing.iter().filter(|other| other.abs_diff(k) <= 1).count();
    let most = seeing.iter().map(|k| near(*k)).max().unwrap_or(0);
    (seeing.len(), most as f64 / asked.len().max(1) as f64)
}

/// Position of the largest value (ties go to the first); 1 group without values.
fn largest(values: &[(usize, f64)]) -> (usize, f64) {
    let mut best = (1, f64::NEG_INFINITY);
    for (k, value) in values {
        if *value > best.1 {
            best = (*k, *value);
        }
    }
    best
}

/// Gaps over a box, a box along the principal components, and the copula null.
fn gaps(
    points: ArrayView2<'_, f64>,
    most: usize,
    stream: &Stream,
) -> Result<Option<[Gap; 3]>, ClusterError> {
    let components = PrincipalComponents::fit(points, false)?;
    let scores = components.scores(points, points.ncols())?;
    let means = Array1::from(components.means.clone());
    let in_components = |draws: &mut Draws| -> Array2<f64> {
        box_null(scores.view(), draws).dot(&components.loadings.t()) + &means
    };
    let boxed = |draws: &mut Draws| box_null(points, draws);
    let copula = |draws: &mut Draws| copula_null(points, draws);
    let nulls: [(&str, &NullSampler<'_>); 3] = [
        ("box", &boxed),
        ("components", &in_components),
        ("copula", &copula),
    ];
    let own = inertias(points, most, STARTS, &stream.fork("table"))?;
    let found: Result<Vec<Option<Gap>>, ClusterError> = nulls
        .into_par_iter()
        .map(|(name, null)| {
            let stream = stream.fork(name);
            let draws: Result<Vec<Vec<f64>>, ClusterError> = (0..DRAWS)
                .into_par_iter()
                .map(|at| {
                    let stream = stream.block(at as u64);
                    let null = null(&mut stream.draws());
                    inertias(null.view(), most, 1, &stream.fork("groups"))
                })
                .collect();
            Ok(gap_statistic(&own, &draws?))
        })
        .collect();
    let found: Option<Vec<Gap>> = found?.into_iter().collect();
    Ok(found.and_then(|found| found.try_into().ok()))
}

/// Draws a table without clusters.
type NullSampler<'a> = dyn Fn(&mut Draws) -> Array2<f64> + Sync + 'a;

/// Inertia with 1, 2, … groups.
fn inertias(
    points: ArrayView2<'_, f64>,
    most: usize,
    starts: usize,
    stream: &Stream,
) -> Result<Vec<f64>, ClusterError> {
    (1..=most)
        .into_par_iter()
        .map(|k| Ok(Lloyd::fit(points, k, starts, &mut stream.block(k as u64).draws())?.inertia))
        .collect()
}

/// Mixtures with 1, 2, … groups.
fn mixtures(
    points: ArrayView2<'_, f64>,
    most: usize,
    stream: &Stream,
) -> Result<Vec<Mixture>, ClusterError> {
    (1..=most)
        .into_par_iter()
        .map(|k| Mixture::fit(points, k, ROUNDS, &mut stream.block(k as u64).draws()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn votes_one_apart_agree_and_votes_for_one_group_do_not_count() {
        let vote = |qualified| Vote {
            criterion: String::new(),
            k: 3,
            qualified,
        };
        let votes = [Some(5), Some(6), Some(2), Some(1), None].map(vote);
        assert_eq!(agreeing(&votes), (3, 0.5));
        assert_eq!(agreeing(&[]), (0, 0.0));
    }
}
