//! `drumlin generate`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use drumlin::bundle::WorldSelection;
use drumlin::bundle::{DEMO_MARK, Formats, RoundPaths};
use drumlin::certify::Depth;
use drumlin::generate::Variant;
use drumlin::report::changed_thresholds;
use drumlin::scenario::names;
use drumlin::workflow::{
    GenerateRequest, Generated, MOST_DRAWS, NewBundle, SecretSource, commonest_reason, generate,
    rejection_summary, setting_to_change,
};

use super::bar::Bar;
use super::output::{print_data, print_message};
use super::{Answer, Failure};
use drumlin::text::thousands;

/// From this number of rejected worlds on, the scenario's author is advised to change it.
const MANY_REJECTIONS: u32 = 3;

const AFTER_HELP: &str = "\
Examples:
  drumlin generate assistant-prompts --out hiring-2026 --candidate ada --candidate ben
  drumlin generate assistant-prompts --out hiring-2026 --candidate cem     adds a candidate
  drumlin generate assistant-prompts --out try --demo-seed 7               not for hiring
  drumlin generate my-world.toml --out try --demo-seed 7 --no-certify      a first look at a scenario

Send candidate/<id>/ or <id>.zip. Never send key/: it holds the truth of every bundle.

The world of a new round is certified. Up to 8 worlds are drawn until one is ambiguous and meaningful and
has a defect that misleads a naive clustering; after three rejected worlds, parameters are tuned slightly
(signal, sharpness). If none passes, after a minute or two, nothing is made. certificate/world.html shows
the measurements.

Each bundle is then drawn up to 20 times until it is as difficult as the others: what a careful pipeline
recovers, defect rates and decoy strength lie in bands that its truth page lists. If no draw meets every
limit, the closest one is kept and reported.

The file for --brief is TOML. The round remembers it for later candidates. A field that you omit stays a
visible blank:
  position = \"Data scientist at …\"      readers   = \"two of the team, by name\"
  talk     = \"one hour, with both\"      feedback  = \"within a week, in writing\"
  deadline = \"seven days, more on request\" payment = \"none\"
  ai       = \"none\", \"assist\" or \"any\"   retention = \"deleted after six months\"
  contact  = \"jobs@…\"";

/// Generate a round: a bundle for each candidate, and the keys to them
///
/// Run it again with the same --out and another --candidate to add a candidate. Nothing else changes.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(super) struct Arguments {
    /// Name of a shipped scenario (see `drumlin scenario list`), or path of a scenario file
    scenario: String,
    /// The round folder: a new one, or an existing one to add candidates to
    #[arg(long, value_name = "ROUND")]
    out: PathBuf,
    /// Id of a candidate (letters, digits, `-`, `_`, `.`); repeat for several
    ///
    /// [default for a new round: candidate-1]
    #[arg(long, value_name = "ID")]
    candidate: Vec<String>,
    /// Rows before defects [default: as in the scenario]
    #[arg(long, value_name = "N")]
    rows: Option<u64>,
    /// Use a public seed instead of a secret: for demos and tests only
    #[arg(long, value_name = "N")]
    demo_seed: Option<u64>,
    /// TOML file with your part of the brief (see below)
    #[arg(long, value_name = "FILE")]
    brief: Option<PathBuf>,
    /// Whether candidates of a new round get different rows of one world, or the same rows
    /// [default: resample]
    #[arg(long, value_enum)]
    variant: Option<Policy>,
    /// File formats of the tables [default: parquet,csv]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<FileFormat>,
    /// Plant no defects in a new round: for teaching, not for hiring
    #[arg(long)]
    without_defects: bool,
    /// Omit explore.html, the page that shows candidates their table, from a new round
    #[arg(long)]
    no_explorer: bool,
    /// Accept any world for a new round without certifying it; the round says so
    #[arg(long)]
    no_certify: bool,
    /// Replace an existing bundle of a candidate
    #[arg(long)]
    force: bool,
    /// Print a summary as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FileFormat {
    /// Apache Parquet
    Parquet,
    /// Comma-separated values
    Csv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Policy {
    /// Different rows, noise and ids for each candidate
    Resample,
    /// The same data for all
    Same,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let mut candidates = arguments.candidate.clone();
    if candidates.is_empty() {
        if RoundPaths::new(&arguments.out).notes().exists() {
            return Err(Failure::hinted(
                format!("{} is already a round", arguments.out.display()),
                "add a candidate with --candidate ID, or regenerate one with --force: same rows, new brief",
            ));
        }
        candidates.push("candidate-1".to_owned());
    }
    let request = GenerateRequest {
        scenario: arguments.scenario.clone(),
        out: arguments.out.clone(),
        candidates,
        rows: arguments.rows,
        origin: arguments
            .demo_seed
            .map_or(SecretSource::System, SecretSource::Demo),
        brief: arguments.brief.clone(),
        variant: arguments.variant.map(|policy| match policy {
            Policy::Resample => Variant::Resample,
            Policy::Same => Variant::Same,
        }),
        formats: formats(&arguments.format),
        without_defects: arguments.without_defects,
        without_explorer: arguments.no_explorer,
        certify: (!arguments.no_certify).then_some(Depth::Full),
        force: arguments.force,
    };
    let bar = Bar::watching();
    let generated = generate(&request, &bar)?;
    bar.finish();
    if arguments.json {
        print_data(&json(&request, &generated))?;
    }
    print_summary(&request, &generated);
    Ok(Answer::Yes)
}

