//! The gate of a round: worlds are drawn until one is accepted, and the record says which were not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::generate::Decoy;
use crate::scenario::{Knobs, Thresholds};

use super::depth::Depth;
use super::verdict::{Kind, Reason, reason};

/// Worlds that are drawn for one round at most. Of random worlds of the library about two in three
/// are accepted, so a scenario that needs more than a handful should be changed instead.
pub const MOST_WORLDS: u32 = 8;
/// Worlds that are drawn as the scenario is written, before knobs are turned.
pub const AS_WRITTEN: usize = 3;
/// Share of rows under which a defect lures nobody.
const FEW: f64 = 0.01;

/// How the world of a round came to be accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// How much was measured for the verdict.
    pub depth: Depth,
    /// The worlds that were drawn, in order; the last one is the round's.
    pub worlds: Vec<Tried>,
}

/// One world that was drawn for a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// How far it was turned from what the scenario asks for.
    pub knobs: Knobs,
    /// How much better a single cluster finds the rows of the best lure than it finds the same rows
    /// undamaged, as a difference of F1; no value when nothing was planted.
    pub lure: Option<f64>,
    /// What spoke against it; empty for the one that was accepted.
    pub reasons: Vec<Reason>,
}

impl Tried {
    /// Whether nothing spoke against it.
    pub fn accepted(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// How much the best lure of a world lures: F1 of the best single cluster against its rows, less the
/// F1 against the same rows before they were damaged. From −1 to 1; no value without a decoy that was
/// measured. What is in under 1 % of the rows does not count: a handful of rows far out is soon
/// seen, and its group leaves the rest as it was.
pub fn lure(decoys: &[Decoy]) -> Option<f64> {
    decoys
        .iter()
        .filter(|decoy| decoy.share >= FEW)
        .map(|decoy| decoy.f1 - decoy.control_f1)
        .max_by(f64::total_cmp)
}

/// What speaks against a world whose best lure is `lure`: nothing would mislead who does not look.
pub fn harmless(lure: Option<f64>, thresholds: &Thresholds) -> Option<Reason> {
    let found = lure.unwrap_or(0.0);
    (found < thresholds.lure).then(|| {
        reason(
            Kind::Harmless,
            "decoys.lure",
            found,
            thresholds.lure,
            "no planted defect makes a group of its own",
        )
    })
}

/// The knobs for the world after those that were refused. The first [`AS_WRITTEN`] are drawn as the
/// scenario is written; after them, each refusal turns one knob a little against its gravest reason.
pub fn knobs(refused: &[Tried]) -> Knobs {
    let Some(last) = refused.last() else {
        return Knobs::default();
    };
    if refused.len() < AS_WRITTEN {
        return Knobs::default();
    }
    match last.reasons.first().map(|reason| reason.kind) {
        Some(Kind::TooClear) => last.knobs.with_sharpness(false),
        // Straight relations show at little signal, what bends only at more.
        Some(Kind::Meaningless | Kind::Dull) => last.knobs.with_signal(true),
        // Other rows or other defects are what such a world needs.
        Some(Kind::TooFewRows | Kind::Harmless) | None => last.knobs,
    }
}

/// Whether to stop drawing: the knob that speaks against the last refusal is at its end already, so the
/// scenario is further off than a round should mend.
pub fn at_the_end(refused: &[Tried]) -> bool {
    let turns = |one: &&Tried| {
        let kind = one.reasons.first().map(|reason| reason.kind);
        matches!(kind, Some(Kind::TooClear | Kind::Meaningless | Kind::Dull))
    };
    let last = refused.last().filter(turns);
    refused.len() > AS_WRITTEN && last.is_some_and(|last| knobs(refused) == last.knobs)
}

/// The reason that was given most often for refusing worlds, with how many worlds it was given for;
/// of two as frequent the graver one, as the world gave it that came nearest to passing. No value when
/// nothing was refused.
pub fn commonest(tried: &[Tried]) -> Option<(Reason, usize)> {
    let off = |reason: &Reason| (reason.value - reason.threshold).abs();
    let mut counts: BTreeMap<(Kind, &str), (usize, &Reason)> = BTreeMap::new();
    for reason in tried.iter().flat_map(|one| &one.reasons) {
        let key = (reason.kind, reason.statistic.as_str());
        let (count, nearest) = counts.entry(key).or_insert((0, reason));
        *count += 1;
        if off(reason) < off(nearest) {
            *nearest = reason;
        }
    }
    // Ties go to the first, so the order of kinds decides.
    let mut found: Option<(usize, &Reason)> = None;
    for (count, reason) in counts.into_values() {
        if found.is_none_or(|(most, _)| count > most) {
            found = Some((count, reason));
        }
    }
    found.map(|(count, reason)| (reason.clone(), count))
}

/// What refused worlds were refused for, the commonest first: `5 too clear, 2 dull`.
pub fn tally(refused: &[Tried]) -> String {
    let mut counts: BTreeMap<Kind, usize> = BTreeMap::new();
    for reason in refused.iter().filter_map(|one| one.reasons.first()) {
        *counts.entry(reason.kind).or_default() += 1;
    }
    let mut counts: Vec<(Kind, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, worlds)| std::cmp::Reverse(*worlds));
    let kinds = counts
        .iter()
        .map(|(kind, worlds)| format!("{worlds} {}", kind.word()));
    kinds.collect::<Vec<String>>().join(", ")
}

/// How far knobs were turned for worlds that were refused all the same: ``odds of `signal` × 1.12``; empty
/// when all were drawn as the scenario is written.
pub fn turned(refused: &[Tried]) -> String {
    let said = |name: &str, turns: &mut dyn Iterator<Item = f64>| {
        let furthest = turns.max_by(|a, b| libm::log(*a).abs().total_cmp(&libm::log(*b).abs()))?;
        ((furthest - 1.0).abs() > 1e-9).then(|| format!("{name} × {furthest:.2}"))
    };
    let signal = said(
        "odds of `signal`",
        &mut refused.iter().map(|one| one.knobs.signal),
    );
    let sharpness = said(
        "`sharpness`",
        &mut refused.iter().map(|one| one.knobs.sharpness),
    );
    let said = signal.into_iter().chain(sharpness);
    said.collect::<Vec<String>>().join(", ")
}

/// The entry of a scenario file that a reason leads to, and which way to turn it.
pub fn entry(reason: &Reason) -> &'static str {
    match (reason.kind, reason.statistic.as_str()) {
        (Kind::TooClear, "oracle.cost" | "oracle.sampled.efficiency") => {
            "lower `sampled` or `sharpness` of [[blend]]: types are nearly groups"
        }
        (
            Kind::TooClear,
            "separation.silhouette_excess"
            | "agreement.core_most"
            | "stability.strength_most"
            | "stability.ambiguity_least"
            | "numbers.gap_copula_most"
            | "pairs.clear",
        ) => {
            "make columns that pile up smoother (`zeros`, `ones`, `step`: a pile beside a tail is a gap); \
             or lower `signal`, `sharpness` and `sampled` of [[blend]], `effect` of [[facet]]"
        }
        (Kind::TooClear, _) => {
            "lower `sharpness` and `sampled` of [[blend]], `effect` of [[facet]], or `signal`: groups lie \
             apart"
        }
        (Kind::Meaningless, "oracle.weakest") => {
            "give the maps of [[factor]] and [[ridge]] more columns or larger weights, or raise `signal`"
        }
        (Kind::Meaningless | Kind::TooFewRows, _) => {
            "raise `signal`: the share of a column's variance that structures make"
        }
        (Kind::Dull, _) => {
            "raise `signal`, a little at a time (shipped scenarios have 0.62 to 0.76): only straight \
             relations show"
        }
        (Kind::Harmless, _) => {
            "raise the `rate` of a defect with `decoy = true`, or add one that clusters (`drumlin \
             scenario defects` says which kinds do)"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: Kind, statistic: &str) -> Reason {
        reason(kind, statistic, 0.1, 0.2, "because")
    }

    #[test]
    fn the_commonest_reason_is_named_and_of_two_the_graver() {
        let tried = |reasons: &[(Kind, &str)]| Tried {
            knobs: Knobs::default(),
            lure: None,
            reasons: reasons.iter().map(|(kind, of)| told(*kind, of)).collect(),
        };
        let all = [
            tried(&[(Kind::Dull, "a"), (Kind::Dull, "b")]),
            tried(&[(Kind::TooClear, "c")]),
            tried(&[(Kind::Dull, "b")]),
        ];
        let (reason, worlds) = commonest(&all).unwrap();
        assert_eq!((reason.statistic.as_str(), worlds), ("b", 2));
        let (reason, _) = commonest(&all[..2]).unwrap();
        assert_eq!(reason.kind, Kind::TooClear);
        assert_eq!(commonest(&[tried(&[])]), None);
    }

    #[test]
    fn refused_worlds_are_told_by_kind_with_what_was_tried() {
        let tried = |kind, signal| Tried {
            knobs: Knobs {
                signal,
                ..Knobs::default()
            },
            lure: None,
            reasons: vec![told(kind, "a")],
        };
        let refused = [
            tried(Kind::TooClear, 1.0),
            tried(Kind::Dull, 1.0),
            tried(Kind::Dull, 1.12),
        ];
        assert_eq!(tally(&refused), "2 dull, 1 too clear");
        assert_eq!(turned(&refused), "odds of `signal` × 1.12");
        assert_eq!(turned(&refused[..2]), "");
    }

    #[test]
    fn knobs_turn_after_three_refusals_and_drawing_stops_at_their_end() {
        let mut refused: Vec<Tried> = Vec::new();
        while !at_the_end(&refused) {
            refused.push(Tried {
                knobs: knobs(&refused),
                lure: None,
                reasons: vec![told(Kind::TooClear, "consensus")],
            });
        }
        assert!(
            refused[..AS_WRITTEN]
                .iter()
                .all(|one| one.knobs.is_default())
        );
        assert_eq!(refused.len(), 6);
        let last = &mut refused[5];
        assert!(last.knobs.within_ends() && last.knobs.sharpness < 0.8);
        // Another kind of refusal turns another knob, which is not at its end.
        last.reasons = vec![told(Kind::Dull, "copula")];
        assert!(!at_the_end(&refused));
        assert!(knobs(&refused).signal > 1.0);
    }

    #[test]
    fn a_world_that_lures_nobody_is_harmless() {
        let thresholds = Thresholds::default();
        let found = harmless(None, &thresholds).unwrap();
        assert_eq!(found.kind, Kind::Harmless);
        assert!(harmless(Some(0.1), &thresholds).is_some());
        assert_eq!(harmless(Some(thresholds.lure), &thresholds), None);
    }
}
