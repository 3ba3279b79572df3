//! TunedParameters: how far a round's world is turned from what its scenario asks for.

use serde::{Deserialize, Serialize};

use super::plan::Scenario;

/// Least and most of each knob: further off, it would be another scenario than the one asked for.
const ENDS: [f64; 2] = [0.75, 4.0 / 3.0];
/// One turn of a knob.
const TURN: f64 = 1.12;
/// One turn of the evenness.
const EVENING: f64 = 0.5;

/// How far a scenario is turned: two factors, of which 1 leaves it alone, and a part of the way, of which 0
/// does. Kept in the round's key, since rows are made with them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TunedParameters {
    /// On the odds of `signal`: structures' share of a column's variance over the rest.
    pub signal: f64,
    /// On `sharpness` and `sampled` of blends, and on `effect` of facets.
    pub sharpness: f64,
    /// How far the leading directions are brought from the scenario's `evenness` to the same variance: 0 to 1.
    #[serde(default)]
    pub evenness: f64,
}

impl Default for TunedParameters {
    fn default() -> Self {
        Self {
            signal: 1.0,
            sharpness: 1.0,
            evenness: 0.0,
        }
    }
}

impl TunedParameters {
    /// Whether all of them are left alone.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all of them are within the ends; a key that somebody edited may hold others.
    pub fn within_ends(&self) -> bool {
        let within = |knob: f64| (ENDS[0]..=ENDS[1]).contains(&knob);
        within(self.signal) && within(self.sharpness) && (0.0..=1.0).contains(&self.evenness)
    }

    /// More or less signal, by one turn and within the ends.
    #[must_use]
    pub fn with_signal(self, more: bool) -> Self {
        let signal = turned(self.signal, more);
        Self { signal, ..self }
    }

    /// Sharper or softer groupings, by one turn and within the ends.
    #[must_use]
    pub fn with_sharpness(self, more: bool) -> Self {
        let sharpness = turned(self.sharpness, more);
        Self { sharpness, ..self }
    }

    /// More of what bends, by one turn and within the ends: more signal, and where that is at its end, leading
    /// directions of variances nearer to each other. A turn of either is worth about the same, and turning both
    /// certified no more rounds.
    #[must_use]
    pub fn with_bends(self) -> Self {
        let more = self.with_signal(true);
        if more == self {
            let evenness = (self.evenness + EVENING).min(1.0);
            return Self { evenness, ..self };
        }
        more
    }
}

fn turned(knob: f64, more: bool) -> f64 {
    let knob = if more { knob * TURN } else { knob / TURN };
    knob.clamp(ENDS[0], ENDS[1])
}

impl Scenario {
    /// The scenario as a round whose knobs stand at `knobs` uses it. Its hash stays that of the file.
    #[must_use]
    pub fn turned(mut self, knobs: TunedParameters) -> Self {
        if knobs.is_default() {
            return self;
        }
        let children = self.children.iter_mut().map(|child| &mut child.columns);
        let columns = std::iter::once(&mut self.columns).chain(children);
        for column in columns.flatten() {
            column.signal = share(column.signal, knobs.signal);
        }
        self.draw.signal = share(self.draw.signal, knobs.signal);
        self.draw.evenness = 1.0 - (1.0 - self.draw.evenness) * (1.0 - knobs.evenness);
        for one in &mut self.archetypes {
            one.sharpness *= knobs.sharpness;
            one.sampled *= knobs.sharpness;
        }
        for split in &mut self.splits {
            split.effect *= knobs.sharpness;
        }
        self
    }
}

/// A share whose odds are `factor` times those of `share`; 0 and 1 stay.
fn share(share: f64, factor: f64) -> f64 {
    let odds = factor * share;
    let sum = odds + (1.0 - share);
    if sum > 0.0 { odds / sum } else { share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knobs_stay_within_their_ends_and_a_turn_back_undoes_one() {
        let mut knobs = TunedParameters::default();
        for _ in 0..10 {
            knobs = knobs.with_signal(true).with_sharpness(false);
        }
        let off = (knobs.sharpness - ENDS[0]).abs() + (knobs.signal - ENDS[1]).abs();
        assert!(off < 1e-12);
        let back = TunedParameters::default()
            .with_signal(true)
            .with_signal(false);
        assert!((back.signal - 1.0).abs() < 1e-12);
        assert!(knobs.within_ends());
        let edited = TunedParameters {
            signal: f64::NAN,
            ..knobs
        };
        assert!(!edited.within_ends());
    }

    #[test]
    fn a_turn_towards_bends_raises_signal_to_its_end_and_then_evenness() {
        let mut knobs = vec![TunedParameters::default()];
        while let Some(last) = knobs
            .last()
            .copied()
            .filter(|last| last.with_bends() != *last)
        {
            knobs.push(last.with_bends());
        }
        assert!(knobs[1].signal > 1.0 && knobs[1].evenness <= 0.0);
        let full = knobs.iter().position(|one| one.evenness > 0.0).unwrap();
        assert_eq!(
            knobs[full].signal.to_bits(),
            knobs[full - 1].signal.to_bits()
        );
        let last = knobs.last().unwrap();
        assert!(last.evenness >= 1.0 && last.within_ends() && last.with_signal(true) == *last);
    }

    #[test]
    fn a_share_keeps_its_ends_and_its_odds_are_multiplied() {
        assert!(share(0.0, 1.6).abs() < 1e-12);
        assert!((share(1.0, 0.6) - 1.0).abs() < 1e-12);
        assert!((share(0.5, 1.5) - 0.6).abs() < 1e-12);
    }
}
