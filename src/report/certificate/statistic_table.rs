//! Every statistic as a line: its value, its threshold and what it means.

use crate::certify::Certificate;

/// A statistic as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatisticRow {
    /// The question that it helps to answer.
    pub question: Question,
    /// Path of the statistic in [`Statistics`](crate::certify::Statistics), as a [`Reason`](crate::certify::Reason)
    /// names it.
    pub statistic: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it only counts together with a valley between groups.
    pub with_valley: bool,
    /// What was found.
    pub found: String,
    /// Where it speaks against the table; empty where it never does.
    pub threshold: String,
    /// What it means, in one plain sentence.
    pub means: &'static str,
}

/// What a statistic helps to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Whether one grouping is right.
    Clear,
    /// Whether columns mean anything.
    Meaning,
    /// What a key adds.
    Key,
    /// Nothing by itself: it misleads when it is alone.
    Shown,
}

impl Question {
    /// As a heading.
    pub fn words(self) -> &'static str {
        match self {
            Self::Clear => "Is there one right grouping?",
            Self::Meaning => "Does it mean anything?",
            Self::Key => "Can what was planted be found?",
            Self::Shown => "Shown, never decisive",
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
        question: Question::Clear,
        statistic,
        name,
        with_valley: false,
        found: beside(found, &threshold),
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
            "valley between neighbouring groups",
            Some(s.separation.valley),
            at_most(t.valley),
            "How many rows lie on the border of two groups, compared with their middles: 0 is an \
             empty gap, 1 no border at all.",
        ),
        with_valley(line(
            "separation.silhouette_excess",
            "silhouette beyond correlation's",
            s.separation.silhouette_excess,
            at_least(t.silhouette_excess),
            "How much tighter groups are than those of a table with the same columns and \
             correlations and nothing else.",
        )),
        with_valley(line(
            "agreement.core_most",
            "algorithms find the same groups (ARI)",
            Some(s.agreement.core_most),
            at_least(t.agreement),
            "Whether four algorithms put the same rows together: 0 is chance, 1 the same groups.",
        )),
        with_valley(line(
            "stability.strength_most",
            "groups replicate (prediction strength, k ≥ 3)",
            Some(s.stability.strength_most),
            at_least(t.strength),
            "Whether groups of one half of the rows come back in the other half: 1 is always.",
        )),
        with_valley(line(
            "stability.ambiguity_least",
            "pairs of rows in doubt (PAC, k ≥ 3)",
            s.stability.ambiguity_least,
            at_most(t.ambiguity),
            "The share of pairs of rows that are sometimes together and sometimes apart when other \
             rows are drawn.",
        )),
        with_valley(line(
            "k_selection.gap_copula_most",
            "gap beyond correlation's",
            numbers.map(|n| n.gap_copula_most),
            at_least(t.gap),
            "How much closer rows are to the middle of their group than correlation alone would \
             bring them.",
        )),
        line(
            "separation.silhouette",
            "silhouette",
            s.separation.silhouette,
            at_least(t.silhouette),
            "How much closer rows are to their own group than to the next one: 1 is far apart, 0 \
             touching.",
        ),
        line(
            "consensus",
            "consensus: agreed upon and replicated, one k ≥ 3",
            Some(s.consensus),
            at_least(t.consensus),
            "Whether, at one number of groups from three on, algorithms agree and the groups come back as well; \
             two halves of one cloud would.",
        ),
        line(
            "k_selection.vote_share",
            "criteria that agree on a number of groups",
            numbers.map(|n| n.vote_share),
            at_least(t.votes),
            "Of the criteria that ask for evidence, the largest share that find it for the same number of \
             groups, give or take one.",
        ),
        line(
            "density.validity",
            "dense groups (relative validity)",
            Some(s.density.validity),
            at_least(t.validity),
            "Whether there are dense regions with thin ones between them, of any shape: 0 is none.",
        ),
        pairs(certificate),
    ]
    .into_iter()
    .chain(declared(certificate))
    .collect()
}

/// How many of the declared groupings hide groups; nothing where none was looked into.
fn declared(certificate: &Certificate) -> Option<StatisticRow> {
    let looked_into = certificate.within.len();
    let clear = certificate.groups_hiding_clusters();
    (looked_into > 0).then(|| StatisticRow {
        question: Question::Clear,
        statistic: "within",
        name: "declared groups that hide groups",
        with_valley: false,
        found: format!("{clear} of {looked_into}"),
        threshold: "≥ 1".to_owned(),
        means: "Whether groups lie apart among rows that anybody can name: one level of a category, \
                one side of a change.",
    })
}

fn pairs(certificate: &Certificate) -> StatisticRow {
    let pairs = &certificate.statistics.pairs;
    StatisticRow {
        question: Question::Clear,
        statistic: "pairs.clear",
        name: "pairs of columns with a clear split",
        with_valley: false,
        found: format!("{} of {}", pairs.clear, pairs.looked_at),
        threshold: format!("≥ {}", certificate.thresholds.clear_pairs),
        means: "In how many scatter plots of two columns an analyst would see separate clouds.",
    }
}

