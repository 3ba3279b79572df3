//! `drumlin scenario defects`

use std::fmt::Write as _;

use clap::Args;
use drumlin::scenario::{DefectLevel, DefectOperation, KindRecord, Repair, TargetColumns, kinds};

use crate::cli::output::print_data;
use crate::cli::{Answer, Failure};

/// List every kind of defect: what it needs in a scenario file, what it does, how an analyst notices
/// it, and who can repair it
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<Answer, Failure> {
    let mut text = String::new();
    for record in kinds() {
        let _ = write!(
            text,
            "{}: {}\n  level    {}\n  needs    {}\n  table    {}\n  rate     {:.2} to {:.2} of the eligible rows by default (of all rows, if it picks entities)\n  \
             notice   {}\n  clusters {}\n  repair   {}\n\n",
            record.word,
            record.title,
            level(record.level),
            needs(record),
            if record.operation.in_child() {
                "main table, or a child table with `table = \"NAME\"`"
            } else {
                "main table only"
            },
            record.rate[0],
            record.rate[1],
            record
                .notice
                .replace("{entity}s", "entities")
                .replace("{entity}", "entity"),
            record.clustering,
            repair(record.repair),
        );
    }
    print_data(text.trim_end())?;
    Ok(Answer::Yes)
}

fn level(level: DefectLevel) -> &'static str {
    match level {
        DefectLevel::Cell => "single cells",
        DefectLevel::RowAdded => "added rows",
        DefectLevel::RowRemoved => "removed rows",
        DefectLevel::Group => "rows of a few entities",
        DefectLevel::Column => "a whole column",
        DefectLevel::Window => "a time window",
    }
}

fn needs(record: &KindRecord) -> String {
    let mut needs = Vec::new();
    needs.extend(match record.needs.target {
        TargetColumns::Nothing => None,
        TargetColumns::Numbers => Some("numeric columns"),
        TargetColumns::Pair => Some("two or more numeric columns (two are swapped)"),
        TargetColumns::Run => Some("three or more adjacent numeric columns"),
        TargetColumns::Spelled => Some("categories, with spellings"),
        TargetColumns::Categories => Some("categories"),
        TargetColumns::MaybeCategories => Some("categories (optional)"),
    });
    needs.extend(record.needs.source.then_some("sources"));
    let values = record.needs.values.map(|(low, high)| {
        let what = match record.operation {
            DefectOperation::Scale => "factors",
            DefectOperation::Clip => "quantiles of the limit",
            DefectOperation::ShiftTime | DefectOperation::SkewTime => "hours",
            DefectOperation::Wrap => "sizes of the counter",
            DefectOperation::Round => "steps",
            DefectOperation::Leak => "shares of correct rows",
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
        "only a cause".to_owned()
    } else {
        needs.join("; ")
    }
}

fn repair(repair: Repair) -> &'static str {
    match repair {
        Repair::Exact => "analyst, exactly",
        Repair::Approximate => "analyst, approximately",
        Repair::Flag => "not possible from the data alone: set to missing",
        Repair::Drop => "drop the rows",
        Repair::DropColumn => "drop the column and say why",
        Repair::Source => "only the source still has the values",
        Repair::Leave => "nothing to repair: report it and leave it",
    }
}
