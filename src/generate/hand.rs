//! How carelessly people write: slips of the finger, no capitals, no final stop.

use crate::random::{Draws, Stream};
use crate::scenario::TextPlan;

/// Whoever types the texts of one column, row after row.
pub(super) struct Hand {
    plan: TextPlan,
    draws: Draws,
    /// Letters until the next slip; counted across texts, so that a draw is made per slip and not
    /// per letter.
    until_slip: f64,
}

impl Hand {
    pub(super) fn new(plan: TextPlan, stream: &Stream) -> Self {
        let mut hand = Self {
            plan,
            draws: stream.fork("hand").draws(),
            until_slip: f64::INFINITY,
        };
        hand.until_slip = hand.pause();
        hand
    }

    /// Write `text` as this hand does, in its place.
    pub(super) fn write(&mut self, text: &mut String) {
        if self.plan.lower > 0.0 && self.draws.chance(self.plan.lower) {
            *text = text.to_lowercase();
        }
        if self.plan.no_stop > 0.0 && self.draws.chance(self.plan.no_stop) {
            while text.ends_with('.') {
                text.pop();
            }
        }
        if self.plan.typos > 0.0 {
            *text = self.slipped(text);
        }
    }

    /// Some letters swapped with the next, left out or doubled.
    fn slipped(&mut self, text: &str) -> String {
        let mut slipped = String::with_capacity(text.len() + 4);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            if !letter.is_alphabetic() {
                slipped.push(letter);
                continue;
            }
            self.until_slip -= 1.0;
            if self.until_slip >= 0.0 {
                slipped.push(letter);
                continue;
            }
            self.until_slip = self.pause();
            match self.draws.index(3) {
                0 => {
                    if let Some(next) = letters.next_if(|next| next.is_alphabetic()) {
                        slipped.push(next);
                    }
                    slipped.push(letter);
                }
                1 => {}
                _ => slipped.extend([letter, letter]),
            }
        }
        slipped
    }

    /// Letters before the next slip: geometric, by inversion.
    fn pause(&mut self) -> f64 {
        if self.plan.typos <= 0.0 {
            return f64::INFINITY;
        }
        (libm::log(self.draws.uniform()) / libm::log(1.0 - self.plan.typos)).floor()
    }
}
