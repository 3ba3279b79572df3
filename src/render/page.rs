//! The shell and the components of every page.
//!
//! A page is one self-contained file: no network, its styles inside, and no script but the one of the explorer, which
//! the page allows by its hash. maud escapes every word, so that untrusted text (column names, reports) stays text.
//! What a page is made of:
//!
//! | component | for |
//! |---|---|
//! | [`section`] | a heading and what belongs to it |
//! | [`notice`] | a warning that must be seen: *DEMO: not for hiring* |
//! | [`coded`] | a sentence with `names` in it |
//! | [`name`] | a name that may be broken behind its underscores |
//! | [`quote`] | a passage of the report, with its place |
//! | [`facts`] | a few named values in a line |
//! | [`figure`], [`figures`] | a chart with its caption; a grid of such |
//! | [`meters()`] | numbers on their scale, against chance and references |
//! | [`bars`] | shares by name |
//! | [`table`] | rows of cells; scrolls in its own room |
//! | [`records`] | the same, for words: cards where the page is narrow |

mod meters;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::chart::Chart;

use super::figure::{FigureSize, svg};

use meters::position;

pub use meters::{MarkStyle, Meter, ReferenceMark, mark_sample, meters};

/// No script, no requests, nothing sent: even if a page was tampered with.
const POLICY: &str = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("page.css");

/// A whole page: `kind`, above the title, says what sort of page it is, and `lede`, below it, what
/// the reader will find.
pub fn page(title: &str, kind: &str, lede: &str, body: &Markup) -> String {
    styled(title, kind, lede, "", body)
}

/// A [`page`] with additional styles after the common ones.
pub(super) fn styled(title: &str, kind: &str, lede: &str, style: &str, body: &Markup) -> String {
    scripted(title, kind, lede, (style, ""), body)
}

/// A [`styled`] page with one script (none if empty), which runs once the page is loaded. Nothing
/// else in the page can run: the policy allows the script by its hash.
pub(super) fn scripted(
    title: &str,
    kind: &str,
    lede: &str,
    (style, script): (&str, &str),
    body: &Markup,
) -> String {
    let mut policy = POLICY.to_owned();
    if !script.is_empty() {
        let hash = STANDARD.encode(Sha256::digest(script.as_bytes()));
        policy = format!("{policy}; script-src 'sha256-{hash}'");
    }
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(style)) }
            }
            body {
                header.page {
                    p.kind { (kind) }
                    h1 { (title) }
                    @if !lede.is_empty() { p.lede { (lede) } }
                }
                main { (body) }
                @if !script.is_empty() { script { (PreEscaped(script)) } }
            }
        }
    }
    .into_string()
}

/// A heading and its contents.
pub fn section(title: &str, body: &Markup) -> Markup {
    html! { section { h2 { (title) } (body) } }
}

/// A warning that must be seen, with a sentence about it (may be empty).
pub fn notice(word: &str, text: &str) -> Markup {
    html! { p.notice role="note" { strong { (word) } @if !text.is_empty() { " " (text) } } }
}

/// A sentence; text between backticks is set as code.
pub fn coded(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (name(part)) } } @else { (part) }
        }
    }
}

/// A name in a table: it breaks after an underscore rather than anywhere else.
pub fn name(text: &str) -> Markup {
    html! {
        @for (at, part) in text.split_inclusive('_').enumerate() {
            @if at > 0 { wbr; }
            (part)
        }
    }
}

/// A passage of the report, with its place (may be empty).
pub fn quote(text: &str, place: &str) -> Markup {
    html! {
        blockquote {
            p { (text) }
            @if !place.is_empty() { footer { (place) } }
        }
    }
}

/// A few named values.
pub fn facts(facts: &[(&str, String)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in facts { div { dt { (name) } dd { (value) } } }
        }
    }
}

/// A chart with its title and sentence as caption.
pub fn figure(chart: &Chart, size: FigureSize) -> Markup {
    let wide = (size.width > 480).then_some("wide");
    html! {
        figure class=[wide] {
            figcaption {
                @if !chart.title.is_empty() { strong { (chart.title) } " " }
                span { (chart.says) }
            }
            // Scrolls if the page is narrower than the figure, so it must be reachable by keyboard.
            div.sheet tabindex=[wide.map(|_| "0")] { (PreEscaped(svg(chart, size))) }
        }
    }
}

/// Figures, or anything equally narrow, next to each other as far as the width allows.
pub fn figures(items: &[Markup]) -> Markup {
    html! { div.figures { @for item in items { div { (item) } } } }
}

/// One share, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShareBar {
    /// Its name.
    pub name: String,
    /// From 0 to 1.
    pub share: f64,
    /// The share as text.
    pub shown: String,
    /// Whether it is the sum of all others: it gets no bar, which would dwarf the rest.
    pub rest: bool,
    /// A share to compare with, such as a threshold, shown as a vertical line.
    pub reference: Option<f64>,
}

/// Shares by name, one per row, on a scale from 0 to `full`.
pub fn bars(rows: &[ShareBar], full: f64) -> Markup {
    html! {
        ul."scale-rows" {
            @for row in rows {
                li {
                    span.name.soft[row.rest] title=(row.name) { (row.name) }
                    span.track {
                        @if !row.rest {
                            span.bar style=(format!("width:{:.2}%", position(row.share / full))) {}
                        }
                        @if let Some(reference) = row.reference {
                            span.reference style=(format!("left:{:.2}%", position(reference / full))) {}
                        }
                    }
                    span.shown { (row.shown) }
                }
            }
        }
    }
}

