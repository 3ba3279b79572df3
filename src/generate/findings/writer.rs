//! The findings of a world.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::latent_correlation::correlations;
use crate::generate::calibration::calibrate::Calibration;
use crate::generate::frozen::FrozenWorld;
use crate::generate::world::{Feature, Latent, World};
use crate::scenario::{ColumnKind, ColumnPlan, Scenario};

/// A finding names at most this many columns.
const MOST_COLUMNS: usize = 4;
/// Smaller effects (in standard deviations) are not named.
const LEAST_EFFECT: f64 = 0.12;

/// The findings of a world: structures, groups, defects, and the benign anomaly.
pub fn findings(frozen: &FrozenWorld) -> Vec<Finding> {
    let world = &frozen.world;
    let writer = FindingWriter {
        scenario: &frozen.scenario,
        world,
        calibration: &frozen.calibration,
        correlations: correlations(frozen),
    };
    let mut findings: Vec<Finding> = Vec::new();
    for (at, latent) in world.latents.iter().enumerate() {
        findings.push(if latent.curve {
            writer.curve(at, latent)
        } else {
            writer.factor(at, latent)
        });
    }
    findings.extend(writer.change());
    findings.extend(writer.rare());
    findings.extend(writer.interaction());
    for finding in &mut findings {
        finding.statement = writer.lags(&finding.statement);
        finding.how_to_notice = writer.lags(&finding.how_to_notice);
    }
    findings.push(writer.groups());
    findings.extend(
        world
            .instances
            .iter()
            .map(|instance| writer.defect(instance)),
    );
    findings.push(writer.benign());
    findings
}

/// Writes the findings of one world, with how far each column follows each structure.
pub(super) struct FindingWriter<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) world: &'a World,
    calibration: &'a Calibration,
    correlations: Vec<Vec<f64>>,
}

impl FindingWriter<'_> {
    /// Columns that a structure moves, by name, most first, with the size of the effect in standard
    /// deviations; signed where the structure enters linearly.
    pub(super) fn effects(&self, of: &str) -> Vec<(String, f64)> {
        self.strongest(self.all_effects(of))
    }

    /// The same for a factor, by its correlation with each column: other structures on the same
    /// latent may bend the column or reverse its sign.
    ///
    /// Columns of the factor's own maps are named where there are at least two: weak side effects
    /// would hide the map.
    pub(super) fn factor_effects(&self, at: usize, latent: &Latent) -> Vec<(String, f64)> {
        let mut effects = self.correlated(at, latent);
        let mut plans = self.scenario.factors.iter();
        if let Some(plan) = plans.find(|plan| plan.name == latent.name) {
            let own = |column: usize| {
                let mut columns = plan.maps.iter().flatten();
                columns.any(|(other, _)| *other == column)
            };
            if effects.iter().filter(|(column, _)| own(*column)).count() >= 2 {
                effects.retain(|(column, _)| own(*column));
            }
        }
        self.strongest(effects)
    }

    /// The strongest few, by name.
    fn strongest(&self, effects: Vec<(usize, f64)>) -> Vec<(String, f64)> {
        let effects = effects.into_iter().take(MOST_COLUMNS);
        effects
            .map(|(column, effect)| (self.scenario.columns[column].name.clone(), effect))
            .collect()
    }

    fn correlated(&self, at: usize, latent: &Latent) -> Vec<(usize, f64)> {
        let mut effects: Vec<(usize, f64)> = Vec::new();
        for (column, effect) in self.all_effects(&latent.name) {
            let correlation = self.correlations[at][column];
            if correlation * effect.signum() >= LEAST_EFFECT {
                effects.push((column, correlation));
            }
        }
        effects.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        effects
    }

    fn all_effects(&self, of: &str) -> Vec<(usize, f64)> {
        let mut effects: BTreeMap<usize, f64> = BTreeMap::new();
        // A structure may enter a column through features that have little to do with each other (the
        // basis functions of a curve): their sizes do not cancel.
        let mut bent: BTreeMap<usize, Vec<(&Feature, f64)>> = BTreeMap::new();
        for column in self.scenario.moved_columns() {
            let scale = self.calibration.scales[column][0].sd;
            let signal = libm::sqrt(self.scenario.columns[column].signal);
            for term in &self.world.terms[column][0] {
                if term.of != of {
                    continue;
                }
                let size = signal * term.weight / scale;
                match term.feature {
                    Feature::Curved(..) => {
                        let known = bent.entry(column).or_default();
                        match known
                            .iter_mut()
                            .find(|(feature, _)| **feature == term.feature)
                        {
                            Some((_, sum)) => *sum += size,
                            None => known.push((&term.feature, size)),
                        }
                    }
                    _ => *effects.entry(column).or_default() += size,
                }
            }
            for term in &self.world.shifts[column] {
                if term.of == of {
                    *effects.entry(column).or_default() += term.weight;
                }
            }
        }
        for (column, features) in bent {
            let straight = effects.entry(column).or_default();
            let squares: f64 = features.iter().map(|(_, size)| size * size).sum();
            let largest = features.iter().map(|(_, size)| *size);
            let largest = largest.fold(
                0.0,
                |most: f64, size| {
                    if size.abs() > most.abs() { size } else { most }
                },
            );
            let sign = if straight.abs() <= 0.0 {
                largest
            } else {
                *straight
            };
            *straight = libm::sqrt(*straight * *straight + squares).copysign(sign);
        }
        for (column, plan) in self.scenario.columns.iter().enumerate() {
            // What a column goes along with, it takes over in part.
            if let Some((leader, by)) = plan.follows {
                let led = by * effects.get(&leader).copied().unwrap_or(0.0);
                let own = effects.get(&column).copied().unwrap_or(0.0);
                let rest = libm::sqrt(1.0 - by * by);
                effects.insert(column, led + rest * own);
            }
        }
        let mut effects: Vec<(usize, f64)> = effects
            .into_iter()
            .filter(|(_, effect)| effect.abs() >= LEAST_EFFECT)
            .collect();
        effects.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        effects
    }

    /// A later moment does not rise; the time until then does.
    fn lags(&self, text: &str) -> String {
        let columns = self.scenario.columns.iter();
        let later = columns.filter(|column| matches!(column.kind, ColumnKind::After { .. }));
        later.fold(text.to_owned(), |text, column| {
            let name = format!("`{}`", column.name);
            text.replace(&name, &format!("the time until {name}"))
        })
    }

    /// Whether the main table has a column of text.
    pub(super) fn has_text(&self) -> bool {
        let is_text = |kind: &ColumnKind| matches!(kind, ColumnKind::Text);
        first_of(&self.scenario.columns, is_text).is_some()
    }
}

/// Name of the first of some columns whose kind fits.
pub(super) fn first_of(
    columns: &[ColumnPlan],
    fits: impl Fn(&ColumnKind) -> bool,
) -> Option<&String> {
    let column = columns.iter().find(|column| fits(&column.kind))?;
    Some(&column.name)
}
