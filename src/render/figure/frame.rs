//! The frame around the marks: ranges, ticks, the words of the axes, the legend.

use crate::chart::{self, Axis, Chart, Marks, Tone};

use super::marks;
use super::pen::{Anchor, Ink, Pen};
use super::words::{fit, width};

/// From values to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    /// Pixel of `from`.
    pub(super) start: f64,
    /// Pixel of `to`.
    pub(super) end: f64,
}

/// Where everything stands.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) x: Scale,
    pub(super) y: Scale,
    x_ticks: Vec<(f64, String)>,
    y_ticks: Vec<(f64, String)>,
    keys: Vec<Key>,
    words: Vec<RuleWord>,
}

/// One entry of the legend, with where its sample begins.
#[derive(Debug)]
struct Key {
    name: String,
    sample: Sample,
    tone: Tone,
    at: (f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sample {
    Line,
    Point,
    Block,
    Pale,
}

/// The word of a vertical rule, and where it stands.
#[derive(Debug)]
struct RuleWord {
    word: String,
    at: (f64, f64),
    anchor: Anchor,
}

const SMALL: f64 = 11.0;
const LABEL: f64 = 11.5;
/// Height of a line of words.
const ROW: f64 = 16.0;
/// From a sample in the legend to its word, and from the word to the next sample.
const SAMPLE: f64 = 16.0;
const KEY_GAP: f64 = 16.0;
/// Under this many pixels a name says too little: rather leave out every other one.
const LEAST_NAME: f64 = 40.0;

impl Scale {
    /// The pixel of `value`.
    pub(super) fn place(&self, value: f64) -> f64 {
        self.start + (value - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    fn holds(&self, value: f64) -> bool {
        let slack = (self.to - self.from) * 1e-6;
        (self.from - slack..=self.to + slack).contains(&value)
    }
}

impl Frame {
    /// Arrange `chart` on a sheet of `wide` × `high` pixels.
    pub(super) fn arrange(chart: &Chart, wide: f64, high: f64) -> Self {
        let extent = Extent::of(&chart.marks);
        let (from, to) = extent.x(chart.x.range);
        let (low, high_value) = extent.y(chart.y.range);
        let label_room = width(&chart.y.label, LABEL).min(wide - 24.0);
        let (keys, key_rows) = legend(&chart.marks, wide, label_room);
        let top = 6.0 + ROW * key_rows as f64 + if key_rows > 0 { 6.0 } else { 0.0 };
        let bottom = 8.0 + ROW + if chart.x.label.is_empty() { 0.0 } else { ROW };
        let mut y = Scale {
            from: low,
            to: high_value,
            start: high - bottom,
            end: top,
        };

        let y_ticks = y_ticks(&chart.y, &y, wide);
        let gutter = y_ticks
            .iter()
            .map(|tick| width(&tick.1, SMALL))
            .fold(0.0, f64::max);
        let left = 4.0 + gutter + 8.0;
        let x = Scale {
            from,
            to,
            start: left,
            end: (wide - 12.0).max(left + 10.0),
        };
        let x_ticks = x_ticks(&chart.x, &x);
        let (words, word_rows) = rule_words(&chart.marks, &x, y.end);
        y.end += word_rows as f64 * ROW;
        Self {
            x,
            y,
            x_ticks,
            y_ticks,
            keys,
            words,
        }
    }

    /// The parts that lie below the marks: grid, ticks and words.
    pub(super) fn draw(&self, pen: &mut Pen<'_>, chart: &Chart, wide: f64, high: f64) {
        let (left, right) = (self.x.start, self.x.end);
        for (value, word) in &self.y_ticks {
            let y = self.y.place(*value);
            pen.line(&[(left, y), (right, y)], Ink::Grid, 1.0);
            pen.word(word, (left - 6.0, y), SMALL, Anchor::End, Ink::Soft);
        }
        let floor = self.y.start;
        pen.line(&[(left, floor), (right, floor)], Ink::Soft, 1.0);
        for (value, word) in &self.x_ticks {
            let x = self.x.place(*value);
            pen.line(&[(x, floor), (x, floor + 4.0)], Ink::Soft, 1.0);
            let half = width(word, SMALL) / 2.0;
            // The first and last words stay on the sheet.
            let x = x.clamp(half.min(wide / 2.0), (wide - half).max(wide / 2.0));
            pen.word(word, (x, floor + 13.0), SMALL, Anchor::Middle, Ink::Soft);
        }
        let label = fit(&chart.x.label, LABEL, right - left);
        pen.word(&label, (right, high - 9.0), LABEL, Anchor::End, Ink::Word);
        let label = fit(&chart.y.label, LABEL, wide - 24.0);
        pen.word(&label, (4.0, 10.0), LABEL, Anchor::Start, Ink::Word);
        for key in &self.keys {
            key.draw(pen);
        }
        for word in &self.words {
            pen.word(&word.word, word.at, SMALL, word.anchor, Ink::Word);
        }
    }
}

impl Frame {
    /// What stands in the place of marks when there are none.
    pub(super) fn draw_nothing(&self, pen: &mut Pen<'_>) {
        let middle = |scale: &Scale| f64::midpoint(scale.start, scale.end);
        let place = (middle(&self.x), middle(&self.y));
        pen.word("nothing to show", place, LABEL, Anchor::Middle, Ink::Soft);
    }
}

impl Key {
    fn draw(&self, pen: &mut Pen<'_>) {
        let (x, y) = self.at;
        let ink = Ink::Tone(self.tone);
        let block = ((x, x + 10.0), (y - 5.0, y + 5.0));
        match self.sample {
            Sample::Line => pen.line(
                &[(x - 2.0, y), (x + 12.0, y)],
                ink,
                marks::line_width(self.tone),
            ),
            Sample::Point => marks::point(pen, (x + 5.0, y), self.tone, 1),
            Sample::Block => pen.rectangle(block.0, block.1, ink, 0.9),
            Sample::Pale => pen.rectangle(block.0, block.1, ink, 1.6 * marks::BAND_OPACITY),
        }
        pen.word(&self.name, (x + SAMPLE, y), SMALL, Anchor::Start, Ink::Word);
    }
}

/// Entries from left to right behind the label of the y axis, then on rows below it.
fn legend(marks: &[Marks], wide: f64, label_room: f64) -> (Vec<Key>, usize) {
    let named = marks.iter().filter_map(|mark| match mark {
        Marks::Line { name, tone, .. } => Some((name, Sample::Line, *tone)),
        Marks::Points { name, tone, .. } => Some((name, Sample::Point, *tone)),
        Marks::Bars { name, tone, .. } => Some((name, Sample::Block, *tone)),
        Marks::Band { name, tone, .. } => Some((name, Sample::Pale, *tone)),
        Marks::Rule { .. } => None,
    });
    let labelled = label_room > 0.0;
    let (mut x, mut row) = (
        if labelled {
            label_room + 4.0 + KEY_GAP
        } else {
            4.0
        },
        0,
    );
    let mut keys = Vec::new();
    for (name, sample, tone) in named.filter(|(name, _, _)| !name.is_empty()) {
        let name = fit(name, SMALL, wide - SAMPLE - 12.0);
        let room = SAMPLE + width(&name, SMALL);
        if x > 4.0 && x + room > wide - 8.0 {
            (x, row) = (4.0, row + 1);
        }
        keys.push(Key {
            name,
            sample,
            tone,
            at: (x, 10.0 + ROW * f64::from(row)),
        });
        x += room + KEY_GAP;
    }
    let rows = if keys.is_empty() {
        usize::from(labelled)
    } else {
        row as usize + 1
    };
    (keys, rows)
}

/// Words of rules side by side; on a lower row where one would run into another.
fn rule_words(marks: &[Marks], x: &Scale, top: f64) -> (Vec<RuleWord>, usize) {
    let mut rules: Vec<(f64, &str)> = marks
        .iter()
        .filter_map(|mark| match mark {
            Marks::Rule { at, name } if x.holds(*at) && !name.is_empty() => {
                Some((x.place(*at), name.as_str()))
            }
            _ => None,
        })
        .collect();
    rules.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut row_ends: Vec<f64> = Vec::new();
    let mut words = Vec::new();
    for (place, name) in rules {
        let to_right = x.end - place >= place - x.start || x.end - place > width(name, SMALL) + 6.0;
        let room = if to_right {
            x.end - place
        } else {
            place - x.start
        } - 5.0;
        let word = fit(name, SMALL, room);
        let wide = width(&word, SMALL);
        let (from, to) = if to_right {
            (place, place + wide + 5.0)
        } else {
            (place - wide - 5.0, place)
        };
        let row = row_ends
            .iter()
            .position(|end| *end + 4.0 < from)
            .unwrap_or_else(|| {
                row_ends.push(f64::NEG_INFINITY);
                row_ends.len() - 1
            });
        row_ends[row] = to;
        let (at, anchor) = if to_right {
            (place + 5.0, Anchor::Start)
        } else {
            (place - 5.0, Anchor::End)
        };
        words.push(RuleWord {
            word,
            at: (at, top + 8.0 + ROW * row as f64),
            anchor,
        });
    }
    (words, row_ends.len())
}

fn y_ticks(axis: &Axis, y: &Scale, wide: f64) -> Vec<(f64, String)> {
    let high = (y.start - y.end).abs();
    if axis.ticks.is_empty() {
        return chart::ticks(y.from, y.to, (high / 34.0).clamp(2.0, 6.0) as usize);
    }
    let seen: Vec<&(f64, String)> = axis.ticks.iter().filter(|tick| y.holds(tick.0)).collect();
    let stride = (seen.len() as f64 * 13.0 / high.max(1.0)).ceil().max(1.0) as usize;
    let room = (wide * 0.35).min(150.0);
    let short = |tick: &&(f64, String)| (tick.0, fit(&tick.1, SMALL, room));
    seen.iter().step_by(stride).map(short).collect()
}

fn x_ticks(axis: &Axis, x: &Scale) -> Vec<(f64, String)> {
    let wide = x.end - x.start;
    if axis.ticks.is_empty() {
        return chart::ticks(x.from, x.to, (wide / 62.0).clamp(2.0, 9.0) as usize);
    }
    let mut seen: Vec<&(f64, String)> = axis.ticks.iter().filter(|tick| x.holds(tick.0)).collect();
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    let widest = seen
        .iter()
        .map(|tick| width(&tick.1, SMALL))
        .fold(0.0, f64::max);
    for stride in 1..=seen.len() {
        let shown: Vec<&&(f64, String)> = seen.iter().step_by(stride).collect();
        let gap = shown
            .windows(2)
            .map(|pair| x.place(pair[1].0) - x.place(pair[0].0))
            .fold(wide, f64::min);
        let room = gap - 8.0;
        if room >= widest || room >= LEAST_NAME || shown.len() == 1 {
            let room = if shown.len() == 1 { wide } else { room };
            return shown
                .into_iter()
                .map(|tick| (tick.0, fit(&tick.1, SMALL, room)))
                .collect();
        }
    }
    Vec::new()
}

/// What the marks span; numbers only.
struct Extent {
    x: Option<(f64, f64)>,
    y: Option<(f64, f64)>,
    /// Bars stand on zero, and reach their edges exactly.
    bars: bool,
}

impl Extent {
    fn of(marks: &[Marks]) -> Self {
        let mut all = Self {
            x: None,
            y: None,
            bars: false,
        };
        for mark in marks {
            match mark {
                Marks::Line { points, .. } | Marks::Points { points, .. } => {
                    for (x, y) in points
                        .iter()
                        .filter(|(x, y)| x.is_finite() && y.is_finite())
                    {
                        grow(&mut all.x, *x);
                        grow(&mut all.y, *y);
                    }
                }
                Marks::Bars { bars, .. } => {
                    for (from, to, height) in bars {
                        grow(&mut all.x, *from);
                        grow(&mut all.x, *to);
                        grow(&mut all.y, *height);
                        grow(&mut all.y, 0.0);
                        all.bars = true;
                    }
                }
                Marks::Band { points, .. } => {
                    for (at, low, high) in points {
                        grow(&mut all.x, *at);
                        grow(&mut all.y, *low);
                        grow(&mut all.y, *high);
                    }
                }
                Marks::Rule { at, .. } => grow(&mut all.x, *at),
            }
        }
        all
    }

    fn x(&self, given: Option<(f64, f64)>) -> (f64, f64) {
        given.and_then(sound).unwrap_or_else(|| {
            let (from, to) = widened(self.x);
            let margin = if self.bars { 0.0 } else { 0.03 * (to - from) };
            (from - margin, to + margin)
        })
    }

    fn y(&self, given: Option<(f64, f64)>) -> (f64, f64) {
        given.and_then(sound).unwrap_or_else(|| {
            let (low, high) = widened(self.y);
            let margin = 0.05 * (high - low);
            let on_zero = |end: f64| self.bars && end.abs() < f64::MIN_POSITIVE;
            let low = if on_zero(low) { low } else { low - margin };
            (low, if on_zero(high) { high } else { high + margin })
        })
    }
}

/// Values beyond this are as good as infinite: differences of two of them still are numbers.
const LARGEST: f64 = 1e300;

fn grow(span: &mut Option<(f64, f64)>, value: f64) {
    if value.is_finite() {
        let value = value.clamp(-LARGEST, LARGEST);
        let (low, high) = span.unwrap_or((value, value));
        *span = Some((low.min(value), high.max(value)));
    }
}

fn sound((from, to): (f64, f64)) -> Option<(f64, f64)> {
    let (from, to) = (from.clamp(-LARGEST, LARGEST), to.clamp(-LARGEST, LARGEST));
    (from < to && to - from > from.abs().max(to.abs()) * 1e-12).then_some((from, to))
}

/// A single value gets room on both sides, nothing gets 0 to 1.
fn widened(span: Option<(f64, f64)>) -> (f64, f64) {
    let (low, high) = span.unwrap_or((0.0, 1.0));
    sound((low, high)).unwrap_or_else(|| {
        let margin = (low.abs() * 0.1).max(0.5);
        (low - margin, high + margin)
    })
}
