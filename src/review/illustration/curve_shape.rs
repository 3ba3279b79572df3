//! The shape of a drawn curve, in words.

use crate::chart::Marks;
use crate::text::and_list;

/// A curve that goes back by this share of its range reverses direction.
const BACK: f64 = 0.25;
/// Bins within this share of a curve's range are level.
const LEVEL: f64 = 0.1;
/// A curve that is level over this share of its bins is not sloping throughout. In the middle of a
/// bell-shaped distribution, a fifth of the bins is level on any straight slope.
const LEVEL_BINS: f64 = 0.3;
/// A neighbour this share of the range away is a step.
const STEP: f64 = 0.4;

/// The shape of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum CurveShape {
    /// It goes in one direction from end to end.
    Slopes,
    /// It goes there and back.
    Reverses,
    /// It is level over this number of bins.
    Levels(usize),
    /// Most of the change happens between two bins.
    Steps,
}

impl CurveShape {
    /// From bin means in order; none for fewer than four.
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
        // Because of the tails, the outermost bins are far from their neighbours.
        let inner = &means[1..means.len() - 1];
        let steps = inner.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        Some(if rise.min(fall) >= BACK * range {
            Self::Reverses
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
            Self::Reverses => verb("reverses direction", "reverse direction"),
            Self::Levels(bins) => {
                format!("{} level over {bins} bins", verb("stays", "stay"))
            }
            Self::Steps => verb("has a step", "have a step"),
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

/// The shapes of the curves among `marks`: `a and b slope from end to end; c reverses direction`.
pub(super) fn describe(marks: &[Marks]) -> Option<String> {
    let mut shapes: Vec<(CurveShape, Vec<&str>)> = Vec::new();
    for mark in marks {
        let Marks::Line { name, points, .. } = mark else {
            continue;
        };
        let means: Vec<f64> = points.iter().map(|point| point.1).collect();
        let shape = CurveShape::of(&means)?;
        match shapes.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, names)) => names.push(name),
            None => shapes.push((shape, vec![name])),
        }
    }
    shapes.sort_by_key(|(shape, _)| *shape);
    match shapes.as_slice() {
        [] => None,
        [(CurveShape::Slopes, _)] => {
            Some("a slope all the way, without a step or a gap".to_owned())
        }
        [(shape, names)] if names.len() > 1 => Some(format!("all {}", shape.words(true))),
        several => {
            let one = |(shape, names): &(CurveShape, Vec<&str>)| {
                format!("{} {}", and_list(names), shape.words(names.len() > 1))
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
            describe(&[flat, slope]).unwrap(),
            "slope slopes from end to end; flat stays level over 15 bins"
        );
    }

    #[test]
    fn bends_and_steps_are_distinguished_from_slopes() {
        let bend = curve("bend", |x| x * (1.0 - x));
        let step = curve("step", |x| if x < 0.5 { x } else { 2.0 + x });
        let fall = curve("fall", |x| -x);
        assert_eq!(
            describe(&[bend, step, fall]).unwrap(),
            "fall slopes from end to end; bend reverses direction; step has a step"
        );
    }

    #[test]
    fn a_tail_in_the_last_bin_is_no_step() {
        let tail = curve("tail", |x| if x > 0.95 { -1.6 } else { -x });
        assert_eq!(
            describe(&[tail]).unwrap(),
            "a slope all the way, without a step or a gap"
        );
    }

    #[test]
    fn curves_of_one_shape_share_a_sentence_and_a_point_has_none() {
        let (up, down) = (curve("up", |x| x), curve("down", |x| -x));
        assert_eq!(
            describe(&[up, down]).unwrap(),
            "a slope all the way, without a step or a gap"
        );
        let (one, other) = (
            curve("a", |x| x * (1.0 - x)),
            curve("b", |x| (x - 0.4).abs()),
        );
        assert_eq!(describe(&[one, other]).unwrap(), "all reverse direction");
        assert!(describe(&[line("dot", vec![(0.5, 1.0)], Tone::First)]).is_none());
        assert!(describe(&[]).is_none());
    }
}
