//! The truth page: five minutes to read, for reviewers only.

mod free;
mod level;
mod tempting;

use maud::{Markup, html};

use crate::bundle::{Key, Temptation};
use crate::generate::{Finding, FindingKind, Truth};
use crate::review::{Baselines, Illustration, Sample};
use crate::text::thousands;

use super::figure::Size;
use super::page::{Head, coded, figure, name, notice, page, records, section};

/// Narrow enough to stand beside its words.
const PICTURE: Size = Size {
    width: 400,
    height: 290,
};

/// What takes no insight: shown below the findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Free {
    /// What default pipelines reach.
    pub baselines: Baselines,
    /// Wrong answers that look right.
    pub temptations: Vec<Temptation>,
}

/// `truth.html`: per finding one picture and two sentences; then what is free, and what tempts.
pub fn truth_page(key: &Key, illustrations: &[Illustration], free: &Free) -> String {
    let body = html! {
        @if let Some(mark) = &key.mark {
            (notice(mark, "The secret of this round is a number that everybody may know."))
        }
        (notice("For reviewers only, never sent.", "Whoever reads this page has seen the answers."))
        (findings_body(key, illustrations))
        (free::free(key, &free.baselines))
        (tempting::tempting(&free.temptations))
        (level::level(key))
        (section("What this page does not say", &limits(key)))
    };
    page(
        &format!("What is in the data of candidate {}", key.candidate),
        &format!("The truth of one bundle · {}", key.scenario),
        &story(key),
        &body,
    )
}

/// An overview of the findings, and a card for each.
pub(super) fn findings_body(key: &Key, illustrations: &[Illustration]) -> Markup {
    let told: Vec<Told<'_>> = key
        .findings
        .iter()
        .map(|finding| Told {
            finding,
            shown: illustrations.iter().find(|of| of.finding == finding.id),
        })
        .collect();
    let part = |title: &str, lede: &str, of: &dyn Fn(&Finding) -> bool| {
        let mut cards: Vec<&Told<'_>> = told.iter().filter(|told| of(told.finding)).collect();
        cards.sort_by_key(|told| !is_decoy(told.finding));
        html! {
            @if !cards.is_empty() {
                (section(title, &html! {
                    @if !lede.is_empty() { p.soft { (lede) } }
                    @for told in cards { (card(told)) }
                }))
            }
        }
    };
    html! {
        (overview(&told))
        (part("What the data mean", PICTURED, &|f| f.kind == FindingKind::Structure))
        (part("No grouping is right", "", &|f| f.kind == FindingKind::Groups))
        (part("What is wrong with the data", "The decoy first. Pictures show the table as delivered.",
            &|f| f.kind == FindingKind::Defect))
        (part("What only looks wrong", "", &|f| f.kind == FindingKind::Innocent))
    }
}

const PICTURED: &str = "Pictures show cells that no defect touched, each column as normal scores \
                        (ranks drawn onto a bell), so that units and tails do not matter.";

/// A finding with its picture.
struct Told<'a> {
    finding: &'a Finding,
    shown: Option<&'a Illustration>,
}

