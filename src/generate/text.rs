//! What people write: phrases weighted by structures, with slots filled.

use crate::random::{Draws, Stream};
use crate::scenario::{Phrase, Scenario};
use crate::table::{Cells, Text};

use super::hand::Hand;
use super::latent::Latents;
use super::world::World;

/// A row of the rare group says one of the group's own phrases with this probability.
const RARE_VOICE: f64 = 0.6;

/// Writes the text of rows.
pub(super) struct Writer<'a> {
    scenario: &'a Scenario,
    /// What the column may say.
    phrases: Vec<&'a Phrase>,
    /// Per phrase, the latents of this world that it leans on.
    leans: Vec<Vec<(usize, f64)>>,
    /// What rows of the rare group say in this column.
    rare: &'a [String],
}

impl<'a> Writer<'a> {
    pub(super) fn new(scenario: &'a Scenario, world: &'a World, column: usize) -> Self {
        let phrases: Vec<&Phrase> = scenario
            .phrases
            .iter()
            .filter(|phrase| phrase.column == column)
            .collect();
        let leans = phrases
            .iter()
            .map(|phrase| {
                let latent = |name: &str| world.latents.iter().position(|known| known.name == name);
                let lean = |(name, lean): (&String, &f64)| latent(name).map(|at| (at, *lean));
                phrase.leans.iter().filter_map(lean).collect()
            })
            .collect();
        let voiced = scenario.text_columns().first() == Some(&column);
        let rare = match &world.rare {
            Some(rare) if voiced => rare.phrases.as_slice(),
            _ => &[],
        };
        Self {
            scenario,
            phrases,
            leans,
            rare,
        }
    }

    pub(super) fn write(&self, stream: &Stream, latents: &Latents) -> Cells {
        let mut draws = stream.draws();
        let mut hand = Hand::new(self.scenario.text, stream);
        let mut weights = vec![1.0; self.leans.len()];
        let texts = (0..latents.rows()).map(|row| {
            for (weight, leans) in weights.iter_mut().zip(&self.leans) {
                let sum: f64 = leans
                    .iter()
                    .map(|(at, lean)| lean * latents.factors[*at][row])
                    .sum();
                *weight = libm::exp(sum);
            }
            let phrase = draws.weighted(&weights);
            let own = draws.chance(RARE_VOICE);
            let says = if latents.rare[row] && own && !self.rare.is_empty() {
                self.rare[draws.index(self.rare.len())].as_str()
            } else {
                self.phrases[phrase].says.as_str()
            };
            Some(Text::from(hand.written(self.filled(says, &mut draws))))
        });
        Cells::Text(texts.collect())
    }

    fn filled(&self, says: &str, draws: &mut Draws) -> String {
        let mut text = String::with_capacity(says.len() + 16);
        let mut last = "";
        for piece in says.split('{') {
            let Some((slot, rest)) = piece.split_once('}') else {
                text.push_str(piece);
                continue;
            };
            let words = self.scenario.slots.get(slot).map_or(&[][..], Vec::as_slice);
            if !words.is_empty() {
                let mut at = draws.index(words.len());
                // "join orders with orders" reads like a machine.
                if words[at] == last {
                    at = (at + 1) % words.len();
                }
                last = &words[at];
                text.push_str(last);
            }
            text.push_str(rest);
        }
        text
    }
}
