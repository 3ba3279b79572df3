//! Typing errors, missing capitals and missing full stops in generated texts.

use crate::random::{Draws, Stream};
use crate::scenario::TextSpec;

/// How often one entity omits capitals and full stops.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WritingStyle {
    lower: f64,
    no_stop: f64,
}

/// How often entities with a habit follow it, and how often others do.
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
        // Never, unless the scenario asks for it.
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

/// Types the texts of one column, row by row.
pub(crate) struct TypoModel {
    plan: TextSpec,
    draws: Draws,
    /// Letters until the next typo; counted across texts, so that there is one draw per typo and not
    /// one per letter.
    until_typo: f64,
}

/// Rows of the keyboard: a typo may hit the next key.
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// Words with fewer letters, and first letters, have no typos: people notice those.
const SHORT: usize = 4;

impl TypoModel {
    pub(crate) fn new(plan: TextSpec, stream: &Stream) -> Self {
        let mut typos = Self {
            plan,
            draws: stream.fork("hand").draws(),
            until_typo: f64::INFINITY,
        };
        typos.until_typo = typos.pause();
        typos
    }

    /// Apply a writing style and typos to `text`.
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
        // Most texts have no typo, so only their letters are counted.
        let letters = letters_of(text) as f64;
        if self.until_typo >= letters {
            self.until_typo -= letters;
        } else {
            *text = self.with_typos(text);
        }
    }

    /// Inside words, some letters are swapped with the next one, omitted, or replaced by a neighbouring key.
    fn with_typos(&mut self, text: &str) -> String {
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
            self.until_typo -= 1.0;
            let rest = letters[start..].iter();
            let word = rest.take_while(|letter| letter.is_alphabetic()).count();
            if self.until_typo >= 0.0 || at == start || word < SHORT {
                slipped.push(letter);
                at += 1;
                continue;
            }
            self.until_typo = self.pause();
            let next = letters.get(at + 1).filter(|next| next.is_alphabetic());
            match (self.draws.index(3), next) {
                (0, Some(next)) => {
                    slipped.extend([*next, letter]);
                    at += 2;
                    continue;
                }
                (1, _) => {}
                _ => slipped.push(self.neighbouring_key(letter)),
            }
            at += 1;
        }
        slipped
    }

    /// The letter of a neighbouring key.
    fn neighbouring_key(&mut self, letter: char) -> char {
        for row in KEYS {
            let keys: Vec<char> = row.chars().collect();
            if let Some(at) = keys.iter().position(|key| *key == letter) {
                let left = at > 0 && (at + 1 == keys.len() || self.draws.chance(0.5));
                return if left { keys[at - 1] } else { keys[at + 1] };
            }
        }
        letter
    }

    /// Letters before the next typo: geometric, by inversion.
    fn pause(&mut self) -> f64 {
        if self.plan.typos <= 0.0 {
            return f64::INFINITY;
        }
        (libm::log(self.draws.uniform()) / libm::log(1.0 - self.plan.typos)).floor()
    }
}

/// Number of letters; counts bytes if the text is ASCII, which needs no branch.
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