/// What a clustering finds of the defects, as it was measured: F1 of the best single group against
/// the rows of each.
fn lure(key: &Key, decoy: &Finding) -> String {
    let f1_of = |finding: &Finding| {
        let Truth::Defect { instance, .. } = &finding.truth else {
            return None;
        };
        let mut measured = key.decoys.iter();
        let found = measured.find(|decoy| decoy.instance == *instance)?;
        Some((found.f1, found.control_f1))
    };
    let title = |finding: &Finding| format!("“{}”", lower(&without_mark(&finding.title)));
    let Some((f1, control)) = f1_of(decoy) else {
        return format!("; {} is the decoy", title(decoy));
    };
    let others = key.findings.iter().filter(|finding| !is_decoy(finding));
    let best = others
        .filter_map(|finding| Some((finding, f1_of(finding)?.0)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let before = format!("F1 {f1:.2}, before the damage {control:.2}");
    match best.filter(|(_, other)| *other > f1) {
        None => format!(
            "; a clustering finds the rows of the decoy, {}, best of them ({before})",
            title(decoy)
        ),
        Some((other, most)) => format!(
            "; a clustering finds the rows of {} best (F1 {most:.2}), and less well those of the \
             decoy, {} ({before})",
            title(other),
            title(decoy)
        ),
    }
}

fn without_mark(title: &str) -> String {
    title.replace(" (the decoy)", "")
}

/// Three sentences.
fn story(key: &Key) -> String {
    let titled = |kind: FindingKind| -> Vec<&Finding> {
        key.findings.iter().filter(|f| f.kind == kind).collect()
    };
    let structures = titled(FindingKind::Structure).len();
    let defects = titled(FindingKind::Defect);
    let decoy = defects.iter().find(|finding| is_decoy(finding));
    let decoy = decoy.map_or_else(String::new, |finding| lure(key, finding));
    let innocent = titled(FindingKind::Innocent);
    let innocent = innocent.first().map_or_else(String::new, |finding| {
        let name = finding.title.rsplit(": ").next().unwrap_or_default();
        format!(" What looks odd and is real: {name}.")
    });
    format!(
        "{} pieces of meaning run through this table, none of them a cluster: rows lie on \
         gradients and mix types, and two groupings of equal right hardly agree. {} defects are \
         planted{decoy}.{innocent}",
        capital(&in_words(structures)),
        capital(&in_words(defects.len())),
    )
}

/// The findings in one line each.
fn overview(told: &[Told<'_>]) -> Markup {
    let mut ordered: Vec<&Told<'_>> = told.iter().collect();
    ordered.sort_by_key(|told| (told.finding.kind, !is_decoy(told.finding)));
    let rows: Vec<Vec<Markup>> = ordered
        .iter()
        .map(|told| {
            let finding = told.finding;
            let fact = told.shown.and_then(|shown| shown.facts.first());
            vec![
                html! { a href=(format!("#{}", anchor(finding))) { (finding.title) } },
                html! { (kind(finding)) },
                html! { (columns(finding)) },
                html! { @if let Some((name, value)) = fact { (coded(name)) ": " (unbroken(value)) } },
            ]
        })
        .collect();
    let heads = ["finding", "kind", "columns", "measured"].map(Head::Words);
    section(
        "In a minute",
        &records("Everything that was planted.", &heads, &rows),
    )
}

fn card(told: &Told<'_>) -> Markup {
    let finding = told.finding;
    let picture = told.shown.and_then(|shown| shown.chart.as_ref());
    let bent = matches!(finding.truth, Truth::Ridge { .. });
    html! {
        article.beside id=(anchor(finding)) {
            div.words {
                @if finding.kind != FindingKind::Groups { h3 { (finding.title) } }
                @if finding.given {
                    p.soft { "The brief tells this already; it is credited to nobody." }
                }
                p { (coded(told.shown.map_or(&finding.says, |shown| &shown.says))) }
                dl.told {
                    dt { "Columns" }
                    dd { (columns(finding)) }
                    @if let Some(shown) = told.shown.filter(|shown| !shown.also.is_empty()) {
                        dt { "Also carried by" }
                        dd { (also(shown, bent)) }
                    }
                    dt { "How one notices it" }
                    dd { (coded(&sentence(&finding.notice))) }
                    dt { "Also fine" }
                    dd { (coded(&sentence(&finding.accepted))) }
                }
            }
            @if let Some(chart) = picture { div.picture { (figure(chart, PICTURE)) } }
            @if let Some(shown) = told.shown.filter(|shown| !shown.facts.is_empty()) {
                dl.measured {
                    @for (name, value) in &shown.facts {
                        div { dt { (coded(name)) } dd { (coded(&unbroken(value))) } }
                    }
                }
            }
        }
    }
}

fn limits(key: &Key) -> Markup {
    let stride = Sample::stride(key.source_rows);
    let (added, removed) = counted(key, None);
    html! {
        p {
            "It lists what was planted. Other things may be true of these rows, by chance or as a \
             consequence of several findings: they count as much as any of these when they hold. So \
             does an honest “I looked and found nothing”, and a reading of your own that turns out \
             wrong is worth saying in the talk."
        }
        p {
            (thousands(key.source_rows as usize)) " rows were made; defects added "
            (thousands(added as usize))
            @if removed > 0 { " and took " (thousands(removed as usize)) " away" }
            ", so that " (thousands(key.delivered_rows as usize))
            " were delivered. Pictures and numbers are from "
            @if stride > 1 { "every " (stride) "th row" } @else { "all of them" }
            "; “sd” is a standard deviation."
        }
        @for child in &key.children {
            @let (added, removed) = counted(key, Some(&child.name));
            @let stride = Sample::stride(child.source_rows);
            p {
                "In the table " code { (child.name) } ": " (thousands(child.source_rows as usize))
                " rows made, " (thousands(added as usize)) " added, " (thousands(removed as usize))
                " taken away, " (thousands(child.delivered_rows as usize)) " delivered. Its pictures are from "
                @if stride > 1 { "about every " (stride) "th row" } @else { "all of them" } "."
            }
        }
    }
}

/// Rows that defects added to a table and took from it.
fn counted(key: &Key, table: Option<&str>) -> (u64, u64) {
    let instances = key.world.instances.iter().zip(&key.instances);
    let here = instances.filter(|(instance, _)| instance.table.as_deref() == table);
    here.fold((0, 0), |(added, removed), (_, one)| {
        (added + one.added, removed + one.removed)
    })
}

fn columns(finding: &Finding) -> Markup {
    html! {
        @if let Some(table) = &finding.table { "in the table " code { (table) } ": " }
        @if finding.columns.is_empty() { "all together" }
        @for (at, column) in finding.columns.iter().enumerate() {
            @if at > 0 { ", " }
            code { (name(column)) }
        }
    }
}

/// A value that is not broken before its per cent sign, nor at an arrow.
fn unbroken(value: &str) -> String {
    let value = value.replace(" %", "\u{a0}%");
    value.replace(" → ", "\u{a0}→\u{a0}")
}

/// The columns that carry a finding beside those it names, each with how strongly.
fn also(shown: &Illustration, bent: bool) -> Markup {
    html! {
        @for (at, (column, strength)) in shown.also.iter().enumerate() {
            @if at > 0 { ", " }
            span.kept { (coded(column)) " " (unbroken(strength)) }
        }
        span.soft {
            @if bent { " (share of variance that the path explains)" }
            @else { " (rank correlation with it)" }
        }
    }
}

fn kind(finding: &Finding) -> &'static str {
    match (&finding.truth, finding.kind) {
        (_, _) if is_decoy(finding) => "defect, the decoy",
        (Truth::Factor { .. }, _) => "gradient",
        (Truth::Ridge { .. }, _) => "bent path",
        (Truth::Regime { .. }, _) => "change at a date",
        (Truth::Rare { .. }, _) => "small real group",
        (Truth::Interaction { .. }, _) => "joint effect",
        (_, FindingKind::Structure) => "structure",
        (_, FindingKind::Groups) => "groups",
        (_, FindingKind::Defect) => "defect",
        (_, FindingKind::Innocent) => "real, keep",
    }
}

fn is_decoy(finding: &Finding) -> bool {
    matches!(finding.truth, Truth::Defect { decoy: true, .. })
}

fn anchor(finding: &Finding) -> String {
    format!("finding-{}", finding.id)
}

/// A note as a sentence: with a capital and a full stop.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{stop}", capital(text))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn in_words(number: usize) -> String {
    const WORDS: [&str; 7] = ["no", "one", "two", "three", "four", "five", "six"];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
