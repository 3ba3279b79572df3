//! The kinds of defect, as data: effect, stage, who can repair it, how it shows.
//!
//! A kind is a row of [`KINDS`]; only effects are code (in `defects`).

use crate::scenario::DefectKind;

/// One kind of defect.
#[derive(Debug, Clone, Copy)]
pub struct KindRecord {
    /// The kind.
    pub kind: DefectKind,
    /// Its name in findings.
    pub title: &'static str,
    /// What it does to the table.
    pub effect: Effect,
    /// When in the life of the data it happens.
    pub stage: Stage,
    /// Who can repair it, and how.
    pub repair: Repair,
    /// How an analyst would notice it; `{entity}` stands for what rows belong to.
    pub notice: &'static str,
    /// What it does to a clustering.
    pub lures: &'static str,
    /// Readings that are accepted though they are not the planted cause.
    pub accepted: &'static str,
    /// Words by which a report may speak of it; each is enough.
    pub words: &'static [&'static str],
    /// Words that speak of it beside one of its columns; `{entity}` as above.
    pub hints: &'static [&'static str],
}

/// What a defect does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Multiply a number.
    Scale,
    /// Put one value in place of many.
    Replace,
    /// Take the value away.
    Blank,
    /// Write a level in another spelling.
    Respell,
    /// Move a moment.
    ShiftTime,
    /// Add the row again, as it is.
    Copy,
    /// Add the row several times, a moment apart, under new ids.
    Repeat,
    /// Let an entity behave like a program.
    Override,
}

/// Stages in the life of data; defects are applied in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Who is in the data.
    Population,
    /// How it is measured.
    Instrument,
    /// How it travels.
    Transport,
    /// How it is loaded.
    Load,
    /// How it is written out.
    Export,
}

/// Who can repair a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// The analyst, exactly: the inverse is known once the defect is.
    Exact,
    /// Nobody from the data alone: mark as missing.
    Flag,
    /// Drop the rows.
    Drop,
}

