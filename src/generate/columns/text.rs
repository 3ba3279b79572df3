//! Generated texts: phrases weighted by structures, with slots filled.

use std::ops::Range;

use crate::random::{Draws, Stream};
use crate::scenario::{Condition, Scenario, TextSpec};
use crate::table::{Cells, Text};

use super::typos::{TypoModel, WritingStyle, writing_styles};
use crate::generate::latents::draw::Latents;
use crate::generate::numeric::exp::exps;
use crate::generate::world::World;

/// Probability that a row of the rare group has one of the group's own phrases.
const RARE_VOICE: f64 = 0.6;

/// Rows whose phrases are weighted at a time: their weights stay in the L1 cache.
const TILE: usize = 128;

/// Writes the text of rows.
pub(crate) struct TextWriter<'a> {
    plan: TextSpec,
    /// By entity.
    writing_styles: Vec<WritingStyle>,
    phrases: Vec<WeightedPhrase<'a>>,
    /// Phrases of the rare group for this column.
    rare: Vec<Pieces<'a>>,
}

struct WeightedPhrase<'a> {
    pieces: Pieces<'a>,
    /// How often it is used, relative to the others.
    weight: f64,
    /// Latents that make it more or less likely, with weights.
    leans: Vec<(usize, f64)>,
    /// Conditions that a row must meet.
    given: &'a [Condition],
}

/// The text before the first slot, then for each slot its words and the text after it.
struct Pieces<'a> {
    front: &'a str,
    slots: Vec<(&'a [String], &'a str)>,
}

impl<'a> Pieces<'a> {
    fn new(says: &'a str, scenario: &'a Scenario) -> Self {
        let mut pieces = Self {
            front: "",
            slots: Vec::new(),
        };
        for piece in says.split('{') {
            let (slot, behind) = piece.split_once('}').unwrap_or(("", piece));
            let words = scenario.slots.get(slot).map_or(&[][..], Vec::as_slice);
            if pieces.front.is_empty() && pieces.slots.is_empty() && words.is_empty() {
                pieces.front = behind;
            } else {
                pieces.slots.push((words, behind));
            }
        }
        pieces
    }

    /// Append it to `text`, with each slot filled by one of its words.
    fn fill(&self, draws: &mut Draws, text: &mut String) {
        text.push_str(self.front);
        let mut last = "";
        for (words, behind) in &self.slots {
            if !words.is_empty() {
                let mut at = draws.index(words.len());
                // "join orders with orders" reads like a machine.
                if words[at] == last {
                    at = (at + 1) % words.len();
                }
                last = &words[at];
                text.push_str(last);
            }
            text.push_str(behind);
        }
    }
}

impl<'a> TextWriter<'a> {
    /// `bundle` is the stream of writing styles: the same in every block.
    pub(crate) fn new(
        scenario: &'a Scenario,
        world: &'a World,
        column: usize,
        bundle: &Stream,
    ) -> Self {
        let latent = |name: &str| world.latents.iter().position(|known| known.name == name);
        let phrases = scenario
            .phrases
            .iter()
            .filter(|phrase| phrase.column == column)
            .map(|phrase| WeightedPhrase {
                pieces: Pieces::new(&phrase.text, scenario),
                weight: phrase.weight,
                leans: phrase
                    .factors
                    .iter()
                    .filter_map(|(name, lean)| latent(name).map(|at| (at, *lean)))
                    .collect(),
                given: &phrase.conditions,
            })
            .collect();
        let voiced = scenario.text_columns().first() == Some(&column);
        let rare = world.rare.iter().filter(|_| voiced);
        let rare = rare.flat_map(|rare| &rare.phrases);
        Self {
            writing_styles: writing_styles(scenario.text, scenario.entity.count, bundle),
            plan: scenario.text,
            phrases,
            rare: rare.map(|says| Pieces::new(says, scenario)).collect(),
        }
    }

    /// Text for each row; `fits` tells in which rows a condition holds.
    pub(crate) fn write(
        &self,
        stream: &Stream,
        latents: &Latents,
        fits: impl Fn(&Condition) -> Option<Vec<bool>>,
    ) -> Cells {
        let masks: Vec<Option<Vec<bool>>> = self
            .phrases
            .iter()
            .map(|phrase| {
                let masks = phrase.given.iter().filter_map(&fits);
                masks.reduce(|mut all, one| {
                    for (all, one) in all.iter_mut().zip(one) {
                        *all &= one;
                    }
                    all
                })
            })
            .collect();
        let mut draws = stream.draws();
        let mut typos = TypoModel::new(self.plan, stream);
        let mut texts = Vec::with_capacity(latents.rows());
        let mut text = String::new();
        let many = self.phrases.len();
        let mut weights = vec![1.0; many * TILE];
        let mut totals = vec![0.0; TILE];
        for from in (0..latents.rows()).step_by(TILE) {
            let rows = from..(from + TILE).min(latents.rows());
            self.weigh(latents, rows.clone(), &masks, &mut weights, &mut totals);
            for (row, weights) in rows.zip(weights.chunks_exact(many.max(1))) {
                let phrase = draws.weighted_of(weights, totals[row - from]);
                let own = draws.chance(RARE_VOICE);
                text.clear();
                if latents.rare[row] && own && !self.rare.is_empty() {
                    self.rare[draws.index(self.rare.len())].fill(&mut draws, &mut text);
                } else {
                    self.phrases[phrase].pieces.fill(&mut draws, &mut text);
                }
                typos.write(&mut text, self.writing_styles[latents.entities[row]]);
                texts.push(Some(Text::from(text.as_str())));
            }
        }
        Cells::Text(texts)
    }

    /// Weights of all phrases, row after row, and their totals.
    fn weigh(
        &self,
        latents: &Latents,
        rows: Range<usize>,
        masks: &[Option<Vec<bool>>],
        weights: &mut [f64],
        totals: &mut [f64],
    ) {
        let many = self.phrases.len();
        let totals = &mut totals[..rows.len()];
        totals.fill(0.0);
        let mut own = vec![0.0; rows.len()];
        for (at, (phrase, mask)) in self.phrases.iter().zip(masks).enumerate() {
            let places = weights[at..].iter_mut().step_by(many);
            if phrase.leans.is_empty() && mask.is_none() {
                for (place, total) in places.zip(totals.iter_mut()) {
                    *place = phrase.weight;
                    *total += phrase.weight;
                }
                continue;
            }
            own.fill(0.0);
            for (latent, lean) in &phrase.leans {
                let values = &latents.factors[*latent][rows.clone()];
                for (sum, value) in own.iter_mut().zip(values) {
                    *sum += lean * value;
                }
            }
            exps(&mut own);
            for weight in &mut own {
                *weight *= phrase.weight;
            }
            if let Some(mask) = mask {
                for (weight, fits) in own.iter_mut().zip(&mask[rows.clone()]) {
                    *weight = if *fits { *weight } else { 0.0 };
                }
            }
            for ((place, total), weight) in places.zip(totals.iter_mut()).zip(&own) {
                *place = *weight;
                *total += weight;
            }
        }
    }
}
