//! Thresholds of a certificate's verdict, and the reason for each; a scenario may change them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Thresholds of the verdict. Set on ten kinds of table whose verdict is known, with 5,000 rows, twelve
/// columns and several seeds each. A scenario may change them in `[thresholds]`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Silhouette from which groups are outright clear: "reasonable structure" by Kaufman &
    /// Rousseeuw (1990) begins there. Continua in twelve columns have 0.1 to 0.2.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub silhouette: f64,
    /// Silhouette excess over the copula null that, with a valley, is separation: accepted tables
    /// have 0.03, overlapping blobs of 90 % Bayes accuracy 0.11.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub silhouette_excess: f64,
    /// Valley up to which neighbouring groups count as separated: cuts of one cloud of 1,500 rows
    /// dip to 0.55 by chance, overlapping blobs of 90 % Bayes accuracy to 0.2.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub valley: f64,
    /// Median ARI across four algorithms that, with a valley, is separation.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub agreement: f64,
    /// Prediction strength from three groups on that, with a valley, is separation: the bound of
    /// Tibshirani & Walther (2005).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// Proportion of ambiguous pairs up to which, with a valley, groups are separated.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub ambiguity: f64,
    /// Gap over the copula null that, with a valley, is separation.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub gap: f64,
    /// Relative validity of HDBSCAN's groups from which they are outright clear: continua have 0.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub validity: f64,
    /// Share of noise up to which those groups describe the table.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub noise: f64,
    /// Share of the qualified votes on a number of groups that settles it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub votes: f64,
    /// Consensus from which one partition is both found by all and replicated … Five blobs too close
    /// for a valley were once accepted without it; random worlds that fail have 0.67 to 0.74.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub consensus: f64,
    /// … where the silhouette exceeds the copula null's by at least this: any cuts across one long
    /// cloud are found by all and replicate, and its null's are as tight.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub consensus_excess: f64,
    /// Share of the oracle's ARI from which clustering reaches its ceiling …
    #[schemars(range(min = 0.0, max = 1.0))]
    pub efficiency: f64,
    /// … where the unsupervised ARI itself is at least this.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub efficiency_ari: f64,
    /// Oracle ARI from which drawn groups are identifiable …
    #[schemars(range(min = 0.0, max = 1.0))]
    pub hard_oracle: f64,
    /// … and unsupervised ARI from which they are found.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub hard_found: f64,
    /// Cost of clustering under which one grouping already carries the factors: a quarter.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cost: f64,
    /// Pairs of columns with a clear split that are too many. Six blobs have 27 of 66, the
    /// accepted design none.
    #[schemars(range(min = 1, max = 1000))]
    pub clear_pairs: usize,
    /// Columns with an R² of 0.10 from the others that are enough, or …
    #[schemars(range(min = 1, max = 1000))]
    pub predictable: usize,
    /// … this share of the columns, whichever is less. Not the median: fourteen nuisance columns
    /// next to twelve good ones made a good table meaningless.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub predictable_share: f64,
    /// Area of the two-sample test against permuted columns under which they are independent.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub two_sample_permuted: f64,
    /// Area of the two-sample test against the copula null under which correlation is all there is:
    /// the known dull tables have up to 0.564, linear ones 0.51, and the accepted ones 0.64.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub two_sample_copula: f64,
    /// Oracle R² that the weakest factor must have: below it, nobody could find the factor.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub weakest_factor: f64,
    /// Mean R² that unsupervised axes must have.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unsupervised: f64,
    /// Decoy strength (a difference of F1) that the best decoy of a world must have. Shipped worlds have
    /// 0.40 to 0.94, and their other defects mostly under 0.2.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub decoy_strength: f64,
    /// Rows under which only an outright separation is a verdict: a valley of 60 rows is noise.
    #[schemars(range(min = 0, max = 5000))]
    pub rows: usize,
}

