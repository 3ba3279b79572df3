//! `drumlin scenario check`

use clap::Args;
use drumlin::generate::{GUESSED_WORLDS, GUESSES, GuessTest};
use drumlin::report::changed_thresholds;
use drumlin::scenario::ScenarioError;
use drumlin::workflow::{ScenarioCheck, ScenarioJobError, check_scenario};

use crate::cli::bar::Bar;
use crate::cli::output::{print_data, print_message};
use crate::cli::{Answer, Failure};

/// Check a scenario file: list every mistake, run the guess test, and test that each defect can be
/// found
///
/// Exit code 0 if everything passes, 1 if something fails, 2 if the file cannot be read.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file, or the name of a shipped scenario
    #[arg(value_name = "FILE")]
    scenario: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let bar = Bar::watching();
    let checked = match check_scenario(&arguments.scenario, &bar) {
        Ok(checked) => checked,
        Err(ScenarioJobError::Scenario(error @ ScenarioError::Invalid { .. })) => {
            bar.finish();
            print_message(format!("{:?}", miette::Report::new(error)).trim_end());
            return Ok(Answer::No);
        }
        Err(error) => {
            bar.finish();
            return Err(error.into());
        }
    };
    bar.finish();
    print_data(&summary(&checked))?;
    Ok(if checked.passes() {
        Answer::Yes
    } else {
        Answer::No
    })
}

fn summary(checked: &ScenarioCheck) -> String {
    let one = &checked.scenario;
    let guess = &checked.guess;
    let mut text = format!(
        "{}: {} columns, {} factors, {} curves, {} defects\n\n",
        one.name,
        one.columns.len(),
        one.factors.len(),
        one.curves.len(),
        one.defects.len()
    );
    text.push_str(&line(
        guess.everything < GuessTest::EVERYTHING,
        &format!(
            "guess test: from the file alone, the best list of {GUESSES} guesses names every finding in \
             {:.1} % of {GUESSED_WORLDS} worlds (must be below {:.0} %)",
            100.0 * guess.everything,
            100.0 * GuessTest::EVERYTHING
        ),
    ));
    if let Some((best, share)) = guess.best.first() {
        text.push_str(&line(
            guess.one() <= GuessTest::ONE + guess.slack(),
            &format!(
                "the best single guess, “{best}”, is right in {:.0} % of them (must be at most {:.0} %, \
                 or {:.1} % allowing for chance; to lower it, add entries to that pool or draw fewer \
                 of them in [draw])",
                100.0 * share,
                100.0 * GuessTest::ONE,
                100.0 * (GuessTest::ONE + guess.slack())
            ),
        ));
    }
    text.push_str(&line(
        guess.over_the_cap == 0,
        &format!(
            "{} of them have more than {GUESSES} findings",
            guess.over_the_cap
        ),
    ));
    if let Some(moved) = changed_thresholds(&one.thresholds) {
        text.push_str(&line(true, &moved));
    }
    if checked.unfair.is_empty() {
        text.push_str(&line(
            true,
            "every defect of the pool is found by a check of the delivered table, or stated in the brief",
        ));
    }
    for unfair in &checked.unfair {
        text.push_str(&line(
            false,
            &format!(
                "line {}: {} may be planted so that nothing reveals it ({}). To fix it, {}; or add \
                 `brief_note = \"…\"` to state it in the brief",
                unfair.line, unfair.kind, unfair.instance, unfair.how_to_strengthen
            ),
        ));
    }
    text.push_str(if checked.passes() {
        "\nAll checks passed.\n"
    } else {
        "\nSome checks failed.\n"
    });
    text
}

fn line(holds: bool, says: &str) -> String {
    format!("{} {says}\n", if holds { "ok " } else { "no " })
}
