//! `drumlin scenario show`

use std::fmt::Write as _;

use clap::Args;
use drumlin::scenario::{ColumnPlan, SHOWN, Scenario, embedded, load, record_of};

use crate::cli::output::print_data;
use crate::cli::{Answer, Failure};
use drumlin::text::thousands;

/// Show a scenario's story, columns and pools
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Name of a shipped scenario, or path of a file
    scenario: String,
    /// Print the file itself
    #[arg(long)]
    toml: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let scenario = load(&arguments.scenario)?;
    match embedded(&arguments.scenario).filter(|_| arguments.toml) {
        Some(text) => print_data(text)?,
        None if arguments.toml => {
            let text = std::fs::read_to_string(&arguments.scenario)
                .map_err(|why| Failure::plain(format!("{}: {why}", arguments.scenario)))?;
            print_data(&text)?;
        }
        None => print_data(&shown(&scenario))?,
    }
    Ok(Answer::Yes)
}

fn shown(one: &Scenario) -> String {
    let mut text = format!(
        "{}: {}\n{} {SHOWN} {}; {} {}s; {} days\n{}\n\n{}\n\n{}\n\nColumns\n",
        one.name,
        one.title,
        thousands(one.rows),
        one.row,
        thousands(one.entity.count as u64),
        one.entity.name,
        one.time.days,
        one.tried_by,
        one.story,
        one.task
    );
    columns(&mut text, &one.columns);
    for child in &one.children {
        let _ = writeln!(
            text,
            "\nColumns of the table {}, one row per {}",
            child.name, child.row
        );
        columns(&mut text, &child.columns);
    }
    let _ = write!(
        text,
        "\nPools (one world draws factors: {}; curves: 1; archetypes: 1; splits: {}; changes, rare \
         groups and interactions: {}; defects: {}, one of them the decoy; benign anomalies: 1)\n",
        range(one.draw.factors),
        range(one.draw.splits),
        range(one.draw.extras),
        range(one.draw.defects)
    );
    for latent in &one.factors {
        let _ = writeln!(
            text,
            "  factor       {}: {}, from “{}” to “{}” ({} maps)",
            latent.name,
            latent.about,
            latent.low,
            latent.high,
            latent.maps.len()
        );
    }
    for latent in &one.curves {
        let _ = writeln!(
            text,
            "  curve        {}: {}, from “{}” to “{}” ({} maps)",
            latent.name,
            latent.about,
            latent.low,
            latent.high,
            latent.maps.len()
        );
    }
    for one in &one.archetypes {
        let _ = writeln!(text, "  archetypes   {}: {} types", one.name, one.types);
    }
    for split in &one.splits {
        let _ = writeln!(text, "  split        {}", split.name);
    }
    for change in &one.changes {
        let _ = writeln!(text, "  change       {}: {}", change.name, change.about);
    }
    for rare in &one.rares {
        let _ = writeln!(text, "  rare group   {}: {}", rare.name, rare.about);
    }
    for interaction in &one.interactions {
        let _ = writeln!(
            text,
            "  interaction  {}: {}",
            interaction.name, interaction.about
        );
    }
    for defect in &one.defects {
        let columns: Vec<&str> = defect
            .columns
            .iter()
            .map(|column| one.columns_of(defect.table)[*column].name.as_str())
            .collect();
        let table = defect
            .table
            .map(|at| format!(" in {}", one.children[at].name));
        let _ = writeln!(
            text,
            "  defect       {}{}{}{}{}",
            record_of(defect.kind).word,
            table.unwrap_or_default(),
            if defect.decoy { ", a decoy" } else { "" },
            if columns.is_empty() { "" } else { ": " },
            columns.join(", ")
        );
    }
    for benign in &one.benign {
        let _ = writeln!(text, "  benign       {}: {}", benign.name, benign.about);
    }
    text
}

/// One line per column.
fn columns(text: &mut String, columns: &[ColumnPlan]) {
    let widest = columns.iter().map(|column| column.name.len()).max();
    let width = widest.unwrap_or(0);
    for column in columns {
        let unit = if column.unit.is_empty() {
            String::new()
        } else {
            format!(" [{}]", column.unit)
        };
        let _ = writeln!(
            text,
            "  {:width$}  {:10}  {}{unit}",
            column.name,
            column.kind.word(),
            column.description
        );
    }
}

/// `2` or `3 to 4`.
fn range([least, most]: [u32; 2]) -> String {
    if least == most {
        least.to_string()
    } else {
        format!("{least} to {most}")
    }
}
