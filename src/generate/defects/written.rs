//! Defects in how values are written.

use crate::table::{Cell, Text};

use super::edit::{BlockEdit, Planting};

impl BlockEdit<'_> {
    pub(super) fn respell(&mut self, planting: &Planting<'_>) {
        let Some((level, variants)) = &planting.instance.spellings else {
            return;
        };
        let variants: Vec<Text> = variants
            .iter()
            .map(|text| Text::from(text.as_str()))
            .collect();
        if variants.is_empty() {
            return;
        }
        let level = Cell::Text(Text::from(level.as_str()));
        for column in self.places(planting.instance) {
            for (row, dust) in self.hit(planting) {
                let pick = ((dust * variants.len() as f64) as usize).min(variants.len() - 1);
                if self.cell(row, column) == level {
                    self.put(
                        planting.number,
                        row,
                        column,
                        Cell::Text(variants[pick].clone()),
                    );
                }
            }
        }
    }

    /// `12.5` becomes `12,5`; numbers without a decimal point stay.
    pub(super) fn decimal_comma(&mut self, planting: &Planting<'_>) {
        for column in self.places(planting.instance) {
            self.as_text(column);
            for (row, _) in self.hit(planting) {
                if let Cell::Text(text) = self.cell(row, column) {
                    let written = Text::from(text.replace('.', ","));
                    self.put(planting.number, row, column, Cell::Text(written));
                }
            }
        }
    }

    /// `2026-03-01T09:15:00.250` becomes `01/03/2026 09:15`.
    pub(super) fn local_dates(&mut self, planting: &Planting<'_>) {
        let Some(column) = self.moment() else {
            return;
        };
        for (row, _) in self.hit(planting) {
            if let Cell::Time(_) = self.cell(row, column) {
                self.as_text(column);
            }
            if let Cell::Text(text) = self.cell(row, column) {
                let written = Text::from(day_first(&text));
                self.put(planting.number, row, column, Cell::Text(written));
            }
        }
        // The type must be the same in all blocks, even if no row is hit.
        self.as_text(column);
    }
}

/// A moment as [`show_time`](crate::table::show_time) writes it, day first and to the second.
fn day_first(iso: &str) -> String {
    let part = |from: usize, to: usize| iso.get(from..to).unwrap_or_default();
    format!(
        "{}/{}/{} {}",
        part(8, 10),
        part(5, 7),
        part(0, 4),
        part(11, 19)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::show_time;

    #[test]
    fn days_come_first() {
        assert_eq!(
            day_first(&show_time(1_772_356_500_250)),
            "01/03/2026 09:15:00"
        );
    }
}
