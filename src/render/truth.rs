//! The truth page: the answer key of one bundle, for reviewers only.

mod baselines;
mod difficulty;
mod misleading;

use maud::{Markup, html};

use crate::bundle::{Key, MisleadingClustering};
use crate::generate::{Finding, FindingKind, Truth};
use crate::review::{Baselines, Illustration, Sample};
use crate::text::thousands;

use super::figure::FigureSize;
use super::page::{ColumnHead, coded, figure, name, notice, page, records, section};

/// Narrow enough to fit next to its text.
const PICTURE: FigureSize = FigureSize {
    width: 400,
    height: 290,
};

/// What takes no insight: shown below the findings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Free {
    /// What default pipelines reach.
    pub baselines: Baselines,
    /// Wrong answers that look right.
    pub temptations: Vec<MisleadingClustering>,
}

/// `truth.html`: a figure and two sentences per finding; then what baselines find, and clusterings
/// that mislead.
pub fn truth_page(key: &Key, illustrations: &[Illustration], free: &Free) -> String {
    let body = html! {
        @if let Some(mark) = &key.mark {
            (notice(mark, "The secret of this round is public."))
        }
        (notice("For reviewers only.", "This page contains the answers: it is never sent to a candidate."))
        (findings_body(key, illustrations))
        (baselines::section_of(key, &free.baselines))
        (misleading::section_of(&free.temptations))
        (difficulty::section_of(key))
        (section("Limits of this page", &limits(key)))
    };
    page(
        &format!("Answer key: candidate {}", key.candidate),
        &format!("The truth of one bundle · {}", key.scenario),
        &summary(key),
        &body,
    )
}

/// An overview of the findings, and a card for each.
pub(super) fn findings_body(key: &Key, illustrations: &[Illustration]) -> Markup {
    let findings: Vec<IllustratedFinding<'_>> = key
        .findings
        .iter()
        .map(|finding| IllustratedFinding {
            finding,
            shown: illustrations.iter().find(|of| of.finding == finding.id),
        })
        .collect();
    let part = |title: &str, lede: &str, of: &dyn Fn(&Finding) -> bool| {
        let mut cards: Vec<&IllustratedFinding<'_>> =
            findings.iter().filter(|one| of(one.finding)).collect();
        cards.sort_by_key(|one| !is_decoy(one.finding));
        html! {
            @if !cards.is_empty() {
                (section(title, &html! {
                    @if !lede.is_empty() { p.soft { (lede) } }
                    @for one in cards { (card(one)) }
                }))
            }
        }
    };
    html! {
        (overview(&findings))
        (part("Structures", PICTURED, &|f| f.kind == FindingKind::Structure))
        (part("Groups", "", &|f| f.kind == FindingKind::Groups))
        (part("Defects", "The decoy comes first. Figures show the table as delivered.",
            &|f| f.kind == FindingKind::Defect))
        (part("Benign anomaly", "", &|f| f.kind == FindingKind::Benign))
    }
}

const PICTURED: &str = "Figures use only cells that no defect touched. Each column is shown as normal scores \
                        (ranks mapped to a bell curve), so units and long tails do not matter.";

/// A finding with its picture.
struct IllustratedFinding<'a> {
    finding: &'a Finding,
    shown: Option<&'a Illustration>,
}