fn meaning(certificate: &Certificate) -> Vec<StatisticRow> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let line = |statistic, name, found: String, threshold: String, means| StatisticRow {
        question: Question::Meaning,
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
            "How many directions carry more variance than in a table with shuffled columns.",
        ),
        line(
            "meaning.predictable",
            "columns that the others tell (R² ≥ 0.10)",
            format!("{} of {}", s.meaning.predictable, s.columns),
            format!("< {}", t.predictable_columns(s.columns)),
            "How many columns can be predicted from the others, on rows that the predictor has not \
             seen.",
        ),
        line(
            "meaning.two_sample_permuted",
            "told from independent columns (AUC)",
            two(Some(s.meaning.two_sample_permuted)),
            below(t.two_sample_permuted),
            "How well a learner tells real rows from rows of shuffled columns: 0.5 is not at all.",
        ),
        line(
            "meaning.two_sample_copula",
            "told from mere correlation (AUC)",
            two(Some(s.meaning.two_sample_copula)),
            below(t.two_sample_copula),
            "How well a learner tells real rows from rows with the same correlations and nothing \
             else: 0.5 is not at all.",
        ),
    ]
}

fn key(certificate: &Certificate) -> Vec<StatisticRow> {
    let t = &certificate.thresholds;
    let Some(oracle) = &certificate.statistics.oracle else {
        return Vec::new();
    };
    let line = |statistic, name, found: Option<f64>, threshold: String, means| StatisticRow {
        question: Question::Key,
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
            "weakest factor from the columns (R²)",
            Some(oracle.weakest),
            below(t.weakest_factor),
            "How well the factor that is hardest to find can be told by somebody who knows it.",
        ),
        line(
            "oracle.unsupervised_mean",
            "factors along unsupervised axes (R²)",
            Some(oracle.unsupervised_mean),
            below(t.unsupervised),
            "How well the factors are followed by axes that know nothing of them.",
        ),
        line(
            "oracle.cost",
            "cost of clustering",
            oracle.cost,
            below(t.cost),
            "The share of what the columns tell of the factors that is lost when the best grouping \
             replaces them.",
        ),
        line(
            "oracle.sampled.efficiency",
            "clustering against its ceiling",
            sampled.and_then(|sampled| sampled.efficiency),
            at_least(t.efficiency),
            "How near clustering comes to what a learner with the answers reaches.",
        ),
        line(
            "oracle.sampled.unsupervised",
            "drawn groups found (ARI)",
            sampled.map(|sampled| sampled.unsupervised),
            at_least(t.hard_found),
            "How much of the groups that rows were drawn from clustering finds: 0 is chance.",
        ),
    ]
}

fn shown(certificate: &Certificate) -> Vec<StatisticRow> {
    let s = &certificate.statistics;
    let line = |statistic, name, found: Option<f64>, means| StatisticRow {
        question: Question::Shown,
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
            "valley of correlation alone",
            Some(s.separation.valley_null),
            "How deep a border gets by chance in a table without groups.",
        ),
        StatisticRow {
            found: format!(
                "{}, a twin {}",
                two(Some(s.separation.bimodal)),
                two(Some(s.separation.bimodal_null))
            ),
            ..line(
                "separation.bimodal",
                "borders with two modes (dip test)",
                None,
                "The share of a grouping's borders that a test calls two-humped, along the line that tells two \
                 groups best, chosen after the cut: with many rows it finds dents \
                 that are no gaps, and a bent cloud has more of them than its twin.",
            )
        },
        line(
            "agreement.panel_most",
            "agreement of all six algorithms (ARI)",
            Some(s.agreement.panel_most),
            "The same as above with average and complete linkage, which cut off stragglers.",
        ),
        line(
            "agreement.scalings_most",
            "agreement of scalings (ARI)",
            Some(s.agreement.scalings_most),
            "Whether groups stay the same when columns are scaled otherwise.",
        ),
        line(
            "stability.strength_null",
            "prediction strength of correlation alone",
            Some(s.stability.strength_null),
            "How well groups replicate in a table without groups.",
        ),
        line(
            "density.noise",
            "rows in no dense group",
            Some(s.density.noise),
            "The share of rows that density-based clustering leaves out.",
        ),
        line(
            "density.hopkins",
            "Hopkins statistic",
            s.density.hopkins,
            "Near 1 for any crowded middle, one single cloud included.",
        ),
        line(
            "density.dip_of_distances",
            "dip test of distances (p)",
            Some(s.density.dip_of_distances),
            "Small when distances come in two kinds, which one long cloud can do as well.",
        ),
        line(
            "density.dip_of_component",
            "dip test of the first component (p)",
            Some(s.density.dip_of_component),
            "Small when rows fall in two along the widest direction.",
        ),
        line(
            "density.dips_of_lines",
            "directions with two modes",
            Some(s.density.dips_of_lines),
            "The share of 65 directions, chosen before any cut, along which rows fall in two.",
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
    // Added zero: nothing is shown as -0.00.
    let rounded = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
    value.map_or_else(
        || "not measured".to_owned(),
        |value| format!("{:.2}", rounded(value)),
    )
}

/// To two decimals; to three where two would show the very number of the turn.
fn beside(value: Option<f64>, threshold: &str) -> String {
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
