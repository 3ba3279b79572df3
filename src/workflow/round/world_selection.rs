//! Rules for choosing a round's world: what to try next, with which margin, and what to report.

use std::collections::BTreeMap;

use crate::bundle::Attempt;
use crate::certify::{Reason, ReasonKind};
use crate::generate::Decoy;
use crate::scenario::{Thresholds, TunedParameters};

/// Most worlds drawn for one round. About two in three random worlds of the shipped scenarios are accepted,
/// so a scenario that needs more than a handful should be changed instead.
pub(crate) const MOST_WORLDS: u32 = 8;
/// Worlds that start as the scenario is written; later ones start with tuned parameters.
pub(crate) const AS_WRITTEN: u32 = 3;
/// Standard deviations of its statistics by which a world must clear every threshold. Later worlds
/// must clear them by half as much again, since one of many passes by chance. A scenario whose
/// signal range was lowered to 0.07 was once certified at the thirteenth try, after twelve dull
/// worlds.
const MARGIN: f64 = 1.0;
const LATER_MARGIN: f64 = 1.5;
/// Most times that the parameters of one world are tuned.
const MOST_TUNINGS: usize = 3;
/// Relative distance from a threshold below which a value is close: tuning may be enough.
const NEAR: f64 = 0.2;
/// A decoy with a smaller share of the rows is ignored.
const FEW: f64 = 0.01;

/// Strength of the strongest decoy: F1 of the best single cluster against its rows, minus the F1
/// against the same rows before they were damaged. From −1 to 1; no value without a measured decoy.
/// Decoys in less than 1 % of the rows are ignored: a handful of outliers is quickly noticed, and
/// their cluster does not change the others.
pub(crate) fn decoy_effect(decoys: &[Decoy]) -> Option<f64> {
    decoys
        .iter()
        .filter(|decoy| decoy.share >= FEW)
        .map(|decoy| decoy.f1 - decoy.control_f1)
        .max_by(f64::total_cmp)
}

/// The reason against a world whose strongest decoy has this `effect`, if it is too weak.
pub(crate) fn weak_decoy(effect: Option<f64>, thresholds: &Thresholds) -> Option<Reason> {
    let found = effect.unwrap_or(0.0);
    (found < thresholds.decoy_strength).then(|| {
        Reason::new(
            ReasonKind::WeakDecoy,
            "decoys.effect",
            found,
            thresholds.decoy_strength,
            "no planted defect forms a cluster of its own",
        )
    })
}

/// The next world after those that were rejected, from 1, and its tuning; none when the limit is
/// reached.
///
/// A world that was rejected narrowly is tried again with parameters tuned against the most serious
/// reason, up to three times: more signal and leading directions of similar variance make a dull
/// world nonlinear, and softer groupings undo the clarity this adds. The first [`AS_WRITTEN`]
/// worlds start with the scenario as written, each later one with one more tuning step than the one
/// before. The search ends after [`MOST_WORLDS`], or when the starting parameter of a later world
/// is at its limit: the scenario is then too far off to be tuned.
pub(crate) fn next_attempt(rejected: &[Attempt]) -> Option<(u32, TunedParameters)> {
    let Some(last) = rejected.last() else {
        return Some((1, TunedParameters::default()));
    };
    let tries: Vec<&Attempt> = rejected
        .iter()
        .filter(|one| one.world == last.world)
        .collect();
    let kind = kind_of(last);
    let further = tuned(last.tuning, kind);
    if is_close(last) && tries.len() <= MOST_TUNINGS && further != last.tuning {
        return Some((last.world, further));
    }
    let world = last.world + 1;
    if world <= AS_WRITTEN {
        return Some((world, TunedParameters::default()));
    }
    let before = tries[0].tuning;
    let start = tuned(before, kind);
    let ended = is_tunable(kind) && start == before;
    (world <= MOST_WORLDS && !ended).then_some((world, start))
}

/// Parameters tuned one step against the most serious reason.
fn tuned(tuning: TunedParameters, kind: Option<ReasonKind>) -> TunedParameters {
    match kind {
        Some(ReasonKind::TooClear) => tuning.with_sharpness(false),
        // Linear relations show at low signal; curves need more.
        Some(ReasonKind::Meaningless | ReasonKind::Dull) => tuning.with_curvature(),
        // Such a world needs other rows or other defects, not tuning.
        Some(ReasonKind::TooFewRows | ReasonKind::WeakDecoy) | None => tuning,
    }
}

/// Standard deviations by which `world`, from 1, must clear every threshold before its verdict is taken.
pub(crate) fn margin(world: u32) -> f64 {
    if world <= AS_WRITTEN {
        MARGIN
    } else {
        LATER_MARGIN
    }
}

