//! Defects that change moments.

use crate::table::{Cell, DAY, HOUR};

use super::edit::{BlockEdit, Planting};

/// Standard deviation of log clock errors: from minutes to weeks.
const SKEW_SPREAD: f64 = 1.2;

impl BlockEdit<'_> {
    pub(super) fn shift_time(&mut self, planting: &Planting<'_>) {
        let shift = (planting.instance.value.unwrap_or(0.0) * HOUR as f64) as i64;
        self.move_moments(planting, |_, moment| moment + shift);
    }

    /// Each entity's clock has its own error, the same in every block.
    pub(super) fn skew_time(&mut self, planting: &Planting<'_>) {
        let middle = planting.instance.value.unwrap_or(1.0);
        let errors: Vec<(usize, i64)> = planting
            .instance
            .entities
            .iter()
            .map(|entity| {
                let clock = self
                    .target
                    .context
                    .stream
                    .fork(&format!("clock/{}", planting.instance.id));
                let mut draws = clock.block(*entity as u64).draws();
                let sign = if draws.chance(0.6) { 1.0 } else { -1.0 };
                let hours = middle * libm::exp(SKEW_SPREAD * draws.normal());
                (*entity, (sign * hours * HOUR as f64) as i64)
            })
            .collect();
        let owners = self.target.source.latents.entities.clone();
        self.move_moments(planting, |base, moment| {
            let error = errors.iter().find(|(entity, _)| *entity == owners[base]);
            moment + error.map_or(0, |(_, error)| *error)
        });
    }

    pub(super) fn midnight(&mut self, planting: &Planting<'_>) {
        self.move_moments(planting, |_, moment| moment.div_euclid(DAY) * DAY);
    }

    fn move_moments(&mut self, planting: &Planting<'_>, new: impl Fn(usize, i64) -> i64) {
        let Some(column) = self.moment() else {
            return;
        };
        for (row, _) in self.hit(planting) {
            if let Cell::Time(moment) = self.cell(row, column) {
                let moved = new(self.base[row], moment);
                self.put(planting.number, row, column, Cell::Time(moved));
            }
        }
    }
}