/// How well one cluster matches the decoy, compared with the other defects.
fn decoy_sentence(key: &Key, decoy: &Finding) -> String {
    let f1_of = |finding: &Finding| {
        let Truth::Defect { instance, .. } = &finding.truth else {
            return None;
        };
        let mut measured = key.decoys.iter();
        let found = measured.find(|decoy| decoy.instance == *instance)?;
        Some((found.f1, found.control_f1))
    };
    let title = |finding: &Finding| {
        let title = finding.title.replace(" (the decoy)", "");
        format!("“{}”", lower(&title))
    };
    let Some((f1, control)) = f1_of(decoy) else {
        return format!(" The decoy is {}.", title(decoy));
    };
    let others = key.findings.iter().filter(|finding| !is_decoy(finding));
    let best = others
        .filter_map(|finding| Some((finding, f1_of(finding)?.0)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let measured = format!("F1 {f1:.2}, {control:.2} without the defect");
    match best.filter(|(_, other)| *other > f1) {
        None => format!(
            " Of all defects, a clustering finds the decoy best: {} ({measured}).",
            title(decoy)
        ),
        Some((other, most)) => format!(
            " A clustering finds {} best (F1 {most:.2}), and the decoy less well: {} ({measured}).",
            title(other),
            title(decoy)
        ),
    }
}

/// What the table contains, in a few sentences.
fn summary(key: &Key) -> String {
    let of_kind = |kind: FindingKind| -> Vec<&Finding> {
        key.findings.iter().filter(|f| f.kind == kind).collect()
    };
    let counted = |number: usize, noun: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{} {noun}{plural}", in_words(number))
    };
    let structures = counted(of_kind(FindingKind::Structure).len(), "structure");
    let defects = of_kind(FindingKind::Defect);
    let decoy = defects.iter().find(|finding| is_decoy(finding));
    let decoy = decoy.map_or_else(String::new, |finding| decoy_sentence(key, finding));
    let benign = of_kind(FindingKind::Benign);
    let benign = benign.first().map_or_else(String::new, |finding| {
        let name = finding.title.rsplit(": ").next().unwrap_or_default();
        format!(" One anomaly is real: {name}.")
    });
    format!(
        "This table contains {structures} and no clusters. Rows vary along gradients and mix types, \
         and two equally valid groupings barely agree. It also has {}.{decoy}{benign}",
        counted(defects.len(), "planted defect"),
    )
}

/// The findings in one line each.
fn overview(findings: &[IllustratedFinding<'_>]) -> Markup {
    let mut ordered: Vec<&IllustratedFinding<'_>> = findings.iter().collect();
    ordered.sort_by_key(|one| (one.finding.kind, !is_decoy(one.finding)));
    let rows: Vec<Vec<Markup>> = ordered
        .iter()
        .map(|one| {
            let finding = one.finding;
            let fact = one.shown.and_then(|shown| shown.facts.first());
            vec![
                html! { a href=(format!("#{}", anchor(finding))) { (finding.title) } },
                html! { (kind(finding)) },
                html! { (columns(finding)) },
                html! { @if let Some((name, value)) = fact { (coded(name)) ": " (unbroken(value)) } },
            ]
        })
        .collect();
    let heads = ["finding", "kind", "columns", "key number"].map(ColumnHead::Words);
    section(
        "At a glance",
        &records("Everything that was planted in these data.", &heads, &rows),
    )
}

fn card(one: &IllustratedFinding<'_>) -> Markup {
    let finding = one.finding;
    let picture = one.shown.and_then(|shown| shown.chart.as_ref());
    let bent = matches!(finding.truth, Truth::Curve { .. });
    html! {
        article.beside id=(anchor(finding)) {
            div.words {
                h3 { (finding.title) }
                @if finding.disclosed {
                    p.soft { "Stated in the brief, so nobody gets credit for it." }
                }
                p { (coded(one.shown.map_or(&finding.statement, |shown| &shown.says))) }
                dl.details {
                    dt { "Columns" }
                    dd { (columns(finding)) }
                    @if let Some(shown) = one.shown.filter(|shown| !shown.also.is_empty()) {
                        dt { "Also visible in" }
                        dd { (also(shown, bent)) }
                    }
                    dt { "How to notice it" }
                    dd { (coded(&sentence(&finding.how_to_notice))) }
                    dt { "Also accepted" }
                    dd { (coded(&sentence(&finding.accepted))) }
                }
            }
            @if let Some(chart) = picture { div.picture { (figure(chart, PICTURE)) } }
            @if let Some(shown) = one.shown.filter(|shown| !shown.facts.is_empty()) {
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
            "This page lists what was planted. Other things may be true of these rows, by chance or \
             because several findings combine. If they hold, they count just as much. So does an \
             honest “I looked and found nothing”. And if you misread something, say so in the interview."
        }
        p {
            (thousands(key.source_rows as usize)) " rows were generated. Defects added "
            (thousands(added as usize))
            @if removed > 0 { " and removed " (thousands(removed as usize)) }
            ", so that " (thousands(key.delivered_rows as usize))
            " were delivered. Figures and numbers use "
            @if stride > 1 { "one row in " (stride) } @else { "all of them" }
            ". “sd” means standard deviation."
        }
        @for child in &key.children {
            @let (added, removed) = counted(key, Some(&child.name));
            @let stride = Sample::stride(child.source_rows);
            p {
                "In the table " code { (child.name) } ": " (thousands(child.source_rows as usize))
                " rows generated, " (thousands(added as usize)) " added, " (thousands(removed as usize))
                " removed, " (thousands(child.delivered_rows as usize)) " delivered. Its figures use "
                @if stride > 1 { "about one row in " (stride) } @else { "all of them" } "."
            }
        }
    }
}

/// Rows that defects added to a table and removed from it.
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
        @if finding.columns.is_empty() { "all columns together" }
        @for (at, column) in finding.columns.iter().enumerate() {
            @if at > 0 { ", " }
            code { (name(column)) }
        }
    }
}

/// A value without line breaks before its per cent sign or at an arrow.
fn unbroken(value: &str) -> String {
    let value = value.replace(" %", "\u{a0}%");
    value.replace(" → ", "\u{a0}→\u{a0}")
}

/// More columns that show a finding, each with how strongly.
fn also(shown: &Illustration, bent: bool) -> Markup {
    html! {
        @for (at, (column, strength)) in shown.also.iter().enumerate() {
            @if at > 0 { ", " }
            span.kept { (coded(column)) " " (unbroken(strength)) }
        }
        span.soft {
            @if bent { " (share of variance explained)" }
            @else { " (rank correlation)" }
        }
    }
}

fn kind(finding: &Finding) -> &'static str {
    match (&finding.truth, finding.kind) {
        (_, _) if is_decoy(finding) => "defect (decoy)",
        (Truth::Factor { .. }, _) => "factor",
        (Truth::Curve { .. }, _) => "curve",
        (Truth::Change { .. }, _) => "change",
        (Truth::Rare { .. }, _) => "rare group",
        (Truth::Interaction { .. }, _) => "interaction",
        (_, FindingKind::Structure) => "structure",
        (_, FindingKind::Groups) => "groups",
        (_, FindingKind::Defect) => "defect",
        (_, FindingKind::Benign) => "benign anomaly",
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
