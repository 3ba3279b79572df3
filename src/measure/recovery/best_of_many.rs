//! The floor of the largest of many.

use crate::random::normal_quantile;

use super::permutations::PERMUTATIONS;
use super::result::{CHANCE_LEVEL, Recovery};

impl Recovery {
    /// The same recovery where `numbers` of them stand side by side: [`Recovery::chance`] becomes the 99 %
    /// quantile of the *largest* of so many random answers. Of forty numbers without content, one in three
    /// pages has one above its own 99 %.
    ///
    /// Šidák (1967), doi:10.1080/01621459.1967.10482935, for the level, which stays on the safe side where
    /// numbers go together; what a random answer tells follows a χ² with a degree of freedom per group beyond
    /// the first, or more, so the quantile at the higher level is that many times the lower one. What stands
    /// in for the lower one is the interpolated quantile of few permutations, which is that of a lower level
    /// still; so the level of a single number rises a little, too. A level of 0 stays: it is that of answers
    /// held out, of which random ones mostly lose.
    #[must_use]
    pub fn with_chance_of_best_of(self, numbers: usize) -> Self {
        let freedom = self.groups.saturating_sub(1).max(1) as f64;
        let level = libm::pow(CHANCE_LEVEL, 1.0 / numbers.max(1) as f64);
        let times = above_mean(level, freedom) / above_mean(found_level(), freedom);
        let chance = self.chance.map(|chance| {
            if chance > 0.0 && self.value.is_some() && chance < 1.0 {
                (chance * times).min(1.0)
            } else {
                chance
            }
        });
        Self { chance, ..self }
    }
}

/// The level that the interpolated quantile of so many permutations has on average: its place among them,
/// over one more than there are.
fn found_level() -> f64 {
    let last = (PERMUTATIONS - 1) as f64;
    (1.0 + CHANCE_LEVEL * last) / (last + 2.0)
}

/// The quantile of a χ² less its mean.
///
/// Wilson & Hilferty (1931), doi:10.1073/pnas.17.12.684.
fn above_mean(level: f64, freedom: f64) -> f64 {
    let part = 2.0 / (9.0 * freedom);
    let root = 1.0 - part + normal_quantile(level) * libm::sqrt(part);
    freedom * (root * root * root - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::Partition;
    use crate::measure::recover_groups;
    use crate::random::Secret;

    #[test]
    fn quantiles_are_those_of_tables() {
        // χ² at 0.99 and 0.9999 with one, two and ten degrees of freedom.
        for (freedom, at, very) in [
            (1.0, 6.635, 15.137),
            (2.0, 9.210, 18.421),
            (10.0, 23.209, 35.564),
        ] {
            for (level, value) in [(0.99, at), (0.9999, very)] {
                let found = above_mean(level, freedom) + freedom;
                assert!(
                    (found / value - 1.0).abs() < 0.08,
                    "{freedom} {level} {found}"
                );
            }
        }
    }

    #[test]
    fn the_largest_of_many_random_answers_seldom_clears_the_floor() {
        const PAGES: u64 = 60;
        const NUMBERS: usize = 30;
        let stream = Secret::demo(11).stream();
        let pages = (0..PAGES).map(|page| {
            let stream = stream.block(page);
            let mut draws = stream.fork("labels").draws();
            let mut side = |groups: usize| {
                let codes = (0..300).map(|_| Some(draws.index(groups) as u32)).collect();
                let names = (0..groups).map(|at| at.to_string()).collect();
                Partition::from_codes(codes, names)
            };
            let numbers: Vec<Recovery> = (0..NUMBERS)
                .map(|at| {
                    let (truth, answer) = (side(2 + at % 3), side(2 + at % 4));
                    recover_groups(&truth, &answer, &stream.fork(&format!("number/{at}"))).0
                })
                .collect();
            let any = |numbers: usize, all: &[Recovery]| {
                all.iter()
                    .any(|one| one.with_chance_of_best_of(numbers).above_chance())
            };
            [1, NUMBERS].map(|counted| u64::from(any(counted, &numbers)))
        });
        let [alone, together] =
            pages.fold([0, 0], |sum, page| [sum[0] + page[0], sum[1] + page[1]]);
        assert!(alone > PAGES / 10, "{alone} of {PAGES} pages");
        assert!(together <= PAGES / 15, "{together} of {PAGES} pages");
    }
}