/// The kinds, in the order of [`DefectKind`].
pub const KINDS: [KindRecord; 9] = [
    KindRecord {
        kind: DefectKind::UnitSlip,
        title: "another unit",
        effect: Effect::Scale,
        stage: Stage::Instrument,
        repair: Repair::Exact,
        notice: "a histogram on a log scale has two humps; the medians of the sources differ by a round factor",
        lures: "on raw numbers the slipped rows are the crispest cluster there is",
        accepted: "a measurement error of that source; values to set aside, with the source named",
        words: &[
            "microsecond",
            "millisecond",
            "unit",
            "factor of 1000",
            "1000 times",
            "×1000",
            "x1000",
            "bytes",
            "in hours",
            "thousand times",
            "orders of magnitude",
        ],
        hints: &[
            "scale",
            "factor",
            "version",
            "source",
            "magnitude",
            "outlier",
            "1000",
            "60",
            "two humps",
            "bimodal",
            "extreme",
            "larger",
        ],
    },
    KindRecord {
        kind: DefectKind::ExactDuplicates,
        title: "rows delivered twice",
        effect: Effect::Copy,
        stage: Stage::Transport,
        repair: Repair::Drop,
        notice: "row ids occur twice, and whole rows are equal",
        lures: "none that a clustering shows; counts and intervals are too sure",
        accepted: "repeated deliveries, a join that fanned out, or double logging",
        words: &[
            "duplicate",
            "duplicated",
            "exact copies",
            "delivered twice",
            "repeated identifier",
            "repeated row",
            "same id",
            "deduplicat",
            "copies of",
        ],
        hints: &["twice", "repeated", "copy"],
    },
    KindRecord {
        kind: DefectKind::Sentinel,
        title: "a number that means no value",
        effect: Effect::Replace,
        stage: Stage::Load,
        repair: Repair::Exact,
        notice: "one value that cannot be measured is the most frequent of the column, or lies outside its range",
        lures: "a far value makes a small tight cluster",
        accepted: "a placeholder, an error code, or implausible values set to missing",
        words: &[
            "sentinel",
            "placeholder",
            "missing code",
            "magic number",
            "coded as",
            "stands for missing",
        ],
        hints: &[
            "-1",
            "999",
            "-99",
            "negative",
            "impossible",
            "implausible",
            "invalid",
            "outside",
        ],
    },
    KindRecord {
        kind: DefectKind::MissingBySource,
        title: "values missing by source",
        effect: Effect::Blank,
        stage: Stage::Instrument,
        repair: Repair::Flag,
        notice: "the columns are missing together, and nearly only at one source",
        lures: "filled with zero, the gap becomes a cluster; filled with the median, a dense blob",
        accepted: "not collected there, a logging gap, or not missing at random",
        words: &[
            "missing by",
            "missing together",
            "missing at random",
            "co-missing",
            "not reported by",
            "not collected",
            "not recorded",
        ],
        hints: &[
            "missing", "null", "empty", "gap", "absent", "nan", "median", "imput",
        ],
    },
    KindRecord {
        kind: DefectKind::SpellingVariants,
        title: "one level, several spellings",
        effect: Effect::Respell,
        stage: Stage::Export,
        repair: Repair::Exact,
        notice: "the list of values has near twins that differ in case, spaces or a letter",
        lures: "one-hot columns split a level in two",
        accepted: "inconsistent labels, merged by hand",
        words: &[
            "spelling",
            "spelled",
            "upper case",
            "lower case",
            "capitalis",
            "capitaliz",
            "inconsistent label",
            "whitespace",
            "variants of",
        ],
        hints: &[
            "variant",
            "inconsistent",
            "case",
            "merge",
            "normalis",
            "normaliz",
            "label",
            "typo",
        ],
    },
    KindRecord {
        kind: DefectKind::TimeZoneShift,
        title: "another time zone",
        effect: Effect::ShiftTime,
        stage: Stage::Instrument,
        repair: Repair::Exact,
        notice: "the hours of the day of one region have the same shape as the others', moved",
        lures: "night owls: a segment that lives in another time zone",
        accepted: "a clock or time-zone error; hours of that region not to be compared",
        words: &[
            "time zone",
            "timezone",
            "utc",
            "local time",
            "clock",
            "shifted by",
            "hours ahead",
            "hours behind",
        ],
        hints: &["hour", "shift", "night", "offset"],
    },
    KindRecord {
        kind: DefectKind::RetryStorm,
        title: "the same row again and again",
        effect: Effect::Repeat,
        stage: Stage::Transport,
        repair: Repair::Drop,
        notice: "a few {entity}s have runs of near-equal rows within seconds, under new ids",
        lures: "small over-dense knots; neighbours at distance almost zero",
        accepted: "near duplicates, automatic retries, or a stuck client",
        words: &[
            "retry storm",
            "near duplicate",
            "near-duplicate",
            "within seconds",
            "resent",
            "sent again",
            "bursts",
            "stuck client",
        ],
        hints: &[
            "retry",
            "retries",
            "burst",
            "repeated",
            "seconds",
            "identical",
        ],
    },
    KindRecord {
        kind: DefectKind::DefaultSpike,
        title: "a default instead of a measurement",
        effect: Effect::Replace,
        stage: Stage::Load,
        repair: Repair::Flag,
        notice: "one exact value is far too frequent for a measured number, and nearly only at one source",
        lures: "none that a clustering shows; the column's relations weaken",
        accepted: "a filled-in constant, a timeout value, or rounding at one source",
        words: &[
            "default",
            "spike at",
            "constant value",
            "filled in",
            "hard-coded",
            "timeout value",
        ],
        hints: &[
            "spike",
            "exactly",
            "constant",
            "frequent",
            "same value",
            "most common",
        ],
    },
    KindRecord {
        kind: DefectKind::LoudBots,
        title: "programs among the people",
        effect: Effect::Override,
        stage: Stage::Population,
        repair: Repair::Drop,
        notice: "a few {entity}s stand out in every row, always at one size",
        lures: "the cleanest cluster in the table, at silhouette near 1",
        accepted: "load tests, scripts, scrapers, or automated traffic",
        words: &[
            "bot",
            "bots",
            "script",
            "automated",
            "load test",
            "synthetic traffic",
            "not human",
            "machine traffic",
        ],
        hints: &[
            "constant",
            "identical",
            "same text",
            "ping",
            "outlier",
            "extreme",
            "{entity}",
        ],
    },
];

/// The record of a kind.
pub fn record_of(kind: DefectKind) -> &'static KindRecord {
    &KINDS[kind as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_own_place() {
        for record in &KINDS {
            assert_eq!(record_of(record.kind).kind, record.kind);
        }
    }
}
