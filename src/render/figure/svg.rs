//! Renders a chart as SVG text.

use std::fmt::Write;

use crate::chart::{Chart, Marks};

use super::frame::Frame;
use super::marks;
use super::pen::{FINE, sketch};

/// The sheet of a figure, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl FigureSize {
    /// Two or three next to each other.
    pub const SMALL: Self = Self {
        width: 360,
        height: 220,
    };
    /// Two next to each other, for detailed figures such as a scatter plot of rows.
    pub const SQUARE: Self = Self {
        width: 360,
        height: 320,
    };
    /// The width of a page.
    pub const WIDE: Self = Self {
        width: 720,
        height: 280,
    };
}

/// Padding, so that marks on the very edge of the frame are shown whole.
const BLEED: f64 = 5.0;

/// `chart` as an inline SVG element. Colours are CSS variables of the page; screen readers read the
/// chart's title and sentence.
pub fn svg(chart: &Chart, size: FigureSize) -> String {
    let wide = f64::from(size.width.clamp(120, 4000));
    let high = f64::from(size.height.clamp(90, 4000));
    let frame = Frame::arrange(chart, wide, high);
    let drawn = sketch(wide, high, |pen| {
        marks::draw(pen, &chart.marks, &frame.x, &frame.y);
    });
    let nothing = chart.marks.iter().all(is_empty);
    let below = sketch(wide, high, |pen| {
        if nothing {
            frame.draw_nothing(pen);
        } else {
            frame.draw(pen, chart, wide, high);
        }
    });
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\" stroke-linejoin=\"round\" \
         font-family=\"system-ui, sans-serif\">\n{below}",
        wide * FINE,
        high * FINE,
        escape(&alternative_text(chart)),
    );
    // A nested sheet clips: a mark outside a given range must not overlap the labels.
    let (x, y) = (frame.x.start - BLEED, frame.y.end - BLEED);
    let room = (frame.x.end - x + BLEED, frame.y.start - y + BLEED);
    let _ = write!(
        text,
        "<svg x=\"{0:.0}\" y=\"{1:.0}\" width=\"{2:.0}\" height=\"{3:.0}\" \
         viewBox=\"{0:.0} {1:.0} {2:.0} {3:.0}\">\n{drawn}</svg>\n</svg>",
        x * FINE,
        y * FINE,
        room.0 * FINE,
        room.1 * FINE,
    );
    text
}

fn alternative_text(chart: &Chart) -> String {
    let title = chart.title.trim_end_matches('.');
    match (title, chart.says.as_str()) {
        ("", says) => says.to_owned(),
        (title, "") => title.to_owned(),
        (title, says) => format!("{title}. {says}"),
    }
}

