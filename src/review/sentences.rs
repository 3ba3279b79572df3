//! Evidence in plain words: one sentence per block, numbers second.

mod cleaning;
mod groupings;

use crate::measure::{Reading, Recovery};
use crate::text::{percent, thousands};

use super::{AxesEvidence, BaselineFinding, Baselines, Share};

pub use cleaning::{nought, of_cleaning, of_consequences, of_damage, of_dropped, of_error};
pub use groupings::of_grouping;

/// Axes that tell less of a structure than this are not said to follow it: with 20,000 rows,
/// chance is cleared by next to nothing.
const LEAST: f64 = 0.02;
/// Recoveries of the same thing that differ by less are alike: five standard errors of a share of variance
/// of one half at 5,000 rows, 2 r (1 − r²) / √n.
const ALIKE: f64 = 0.05;

/// How the axes stand to the continuous structures.
pub fn of_axes(axes: &[AxesEvidence]) -> String {
    let above: Vec<String> = axes
        .iter()
        .filter(|axis| follows(axis))
        .map(|axis| format!("{} ({})", axis.what, value(&axis.together)))
        .collect();
    let all = axes.len();
    let last = "The scale ends at everything that there is to know, which no analysis reaches.";
    match (above.len(), all) {
        (0, _) => {
            "Together, the axes tell next to nothing of any structure beyond chance.".to_owned()
        }
        (_, 1) => format!("Together, the axes tell of {}. {last}", above.join("")),
        (told, all) => format!(
            "Together, the axes tell more than chance of {told} of {all} structures: {}. {last}",
            above.join(", ")
        ),
    }
}

/// Whether the axes tell enough of a structure to speak of it.
pub fn follows(axes: &AxesEvidence) -> bool {
    axes.together.above_chance() && axes.together.value.is_some_and(|value| value >= LEAST)
}

/// What every pipeline reaches of a finding: `naive –; standard 0.72 (axes); careful 0.76 (axes), mentioned`.
pub fn of_baselines(baselines: &Baselines, finding: &str) -> String {
    let results = baselines
        .results
        .iter()
        .chain(&baselines.oracle)
        .map(|result| {
            let reached = result
                .of_finding(finding)
                .map_or("–".to_owned(), of_reached);
            let on = result.on.as_ref();
            let on = on.map_or(String::new(), |on| format!(" (on the bundle of {on})"));
            format!("{}{on} {reached}", result.name)
        });
    results.collect::<Vec<_>>().join("; ")
}

/// What a pipeline reaches of one finding: `0.72 (axes), mentioned`; a dash where it is nothing.
pub fn of_reached(reached: &BaselineFinding) -> String {
    let mut words = Vec::new();
    if let Some(value) = reached.recovery {
        let by = reached.by.as_deref().unwrap_or_default();
        words.push(format!("{} ({by})", decimals(value)));
    }
    if let Some(repaired) = reached.repaired.filter(|repaired| repaired.of > 0) {
        let part = repaired.count as f64 / repaired.of as f64;
        words.push(format!("{} repaired", percent(part)));
    }
    if reached.said {
        words.push("mentioned".to_owned());
    }
    if words.is_empty() {
        words.push("–".to_owned());
    }
    words.join(", ")
}

/// A recovery with its interval where it is above chance, `0.62 (0.55 to 0.69)`, else with its chance level,
/// `0.01 (chance 0.02)`.
pub fn recovery(recovery: &Recovery) -> String {
    let told = recovery.above_chance() && value(recovery) != NOTHING;
    let interval = recovery.interval.filter(|_| told);
    let beside = match (interval, recovery.chance) {
        (Some(interval), _) => format!(
            " ({} to {})",
            decimals(interval.low),
            // Where the scale ends, so does what is shown; the evidence has the whole interval.
            decimals(interval.high.min(1.0))
        ),
        (None, Some(chance)) => format!(" (chance {})", decimals(chance)),
        (None, None) => String::new(),
    };
    match (recovery.reading, recovery.value) {
        (Reading::Empty, _) => "no row answered".to_owned(),
        (Reading::Trivial, _) => "tells nothing: all rows in one group".to_owned(),
        (Reading::NothingLeft, _) => "nothing left to find".to_owned(),
        (Reading::TooFine, _) | (_, None) => "too fine to judge as groups".to_owned(),
        (Reading::Ok, Some(_)) => format!("{}{beside}", value(recovery)),
    }
}

/// How many of how many, with the interval: `812 of 966 (82–86 %)`.
pub fn counted(part: &Share) -> String {
    if part.of == 0 {
        return "nothing to repair".to_owned();
    }
    let interval = part.interval.map_or(String::new(), |(low, high)| {
        let [from, to] = [low, high].map(|end| format!("{:.0}", 100.0 * end));
        match (from.as_str(), to.as_str()) {
            ("0", "0") => " (under 1 %)".to_owned(),
            ("100", "100") => " (over 99 %)".to_owned(),
            _ => format!(" ({from}–{to} %)"),
        }
    });
    let [some, all] = [part.count, part.of].map(|n| thousands(n as usize));
    format!("{some} of {all}{interval}")
}

/// What is shown where two decimals would be zeros.
const NOTHING: &str = "<0.01";

/// Two decimals; `<0.01` where they would be zeros, a dash where there is no number.
pub fn decimals(value: f64) -> String {
    let digits = format!("{:.2}", value.abs());
    match value {
        value if !value.is_finite() => "–".to_owned(),
        _ if digits == "0.00" => NOTHING.to_owned(),
        value if value < 0.0 => format!("\u{2212}{digits}"),
        _ => digits,
    }
}

fn value(recovery: &Recovery) -> String {
    recovery.value.map_or("–".to_owned(), decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn found(value: Option<f64>, chance: f64, reading: Reading) -> Recovery {
        Recovery {
            value,
            chance: value.map(|_| chance),
            interval: None,
            rows: 100,
            groups: 3,
            reading,
        }
    }

    #[test]
    fn axes_that_clear_chance_by_next_to_nothing_follow_nothing() {
        let axes = |value| AxesEvidence {
            finding: "f".to_owned(),
            what: format!("thing {value}"),
            together: found(Some(value), 0.001, Reading::Ok),
            beyond: None,
            adds: None,
            best: None,
            best_squared: None,
        };
        let said = of_axes(&[axes(0.6), axes(0.012), axes(0.03)]);
        assert!(said.contains("of 2 of 3 structures: thing 0.6 (0.60), thing 0.03 (0.03)."));
        assert!(of_axes(&[axes(0.012), axes(0.0)]).contains("next to nothing"));
    }

    #[test]
    fn numbers_are_short_and_their_absence_is_said() {
        assert_eq!(decimals(-0.001), "<0.01");
        assert_eq!(decimals(0.005_1), "0.01");
        assert_eq!(decimals(-0.25), "\u{2212}0.25");
        assert_eq!(decimals(f64::NAN), "–");
        assert_eq!(
            recovery(&found(None, 0.0, Reading::Empty)),
            "no row answered"
        );
        let none = Share {
            count: 0,
            of: 0,
            interval: None,
        };
        assert_eq!(counted(&none), "nothing to repair");
        let some = Share {
            count: 812,
            of: 1_966,
            interval: Some((0.391, 0.434)),
        };
        assert_eq!(counted(&some), "812 of 1,966 (39–43 %)");
        let all = Share {
            count: 1_966,
            interval: Some((0.998, 1.0)),
            ..some
        };
        assert_eq!(counted(&all), "1,966 of 1,966 (over 99 %)");
        assert!(of_damage(&none, &[]).starts_with("No cell was changed"));
    }
}
