//! Defects of entities that are programs or testers.

use crate::table::{Cell, Cells, Text};

use super::edit::{BlockEdit, Planting};

impl BlockEdit<'_> {
    /// Every row of these entities has about the same values and one of a few texts.
    pub(super) fn override_entities(&mut self, planting: &Planting<'_>) {
        let level = planting.instance.value.unwrap_or(0.0);
        let columns = self.places(planting.instance);
        let text = self.text();
        let texts: Vec<Text> = planting
            .instance
            .texts
            .iter()
            .map(|text| Text::from(text.as_str()))
            .collect();
        let mut draws = planting.stream.fork("texts").draws();
        let dust: Vec<f64> = self.base.iter().map(|_| draws.uniform()).collect();
        let rows: Vec<usize> = (0..self.base.len())
            .filter(|row| planting.hits.reached[self.base[*row]] && self.removed_by[*row].is_none())
            .collect();
        for row in rows {
            let wobble = 0.998 + 0.004 * dust[self.base[row]];
            for column in &columns {
                let value = level * wobble;
                let cell = match self.columns[*column].like() {
                    Cells::Whole(_) => Cell::Whole(value.round() as i64),
                    // Small numbers keep their digits.
                    _ if level.abs() < 50.0 => Cell::Real((value * 100.0).round() / 100.0),
                    _ => Cell::Real(value.round()),
                };
                self.put(planting.number, row, *column, cell);
            }
            if let (Some(text), false) = (text, texts.is_empty()) {
                let pick = (dust[self.base[row]] * texts.len() as f64) as usize;
                let says = texts[pick.min(texts.len() - 1)].clone();
                self.put(planting.number, row, text, Cell::Text(says));
            }
        }
    }
}
