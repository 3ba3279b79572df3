//! Effects on moments.

use crate::table::{Cell, DAY, HOUR};

use super::edit::{Act, Work};

/// Spread of the clocks' errors on a log scale: some minutes, some weeks.
const SKEW_SPREAD: f64 = 1.2;

impl Work<'_> {
    pub(super) fn shift_time(&mut self, act: &Act<'_>) {
        let shift = (act.instance.value.unwrap_or(0.0) * HOUR as f64) as i64;
        self.move_moments(act, |_, moment| moment + shift);
    }

    /// Each entity's clock is off by its own time, the same in every block.
    pub(super) fn skew_time(&mut self, act: &Act<'_>) {
        let middle = act.instance.value.unwrap_or(1.0);
        let errors: Vec<(usize, i64)> = act
            .instance
            .entities
            .iter()
            .map(|entity| {
                let clock = self
                    .ground
                    .context
                    .stream
                    .fork(&format!("clock/{}", act.instance.id));
                let mut draws = clock.block(*entity as u64).draws();
                let sign = if draws.chance(0.6) { 1.0 } else { -1.0 };
                let hours = middle * libm::exp(SKEW_SPREAD * draws.normal());
                (*entity, (sign * hours * HOUR as f64) as i64)
            })
            .collect();
        let owners = self.ground.source.latents.entities.clone();
        self.move_moments(act, |base, moment| {
            let error = errors.iter().find(|(entity, _)| *entity == owners[base]);
            moment + error.map_or(0, |(_, error)| *error)
        });
    }

    pub(super) fn midnight(&mut self, act: &Act<'_>) {
        self.move_moments(act, |_, moment| moment.div_euclid(DAY) * DAY);
    }

    fn move_moments(&mut self, act: &Act<'_>, new: impl Fn(usize, i64) -> i64) {
        let Some(column) = self.moment() else {
            return;
        };
        for (row, _) in self.hit(act) {
            if let Cell::Time(moment) = self.cell(row, column) {
                let moved = new(self.base[row], moment);
                self.put(act.number, row, column, Cell::Time(moved));
            }
        }
    }
}