/// The requested formats, or none to use the default.
pub(super) fn formats(asked: &[FileFormat]) -> Option<Formats> {
    (!asked.is_empty()).then(|| Formats {
        parquet: asked.contains(&FileFormat::Parquet),
        csv: asked.contains(&FileFormat::Csv),
    })
}

fn print_summary(request: &GenerateRequest, generated: &Generated) {
    let out = request.out.display();
    let what = if generated.new {
        "Made a new round in"
    } else {
        "Added to the round in"
    };
    print_message(&format!("{what} {out}"));
    if generated.demo {
        print_message(&format!(
            "  {DEMO_MARK}: anyone can recreate it from the seed"
        ));
    }
    if let Some(selection) = &generated.world_selection {
        print_message(&format!("  {}", certified(selection)));
        if let Some(changed) = changed_thresholds(&generated.thresholds) {
            print_message(&format!("  {changed}"));
        }
        if let Some(advice) = advice(&request.scenario, selection) {
            print_message(&format!("  {advice}"));
        }
        let page = RoundPaths::new(&request.out).certificate("html");
        print_message(&format!("  measurements: {}", page.display()));
    } else if generated.certified.is_none() {
        print_message(&format!(
            "  NOT CERTIFIED: not measured whether it is ambiguous and meaningful \
             (run drumlin certify {out})"
        ));
    }
    for made in &generated.made {
        print_message(&format!(
            "  {}{}{}: {} rows × {} columns in {} (send this folder or its .zip)",
            made.candidate,
            if made.replaced {
                ", regenerated with the same rows"
            } else {
                ""
            },
            which_draw(made),
            thousands(made.rows),
            made.columns,
            made.folder.display()
        ));
    }
    if let Some(first) = generated.made.first() {
        let within = generated.made.iter().all(|made| made.outside == 0);
        if within && first.compared > 0 {
            print_message(&format!(
                "  equally difficult: {} numbers of each bundle are within the round's bands (truth pages list them)",
                first.compared
            ));
        }
        print_message(&format!(
            "Never send {out}/key. Read first: {}",
            first.truth.display()
        ));
    }
    if !generated.brief_blanks.is_empty() {
        let candidates = request.candidates.join(" --candidate ");
        print_message(&format!(
            "warning: the brief has blanks ({}). Before you send it, \
             write brief.toml (see `drumlin generate --help`) and run\n  \
             drumlin generate {} --out {out} --brief brief.toml --force --candidate {}",
            generated.brief_blanks.join(", "),
            request.scenario,
            candidates
        ));
    }
}