impl Thresholds {
    /// Stricter by `deviations` standard deviations of each statistic over draws of rows from one world, for
    /// choosing a world whose verdict then holds on other rows, and for reporting what is close to a threshold.
    /// The deviations are means over one world of each shipped scenario, five draws of 5,000 rows each;
    /// that of the valley, 0.04 to 0.10 from world to world, is the largest.
    #[must_use]
    pub fn with_margin(self, deviations: f64) -> Self {
        Self {
            silhouette: self.silhouette - deviations * 0.005,
            silhouette_excess: self.silhouette_excess - deviations * 0.005,
            valley: self.valley + deviations * 0.10,
            agreement: self.agreement - deviations * 0.06,
            strength: self.strength - deviations * 0.05,
            ambiguity: self.ambiguity + deviations * 0.016,
            gap: self.gap - deviations * 0.007,
            consensus: self.consensus - deviations * 0.06,
            consensus_excess: self.consensus_excess - deviations * 0.005,
            efficiency: self.efficiency - deviations * 0.06,
            hard_found: self.hard_found - deviations * 0.03,
            cost: self.cost + deviations * 0.015,
            two_sample_permuted: self.two_sample_permuted + deviations * 0.006,
            two_sample_copula: self.two_sample_copula + deviations * 0.008,
            weakest_factor: self.weakest_factor + deviations * 0.006,
            unsupervised: self.unsupervised + deviations * 0.006,
            ..self
        }
    }

    /// Thresholds that differ from the default: name, value, default.
    ///
    /// ```
    /// use drumlin::scenario::Thresholds;
    /// let thresholds = Thresholds { valley: 0.4, ..Thresholds::default() };
    /// assert_eq!(thresholds.differences_from_default(), [("valley".to_owned(), 0.4, 0.45)]);
    /// ```
    pub fn differences_from_default(&self) -> Vec<(String, f64, f64)> {
        let named = self.named().into_iter().zip(Self::default().named());
        named
            .filter(|((_, value), (_, default))| (value - default).abs() > f64::EPSILON)
            .map(|((name, value), (_, default))| (name, value, default))
            .collect()
    }

    /// Every threshold by name.
    fn named(&self) -> Vec<(String, f64)> {
        let json = serde_json::to_value(self).unwrap_or_default();
        let fields = json.as_object().into_iter().flatten();
        fields
            .filter_map(|(name, value)| Some((name.clone(), value.as_f64()?)))
            .collect()
    }

    /// How many of `columns` columns the others must predict; at least one.
    pub fn predictable_columns(&self, columns: usize) -> usize {
        let share = (self.predictable_share * columns as f64).ceil() as usize;
        self.predictable.min(share).max(1)
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            silhouette: 0.50,
            silhouette_excess: 0.06,
            valley: 0.45,
            agreement: 0.70,
            strength: 0.80,
            ambiguity: 0.10,
            gap: 0.10,
            validity: 0.30,
            noise: 0.5,
            votes: 0.5,
            consensus: 0.65,
            consensus_excess: 0.03,
            efficiency: 0.85,
            efficiency_ari: 0.45,
            hard_oracle: 0.75,
            hard_found: 0.65,
            cost: 0.25,
            clear_pairs: 1,
            predictable: 4,
            predictable_share: 0.25,
            two_sample_permuted: 0.65,
            two_sample_copula: 0.59,
            weakest_factor: 0.35,
            unsupervised: 0.25,
            decoy_strength: 0.30,
            rows: 300,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_default_threshold_counts_as_changed() {
        assert_eq!(Thresholds::default().named().len(), 26);
        assert!(Thresholds::default().differences_from_default().is_empty());
    }

    #[test]
    fn the_template_lists_every_threshold_with_its_default() {
        let template = include_str!("template.toml");
        for (name, value) in Thresholds::default().named() {
            let listed = template.lines().any(|line| {
                let mut entries = line.trim_start_matches("# ").split("; ");
                entries.any(|entry| {
                    entry
                        .trim()
                        .split_once(" = ")
                        .is_some_and(|(of, default)| of == name && default.parse() == Ok(value))
                })
            });
            assert!(listed, "{name} = {value}");
        }
    }
}
