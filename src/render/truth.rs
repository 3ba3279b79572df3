//! The truth page: the answer key of one bundle, for reviewers only.

mod baselines;
mod difficulty;
mod finding_link;
mod misleading;

use maud::{Markup, html};

use crate::bundle::{Key, MisleadingClustering};
use crate::generate::{Finding, FindingKind, Truth};
use crate::report::{bundle_summary, finding_kind, is_decoy, sentence};
use crate::review::{Baselines, Illustration, Sample};
use crate::text::thousands;

use super::figure::FigureSize;
use finding_link::{anchor, finding_link};

use super::page::{ColumnHead, coded, figure, name, notice, page, records, section};

/// Narrow enough to fit next to its text.
const PICTURE: FigureSize = FigureSize {
    width: 400,
    height: 290,
};

/// `truth.html`: a figure and two sentences per finding; then what baselines find, and clusterings
/// that mislead.
pub fn truth_page(
    key: &Key,
    illustrations: &[Illustration],
    baselines: &Baselines,
    misleading: &[MisleadingClustering],
) -> String {
    let body = html! {
        @if let Some(mark) = &key.mark {
            (notice(mark, "The secret of this round is public."))
        }
        (notice("For reviewers only.", "This page contains the answers: it is never sent to a candidate."))
        (findings_body(key, illustrations))
        (baselines::section_of(key, baselines))
        (misleading::section_of(misleading))
        (difficulty::section_of(key))
        (section("Limits of this page", &limits(key)))
    };
    page(
        &format!("Answer key: candidate {}", key.candidate),
        &format!("The truth of one bundle · {}", key.scenario),
        &bundle_summary(key),
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

/// A finding with its figure.
struct IllustratedFinding<'a> {
    finding: &'a Finding,
    shown: Option<&'a Illustration>,
}

/// One line for each finding.
fn overview(findings: &[IllustratedFinding<'_>]) -> Markup {
    let mut ordered: Vec<&IllustratedFinding<'_>> = findings.iter().collect();
    ordered.sort_by_key(|one| (one.finding.kind, !is_decoy(one.finding)));
    let rows: Vec<Vec<Markup>> = ordered
        .iter()
        .map(|one| {
            let finding = one.finding;
            let fact = one.shown.and_then(|shown| shown.facts.first());
            vec![
                finding_link(finding),
                html! { (finding_kind(finding)) },
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
        article.side-by-side id=(anchor(finding)) {
            div.words {
                h3 { (finding.title) }
                @if finding.disclosed {
                    p.soft { "Stated in the brief, so nobody gets credit for it." }
                }
                p { (coded(one.shown.map_or(&finding.statement, |shown| &shown.statement))) }
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
    let (added, removed) = share_text(key, None);
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
            @let (added, removed) = share_text(key, Some(&child.name));
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
fn share_text(key: &Key, table: Option<&str>) -> (u64, u64) {
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

/// A value without line breaks before its per cent sign or next to an arrow.
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
