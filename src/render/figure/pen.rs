//! The pen: draws rectangles, lines and text as SVG.

use plotters::prelude::{
    DrawingBackend, IntoFont, IntoTextStyle, RGBColor, SVGBackend, ShapeStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::chart::Tone;

/// plotters draws on whole pixels. Figures are drawn ten times too large and scaled down, so that
/// marks are positioned to a tenth of a pixel.
pub(super) const FINE: f64 = 10.0;

/// plotters divides a font's size by this before writing it.
const PLOTTERS_FONT: f64 = 1.24;

/// Drawing styles by role; the page defines their colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ink {
    Tone(Tone),
    Word,
    Soft,
    Grid,
    Guide,
}

/// Alignment of text at its position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Draws on one sheet; positions in pixels.
pub(super) struct Pen<'a> {
    backend: SVGBackend<'a>,
}

/// The output of `draw` as SVG elements, without the enclosing `svg` element.
pub(super) fn sketch(width: f64, height: f64, draw: impl FnOnce(&mut Pen<'_>)) -> String {
    let mut text = String::new();
    let sheet = ((width * FINE) as u32, (height * FINE) as u32);
    let mut pen = Pen {
        backend: SVGBackend::with_string(&mut text, sheet),
    };
    draw(&mut pen);
    drop(pen);
    let inside = text.split_once(">\n").map_or("", |(_, inside)| inside);
    let inside = inside.trim_end().strip_suffix("</svg>").unwrap_or(inside);
    coloured(inside)
}

// Drawing into a string cannot fail, so results of the backend are ignored.
impl Pen<'_> {
    pub(super) fn rectangle(&mut self, x: (f64, f64), y: (f64, f64), ink: Ink, opacity: f64) {
        let style = style(ink, opacity).filled();
        let _ = self
            .backend
            .draw_rect(at((x.0, y.0)), at((x.1, y.1)), &style, true);
    }

    pub(super) fn line(&mut self, points: &[(f64, f64)], ink: Ink, width: f64) {
        let style = style(ink, 1.0).stroke_width((width * FINE) as u32);
        let _ = self
            .backend
            .draw_path(points.iter().map(|p| at(*p)), &style);
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], ink: Ink, opacity: f64) {
        let style = style(ink, opacity).filled();
        let _ = self
            .backend
            .fill_polygon(points.iter().map(|p| at(*p)), &style);
    }

    pub(super) fn circle(&mut self, centre: (f64, f64), radius: f64, ink: Ink, opacity: f64) {
        let style = style(ink, opacity).filled();
        let _ = self
            .backend
            .draw_circle(at(centre), (radius * FINE) as u32, &style, true);
    }

    /// `place` is at the middle of the text's height. The backend escapes the text.
    pub(super) fn word(
        &mut self,
        word: &str,
        place: (f64, f64),
        size: f64,
        anchor: Anchor,
        ink: Ink,
    ) {
        let anchor = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = ("sans-serif", size * FINE * PLOTTERS_FONT)
            .into_font()
            .color(&marker(ink))
            .pos(Pos::new(anchor, VPos::Center))
            .into_text_style(&(0, 0));
        // Control characters are not allowed in SVG, even if escaped.
        let word: String = word.chars().filter(|c| !c.is_control()).collect();
        let _ = self.backend.draw_text(&word, &style, at(place));
    }
}

/// Far outside any sheet, yet within i32 at the drawing scale.
const FAR: f64 = 100_000.0;

fn at((x, y): (f64, f64)) -> (i32, i32) {
    let fine = |v: f64| (v.clamp(-FAR, FAR) * FINE).round() as i32;
    (fine(x), fine(y))
}

fn style(ink: Ink, opacity: f64) -> ShapeStyle {
    use plotters::style::Color;
    ShapeStyle::from(marker(ink).mix(opacity))
}

/// Every ink in the order of its marker colour, with its CSS variable and dash.
const INKS: [(Ink, &str, &str); 10] = [
    (Ink::Tone(Tone::First), "tone-first", ""),
    (Ink::Tone(Tone::Second), "tone-second", "60 30"),
    (Ink::Tone(Tone::Third), "tone-third", "15 30"),
    (Ink::Tone(Tone::Fourth), "tone-fourth", "90 30 15 30"),
    (Ink::Tone(Tone::Quiet), "tone-quiet", ""),
    (Ink::Tone(Tone::Alarm), "tone-alarm", ""),
    (Ink::Word, "ink", ""),
    (Ink::Soft, "ink-soft", ""),
    (Ink::Grid, "rule", ""),
    (Ink::Guide, "ink-soft", "30 30"),
];

fn marker(ink: Ink) -> RGBColor {
    let place = INKS.iter().position(|(known, _, _)| *known == ink);
    RGBColor(1, 2, place.unwrap_or(0) as u8)
}

/// Replace marker colours by CSS variables. Only whole attributes are replaced: text is escaped, so
/// it cannot contain a quote and look like one.
fn coloured(drawn: &str) -> String {
    let mut text = drawn
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\" stroke-width=\"1\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" font-family=\"sans-serif\"", "");
    for (ink, variable, dash) in INKS {
        let RGBColor(r, g, b) = marker(ink);
        let colour = format!("#{r:02X}{g:02X}{b:02X}");
        let dash = match dash {
            "" => String::new(),
            dash => format!(" stroke-dasharray=\"{dash}\""),
        };
        text = text
            .replace(
                &format!("fill=\"{colour}\""),
                &format!("fill=\"var(--{variable})\""),
            )
            .replace(
                &format!("stroke=\"{colour}\""),
                &format!("stroke=\"var(--{variable})\"{dash}"),
            );
    }
    text
}