fn escape(text: &str) -> String {
    // Control characters are not allowed in SVG, even if escaped.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn is_empty(mark: &Marks) -> bool {
    match mark {
        Marks::Line { points, .. } | Marks::Points { points, .. } => points.is_empty(),
        Marks::Bars { bars, .. } => bars.is_empty(),
        Marks::Band { points, .. } => points.is_empty(),
        Marks::Rule { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Axis, Tone};

    const TONES: [Tone; 6] = [
        Tone::First,
        Tone::Second,
        Tone::Third,
        Tone::Fourth,
        Tone::Quiet,
        Tone::Alarm,
    ];

    fn chart(marks: Vec<Marks>) -> Chart {
        Chart {
            title: "latency by week".to_owned(),
            says: "it rises in March".to_owned(),
            x: Axis::named("week"),
            y: Axis::named("latency, ms"),
            marks,
        }
    }

    fn every_mark(values: &[(f64, f64)]) -> Vec<Marks> {
        let name = "n".to_owned();
        let mut marks = vec![
            Marks::Band {
                name: name.clone(),
                points: values.iter().map(|(x, y)| (*x, *y, *y)).collect(),
                tone: Tone::Quiet,
            },
            Marks::Bars {
                name: name.clone(),
                bars: values.iter().map(|(x, y)| (*x, x + 1.0, *y)).collect(),
                tone: Tone::First,
            },
        ];
        for tone in TONES {
            let (name, points) = (name.clone(), values.to_vec());
            marks.push(Marks::Points { name, points, tone });
        }
        for tone in TONES {
            let (name, points) = (name.clone(), values.to_vec());
            marks.push(Marks::Line { name, points, tone });
        }
        marks.extend(values.iter().map(|(x, _)| Marks::Rule {
            at: *x,
            name: name.clone(),
        }));
        marks
    }

    #[test]
    fn strange_data_draw_without_panic_or_nonsense() {
        let cases: [&[(f64, f64)]; 8] = [
            &[],
            &[(1.0, 1.0)],
            &[(3.0, 7.0); 5],
            &[(f64::NAN, 1.0), (1.0, f64::INFINITY)],
            &[(f64::MIN, f64::MIN), (f64::MAX, f64::MAX)],
            &[(0.0, 0.0), (0.0, 0.0)],
            &[(1e16, 1e16), (1e16 + 2.0, 1e16 + 2.0)],
            &[(-1.0, -5e-324), (1.0, 5e-324)],
        ];
        for values in cases {
            for size in [
                FigureSize::SMALL,
                FigureSize::WIDE,
                FigureSize {
                    width: 0,
                    height: 0,
                },
            ] {
                let text = svg(&chart(every_mark(values)), size);
                assert!(!text.contains("NaN") && !text.contains("inf"), "{values:?}");
                assert_eq!(text.matches("<svg").count(), text.matches("</svg>").count());
            }
        }
    }

    #[test]
    fn words_of_a_chart_cannot_become_markup() {
        let hostile =
            "</svg></script><img src=x onerror=\"alert(1)\"> fill=\"#010200\" \u{7}'&".to_owned();
        let mut chart = chart(every_mark(&[(0.0, 1.0), (1.0, 2.0)]));
        for mark in &mut chart.marks {
            match mark {
                Marks::Line { name, .. }
                | Marks::Points { name, .. }
                | Marks::Bars { name, .. }
                | Marks::Band { name, .. }
                | Marks::Rule { name, .. } => hostile.clone_into(name),
            }
        }
        chart.title.clone_from(&hostile);
        chart.says.clone_from(&hostile);
        for axis in [&mut chart.x, &mut chart.y] {
            axis.label.clone_from(&hostile);
            axis.ticks = vec![(0.5, hostile.clone())];
        }
        let text = svg(&chart, FigureSize::WIDE);
        assert!(!text.contains("<img") && !text.contains("<script") && !text.contains('\u{7}'));
        assert_eq!(text.matches("</svg>").count(), 2);
        assert!(text.contains("&lt;/svg&gt;"));
    }

    #[test]
    fn colours_are_left_to_the_page() {
        let text = svg(
            &chart(every_mark(&[(0.0, 1.0), (1.0, 2.0)])),
            FigureSize::SMALL,
        );
        for tone in ["first", "second", "third", "fourth", "quiet", "alarm"] {
            assert!(text.contains(&format!("var(--tone-{tone})")), "{tone}");
        }
        assert!(text.contains("var(--ink)") && text.contains("var(--rule)"));
        assert!(!text.contains("\"#"), "a fixed colour is left");
    }

    #[test]
    fn a_screen_reader_says_title_and_sentence() {
        let text = svg(&chart(Vec::new()), FigureSize::SMALL);
        assert!(text.contains("role=\"img\" aria-label=\"latency by week. it rises in March\""));
        assert!(text.contains("nothing to show"));
    }

    #[test]
    fn long_names_on_an_axis_are_cut_and_thinned_but_never_turned() {
        let mut chart = chart(vec![Marks::Bars {
            name: String::new(),
            bars: (0..40)
                .map(|at| (f64::from(at), f64::from(at) + 1.0, 1.0))
                .collect(),
            tone: Tone::First,
        }]);
        chart.x.ticks = (0..40)
            .map(|at| (f64::from(at) + 0.5, format!("business & partners {at}")))
            .collect();
        let text = svg(&chart, FigureSize::SMALL);
        assert!(!text.contains("rotate"));
        assert!(text.matches("busine").count() < 8);
        assert!(text.contains('…'));
    }
}
