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

/// So many refused worlds before one was accepted say that a scenario should be changed.
const MANY: u32 = 3;

const AFTER_HELP: &str = "\
Examples:
  drumlin generate assistant-prompts --out hiring-2026 --candidate ada --candidate ben
  drumlin generate assistant-prompts --out hiring-2026 --candidate cem     adds one more
  drumlin generate assistant-prompts --out try --demo-seed 7               not for hiring
  drumlin generate my-world.toml --out try --demo-seed 7 --no-certify      a first look at a scenario

The world of a new round is certified: worlds are drawn (at most 8) until one is ambiguous, means
something and has a defect that lures, and certificate/world.html says what was measured. After three
that were refused, the scenario is turned a little (signal, sharpness) with each further one.
A world takes some seconds; when none passes, after a minute or two, nothing is made.
Then each bundle is drawn, at most 20 times, until it is as hard as the others: what a careful pipeline
recovers, rates of defects and how well they lure lie within bands that its truth page lists. Where no
draw is within all of them the nearest stands, and this command says so.

Send candidate/<id>/ (or <id>.zip). Never send key/: it holds the truth of every bundle.

A brief's file (--brief) is TOML. The round remembers it, for candidates who come later; what is left out
stays a visible blank:
  position = \"Data scientist at …\"      readers   = \"two of the team, by name\"
  talk     = \"one hour, with both\"      feedback  = \"within a week, in writing\"
  deadline = \"seven days, more if asked\" payment   = \"none\"
  ai       = \"none\", \"assist\" or \"any\"   retention = \"deleted after six months\"
  contact  = \"jobs@…\"";