/// The number of a bundle's draw, unless it is the first and within all bands.
fn which_draw(made: &NewBundle) -> String {
    match (made.attempt, made.outside) {
        (1, 0) => String::new(),
        (attempt, 0) => format!(", draw {attempt} (as difficult as the others)"),
        (attempt, outside) => format!(
            ", draw {attempt}, the closest of {MOST_DRAWS} ({outside} numbers outside the round's bands: \
             see its truth page)"
        ),
    }
}

/// The setting that an author should change when many worlds were rejected; none for shipped
/// scenarios.
fn advice(scenario: &str, selection: &WorldSelection) -> Option<String> {
    let (reason, _) = commonest_reason(&selection.attempts)?;
    let own = !names().any(|name| name == scenario);
    let refused = selection.worlds().saturating_sub(1);
    (own && refused >= MANY_REJECTIONS).then(|| {
        let kind = reason.kind.word();
        format!(
            "to reject fewer worlds (most were {kind}): {}",
            setting_to_change(&reason)
        )
    })
}

/// `certified: ambiguous and meaningful, world 3 drawn, parameters tuned slightly (rejected: 1 too clear, 1 dull)`
fn certified(selection: &WorldSelection) -> String {
    let refused = selection.rejected();
    let light = match selection.depth {
        Depth::Full => "",
        Depth::Light => ", lightly",
    };
    if refused.is_empty() {
        return format!("certified{light}: ambiguous and meaningful, the first world drawn");
    }
    let tuned = match selection.attempts.last() {
        Some(last) if !last.tuning.is_default() => ", parameters tuned slightly",
        _ => "",
    };
    format!(
        "certified{light}: ambiguous and meaningful, world {} drawn{tuned} (rejected: {})",
        selection.worlds(),
        rejection_summary(refused)
    )
}

fn json(request: &GenerateRequest, generated: &Generated) -> String {
    let bundles: Vec<serde_json::Value> = generated
        .made
        .iter()
        .map(|made| {
            serde_json::json!({
                "candidate": made.candidate,
                "folder": made.folder,
                "truth": made.truth,
                "attempt": made.attempt,
                "outside": made.outside,
                "rows": made.rows,
                "columns": made.columns,
            })
        })
        .collect();
    serde_json::json!({
        "round": request.out,
        "new": generated.new,
        "demo": generated.demo,
        "certified": generated.certified,
        "worlds_drawn": generated.world_selection.as_ref().map(WorldSelection::worlds),
        "brief_blanks": generated.brief_blanks,
        "bundles": bundles,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use drumlin::bundle::Attempt;
    use drumlin::certify::{Reason, ReasonKind};
    use drumlin::scenario::TunedParameters;

    use super::*;

    #[test]
    fn authors_get_advice_when_many_worlds_are_rejected() {
        let dull = Attempt {
            world: 1,
            tuning: TunedParameters::default(),
            decoy_effect: None,
            reasons: vec![Reason {
                kind: ReasonKind::Dull,
                statistic: "x".to_owned(),
                value: 0.1,
                threshold: 0.2,
                sentence: "it is dull".to_owned(),
            }],
        };
        let accepted = |world| Attempt {
            world,
            reasons: Vec::new(),
            ..dull.clone()
        };
        let selection = |refused: u32| WorldSelection {
            depth: Depth::Full,
            attempts: vec![dull.clone(), accepted(refused + 1)],
        };
        let advised = advice("my-world.toml", &selection(MANY_REJECTIONS)).unwrap();
        assert!(
            advised.contains("(most were dull): raise `signal`"),
            "{advised}"
        );
        assert_eq!(
            advice("my-world.toml", &selection(MANY_REJECTIONS - 1)),
            None
        );
        assert_eq!(advice("support-tickets", &selection(MANY_REJECTIONS)), None);
    }
}
