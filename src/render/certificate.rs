//! The certificate as a page, with plots.

mod control;
mod groups;
mod heat;
mod meaning;
mod pairs;
mod panel;
mod reasons;
mod recovered;
mod within;

use maud::{Markup, html};

use crate::certify::{Certificate, Step, ViewColumn};
use crate::report::{
    LIMITS, StatisticGroup, changed_thresholds, close_calls, statistic_rows, verdict_summary,
};
use crate::text::{number, thousands};

use super::figure::FigureSize;
use super::page::{ColumnHead, figure, figures, name, records, section, styled};

use panel::Panel;

/// Size of two figures next to each other.
const PICTURE: FigureSize = FigureSize {
    width: 480,
    height: 270,
};

const STYLE: &str = include_str!("certificate.css");

/// The certificate as a page: the verdict, the plots, the analysis view, every statistic, and the
/// limits.
pub fn certificate_page(certificate: &Certificate) -> String {
    let (verdict, advice) = verdict_summary(certificate);
    let body = html! {
        (section("Verdict", &html! {
            p.answer { strong { (verdict) } " " (advice) }
            (reasons::reasons(certificate))
            @if let Some(near) = close_calls(certificate) { p { (near) } }
            @if let Some(moved) = changed_thresholds(&certificate.thresholds) { p { (moved) } }
        }))
        (section(StatisticGroup::Clear.heading(), &html! {
            p { (NULL_TABLES) }
            (control::control(certificate))
            h3 { "Results by number of clusters" }
            (shown(&groups::pictures(certificate)))
            (heat::heat(certificate))
            (pairs::misleading(certificate))
            (within::within(certificate))
        }))
        (section(StatisticGroup::Meaning.heading(), &html! {
            (recovered::recovered(certificate))
            (figures(&[
                pictured(&meaning::components(certificate)),
                meaning::beyond_correlation(certificate),
            ]))
            (meaning::predictability(certificate))
        }))
        (section("What was measured", &measured(certificate)))
        (section("All statistics", &numbers(certificate)))
        (section("What this claims, and what it does not", &html! { p { (LIMITS) } p { (CALIBRATION) } }))
    };
    styled(
        &certificate.table,
        "Certificate: does this table have one correct clustering, and do its columns carry signal?",
        "",
        STYLE,
        &body,
    )
}

const CALIBRATION: &str = "“Meaningful” means that the columns predict each other, beyond pairwise \
                           correlation. It does not mean that the structure matters to anyone. If \
                           rows were generated as mixtures of types, a model trained on the types \
                           may find more of them than any clustering does: structure without \
                           borders. The thresholds were set on tables with a known verdict: \
                           separated and overlapping blobs, two moons, uniform noise, normal \
                           clouds with and without correlation, and a design of factors and soft \
                           types with varying separation and noise. Text and flag columns are not \
                           used; categories are used only as declared groups. Missing values were \
                           imputed from the other columns, so a column with many of them looks a \
                           little too predictable.";

const NULL_TABLES: &str = "Any algorithm finds clusters in any table, so every result is compared \
                           with null tables: the same number of rows, the same columns and \
                           correlations, and no clusters (drawn from a Gaussian copula). In the \
                           plots, a heavy line marks the threshold of the verdict.";

fn shown(pictures: &[Panel]) -> Markup {
    let items: Vec<Markup> = pictures.iter().map(pictured).collect();
    figures(&items)
}

fn pictured(one: &Panel) -> Markup {
    html! {
        (figure(&one.chart, PICTURE))
        p.contrast { (one.contrast) }
    }
}

/// Rows, columns with their transformations, and omitted columns.
fn measured(certificate: &Certificate) -> Markup {
    let (view, s) = (&certificate.view, &certificate.statistics);
    let (plain, changed): (Vec<&ViewColumn>, Vec<&ViewColumn>) = view
        .columns
        .iter()
        .partition(|column| column.steps.is_empty());
    let columns: Vec<Vec<Markup>> = changed
        .iter()
        .map(|column| {
            vec![
                html! { (name(&column.name)) },
                html! { (done(&column.steps)) },
            ]
        })
        .collect();
    let left_out: Vec<Vec<Markup>> = view
        .left_out
        .iter()
        .map(|column| {
            vec![
                html! { (name(&column.name)) },
                html! { (column.why.says()) },
            ]
        })
        .collect();
    html! {
        p {
            "The table has " (thousands(view.table_rows)) " rows"
            @if view.table_rows > s.rows_used {
                ", of which " (thousands(s.rows_used)) " were used: a fixed random sample"
            }
            ". " (thousands(s.columns)) " numeric columns were used, each standardised to mean 0 and standard deviation 1"
            "."
            @if !left_out.is_empty() { " Left out: " (thousands(left_out.len())) "." }
        }
        @if !plain.is_empty() {
            p {
                "Used unchanged: "
                @for (at, column) in plain.iter().enumerate() {
                    @if at > 0 { ", " }
                    (name(&column.name))
                }
                "."
            }
        }
        div.halves {
            @if !columns.is_empty() {
                (records("Transformed", &[ColumnHead::Words("column"), ColumnHead::Words("transformation")], &columns))
            }
            @if !left_out.is_empty() {
                (records("Left out", &[ColumnHead::Words("column"), ColumnHead::Words("reason")], &left_out))
            }
        }
    }
}

fn done(steps: &[Step]) -> String {
    let words: Vec<String> = steps
        .iter()
        .map(|step| match step {
            // A step in binary fractions has more digits than are readable.
            Step::Jittered { step } => format!("ties spread over {}", number(*step)),
            Step::Logged { plus } if *plus > 0.0 => {
                format!("logarithm of the value + {}", number(*plus))
            }
            other => other.says(),
        })
        .collect();
    words.join(", ")
}

/// Every statistic with its value, its threshold and its meaning.
fn numbers(certificate: &Certificate) -> Markup {
    let against = |statistic: &str| {
        let mut reasons = certificate.verdict.reasons.iter();
        reasons.any(|reason| reason.statistic == statistic)
    };
    let lines = statistic_rows(certificate);
    let table = |question: StatisticGroup| {
        let rows: Vec<Vec<Markup>> = lines
            .iter()
            .filter(|line| line.question == question)
            .map(|line| {
                let mut row = vec![
                    html! { (line.name) @if line.with_valley { span.soft { " if the valley is deep" } } },
                    html! { @if against(line.statistic) { strong.against { (line.found) } } @else { (line.found) } },
                ];
                if question != StatisticGroup::Shown {
                    row.push(html! { (line.threshold) });
                }
                row.push(html! { (line.means) });
                row
            })
            .collect();
        let mut heads = vec![ColumnHead::Words("statistic"), ColumnHead::Numbers("value")];
        if question != StatisticGroup::Shown {
            heads.push(ColumnHead::Numbers("threshold"));
        }
        heads.push(ColumnHead::Words("meaning"));
        html! { @if !rows.is_empty() { (records(question.heading(), &heads, &rows)) } }
    };
    html! {
        p {
            "A value set like " strong.against { "this" } " counts against the table. Statistics marked " em { "if the valley is deep" } " count only if the valley between clusters is deep enough as well: one elongated cloud \
             is cut the same way every time, into two or three clusters."
        }
        (table(StatisticGroup::Clear))
        (table(StatisticGroup::Meaning))
        (table(StatisticGroup::Key))
        (table(StatisticGroup::Shown))
    }
}

#[cfg(test)]
mod tests;
