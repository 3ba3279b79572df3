//! The statistics table: every statistic with its value, its threshold and its meaning.

use crate::certify::Certificate;

/// One row of the statistics table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticRow {
    /// The question that it helps to answer.
    pub question: StatisticGroup,
    /// Path of the statistic in [`Statistics`](crate::certify::Statistics), as a [`Reason`](crate::certify::Reason)
    /// names it.
    pub statistic: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it counts only together with a deep enough valley.
    pub with_valley: bool,
    /// Its value.
    pub found: String,
    /// Values at which it counts against the table; empty if it never does.
    pub threshold: String,
    /// Its meaning, in one sentence.
    pub means: &'static str,
}

/// What a statistic helps to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatisticGroup {
    /// Whether one clustering is correct.
    Clear,
    /// Whether columns carry signal.
    Meaning,
    /// What a key adds.
    Key,
    /// None: alone, it would mislead.
    Shown,
}

impl StatisticGroup {
    pub fn heading(self) -> &'static str {
        match self {
            Self::Clear => "Is there one correct clustering?",
            Self::Meaning => "Do the columns carry signal?",
            Self::Key => "Can the planted structure be found?",
            Self::Shown => "For information only",
        }
    }
}

/// Every statistic of a certificate, by question.
pub fn statistic_rows(certificate: &Certificate) -> Vec<StatisticRow> {
    let mut lines = clear(certificate);
    lines.extend(meaning(certificate));
    lines.extend(key(certificate));
    lines.extend(shown(certificate));
    lines
}

fn clear(certificate: &Certificate) -> Vec<StatisticRow> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let numbers = s.k_selection.as_ref();
    let line = |statistic, name, found: Option<f64>, threshold: String, means| StatisticRow {
        question: StatisticGroup::Clear,
        statistic,
        name,
        with_valley: false,
        found: near_threshold(found, &threshold),
        threshold,
        means,
    };
    let with_valley = |line: StatisticRow| StatisticRow {
        with_valley: true,
        ..line
    };
    vec![
        line(
            "separation.valley",
            "valley depth between neighbouring clusters",
            Some(s.separation.valley),
            at_most(t.valley),
            "Density of rows at the border of two clusters, relative to the thinner cluster: 0 is \
             an empty gap, 1 is no gap.",
        ),
        with_valley(line(
            "separation.silhouette_excess",
            "silhouette, excess over null tables",
            s.separation.silhouette_excess,
            at_least(t.silhouette_excess),
            "How much better separated the clusters are than those of null tables: the same \
             columns and correlations, no clusters.",
        )),
        with_valley(line(
            "agreement.core_most",
            "agreement between algorithms (ARI)",
            Some(s.agreement.core_most),
            at_least(t.agreement),
            "Whether four algorithms find the same clusters: 0 is chance, 1 is identical.",
        )),
        with_valley(line(
            "stability.strength_most",
            "prediction strength (k ≥ 3)",
            Some(s.stability.strength_most),
            at_least(t.strength),
            "Whether clusters found in one half of the rows are found again in the other half: 1 \
             is always.",
        )),
        with_valley(line(
            "stability.ambiguity_least",
            "ambiguous pairs of rows (PAC, k ≥ 3)",
            s.stability.ambiguity_least,
            at_most(t.ambiguity),
            "Share of row pairs that are clustered together in some resamples and apart in others.",
        )),
        with_valley(line(
            "k_selection.gap_copula_most",
            "gap statistic, excess over null tables",
            numbers.map(|n| n.gap_copula_most),
            at_least(t.gap),
            "How much closer rows are to their cluster centre than in null tables, in log units of \
             inertia.",
        )),
        line(
            "separation.silhouette",
            "silhouette",
            s.separation.silhouette,
            at_least(t.silhouette),
            "How much closer rows are to their own cluster than to the next one: 0 is touching, 1 \
             is far apart.",
        ),
        line(
            "consensus",
            "consensus: agreement and replication at one k ≥ 3",
            Some(s.consensus),
            at_least(t.consensus),
            "Whether, for some k ≥ 3, algorithms agree and the clusters also replicate. k = 2 does \
             not count, because halves of one elongated cloud replicate.",
        ),
        line(
            "k_selection.vote_share",
            "criteria that agree on k",
            numbers.map(|n| n.vote_share),
            at_least(t.votes),
            "Of the criteria that require evidence, the largest share that choose the same k, give \
             or take one.",
        ),
        line(
            "density.validity",
            "density-based clusters (relative validity)",
            Some(s.density.validity),
            at_least(t.validity),
            "Whether dense regions of any shape are separated by sparse ones: 0 is not at all.",
        ),
        pairs(certificate),
    ]
    .into_iter()
    .chain(declared(certificate))
    .collect()
}