/// The head of one column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnHead<'a> {
    /// Text, left-aligned.
    Words(&'a str),
    /// Numbers, right-aligned so that digits line up.
    Numbers(&'a str),
}

/// Rows of cells with column heads; the first cell is the head of its row.
pub fn table(caption: &str, heads: &[ColumnHead<'_>], rows: &[Vec<Markup>]) -> Markup {
    cells(caption, heads, rows, None)
}

/// The same for text cells: on narrow pages each row is a card, and every cell repeats its column
/// head.
pub fn records(caption: &str, heads: &[ColumnHead<'_>], rows: &[Vec<Markup>]) -> Markup {
    cells(caption, heads, rows, Some("records"))
}

fn cells(
    caption: &str,
    heads: &[ColumnHead<'_>],
    rows: &[Vec<Markup>],
    class: Option<&str>,
) -> Markup {
    let number =
        |at: usize| matches!(heads.get(at), Some(ColumnHead::Numbers(_))).then_some("number");
    let head = |at: usize| {
        let head = heads.get(at).filter(|_| class.is_some());
        head.map(|(ColumnHead::Words(word) | ColumnHead::Numbers(word))| *word)
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table class=[class] {
                @if !caption.is_empty() { caption { span { (caption) } } }
                thead { tr {
                    @for head in heads {
                        @match head {
                            ColumnHead::Words(word) => th scope="col" { (word) },
                            ColumnHead::Numbers(word) => th.number scope="col" { (word) },
                        }
                    }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                @if at == 0 { th scope="row" { (cell) } }
                                @else { td class=[number(at)] data-head=[head(at)] { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Axis;

    const HOSTILE: &str = "</script><img src=x onerror=\"alert(1)\">";

    #[test]
    fn nothing_untrusted_becomes_markup() {
        let chart = Chart {
            title: HOSTILE.to_owned(),
            says: HOSTILE.to_owned(),
            x: Axis::named(HOSTILE),
            y: Axis::named(HOSTILE),
            marks: Vec::new(),
        };
        let meter = Meter {
            name: HOSTILE.to_owned(),
            shown: HOSTILE.to_owned(),
            references: vec![ReferenceMark {
                name: HOSTILE.to_owned(),
                value: 0.5,
                style: MarkStyle::Solid,
            }],
            ..Meter::default()
        };
        let bar = ShareBar {
            name: HOSTILE.to_owned(),
            shown: HOSTILE.to_owned(),
            ..ShareBar::default()
        };
        let body = html! {
            (notice(HOSTILE, HOSTILE))
            (coded(&format!("{HOSTILE} `{HOSTILE}`")))
            (quote(HOSTILE, HOSTILE))
            (facts(&[(HOSTILE, HOSTILE.to_owned())]))
            (figures(&[figure(&chart, FigureSize::SMALL), figure(&chart, FigureSize::WIDE)]))
            (meters(&[meter], 0.0, 1.0))
            (bars(&[bar], 1.0))
            (table(HOSTILE, &[ColumnHead::Words(HOSTILE), ColumnHead::Numbers(HOSTILE)], &[vec![html! { (HOSTILE) }, html! { (HOSTILE) }]]))
        };
        let text = page(HOSTILE, HOSTILE, HOSTILE, &section(HOSTILE, &body));
        assert!(!text.contains("<img") && !text.contains("<script") && !text.contains("</script"));
    }

    #[test]
    fn a_page_needs_nothing_from_outside_and_runs_nothing() {
        let text = page("t", "k", "l", &html! {});
        assert!(text.contains("default-src 'none'"));
        assert!(!text.contains("http://") && !text.contains("https://") && !text.contains("url("));
        assert!(!text.contains("<script"));
    }

    #[test]
    fn a_long_name_is_broken_behind_its_underscores_only() {
        let text = coded("the `next_other_at`").into_string();
        assert_eq!(text, "the <code>next_<wbr>other_<wbr>at</code>");
        assert_eq!(name("plain").into_string(), "plain");
        assert_eq!(name("a_<b>").into_string(), "a_<wbr>&lt;b&gt;");
    }

    #[test]
    fn a_record_carries_its_heads_for_a_narrow_page() {
        let row = || vec![html! { "a" }, html! { "b" }];
        let heads = [ColumnHead::Words("finding"), ColumnHead::Words("kind")];
        let text = records("", &heads, &[row()]).into_string();
        assert!(text.contains("class=\"records\"") && text.contains("data-head=\"kind\""));
        assert!(
            !table("", &heads, &[row()])
                .into_string()
                .contains("data-head")
        );
    }

    #[test]
    fn numbers_in_a_table_are_set_from_the_right() {
        let row = vec![html! { "a" }, html! { "1" }];
        let text = table(
            "",
            &[ColumnHead::Words("name"), ColumnHead::Numbers("n")],
            &[row],
        )
        .into_string();
        assert!(text.contains("<th scope=\"row\">a</th><td class=\"number\">1</td>"));
    }
}