/// Make a take-home: a round folder with a bundle for each candidate and the keys to them
///
/// Called again with the same --out and another --candidate it adds that candidate and leaves
/// every other byte alone.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(super) struct Arguments {
    /// Name of a shipped scenario (assistant-prompts), or path of a scenario file
    scenario: String,
    /// The round folder: a new one, or one to add candidates to
    #[arg(long, value_name = "ROUND")]
    out: PathBuf,
    /// Id of a candidate (letters, digits, `-`, `_`, `.`); may be given several times
    ///
    /// [default for a new round: candidate-1]
    #[arg(long, value_name = "ID")]
    candidate: Vec<String>,
    /// Rows before defects [default: the scenario's own number]
    #[arg(long, value_name = "N")]
    rows: Option<u64>,
    /// Make everything from a number that anyone may know: for demos and tests only
    #[arg(long, value_name = "N")]
    demo_seed: Option<u64>,
    /// What the brief says of your side: a TOML file, see below
    #[arg(long, value_name = "FILE")]
    brief: Option<PathBuf>,
    /// Whether candidates of a new round get other rows of one world, or all the same rows
    /// [default: resample]
    #[arg(long, value_enum)]
    variant: Option<Policy>,
    /// File formats of the tables [default: parquet,csv]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<FileFormat>,
    /// Plant no defects, in a new round: to teach with or to look at, not to hire with
    #[arg(long)]
    without_defects: bool,
    /// Leave out explore.html, the page that shows each candidate their table, in a new round
    #[arg(long)]
    no_explorer: bool,
    /// Do not certify the world of a new round: any world is taken, and the round says so
    #[arg(long)]
    no_certify: bool,
    /// Replace the bundle of a candidate who has one
    #[arg(long)]
    force: bool,
    /// Say what was made as JSON on stdout
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
    /// Other rows, noise and ids for each candidate
    Resample,
    /// One data set for all
    Same,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let mut candidates = arguments.candidate.clone();
    if candidates.is_empty() {
        if RoundPaths::new(&arguments.out).notes().exists() {
            return Err(Failure::hinted(
                format!("{} is a round already", arguments.out.display()),
                "name a candidate to add: --candidate ID (with --force, one to make again: same rows, new brief)",
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

/// The formats asked for, or none to use the default.
pub(super) fn formats(asked: &[FileFormat]) -> Option<Formats> {
    (!asked.is_empty()).then(|| Formats {
        parquet: asked.contains(&FileFormat::Parquet),
        csv: asked.contains(&FileFormat::Csv),
    })
}

fn print_summary(request: &GenerateRequest, generated: &Generated) {
    let out = request.out.display();
    let what = if generated.new {
        "NewBundle a new round in"
    } else {
        "Added to the round in"
    };
    print_message(&format!("{what} {out}"));
    if generated.demo {
        print_message(&format!(
            "  {DEMO_MARK}: anyone can make it again from the seed"
        ));
    }
    if let Some(selection) = &generated.world_selection {
        print_message(&format!("  {}", certified(selection)));
        if let Some(moved) = changed_thresholds(&generated.thresholds) {
            print_message(&format!("  {moved}"));
        }
        if let Some(advice) = advice(&request.scenario, selection) {
            print_message(&format!("  {advice}"));
        }
        let page = RoundPaths::new(&request.out).certificate("html");
        print_message(&format!("  what was measured: {}", page.display()));
    } else if generated.certified.is_none() {
        print_message(&format!(
            "  NOT CERTIFIED: nobody has measured whether it is ambiguous and means anything \
             (drumlin certify {out})"
        ));
    }
    for made in &generated.made {
        print_message(&format!(
            "  {}{}{}: {} rows × {} columns in {} (send this, or the .zip beside it)",
            made.candidate,
            if made.replaced {
                ", again with the same rows"
            } else {
                ""
            },
            drawn(made),
            thousands(made.rows),
            made.columns,
            made.folder.display()
        ));
    }
    if let Some(first) = generated.made.first() {
        let within = generated.made.iter().all(|made| made.outside == 0);
        if within && first.compared > 0 {
            print_message(&format!(
                "  equally hard: {} numbers of each bundle are within the round's ranges (truth pages list them)",
                first.compared
            ));
        }
        print_message(&format!(
            "Keep {out}/key to yourself. Read first: {}",
            first.truth.display()
        ));
    }
    if !generated.brief_blanks.is_empty() {
        let candidates = request.candidates.join(" --candidate ");
        print_message(&format!(
            "warning: the brief has blanks ({}). Fill them in before you send it:\n  \
             write brief.toml (see `drumlin generate --help`), then\n  \
             drumlin generate {} --out {out} --brief brief.toml --force --candidate {}",
            generated.brief_blanks.join(", "),
            request.scenario,
            candidates
        ));
    }
}

/// Which draw a bundle is, where that is worth a word.
fn drawn(made: &NewBundle) -> String {
    match (made.attempt, made.outside) {
        (1, 0) => String::new(),
        (attempt, 0) => format!(", draw {attempt} (as hard as the others)"),
        (attempt, outside) => format!(
            ", draw {attempt}, the nearest of {MOST_DRAWS} ({outside} numbers outside the round's ranges: \
             see its truth page)"
        ),
    }
}

/// What the author of a scenario may turn where most worlds were refused; of a shipped one nothing.
fn advice(scenario: &str, selection: &WorldSelection) -> Option<String> {
    let (reason, _) = commonest_reason(&selection.attempts)?;
    let own = !names().any(|name| name == scenario);
    let refused = selection.worlds().saturating_sub(1);
    (own && refused >= MANY).then(|| {
        let kind = reason.kind.word();
        format!(
            "for fewer refusals ({kind} most often): {}",
            setting_to_change(&reason)
        )
    })
}

/// `certified: ambiguous and meaningful, world 3 drawn, turned a little (refused: 1 too clear, 1 dull)`
fn certified(selection: &WorldSelection) -> String {
    let refused = selection.rejected();
    let light = match selection.depth {
        Depth::Full => "",
        Depth::Light => ", lightly",
    };
    if refused.is_empty() {
        return format!("certified{light}: ambiguous and meaningful, the first world drawn");
    }
    let turned = match selection.attempts.last() {
        Some(last) if !last.knobs.is_default() => ", turned a little",
        _ => "",
    };
    format!(
        "certified{light}: ambiguous and meaningful, world {} drawn{turned} (refused: {})",
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
    fn authors_are_told_what_to_turn_where_many_worlds_were_refused() {
        let dull = Attempt {
            world: 1,
            knobs: TunedParameters::default(),
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
        let said = advice("my-world.toml", &selection(MANY)).unwrap();
        assert!(said.contains("(dull most often): raise `signal`"), "{said}");
        assert_eq!(advice("my-world.toml", &selection(MANY - 1)), None);
        assert_eq!(advice("support-tickets", &selection(MANY)), None);
    }
}