fn kind_of(rejected: &Attempt) -> Option<ReasonKind> {
    rejected.reasons.first().map(|reason| reason.kind)
}

/// Whether tuning can help against a kind of reason.
fn is_tunable(kind: Option<ReasonKind>) -> bool {
    matches!(
        kind,
        Some(ReasonKind::TooClear | ReasonKind::Meaningless | ReasonKind::Dull)
    )
}

/// Whether every reason is close to its threshold.
fn is_close(rejected: &Attempt) -> bool {
    let off = |reason: &Reason| (reason.value - reason.threshold).abs();
    rejected
        .reasons
        .iter()
        .all(|reason| off(reason) <= NEAR * reason.threshold.abs())
}

/// The most frequent reason for rejecting worlds, with the number of worlds. Ties go to the more
/// serious reason; value and threshold are those of the world closest to passing. No value when
/// nothing was rejected.
pub fn commonest_reason(tried: &[Attempt]) -> Option<(Reason, usize)> {
    let off = |reason: &Reason| (reason.value - reason.threshold).abs();
    let mut counts: BTreeMap<(ReasonKind, &str), (usize, &Reason)> = BTreeMap::new();
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

/// Number of rejected attempts by reason, most common first: `5 too clear, 2 dull`.
pub fn rejection_summary(rejected: &[Attempt]) -> String {
    let mut counts: BTreeMap<ReasonKind, usize> = BTreeMap::new();
    for reason in rejected.iter().filter_map(|one| one.reasons.first()) {
        *counts.entry(reason.kind).or_default() += 1;
    }
    let mut counts: Vec<(ReasonKind, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, worlds)| std::cmp::Reverse(*worlds));
    let kinds = counts
        .iter()
        .map(|(kind, worlds)| format!("{worlds} {}", kind.word()));
    kinds.collect::<Vec<String>>().join(", ")
}

/// Tuned parameters of worlds that were rejected anyway: ``odds of `signal` × 1.12``; empty when
/// all were drawn from the scenario as written.
pub(crate) fn tuned_parameters(rejected: &[Attempt]) -> String {
    let said = |name: &str, turns: &mut dyn Iterator<Item = f64>| {
        let furthest = turns.max_by(|a, b| libm::log(*a).abs().total_cmp(&libm::log(*b).abs()))?;
        ((furthest - 1.0).abs() > 1e-9).then(|| format!("{name} × {furthest:.2}"))
    };
    let signal = said(
        "odds of `signal`",
        &mut rejected.iter().map(|one| one.tuning.signal),
    );
    let sharpness = said(
        "`sharpness`",
        &mut rejected.iter().map(|one| one.tuning.sharpness),
    );
    let evenness = rejected.iter().map(|one| one.tuning.evenness);
    let evenness = evenness.fold(0.0, f64::max);
    let evenness = (evenness > 0.0).then(|| format!("`evenness` + {evenness}"));
    let said = signal.into_iter().chain(sharpness).chain(evenness);
    said.collect::<Vec<String>>().join(", ")
}

