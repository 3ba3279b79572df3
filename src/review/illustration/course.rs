//! How a column runs along a latent, told from the curve that is drawn.

use crate::chart::Marks;
use crate::text::and_list;

/// A curve that goes back by this share of its range turns.
const BACK: f64 = 0.25;
/// Bins within this share of a curve's range are level.
const LEVEL: f64 = 0.1;
/// A curve that is level over this share of its bins does not slope all the way. In the middle of a
/// bell, a fifth of the bins is level on any straight slope.
const LEVEL_BINS: f64 = 0.3;
/// A neighbour this share of the range away is a step.
const STEP: f64 = 0.4;

/// The way a curve goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Course {
    /// It goes one way from end to end.
    Slopes,
    /// It goes there and back.
    Turns,
    /// It stays where it is over so many bins.
    Levels(usize),
    /// Most of it happens between two bins.
    Steps,
}

impl Course {
    /// Of bin means in order; fewer than four say nothing.
    fn of(means: &[f64]) -> Option<Self> {
        let low = means.iter().copied().fold(f64::INFINITY, f64::min);
        let high = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let range = high - low;
        if means.len() < 4 || range.is_nan() || range <= 0.0 {
            return None;
        }
        let (mut lowest, mut highest) = (means[0], means[0]);
        let (mut rise, mut fall) = (0.0_f64, 0.0_f64);
        for mean in means {
            (lowest, highest) = (lowest.min(*mean), highest.max(*mean));
            rise = rise.max(mean - lowest);
            fall = fall.max(highest - mean);
        }
        let level = level(means, LEVEL * range);
        // Tails make the outermost bins lie far from their neighbours.
        let inner = &means[1..means.len() - 1];
        let steps = inner.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        Some(if rise.min(fall) >= BACK * range {
            Self::Turns
        } else if steps.fold(0.0, f64::max) >= STEP * range {
            Self::Steps
        } else if level as f64 >= LEVEL_BINS * means.len() as f64 {
            Self::Levels(level)
        } else {
            Self::Slopes
        })
    }

    fn words(self, many: bool) -> String {
        let verb = |one: &str, several: &str| (if many { several } else { one }).to_owned();
        match self {
            Self::Slopes => verb("slopes from end to end", "slope from end to end"),
            Self::Turns => verb("turns on the way", "turn on the way"),
            Self::Levels(bins) => {
                format!("{} level over {bins} bins", verb("stays", "stay"))
            }
            Self::Steps => verb("takes a step", "take a step"),
        }
    }
}

/// The longest run of bins whose means differ by at most `slack`.
fn level(means: &[f64], slack: f64) -> usize {
    let run = |from: usize| {
        let (mut low, mut high) = (means[from], means[from]);
        let inside = means[from..].iter().take_while(|mean| {
            (low, high) = (low.min(**mean), high.max(**mean));
            high - low <= slack
        });
        inside.count()
    };
    (0..means.len()).map(run).max().unwrap_or(0)
}

/// What a person sees of the curves among `marks`: `a and b slope from end to end; c turns on the
/// way`.
pub(super) fn seen(marks: &[Marks]) -> Option<String> {
    let mut courses: Vec<(Course, Vec<&str>)> = Vec::new();
    for mark in marks {
        let Marks::Line { name, points, .. } = mark else {
            continue;
        };
        let means: Vec<f64> = points.iter().map(|point| point.1).collect();
        let course = Course::of(&means)?;
        match courses.iter_mut().find(|(known, _)| *known == course) {
            Some((_, names)) => names.push(name),
            None => courses.push((course, vec![name])),
        }
    }
    courses.sort_by_key(|(course, _)| *course);
    match courses.as_slice() {
        [] => None,
        [(Course::Slopes, _)] => Some("no step and no gap, a slope all the way".to_owned()),
        [(course, names)] if names.len() > 1 => Some(format!("all {}", course.words(true))),
        several => {
            let one = |(course, names): &(Course, Vec<&str>)| {
                format!("{} {}", and_list(names), course.words(names.len() > 1))
            };
            Some(several.iter().map(one).collect::<Vec<_>>().join("; "))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::chart::Tone;

    use super::super::draw::line;
    use super::*;

    fn curve(name: &str, of: impl Fn(f64) -> f64) -> Marks {
        let place = |bin: i32| (f64::from(bin) + 0.5) / 20.0;
        let points = (0..20).map(|bin| (place(bin), of(place(bin))));
        line(name, points.collect(), Tone::First)
    }

    #[test]
    fn a_line_that_is_flat_for_15_of_20_bins_is_not_called_a_slope() {
        let flat = curve("flat", |x| if x < 0.75 { 0.0 } else { 4.0 * (x - 0.75) });
        let slope = curve("slope", |x| 2.0 * x - 1.0);
        assert_eq!(
            seen(&[flat, slope]).unwrap(),
            "slope slopes from end to end; flat stays level over 15 bins"
        );
    }

    #[test]
    fn bends_and_steps_are_told_from_slopes() {
        let bend = curve("bend", |x| x * (1.0 - x));
        let step = curve("step", |x| if x < 0.5 { x } else { 2.0 + x });
        let fall = curve("fall", |x| -x);
        assert_eq!(
            seen(&[bend, step, fall]).unwrap(),
            "fall slopes from end to end; bend turns on the way; step takes a step"
        );
    }

    #[test]
    fn a_tail_in_the_last_bin_is_no_step() {
        let tail = curve("tail", |x| if x > 0.95 { -1.6 } else { -x });
        assert_eq!(
            seen(&[tail]).unwrap(),
            "no step and no gap, a slope all the way"
        );
    }

    #[test]
    fn curves_of_one_kind_are_told_at_once_and_a_point_says_nothing() {
        let (up, down) = (curve("up", |x| x), curve("down", |x| -x));
        assert_eq!(
            seen(&[up, down]).unwrap(),
            "no step and no gap, a slope all the way"
        );
        let (one, other) = (
            curve("a", |x| x * (1.0 - x)),
            curve("b", |x| (x - 0.4).abs()),
        );
        assert_eq!(seen(&[one, other]).unwrap(), "all turn on the way");
        assert!(seen(&[line("dot", vec![(0.5, 1.0)], Tone::First)]).is_none());
        assert!(seen(&[]).is_none());
    }
}