/// How many of the declared groups contain separated clusters; none if none were measured.
fn declared(certificate: &Certificate) -> Option<StatisticRow> {
    let looked_into = certificate.within.len();
    let clear = certificate.groups_hiding_clusters();
    (looked_into > 0).then(|| StatisticRow {
        question: StatisticGroup::Clear,
        statistic: "within",
        name: "declared groups with clusters inside",
        with_valley: false,
        found: format!("{clear} of {looked_into}"),
        threshold: "≥ 1".to_owned(),
        means: "Whether clusters are separated within a group that anyone can name: one level of a \
                category, or one side of a change.",
    })
}

fn pairs(certificate: &Certificate) -> StatisticRow {
    let pairs = &certificate.statistics.pairs;
    StatisticRow {
        question: StatisticGroup::Clear,
        statistic: "pairs.clear",
        name: "column pairs with a clear split",
        with_valley: false,
        found: format!("{} of {}", pairs.clear, pairs.looked_at),
        threshold: format!("≥ {}", certificate.thresholds.clear_pairs),
        means: "Number of scatter plots of two columns in which an analyst would see separate \
                clouds.",
    }
}

fn meaning(certificate: &Certificate) -> Vec<StatisticRow> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let line = |statistic, name, found: String, threshold: String, means| StatisticRow {
        question: StatisticGroup::Meaning,
        statistic,
        name,
        with_valley: false,
        found,
        threshold,
        means,
    };
    vec![
        line(
            "meaning.factors",
            "factors beyond chance (parallel analysis)",
            s.meaning.factors.to_string(),
            "< 1".to_owned(),
            "Number of principal components with more variance than in a table with shuffled \
             columns.",
        ),
        line(
            "meaning.predictable",
            "columns predicted by the others (R² ≥ 0.10)",
            format!("{} of {}", s.meaning.predictable, s.columns),
            format!("< {}", t.predictable_columns(s.columns)),
            "Number of columns that can be predicted from the others, on rows the model has not \
             seen.",
        ),
        line(
            "meaning.two_sample_permuted",
            "distinguishable from shuffled columns (AUC)",
            two(Some(s.meaning.two_sample_permuted)),
            below(t.two_sample_permuted),
            "How well a classifier separates real rows from rows with shuffled columns: 0.5 is \
             chance.",
        ),
        line(
            "meaning.two_sample_copula",
            "distinguishable from null tables (AUC)",
            two(Some(s.meaning.two_sample_copula)),
            below(t.two_sample_copula),
            "How well a classifier separates real rows from rows of null tables, which have only \
             the correlations: 0.5 is chance.",
        ),
    ]
}

fn key(certificate: &Certificate) -> Vec<StatisticRow> {
    let t = &certificate.thresholds;
    let Some(oracle) = &certificate.statistics.oracle else {
        return Vec::new();
    };
    let line = |statistic, name, found: Option<f64>, threshold: String, means| StatisticRow {
        question: StatisticGroup::Key,
        statistic,
        name,
        with_valley: false,
        found: two(found),
        threshold,
        means,
    };
    let sampled = oracle.sampled.as_ref();
    vec![
        line(
            "oracle.weakest",
            "weakest factor, supervised (R²)",
            Some(oracle.weakest),
            below(t.weakest_factor),
            "How well the columns predict the factor that is hardest to find, for a model trained \
             on it.",
        ),
        line(
            "oracle.unsupervised_mean",
            "mean of factors, unsupervised (R²)",
            Some(oracle.unsupervised_mean),
            below(t.unsupervised),
            "How well unsupervised axes recover the factors.",
        ),
        line(
            "oracle.cost",
            "loss from clustering",
            oracle.cost,
            below(t.cost),
            "Share of the recoverable variance of the factors that is lost if the best clustering \
             replaces the columns.",
        ),
        line(
            "oracle.sampled.efficiency",
            "clustering, relative to its ceiling",
            sampled.and_then(|sampled| sampled.efficiency),
            at_least(t.efficiency),
            "How close clustering comes to a model trained on the true types.",
        ),
        line(
            "oracle.sampled.unsupervised",
            "true types found by clustering (ARI)",
            sampled.map(|sampled| sampled.unsupervised),
            at_least(t.hard_found),
            "How well clustering recovers the types that rows were drawn from: 0 is chance.",
        ),
    ]
}

