//! Recoveries, axes and baselines in words.

use crate::measure::{Reading, Recovery};
use crate::review::{AxesEvidence, BaselineFinding, Baselines, Share};
use crate::text::{percent, thousands};

/// Axes that recover less of a structure than this are not said to follow it: with 20,000 rows,
/// tiny values exceed chance.
const LEAST: f64 = 0.02;
/// Recoveries of the same thing that differ by less are called equal: five standard errors of a
/// share of variance of one half at 5,000 rows, 2 r (1 − r²) / √n.
pub(super) const ALIKE: f64 = 0.05;

/// How much of the continuous structures the axes recover.
pub fn axes_sentence(axes: &[AxesEvidence]) -> String {
    let above: Vec<String> = axes
        .iter()
        .filter(|axis| axes_recover(axis))
        .map(|axis| format!("{} ({})", axis.what, value(&axis.alone)))
        .collect();
    let all = axes.len();
    let scale = "On this scale, 1 is everything there is to know; no analysis reaches it.";
    match (above.len(), all) {
        (0, _) => "Together, the axes recover no structure clearly better than chance.".to_owned(),
        (_, 1) => format!("Together, the axes recover {}. {scale}", above.join("")),
        (some, all) => format!(
            "Together, the axes recover {some} of {all} structures better than chance: {}. {scale}",
            above.join(", ")
        ),
    }
}

/// Whether the axes recover enough of a structure to mention it.
pub fn axes_recover(axes: &AxesEvidence) -> bool {
    axes.alone.above_chance() && axes.alone.value.is_some_and(|value| value >= LEAST)
}

/// What every baseline recovers of a finding: `naive –; standard 0.72 (axes); careful 0.76 (axes), mentioned`.
pub fn baselines_text(baselines: &Baselines, finding: &str) -> String {
    let results = baselines.results.iter().chain(&baselines.oracle);
    let texts = results.map(|result| {
        let found = result.of_finding(finding);
        let found = found.map_or("–".to_owned(), baseline_finding_text);
        let candidate = result.candidate.as_ref();
        let bundle = candidate.map_or(String::new(), |id| format!(" (on the bundle of {id})"));
        format!("{}{bundle} {found}", result.name)
    });
    texts.collect::<Vec<_>>().join("; ")
}

/// What a baseline recovers of one finding: `0.72 (axes), mentioned`; a dash for nothing.
pub fn baseline_finding_text(found: &BaselineFinding) -> String {
    let mut parts = Vec::new();
    if let Some(value) = found.recovery {
        let by = found.by.as_deref().unwrap_or_default();
        parts.push(format!("{} ({by})", decimals(value)));
    }
    if let Some(repaired) = found.repaired.filter(|repaired| repaired.of > 0) {
        let part = repaired.count as f64 / repaired.of as f64;
        parts.push(format!("{} repaired", percent(part)));
    }
    if found.in_report {
        parts.push("mentioned".to_owned());
    }
    if parts.is_empty() {
        parts.push("–".to_owned());
    }
    parts.join(", ")
}

/// A recovery with its interval if it is above chance, `0.62 (0.55 to 0.69)`, or else with its
/// chance level, `0.01 (chance 0.02)`.
pub fn recovery_text(recovery: &Recovery) -> String {
    let none = |text: &str| text.to_owned();
    match (recovery.reading, recovery.value) {
        (Reading::Empty, _) => none("no row labelled"),
        (Reading::Trivial, _) => none("none: all rows in one group"),
        (Reading::NothingLeft, _) => none("nothing left to find"),
        (Reading::TooFine, _) | (_, None) => none("too fine to judge as groups"),
        (Reading::Ok, Some(_)) => format!("{}{}", value(recovery), range(recovery)),
    }
}

/// `0.62 of the archetypes (0.55 to 0.69)`.
pub(super) fn recovery_of(recovery: &Recovery, what: &str) -> String {
    if recovery.reading == Reading::Ok && recovery.value.is_some() {
        format!("{} of {what}{}", value(recovery), range(recovery))
    } else {
        format!("{what}: {}", recovery_text(recovery))
    }
}

/// The interval of a recovery above chance, else the chance level, in parentheses.
fn range(recovery: &Recovery) -> String {
    let clear = recovery.above_chance() && value(recovery) != NOTHING;
    match (recovery.interval.filter(|_| clear), recovery.chance) {
        (Some(interval), _) => format!(
            " ({} to {})",
            decimals(interval.low),
            // The scale ends at 1; evidence.json has the whole interval.
            decimals(interval.high.min(1.0))
        ),
        (None, Some(chance)) => format!(" (chance {})", decimals(chance)),
        (None, None) => String::new(),
    }
}

/// Count, total and interval: `812 of 966 (82–86 %)`.
pub fn share_text(part: &Share) -> String {
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

/// Shown instead of 0.00.
const NOTHING: &str = "<0.01";

/// Two decimals; `<0.01` if they would be zeros, a dash if there is no number.
pub fn decimals(value: f64) -> String {
    let digits = format!("{:.2}", value.abs());
    match value {
        value if !value.is_finite() => "–".to_owned(),
        _ if digits == "0.00" => NOTHING.to_owned(),
        value if value < 0.0 => format!("\u{2212}{digits}"),
        _ => digits,
    }
}

pub(super) fn value(recovery: &Recovery) -> String {
    recovery.value.map_or("–".to_owned(), decimals)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::cleaning::damage_sentence;
    use super::*;

    pub(in super::super) fn found(value: Option<f64>, chance: f64, reading: Reading) -> Recovery {
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
    fn axes_barely_above_chance_recover_nothing() {
        let axes = |value| AxesEvidence {
            finding: "f".to_owned(),
            what: format!("thing {value}"),
            alone: found(Some(value), 0.001, Reading::Ok),
            conditional: None,
            above_baselines: None,
            best: None,
            best_squared: None,
        };
        let text = axes_sentence(&[axes(0.6), axes(0.012), axes(0.03)]);
        assert!(text.contains(
            "recover 2 of 3 structures better than chance: thing 0.6 (0.60), thing 0.03 (0.03)."
        ));
        assert!(axes_sentence(&[axes(0.012), axes(0.0)]).contains("no structure clearly"));
    }

    #[test]
    fn numbers_are_short_and_missing_ones_have_a_word() {
        assert_eq!(decimals(-0.001), "<0.01");
        assert_eq!(decimals(0.005_1), "0.01");
        assert_eq!(decimals(-0.25), "\u{2212}0.25");
        assert_eq!(decimals(f64::NAN), "–");
        assert_eq!(
            recovery_text(&found(None, 0.0, Reading::Empty)),
            "no row labelled"
        );
        let none = Share {
            count: 0,
            of: 0,
            interval: None,
        };
        assert_eq!(share_text(&none), "nothing to repair");
        let some = Share {
            count: 812,
            of: 1_966,
            interval: Some((0.391, 0.434)),
        };
        assert_eq!(share_text(&some), "812 of 1,966 (39–43 %)");
        let all = Share {
            count: 1_966,
            interval: Some((0.998, 1.0)),
            ..some
        };
        assert_eq!(share_text(&all), "1,966 of 1,966 (over 99 %)");
        assert!(damage_sentence(&none, &[]).starts_with("No correct cell"));
    }
}
