//! What a profile of a table consists of.

use serde::Serialize;

use crate::table::FileFacts;
use crate::text::truncate;

use super::Histogram;

/// A value that fewer rows have says little about its column.
pub(super) const LEAST_SHARE: f64 = 0.01;

/// Facts about a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// About the file; none for a table from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileFacts>,
    /// Number of rows.
    pub rows: usize,
    /// What of the table was looked at, where that is a sample of its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<SampleInfo>,
    /// Rows that repeat an earlier row in every column.
    pub repeated_rows: usize,
    /// The column of times that strips run along: the first that half of the rows have.
    pub time_column: Option<String>,
    /// Facts about each column, in the order of the file.
    pub columns: Vec<ColumnProfile>,
}

/// Facts about one column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnProfile {
    /// Its name.
    pub name: String,
    /// What a dictionary says of it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dictionary: Option<ColumnDescription>,
    /// Its type as found: `real`, `whole`, `flag`, `timestamp` or `text`.
    pub kind: &'static str,
    /// Rows without a value: an empty field, or a missing value of Parquet.
    pub missing: usize,
    /// Their share of all rows.
    pub missing_share: f64,
    /// What does not read as the rest of the column does; it counts in nothing below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<UnreadValues>,
    /// Number of different values.
    pub distinct: usize,
    /// Whether that is an estimate, with a standard error of 0.8 %.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub distinct_estimated: bool,
    /// The most frequent values, at most eight; equally frequent ones in their own order.
    pub most_frequent: Vec<ValueCount>,
    /// For numbers.
    pub numbers: Option<NumberSummary>,
    /// For moments.
    pub times: Option<TimeRange>,
    /// For numbers, and for moments (in milliseconds since 1970).
    pub histogram: Option<Histogram>,
    /// What texts look like: the most frequent masks, at most eight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text_patterns: Vec<ValueCount>,
    /// How long texts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lengths: Option<TextLengths>,
    /// One number of it along the time of the table, where that has one.
    pub time_trend: Option<TimeTrend>,
}

/// What does not read as the rest of a column does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnreadValues {
    /// How many rows.
    pub count: usize,
    /// Their share of the rows that have a value.
    pub share: f64,
    /// The most frequent, at most eight.
    pub examples: Vec<ValueCount>,
}

/// A value and how often it occurs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueCount {
    /// The value as written, cut after 80 characters.
    pub value: String,
    /// How often it occurs.
    pub count: usize,
    /// Its share of the rows that have a value.
    pub share: f64,
}

/// Where numbers lie.
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
    /// The standard deviation of a sample; none under two values, or where it is past all numbers.
    pub sd: Option<f64>,
}

/// Where moments lie.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeRange {
    /// The first.
    pub first: String,
    /// The last.
    pub last: String,
    /// Days between them.
    pub days: f64,
}

/// A sample of the rows of a long table. Rows, missing values, extremes and means are counted in all of them;
/// numbers of different values and of repeated rows past what can be held are estimates; all else is of the sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SampleInfo {
    /// Rows of the sample.
    pub rows: usize,
    /// How far a share or the rank of a quantile may be off, as a share of the rows: in 95 of 100 samples no
    /// rank of a column is further off (Dvoretzky, Kiefer & Wolfowitz 1956; Massart 1990, doi:10.1214/aop/1176990746).
    pub rank_error: f64,
    /// Whether the number of repeated rows is an estimate.
    pub repeats_estimated: bool,
}

/// One number of a column in parts of equal length of the table's time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeTrend {
    /// Which number: `median`, `share of true`, `share of the most frequent value`, `rows`.
    pub statistic: &'static str,
    /// It, part by part; none in a part without a row that has a value.
    pub values: Vec<Option<f64>>,
    /// Where its scale begins: the 1st percentile of the column for medians, else 0.
    pub from: f64,
    /// Where its scale ends: the 99th percentile for medians, 1 for shares, the most for rows.
    pub to: f64,
    /// Whether the scale is a logarithm, as that of the column's histogram.
    pub log: bool,
}

impl TimeTrend {
    /// Where a value stands on the scale, from 0 to 1; not a number where the scale has no length.
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
    /// The median, the lower of two.
    pub p50: usize,
    /// The longest.
    pub max: usize,
}

/// What a dictionary says of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnDescription {
    /// One sentence.
    pub description: String,
    /// Unit of measurement; empty where there is none.
    pub unit: String,
}

/// Characters of a value that are kept.
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