fn shown(certificate: &Certificate) -> Vec<StatisticRow> {
    let s = &certificate.statistics;
    let line = |statistic, name, found: Option<f64>, means| StatisticRow {
        question: StatisticGroup::Shown,
        statistic,
        name,
        with_valley: false,
        found: two(found),
        threshold: String::new(),
        means,
    };
    vec![
        line(
            "separation.valley_null",
            "valley depth in null tables",
            Some(s.separation.valley_null),
            "How deep a valley gets by chance in a table without clusters.",
        ),
        StatisticRow {
            found: format!(
                "{}, null {}",
                two(Some(s.separation.bimodal)),
                two(Some(s.separation.bimodal_null))
            ),
            ..line(
                "separation.bimodal",
                "borders with two modes (dip test)",
                None,
                "Share of cluster borders that the dip test calls bimodal, along the direction \
                 that best separates the two clusters. The direction is chosen after clustering, \
                 and a curved cloud has more of them than its null table, so this decides nothing.",
            )
        },
        line(
            "agreement.panel_most",
            "agreement of all six algorithms (ARI)",
            Some(s.agreement.panel_most),
            "As above, with average and complete linkage, which mostly split off outliers.",
        ),
        line(
            "agreement.scalings_most",
            "agreement between scalings (ARI)",
            Some(s.agreement.scalings_most),
            "Whether clusters stay the same when the columns are scaled differently.",
        ),
        line(
            "stability.strength_null",
            "prediction strength in null tables",
            Some(s.stability.strength_null),
            "How well clusters replicate in a table without clusters.",
        ),
        line(
            "density.noise",
            "rows in no density-based cluster",
            Some(s.density.noise),
            "Share of rows that density-based clustering leaves out.",
        ),
        line(
            "density.hopkins",
            "Hopkins statistic",
            s.density.hopkins,
            "Near 1 for any table with a dense centre, including one single cloud.",
        ),
        line(
            "density.dip_of_distances",
            "dip test of distances (p)",
            Some(s.density.dip_of_distances),
            "Small when distances have two modes, which one elongated cloud can cause, too.",
        ),
        line(
            "density.dip_of_component",
            "dip test of the first component (p)",
            Some(s.density.dip_of_component),
            "Small when rows have two modes along the first principal component.",
        ),
        line(
            "density.dips_of_lines",
            "directions with two modes",
            Some(s.density.dips_of_lines),
            "Share of 65 directions, chosen before clustering, along which rows have two modes.",
        ),
        line(
            "meaning.predictability_median",
            "median predictability (R²)",
            Some(s.meaning.predictability_median),
            "Falls with every unrelated column, so it decides nothing.",
        ),
    ]
}

fn two(value: Option<f64>) -> String {
    // Adding zero avoids -0.00.
    let rounded = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
    value.map_or_else(
        || "not measured".to_owned(),
        |value| format!("{:.2}", rounded(value)),
    )
}

/// Two decimals; three if the value would look equal to the threshold.
fn near_threshold(value: Option<f64>, threshold: &str) -> String {
    let shown = two(value);
    match value {
        Some(value) if threshold.ends_with(&shown) => format!("{value:.3}"),
        _ => shown,
    }
}

fn at_least(value: f64) -> String {
    format!("≥ {value:.2}")
}

fn at_most(value: f64) -> String {
    format!("≤ {value:.2}")
}

fn below(value: f64) -> String {
    format!("< {value:.2}")
}
