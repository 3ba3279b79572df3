//! The parts of a profile of a table.

use serde::Serialize;

use crate::table::FileFacts;
use crate::text::truncate;

use super::Histogram;

/// A value with fewer rows says little about its column.
pub(super) const LEAST_SHARE: f64 = 0.01;

/// Facts about a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// About the file; none for a table that was not read from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileFacts>,
    /// Number of rows.
    pub rows: usize,
    /// About the sample, if only a sample of the rows was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<SampleInfo>,
    /// Rows that repeat an earlier row in every column.
    pub repeated_rows: usize,
    /// The time column of trends: the first that half of the rows have.
    pub time_column: Option<String>,
    /// Facts about each column, in the order of the file.
    pub columns: Vec<ColumnProfile>,
}

/// Facts about one column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// Its description in a dictionary, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<ColumnDescription>,
    /// Its detected type: `real`, `whole`, `flag`, `timestamp` or `text`.
    pub kind: &'static str,
    /// Rows without a value: an empty field, or a missing value of Parquet.
    pub missing: usize,
    /// Their share of all rows.
    pub missing_share: f64,
    /// Values of another type than the column; they are not counted in the fields below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<UnreadValues>,
    /// Number of distinct values.
    pub distinct: usize,
    /// Whether that is an estimate, with a standard error of 0.8 %.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub distinct_estimated: bool,
    /// The most frequent values, at most eight; equally frequent ones in their own order.
    pub most_frequent: Vec<ValueCount>,
    /// For numbers.
    pub numbers: Option<NumberSummary>,
    /// For times.
    pub times: Option<TimeRange>,
    /// For numbers and times (in milliseconds since 1970).
    pub histogram: Option<Histogram>,
    /// Patterns of texts: the most frequent masks, at most eight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text_patterns: Vec<ValueCount>,
    /// Lengths of texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengths: Option<TextLengths>,
    /// One statistic over the time of the table, if the table has a time.
    pub time_trend: Option<TimeTrend>,
}

/// Values of another type than their column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnreadValues {
    /// Number of rows.
    pub count: usize,
    /// Their share of the rows that have a value.
    pub share: f64,
    /// The most frequent, at most eight.
    pub examples: Vec<ValueCount>,
}

/// A value and how often it occurs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueCount {
    /// The value as written, truncated to 80 characters.
    pub value: String,
    /// Number of occurrences.
    pub count: usize,
    /// Its share of the rows that have a value.
    pub share: f64,
}

/// Quantiles and moments of numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NumberSummary {
    /// The smallest.
    pub min: f64,
    /// 1st percentile.
    pub p1: f64,
    /// 5th percentile.
    pub p5: f64,
    /// First quartile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// Third quartile.
    pub p75: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// The largest.
    pub max: f64,
    /// The mean.
    pub mean: f64,
    /// The standard deviation of a sample; none for fewer than two values, or if it overflows.
    pub sd: Option<f64>,
}

/// Range of times.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeRange {
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// Days between them.
    pub days: f64,
}

/// A sample of the rows of a long table. Rows, missing values, extremes and means are counted over
/// all rows; large numbers of distinct values and of repeated rows are estimates; everything else
/// is from the sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SampleInfo {
    /// Rows of the sample.
    pub rows: usize,
    /// Maximum error of a share or of the rank of a quantile, as a share of the rows: it holds for
    /// all ranks of a column in 95 of 100 samples (Dvoretzky, Kiefer & Wolfowitz 1956; Massart
    /// 1990, doi:10.1214/aop/1176990746).
    pub rank_error: f64,
    /// Whether the number of repeated rows is an estimate.
    pub repeats_estimated: bool,
}

/// One statistic of a column in equal parts of the table's time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeTrend {
    /// The statistic: `median`, `share of true`, `share of the most frequent value`, `rows`.
    pub statistic: &'static str,
    /// Its values, part by part; none in a part without values.
    pub values: Vec<Option<f64>>,
    /// Start of its scale: the 1st percentile of the column for medians, else 0.
    pub from: f64,
    /// End of its scale: the 99th percentile for medians, 1 for shares, the maximum for rows.
    pub to: f64,
    /// Whether the scale is logarithmic, like the column's histogram.
    pub log: bool,
}

impl TimeTrend {
    /// Position of a value on the scale, from 0 to 1; NaN if the scale has length 0.
    pub fn height(&self, value: f64) -> f64 {
        let turned = |x: f64| if self.log { libm::log(x) } else { x };
        let [from, to, at] = [self.from, self.to, value].map(turned);
        if at < from {
            0.0
        } else {
            (at - from) / (to - from)
        }
    }
}

/// How long texts are, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TextLengths {
    /// The shortest.
    pub min: usize,
    /// The median, or the lower of the two middle values.
    pub p50: usize,
    /// The longest.
    pub max: usize,
}

/// A column's description in a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnDescription {
    /// One sentence.
    pub description: String,
    /// Unit of measurement; empty if there is none.
    pub unit: String,
}

/// Maximum length of a displayed value in characters.
pub(super) const LONGEST_VALUE: usize = 80;

/// The most frequent of counted values, at most `most`; equally frequent ones in their own order.
pub(super) fn most_frequent(
    mut counts: Vec<(String, usize)>,
    of: usize,
    most: usize,
) -> Vec<ValueCount> {
    counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let counts = counts.into_iter().take(most);
    counts
        .map(|(value, count)| ValueCount {
            value: truncate(&value, LONGEST_VALUE),
            count,
            share: count as f64 / of.max(1) as f64,
        })
        .collect()
}
