//! How carelessly people write: slips of the finger, no capitals, no final stop.

use crate::random::{Draws, Stream};
use crate::scenario::TextSpec;

/// How often one entity does what is careless.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WritingStyle {
    lower: f64,
    no_stop: f64,
}

/// Whoever has a habit keeps to it about so often; others fall into it now and then.
const KEEPS: (f64, f64) = (0.7, 0.98);
const SLIPS: (f64, f64) = (0.0, 0.15);

/// The habits of each entity of a bundle.
pub(crate) fn writing_styles(
    plan: TextSpec,
    entities: usize,
    bundle: &Stream,
) -> Vec<WritingStyle> {
    let mut draws = bundle.fork("hand").draws();
    let mut often = |share: f64| {
        let (least, most) = if draws.chance(share) { KEEPS } else { SLIPS };
        // What a scenario does not ask for, nobody does.
        if share > 0.0 {
            draws.between(least, most)
        } else {
            0.0
        }
    };
    let mut style = || WritingStyle {
        lower: often(plan.lower),
        no_stop: often(plan.no_stop),
    };
    (0..entities).map(|_| style()).collect()
}

/// Whoever types the texts of one column, row after row.
pub(crate) struct TypoModel {
    plan: TextSpec,
    draws: Draws,
    /// Letters until the next slip; counted across texts, so that a draw is made per slip and not
    /// per letter.
    until_slip: f64,
}

/// Rows of keys; a finger that misses lands on the next one.
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Nobody mistypes the first letter of a word without seeing it, or a word this short.
const SHORT: usize = 4;

impl TypoModel {
    pub(crate) fn new(plan: TextSpec, stream: &Stream) -> Self {
        let mut typos = Self {
            plan,
            draws: stream.fork("hand").draws(),
            until_slip: f64::INFINITY,
        };
        typos.until_slip = typos.pause();
        typos
    }

    /// Write `text` as this hand does, in its place.
    pub(crate) fn write(&mut self, text: &mut String, style: WritingStyle) {
        if style.lower > 0.0 && self.draws.chance(style.lower) {
            if text.is_ascii() {
                text.make_ascii_lowercase();
            } else {
                *text = text.to_lowercase();
            }
        }
        if style.no_stop > 0.0 && self.draws.chance(style.no_stop) {
            while text.ends_with('.') {
                text.pop();
            }
        }
        // Most texts have no slip: only their letters are counted.
        let letters = letters_of(text) as f64;
        if self.until_slip >= letters {
            self.until_slip -= letters;
        } else {
            *text = self.slipped(text);
        }
    }

    /// Inside words, some letters are swapped with the next, left out, or those of the next key.
    fn slipped(&mut self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut slipped = String::with_capacity(text.len() + 4);
        let mut start = 0;
        let mut at = 0;
        while at < letters.len() {
            let letter = letters[at];
            if !letter.is_alphabetic() {
                slipped.push(letter);
                at += 1;
                start = at;
                continue;
            }
            self.until_slip -= 1.0;
            let rest = letters[start..].iter();
            let word = rest.take_while(|letter| letter.is_alphabetic()).count();
            if self.until_slip >= 0.0 || at == start || word < SHORT {
                slipped.push(letter);
                at += 1;
                continue;
            }
            self.until_slip = self.pause();
            let next = letters.get(at + 1).filter(|next| next.is_alphabetic());
            match (self.draws.index(3), next) {
                (0, Some(next)) => {
                    slipped.extend([*next, letter]);
                    at += 2;
                    continue;
                }
                (1, _) => {}
                _ => slipped.push(self.beside(letter)),
            }
            at += 1;
        }
        slipped
    }

    /// The letter of a key beside that of `letter`.
    fn beside(&mut self, letter: char) -> char {
        for row in KEYS {
            let keys: Vec<char> = row.chars().collect();
            if let Some(at) = keys.iter().position(|key| *key == letter) {
                let left = at > 0 && (at + 1 == keys.len() || self.draws.chance(0.5));
                return if left { keys[at - 1] } else { keys[at + 1] };
            }
        }
        letter
    }

    /// Letters before the next slip: geometric, by inversion.
    fn pause(&mut self) -> f64 {
        if self.plan.typos <= 0.0 {
            return f64::INFINITY;
        }
        (libm::log(self.draws.uniform()) / libm::log(1.0 - self.plan.typos)).floor()
    }
}

/// Number of letters of a text; byte by byte where that is the same, which needs no branch.
fn letters_of(text: &str) -> usize {
    if text.is_ascii() {
        let letters = text.bytes().map(|byte| byte.is_ascii_alphabetic());
        letters.map(usize::from).sum()
    } else {
        text.chars().filter(|letter| letter.is_alphabetic()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_any_alphabet() {
        assert_eq!(letters_of("Join 2 tables, please."), 16);
        assert_eq!(letters_of("Größe ändern!"), 11);
    }
}
