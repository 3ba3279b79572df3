//! Parameters that a round tunes: how far its world differs from what the scenario asks for.

use serde::{Deserialize, Serialize};

use super::plan::Scenario;

/// Least and most of each factor: beyond them, it would be a different scenario.
const RANGE: [f64; 2] = [0.75, 4.0 / 3.0];
/// One step of a factor.
const STEP: f64 = 1.12;
/// One step of the evenness.
const EVENNESS_STEP: f64 = 0.5;

/// How far a scenario is tuned: two factors, for which 1 changes nothing, and an evenness, for which 0 changes
/// nothing. Kept in the round's key, since rows depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TunedParameters {
    /// Multiplies the odds of `signal`, the share of a column's variance that comes from structures.
    pub signal: f64,
    /// Multiplies `sharpness` and `sampled` of archetypes, and `effect` of splits.
    pub sharpness: f64,
    /// How far the variances of the leading directions are equalised beyond the scenario's `evenness`: 0 to 1.
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
    /// Whether nothing is tuned.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all of them are in range; in an edited key they may not be.
    pub fn in_range(&self) -> bool {
        let within = |factor: f64| (RANGE[0]..=RANGE[1]).contains(&factor);
        within(self.signal) && within(self.sharpness) && (0.0..=1.0).contains(&self.evenness)
    }

    /// More or less signal, by one step and within the range.
    #[must_use]
    pub fn with_signal(self, more: bool) -> Self {
        let signal = step(self.signal, more);
        Self { signal, ..self }
    }

    /// Sharper or softer groupings, by one step and within the range.
    #[must_use]
    pub fn with_sharpness(self, more: bool) -> Self {
        let sharpness = step(self.sharpness, more);
        Self { sharpness, ..self }
    }

    /// More visible curvature, by one step and within the range: more signal, and once that is at its maximum,
    /// more equal variances of the leading directions. A step of either has about the same effect, and tuning
    /// both at once certified no more rounds.
    #[must_use]
    pub fn with_curvature(self) -> Self {
        let more = self.with_signal(true);
        if more == self {
            let evenness = (self.evenness + EVENNESS_STEP).min(1.0);
            return Self { evenness, ..self };
        }
        more
    }
}

fn step(factor: f64, more: bool) -> f64 {
    let factor = if more { factor * STEP } else { factor / STEP };
    factor.clamp(RANGE[0], RANGE[1])
}

impl Scenario {
    /// The scenario with tuned parameters, as a round uses it. Its hash stays that of the file.
    #[must_use]
    pub fn with_parameters(mut self, tuned: TunedParameters) -> Self {
        if tuned.is_default() {
            return self;
        }
        let children = self.children.iter_mut().map(|child| &mut child.columns);
        let columns = std::iter::once(&mut self.columns).chain(children);
        for column in columns.flatten() {
            column.signal = share(column.signal, tuned.signal);
        }
        self.draw.signal = share(self.draw.signal, tuned.signal);
        self.draw.evenness = 1.0 - (1.0 - self.draw.evenness) * (1.0 - tuned.evenness);
        for one in &mut self.archetypes {
            one.sharpness *= tuned.sharpness;
            one.sampled *= tuned.sharpness;
        }
        for split in &mut self.splits {
            split.effect *= tuned.sharpness;
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
    fn parameters_stay_in_range_and_a_step_back_undoes_a_step() {
        let mut tuned = TunedParameters::default();
        for _ in 0..10 {
            tuned = tuned.with_signal(true).with_sharpness(false);
        }
        let off = (tuned.sharpness - RANGE[0]).abs() + (tuned.signal - RANGE[1]).abs();
        assert!(off < 1e-12);
        let back = TunedParameters::default()
            .with_signal(true)
            .with_signal(false);
        assert!((back.signal - 1.0).abs() < 1e-12);
        assert!(tuned.in_range());
        let edited = TunedParameters {
            signal: f64::NAN,
            ..tuned
        };
        assert!(!edited.in_range());
    }

    #[test]
    fn more_curvature_raises_signal_to_its_maximum_and_then_evenness() {
        let mut tuned = vec![TunedParameters::default()];
        while let Some(last) = tuned
            .last()
            .copied()
            .filter(|last| last.with_curvature() != *last)
        {
            tuned.push(last.with_curvature());
        }
        assert!(tuned[1].signal > 1.0 && tuned[1].evenness <= 0.0);
        let full = tuned.iter().position(|one| one.evenness > 0.0).unwrap();
        assert_eq!(
            tuned[full].signal.to_bits(),
            tuned[full - 1].signal.to_bits()
        );
        let last = tuned.last().unwrap();
        assert!(last.evenness >= 1.0 && last.in_range() && last.with_signal(true) == *last);
    }

    #[test]
    fn a_share_keeps_its_ends_and_its_odds_are_multiplied() {
        assert!(share(0.0, 1.6).abs() < 1e-12);
        assert!((share(1.0, 0.6) - 1.0).abs() < 1e-12);
        assert!((share(0.5, 1.5) - 0.6).abs() < 1e-12);
    }
}
