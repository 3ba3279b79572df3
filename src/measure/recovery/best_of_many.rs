//! The chance level of the largest of many recoveries.

use crate::random::normal_quantile;

use super::permutations::PERMUTATIONS;
use super::result::{CHANCE_LEVEL, Recovery};

impl Recovery {
    /// The same recovery as one of `numbers` shown together: [`Recovery::chance`] becomes the 99 %
    /// quantile of the *largest* of that number of random answers. Without this, one page in three
    /// with forty uninformative numbers shows one above its own 99 % quantile.
    ///
    /// The level follows Šidák (1967), doi:10.1080/01621459.1967.10482935, which is conservative
    /// for dependent numbers. A random answer's information follows a χ² with at least one degree
    /// of freedom per group beyond the first, so the quantile at the higher level is a fixed
    /// multiple of the lower one. The lower one is interpolated from few permutations and therefore
    /// belongs to a slightly lower level, so the level of a single number rises a little, too. A
    /// chance level of 0 is unchanged: it comes from out-of-fold answers, and random ones mostly
    /// fall below 0.
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

/// The level that the interpolated quantile of this number of permutations has on average: its
/// position among them, over their number plus one.
fn found_level() -> f64 {
    let last = (PERMUTATIONS - 1) as f64;
    (1.0 + CHANCE_LEVEL * last) / (last + 2.0)
}

/// The quantile of a χ² distribution, minus its mean.
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
