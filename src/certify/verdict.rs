//! Turns statistics into reasons for rejecting a table.

use serde::{Deserialize, Serialize};

use crate::scenario::Thresholds;

use super::statistics::{Statistics, Within};

/// A kind of reason for rejecting a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Too few rows to decide.
    TooFewRows,
    /// One clustering could be defended as correct.
    TooClear,
    /// Columns do not predict each other, or the planted structure cannot be recovered.
    Meaningless,
    /// Pairwise correlation explains everything.
    Dull,
    /// No planted defect would mislead a careless analyst; used only for the world of a round.
    WeakDecoy,
}

impl ReasonKind {
    /// In words: `too clear`.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooFewRows => "too few rows",
            Self::TooClear => "too clear",
            Self::Meaningless => "meaningless",
            Self::Dull => "dull",
            Self::WeakDecoy => "weak decoy",
        }
    }
}

/// One reason for rejecting a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Its kind.
    pub kind: ReasonKind,
    /// Path of the statistic in [`Statistics`].
    pub statistic: String,
    /// Its value.
    pub value: f64,
    /// The threshold.
    pub threshold: f64,
    /// The reason in words, with the value and the threshold.
    pub sentence: String,
}

impl Reason {
    /// A reason; the sentence ends with the value and the threshold.
    pub(crate) fn new(
        kind: ReasonKind,
        statistic: &str,
        value: f64,
        threshold: f64,
        words: &str,
    ) -> Self {
        // Counts are integers.
        let whole = value.fract() == 0.0 && threshold.fract() == 0.0;
        let decimals = if whole { 0 } else { 2 };
        Self {
            kind,
            statistic: statistic.to_owned(),
            value,
            threshold,
            sentence: format!("{words}: {value:.decimals$}, threshold {threshold:.decimals$}"),
        }
    }
}

/// The list of reasons; empty when the table is accepted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Verdict {
    /// All reasons, most serious kind first.
    pub reasons: Vec<Reason>,
}

impl Verdict {
    /// Whether there is no reason to reject the table.
    pub fn accepted(&self) -> bool {
        self.reasons.is_empty()
    }

    /// Add reasons, keeping the most serious first.
    pub(super) fn add(&mut self, reasons: Vec<Reason>) {
        self.reasons.extend(reasons);
        self.reasons.sort_by_key(|reason| reason.kind);
    }

    /// The most serious kind of reason; no value when the table is accepted.
    pub fn kind(&self) -> Option<ReasonKind> {
        self.reasons.iter().map(|reason| reason.kind).min()
    }
}

/// The verdict on `statistics`, given `thresholds`.
pub fn judge(statistics: &Statistics, thresholds: &Thresholds) -> Verdict {
    let mut reasons = outright(statistics, thresholds);
    if statistics.rows < thresholds.rows {
        if reasons.is_empty() {
            reasons.push(Reason::new(
                ReasonKind::TooFewRows,
                "rows",
                statistics.rows as f64,
                thresholds.rows as f64,
                "there are too few rows to distinguish clusters from chance",
            ));
        }
        return Verdict { reasons };
    }
    reasons.extend(with_enough_rows(statistics, thresholds));
    reasons.extend(with_valley(statistics, thresholds));
    reasons.extend(meaningless(statistics, thresholds));
    reasons.extend(hidden(statistics, thresholds));
    reasons.sort_by_key(|reason| reason.kind);
    Verdict { reasons }
}

/// Statistics that are too clear by themselves.
fn outright(s: &Statistics, t: &Thresholds) -> Vec<Reason> {
    let mut found = Vec::new();
    let mut clear = |statistic: &str, value: f64, threshold: f64, words: &str| {
        found.push(Reason::new(
            ReasonKind::TooClear,
            statistic,
            value,
            threshold,
            words,
        ));
    };
    if let Some(value) = s
        .separation
        .silhouette
        .filter(|value| *value >= t.silhouette)
    {
        clear(
            "separation.silhouette",
            value,
            t.silhouette,
            "clusters are separated by their silhouette",
        );
    }
    let dense = &s.density;
    if dense.validity >= t.validity && dense.groups >= 2 && dense.noise <= t.noise {
        clear(
            "density.validity",
            dense.validity,
            t.validity,
            "density-based clusters are separated",
        );
    }
    if let Some(numbers) = s
        .k_selection
        .as_ref()
        .filter(|numbers| numbers.vote_share >= t.votes)
    {
        clear(
            "k_selection.vote_share",
            numbers.vote_share,
            t.votes,
            "criteria agree on the number of clusters",
        );
    }
    let tighter = s.separation.silhouette_excess >= Some(t.consensus_excess);
    if s.consensus >= t.consensus && tighter {
        clear(
            "consensus",
            s.consensus,
            t.consensus,
            "for one number of clusters, algorithms agree and the clusters replicate",
        );
    }
    found
}