/// Which setting of the scenario file to change for a reason, and in which direction.
pub fn setting_to_change(reason: &Reason) -> &'static str {
    match (reason.kind, reason.statistic.as_str()) {
        (ReasonKind::TooClear, "oracle.cost" | "oracle.sampled.efficiency") => {
            "lower `sampled` or `sharpness` of [[archetypes]]: types are nearly disjoint"
        }
        (
            ReasonKind::TooClear,
            "separation.silhouette_excess"
            | "agreement.core_most"
            | "stability.strength_most"
            | "stability.ambiguity_least"
            | "k_selection.gap_copula_most"
            | "pairs.clear",
        ) => {
            "make columns that pile up smoother (`zeros`, `ones`, `step`: a pile-up next to a tail is a gap); \
             or lower `signal`, `sharpness` and `sampled` of [[archetypes]], `effect` of [[split]]"
        }
        (ReasonKind::TooClear, _) => {
            "lower `sharpness` and `sampled` of [[archetypes]], `effect` of [[split]], or `signal`: clusters are \
             separated"
        }
        (ReasonKind::Meaningless, "oracle.weakest") => {
            "give the maps of [[factor]] and [[curve]] more columns or larger weights, or raise `signal`"
        }
        (ReasonKind::Meaningless | ReasonKind::TooFewRows, _) => {
            "raise `signal`: the share of a column's variance that structures make"
        }
        (ReasonKind::Dull, _) => {
            "raise `signal`, a little at a time (shipped scenarios have 0.62 to 0.76), or `evenness` where \
             one factor leads: only linear relations show"
        }
        (ReasonKind::WeakDecoy, _) => {
            "raise the `rate` of a defect with `decoy = true`, or add one that clusters (`drumlin \
             scenario defects` says which kinds do)"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(kind: ReasonKind, statistic: &str) -> Reason {
        Reason::new(kind, statistic, 0.1, 0.2, "because")
    }

    #[test]
    fn the_commonest_reason_is_named_and_of_two_the_graver() {
        let tried = |reasons: &[(ReasonKind, &str)]| Attempt {
            world: 1,
            tuning: TunedParameters::default(),
            decoy_effect: None,
            reasons: reasons.iter().map(|(kind, of)| reason(*kind, of)).collect(),
        };
        let all = [
            tried(&[(ReasonKind::Dull, "a"), (ReasonKind::Dull, "b")]),
            tried(&[(ReasonKind::TooClear, "c")]),
            tried(&[(ReasonKind::Dull, "b")]),
        ];
        let (reason, worlds) = commonest_reason(&all).unwrap();
        assert_eq!((reason.statistic.as_str(), worlds), ("b", 2));
        let (reason, _) = commonest_reason(&all[..2]).unwrap();
        assert_eq!(reason.kind, ReasonKind::TooClear);
        assert_eq!(commonest_reason(&[tried(&[])]), None);
    }

    #[test]
    fn refused_worlds_are_told_by_kind_with_what_was_tried() {
        let tried = |kind, signal| Attempt {
            world: 1,
            tuning: TunedParameters {
                signal,
                ..TunedParameters::default()
            },
            decoy_effect: None,
            reasons: vec![reason(kind, "a")],
        };
        let refused = [
            tried(ReasonKind::TooClear, 1.0),
            tried(ReasonKind::Dull, 1.0),
            tried(ReasonKind::Dull, 1.12),
        ];
        assert_eq!(rejection_summary(&refused), "2 dull, 1 too clear");
        assert_eq!(tuned_parameters(&refused), "odds of `signal` × 1.12");
        assert_eq!(tuned_parameters(&refused[..2]), "");
    }

    fn refusals(value: f64) -> Vec<Attempt> {
        let mut refused: Vec<Attempt> = Vec::new();
        while let Some((world, tuning)) = next_attempt(&refused) {
            let why = Reason::new(ReasonKind::TooClear, "consensus", value, 0.6, "because");
            refused.push(Attempt {
                world,
                tuning,
                decoy_effect: None,
                reasons: vec![why],
            });
        }
        refused
    }

    #[test]
    fn a_world_that_is_nearly_right_is_turned_and_another_is_drawn_anew() {
        let near = refusals(0.65);
        let worlds: Vec<u32> = near.iter().map(|one| one.world).collect();
        assert_eq!(worlds[..8], [1, 1, 1, 1, 2, 2, 2, 2]);
        assert!(near[0].tuning.is_default() && near[4].tuning.is_default());
        assert!(
            near[1].tuning.sharpness < 1.0 && near[2].tuning.sharpness < near[1].tuning.sharpness
        );
        let far = refusals(0.9);
        let worlds: Vec<u32> = far.iter().map(|one| one.world).collect();
        assert_eq!(worlds, [1, 2, 3, 4, 5, 6]);
        assert!(far[..3].iter().all(|one| one.tuning.is_default()));
    }

    #[test]
    fn drawing_stops_where_a_parameter_is_at_its_end() {
        let mut refused = refusals(0.9);
        let last = refused.last_mut().unwrap();
        assert!(last.tuning.in_range() && last.tuning.sharpness < 0.8);
        // Another kind of reason tunes another parameter, which is not at its limit.
        last.reasons = vec![Reason::new(ReasonKind::Dull, "copula", 0.3, 0.6, "because")];
        let (world, tuning) = next_attempt(&refused).unwrap();
        assert!(world == 7 && tuning.signal > 1.0);
    }

    #[test]
    fn a_turn_that_goes_too_far_is_met_by_the_other_knob() {
        let mut refused = refusals(0.65)[..2].to_vec();
        let softer = refused[1].tuning;
        refused[1].reasons = vec![Reason::new(
            ReasonKind::Dull,
            "copula",
            0.58,
            0.6,
            "because",
        )];
        assert_eq!(next_attempt(&refused), Some((1, softer.with_curvature())));
    }

    #[test]
    fn a_world_that_lures_nobody_is_harmless() {
        let thresholds = Thresholds::default();
        let found = weak_decoy(None, &thresholds).unwrap();
        assert_eq!(found.kind, ReasonKind::WeakDecoy);
        assert!(weak_decoy(Some(0.1), &thresholds).is_some());
        assert_eq!(
            weak_decoy(Some(thresholds.decoy_strength), &thresholds),
            None
        );
    }
}
