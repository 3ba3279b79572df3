//! `drumlin scenario defects`

use std::fmt::Write as _;

use clap::Args;
use drumlin::scenario::{DefectLevel, DefectOperation, KindRecord, Repair, TargetColumns, kinds};

use crate::cli::output::print_data;
use crate::cli::{Answer, Failure};

/// Every kind of defect: what it needs in a file, what it does, how an analyst notices it, who can
/// repair it
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Answer, Failure> {
    let mut text = String::new();
    for record in kinds() {
        let _ = write!(
            text,
            "{}: {}\n  level    {}\n  needs    {}\n  table    {}\n  rate     {:.2} to {:.2} of the rows in its reach (of all rows, where it chooses entities), unless said\n  \
             notice   {}\n  clusters {}\n  repair   {}\n\n",
            record.word,
            record.title,
            level(record.level),
            needs(record),
            if record.effect.in_child() {
                "the main one, or a child: `table = \"its name\"`"
            } else {
                "the main one only"
            },
            record.rate[0],
            record.rate[1],
            record
                .notice
                .replace("{entity}s", "entities")
                .replace("{entity}", "entity"),
            record.lures,
            repair(record.repair),
        );
    }
    print_data(text.trim_end())?;
    Ok(Answer::Yes)
}

fn level(level: DefectLevel) -> &'static str {
    match level {
        DefectLevel::Cell => "single cells",
        DefectLevel::RowAdded => "rows that are added",
        DefectLevel::RowRemoved => "rows that are taken away",
        DefectLevel::Group => "rows of a few entities",
        DefectLevel::Column => "a whole column",
        DefectLevel::Window => "a span of time",
    }
}

fn needs(record: &KindRecord) -> String {
    let mut needs = Vec::new();
    needs.extend(match record.needs.target {
        TargetColumns::Nothing => None,
        TargetColumns::Numbers => Some("columns of numbers"),
        TargetColumns::Pair => Some("two or more columns of numbers (two are exchanged)"),
        TargetColumns::Run => Some("three or more columns of numbers, side by side"),
        TargetColumns::Spelled => Some("categories, with spellings"),
        TargetColumns::Categories => Some("categories"),
        TargetColumns::MaybeCategories => Some("categories, or none"),
    });
    needs.extend(record.needs.source.then_some("sources"));
    let values = record.needs.values.map(|(low, high)| {
        let what = match record.effect {
            DefectOperation::Scale => "factors",
            DefectOperation::Clip => "quantiles of the limit",
            DefectOperation::ShiftTime | DefectOperation::SkewTime => "hours",
            DefectOperation::Wrap => "sizes of the counter",
            DefectOperation::Round => "steps",
            DefectOperation::Leak => "shares that are right",
            _ => "in the unit of the column",
        };
        if low.abs() < 1e9 && high.abs() < 1e10 {
            format!("values ({what}, {low} to {high})")
        } else {
            format!("values ({what})")
        }
    });
    needs.extend(values.as_deref());
    if needs.is_empty() {
        "nothing but a cause".to_owned()
    } else {
        needs.join("; ")
    }
}

fn repair(repair: Repair) -> &'static str {
    match repair {
        Repair::Exact => "the analyst, exactly",
        Repair::Approximate => "the analyst, nearly",
        Repair::Flag => "nobody from the data alone: mark as missing",
        Repair::Drop => "drop the rows",
        Repair::DropColumn => "drop the column and say why",
        Repair::Source => "only the source has what is gone",
        Repair::Leave => "nothing to repair: report it and leave it",
    }
}
