//! The marks of a chart inside its frame.

use crate::chart::{Marks, Tone};

use super::pen::{Ink, Pen};
use super::scale::AxisScale;

/// Draw `marks`, bottom first, on a sheet whose edges are those of the frame.
pub(super) fn draw(pen: &mut Pen<'_>, marks: &[Marks], x: &AxisScale, y: &AxisScale) {
    let histograms = marks
        .iter()
        .filter(|mark| matches!(mark, Marks::Bars { .. }))
        .count();
    for mark in marks {
        match mark {
            Marks::Line { points, tone, .. } => line(pen, points, *tone, x, y),
            Marks::Points { points, tone, .. } => {
                for place in seen(points).map(|p| (x.place(p.0), y.place(p.1))) {
                    point(pen, place, *tone, points.len());
                }
            }
            Marks::Bars { bars, tone, .. } => {
                // Overlapping bars must be transparent.
                let opacity = if histograms > 1 && overlap(marks) {
                    0.6
                } else {
                    0.9
                };
                for bar in bars {
                    one_bar(pen, *bar, *tone, opacity, x, y);
                }
            }
            Marks::Band { points, tone, .. } => band(pen, points, *tone, x, y),
            Marks::Rule { at, .. } => {
                if at.is_finite() {
                    let at = x.place(*at);
                    pen.line(&[(at, y.end), (at, y.start)], Ink::Guide, 1.0);
                }
            }
        }
    }
}

/// One point, in the shape of its tone; small and pale if there are many.
pub(super) fn point(pen: &mut Pen<'_>, (x, y): (f64, f64), tone: Tone, many: usize) {
    let (r, opacity) = match many {
        0..=60 => (3.4, 1.0),
        61..=400 => (2.6, 0.8),
        401..=1500 => (2.0, 0.6),
        _ => (1.6, 0.45),
    };
    let ink = Ink::Tone(tone);
    let shape = |offsets: &[(f64, f64)]| -> Vec<(f64, f64)> {
        offsets
            .iter()
            .map(|(dx, dy)| (x + dx * r, y + dy * r))
            .collect()
    };
    match tone {
        Tone::First => pen.circle((x, y), r, ink, opacity),
        Tone::Quiet => pen.circle((x, y), r * 0.8, ink, opacity),
        Tone::Second => {
            let triangle = shape(&[(0.0, -1.3), (1.2, 0.9), (-1.2, 0.9)]);
            pen.polygon(&triangle, ink, opacity);
        }
        Tone::Third => {
            pen.rectangle(
                (x - 0.9 * r, x + 0.9 * r),
                (y - 0.9 * r, y + 0.9 * r),
                ink,
                opacity,
            );
        }
        Tone::Fourth => {
            let upside_down = shape(&[(0.0, 1.3), (1.2, -0.9), (-1.2, -0.9)]);
            pen.polygon(&upside_down, ink, opacity);
        }
        Tone::Alarm => {
            let diamond = shape(&[(0.0, -1.5), (1.5, 0.0), (0.0, 1.5), (-1.5, 0.0)]);
            pen.polygon(&diamond, ink, opacity.max(0.75));
        }
    }
}

fn line(pen: &mut Pen<'_>, points: &[(f64, f64)], tone: Tone, x: &AxisScale, y: &AxisScale) {
    let places: Vec<(f64, f64)> = seen(points).map(|p| (x.place(p.0), y.place(p.1))).collect();
    match places.as_slice() {
        [] => {}
        [only] => point(pen, *only, tone, 1),
        _ => pen.line(&places, Ink::Tone(tone), line_width(tone)),
    }
}

pub(super) fn line_width(tone: Tone) -> f64 {
    match tone {
        Tone::Quiet => 1.2,
        Tone::Alarm => 2.4,
        _ => 1.8,
    }
}

fn one_bar(
    pen: &mut Pen<'_>,
    bar: (f64, f64, f64),
    tone: Tone,
    opacity: f64,
    x: &AxisScale,
    y: &AxisScale,
) {
    let (from, to, height) = bar;
    if !(from.is_finite() && to.is_finite() && height.is_finite()) || height == 0.0 {
        return;
    }
    let (left, right) = (x.place(from.min(to)), x.place(from.max(to)));
    // A gap between bars, if this leaves something of them.
    let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
    let (zero, tip) = (y.place(0.0), y.place(height));
    // The rarest value must remain visible.
    let tip = if (zero - tip).abs() < 0.8 {
        zero - 0.8 * height.signum()
    } else {
        tip
    };
    let (left, right) = (left + gap, (right - gap).max(left + gap + 0.5));
    pen.rectangle(
        (left, right),
        (tip.min(zero), tip.max(zero)),
        Ink::Tone(tone),
        opacity,
    );
}

fn band(pen: &mut Pen<'_>, points: &[(f64, f64, f64)], tone: Tone, x: &AxisScale, y: &AxisScale) {
    let kept: Vec<(f64, f64, f64)> = points
        .iter()
        .filter(|(at, low, high)| at.is_finite() && low.is_finite() && high.is_finite())
        .map(|(at, low, high)| (x.place(*at), y.place(*low), y.place(*high)))
        .collect();
    let low = kept.iter().map(|(at, low, _)| (*at, *low));
    let high = kept.iter().rev().map(|(at, _, high)| (*at, *high));
    let edges = [low.clone().collect::<Vec<_>>(), high.clone().collect()];
    let outline: Vec<(f64, f64)> = low.chain(high).collect();
    match kept.as_slice() {
        [] => {}
        [(at, low, high)] => pen.line(&[(*at, *low), (*at, *high)], Ink::Tone(tone), 4.0),
        _ => {
            pen.polygon(&outline, Ink::Tone(tone), BAND_OPACITY);
            // A band narrower than its lines would be invisible.
            for edge in &edges {
                pen.line(edge, Ink::Tone(tone), 0.8);
            }
        }
    }
}

/// Pale enough for grid and lines to show through.
pub(super) const BAND_OPACITY: f64 = 0.22;

fn seen(points: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> + '_ {
    points
        .iter()
        .copied()
        .filter(|(x, y)| x.is_finite() && y.is_finite())
}

/// Whether bars of two series overlap.
fn overlap(marks: &[Marks]) -> bool {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for mark in marks {
        if let Marks::Bars { bars, .. } = mark {
            spans.extend(
                bars.iter()
                    .map(|(from, to, _)| (from.min(*to), from.max(*to))),
            );
        }
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let slack = 1e-9 * spans.iter().map(|span| span.1 - span.0).fold(0.0, f64::max);
    spans.windows(2).any(|pair| pair[1].0 < pair[0].1 - slack)
}