/// Statistics that are too clear by themselves if there are enough rows. With few rows, neither a
/// valley between two columns nor a model's ceiling is reliable.
fn with_enough_rows(s: &Statistics, t: &Thresholds) -> Vec<Reason> {
    let mut found = Vec::new();
    let mut clear = |statistic: &str, value: f64, threshold: f64, words: &str| {
        found.push(Reason::new(
            ReasonKind::TooClear,
            statistic,
            value,
            threshold,
            words,
        ));
    };
    if s.pairs.clear >= t.clear_pairs.max(1) {
        clear(
            "pairs.clear",
            s.pairs.clear as f64,
            t.clear_pairs as f64,
            "column pairs show a clear split",
        );
    }
    let Some(oracle) = &s.oracle else {
        return found;
    };
    if let Some(sampled) = &oracle.sampled {
        let found = sampled.unsupervised >= t.efficiency_ari;
        let reached = |value: &f64| found && *value >= t.efficiency;
        if let Some(value) = sampled.efficiency.filter(reached) {
            clear(
                "oracle.sampled.efficiency",
                value,
                t.efficiency,
                "clustering reaches the ceiling of a model trained on the true types",
            );
        }
        if sampled.oracle >= t.hard_oracle && sampled.unsupervised >= t.hard_found {
            clear(
                "oracle.sampled.unsupervised",
                sampled.unsupervised,
                t.hard_found,
                "the types are nearly disjoint, and clustering finds them",
            );
        }
    }
    if let Some(cost) = oracle.cost.filter(|cost| *cost < t.cost) {
        clear(
            "oracle.cost",
            cost,
            t.cost,
            "one clustering already captures the factors, with little loss",
        );
    }
    found
}

/// Statistics that are too clear together with a valley between clusters: stability alone never
/// counts.
fn with_valley(s: &Statistics, t: &Thresholds) -> Vec<Reason> {
    if s.separation.valley > t.valley {
        return Vec::new();
    }
    let gap = s
        .k_selection
        .as_ref()
        .map(|numbers| numbers.gap_copula_most);
    let above = [
        (
            "separation.silhouette_excess",
            s.separation.silhouette_excess,
            t.silhouette_excess,
            "the silhouette exceeds that of null tables",
        ),
        (
            "agreement.core_most",
            Some(s.agreement.core_most),
            t.agreement,
            "algorithms find the same clusters",
        ),
        (
            "stability.strength_most",
            Some(s.stability.strength_most),
            t.strength,
            "clusters replicate on other rows",
        ),
        (
            "k_selection.gap_copula_most",
            gap,
            t.gap,
            "clusters are tighter than in null tables",
        ),
    ];
    let words = |words: &str| {
        let valley = s.separation.valley;
        format!("there is a valley of {valley:.2} between clusters, and {words}")
    };
    let mut found: Vec<Reason> = above
        .into_iter()
        .filter_map(|(name, value, threshold, why)| {
            let value = value.filter(|value| *value >= threshold)?;
            Some(Reason::new(
                ReasonKind::TooClear,
                name,
                value,
                threshold,
                &words(why),
            ))
        })
        .collect();
    if let Some(value) = s
        .stability
        .ambiguity_least
        .filter(|value| *value <= t.ambiguity)
    {
        let why = words("few pairs of rows are ambiguous");
        found.push(Reason::new(
            ReasonKind::TooClear,
            "stability.ambiguity_least",
            value,
            t.ambiguity,
            &why,
        ));
    }
    found
}

/// Declared groups that contain separated clusters.
pub(super) fn separated_within(within: &[Within], thresholds: &Thresholds) -> Vec<Reason> {
    within
        .iter()
        .filter_map(|one| {
            let Within { name, valley, .. } = one;
            let clear = |value: f64, threshold: f64, words: &str| {
                Some(Reason::new(
                    ReasonKind::TooClear,
                    "within",
                    value,
                    threshold,
                    &format!("among rows where {name}, {words}"),
                ))
            };
            let outright = one
                .silhouette
                .filter(|found| *found >= thresholds.silhouette);
            if let Some(value) = outright {
                let words = "clusters are separated by their silhouette";
                return clear(value, thresholds.silhouette, words);
            }
            let least = thresholds.silhouette_excess;
            let excess = one.silhouette_excess.filter(|found| *found >= least)?;
            if *valley > thresholds.valley {
                return None;
            }
            let words = format!(
                "there is a valley of {valley:.2} between clusters, and the silhouette exceeds \
                 that of null tables"
            );
            clear(excess, least, &words)
        })
        .collect()
}

/// Columns without signal, or with none beyond correlation.
fn meaningless(s: &Statistics, t: &Thresholds) -> Vec<Reason> {
    let m = &s.meaning;
    let mut found = Vec::new();
    let mut against =
        |kind: ReasonKind, statistic: &str, value: f64, threshold: f64, words: &str| {
            if value < threshold {
                found.push(Reason::new(kind, statistic, value, threshold, words));
            }
        };
    let enough = t.predictable_columns(s.columns);
    against(
        ReasonKind::Meaningless,
        "meaning.factors",
        m.factors as f64,
        1.0,
        "parallel analysis finds no factor",
    );
    against(
        ReasonKind::Meaningless,
        "meaning.predictable",
        m.predictable as f64,
        enough as f64,
        "columns do not predict each other",
    );
    against(
        ReasonKind::Meaningless,
        "meaning.two_sample_permuted",
        m.two_sample_permuted,
        t.two_sample_permuted,
        "the table looks like one with independent columns",
    );
    against(
        ReasonKind::Dull,
        "meaning.two_sample_copula",
        m.two_sample_copula,
        t.two_sample_copula,
        "there is nothing beyond pairwise correlation",
    );
    found
}

/// Planted structure that cannot be recovered.
fn hidden(s: &Statistics, t: &Thresholds) -> Vec<Reason> {
    let Some(oracle) = &s.oracle else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if oracle.weakest < t.weakest_factor {
        found.push(Reason::new(
            ReasonKind::Meaningless,
            "oracle.weakest",
            oracle.weakest,
            t.weakest_factor,
            "the weakest factor can barely be predicted from the columns",
        ));
    }
    if oracle.unsupervised_mean < t.unsupervised {
        found.push(Reason::new(
            ReasonKind::Meaningless,
            "oracle.unsupervised_mean",
            oracle.unsupervised_mean,
            t.unsupervised,
            "unsupervised axes barely recover the factors",
        ));
    }
    found
}
