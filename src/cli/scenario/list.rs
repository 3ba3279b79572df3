//! `drumlin scenario list`

use std::fmt::Write as _;

use clap::Args;
use drumlin::scenario::{Scenario, load, names};

use crate::cli::output::print_data;
use crate::cli::{Answer, Failure};
use drumlin::text::thousands;

/// List the shipped scenarios
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let scenarios: Vec<Scenario> = names().map(load).collect::<Result<_, _>>()?;
    if arguments.json {
        let all: Vec<serde_json::Value> = scenarios.iter().map(json).collect();
        print_data(&serde_json::Value::from(all).to_string())?;
        return Ok(Answer::Yes);
    }
    let widest = scenarios.iter().map(|one| one.name.len()).max();
    let width = widest.unwrap_or(0);
    let mut text = String::new();
    for one in &scenarios {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:width$}  {}\n{:width$}  {} rows, {} columns, one row per {}; {}",
            one.name,
            one.title,
            "",
            thousands(one.rows),
            one.columns.len(),
            one.row,
            one.tried_by
        );
    }
    print_data(&text)?;
    Ok(Answer::Yes)
}

fn json(one: &Scenario) -> serde_json::Value {
    serde_json::json!({
        "name": one.name,
        "title": one.title,
        "row": one.row,
        "rows": one.rows,
        "columns": one.columns.len(),
        "tried_by": one.tried_by,
    })
}
