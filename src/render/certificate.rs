//! The page of a certificate: why a grouping is right or none is, for somebody who reads plots.

mod control;
mod groups;
mod heat;
mod meaning;
mod pairs;
mod reasons;
mod recovered;
mod within;

use maud::{Markup, html};

use crate::certify::{Certificate, Step, ViewColumn};
use crate::chart::Chart;
use crate::report::{
    LIMITS, Question, changed_thresholds, close_calls, statistic_rows, verdict_summary,
};
use crate::text::{number, thousands};

use super::figure::FigureSize;
use super::page::{ColumnHead, figure, figures, name, records, section, styled};

/// Two side by side.
const PICTURE: FigureSize = FigureSize {
    width: 480,
    height: 270,
};

const STYLE: &str = include_str!("certificate.css");

/// The page of `certificate`: the answer, what was measured, pictures, every number, and what it
/// does not prove.
pub fn certificate_page(certificate: &Certificate) -> String {
    let (verdict, advice) = verdict_summary(certificate);
    let body = html! {
        (section("The answer", &html! {
            p.answer { strong { (verdict) } " " (advice) }
            (reasons::reasons(certificate))
            @if let Some(near) = close_calls(certificate) { p { (near) } }
            @if let Some(moved) = changed_thresholds(&certificate.thresholds) { p { (moved) } }
        }))
        (section(Question::Clear.words(), &html! {
            p { (TWIN) }
            (control::control(certificate))
            h3 { "What was found, for each number of groups" }
            (shown(&groups::pictures(certificate)))
            (heat::heat(certificate))
            (pairs::tempting(certificate))
            (within::within(certificate))
        }))
        (section(Question::Meaning.words(), &html! {
            (recovered::recovered(certificate))
            (figures(&[
                pictured(&meaning::components(certificate)),
                meaning::beyond_correlation(certificate),
            ]))
            (meaning::predictability(certificate))
        }))
        (section("What was measured", &measured(certificate)))
        (section("Every number", &numbers(certificate)))
        (section("What this does not prove", &html! { p { (LIMITS) } p { (NOR) } }))
    };
    styled(
        &certificate.table,
        "Certificate: is one grouping right, and does the table mean anything?",
        "",
        STYLE,
        &body,
    )
}

const NOR: &str = "Meaningful says that columns tell of one another, and more than correlation does; not that it \
                   matters to anybody. Where rows were made as mixtures of types, a learner that is told the types \
                   finds more of them than any grouping does: that is structure without borders. Where answers \
                   turn was set on tables whose verdict is known: blobs that lie apart and blobs that overlap, two moons, \
                   uniform noise, normal clouds with and without correlation, and a design of factors and soft types whose \
                   separation and noise were varied. Flags and texts are in no number here, and categories only as groups to look into; values that are \
                   missing were drawn from what the other columns say of them, so that a column with many of them is told a \
                   little too well.";

const TWIN: &str = "Whoever looks for groups gets groups, from any table. So what was found is held \
                    against twins of the table: as many rows, the same columns, the same \
                    correlations, and no groups (draws from a Gaussian copula). In the pictures a \
                    heavy line marks where the answer turns.";

/// A chart, and what it would look like otherwise.
struct Shown {
    chart: Chart,
    otherwise: String,
}

fn shown(pictures: &[Shown]) -> Markup {
    let items: Vec<Markup> = pictures.iter().map(pictured).collect();
    figures(&items)
}

fn pictured(one: &Shown) -> Markup {
    html! {
        (figure(&one.chart, PICTURE))
        p.otherwise { (one.otherwise) }
    }
}

/// A share in whole per cent: a threshold of one half needs no decimals.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Rows, columns with what was done to them, and what was left out.
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
                ", of which " (thousands(s.rows_used)) " were measured: a random sample, the same each time"
            }
            ". " (thousands(s.columns)) " columns of numbers were measured, each brought to mean 0 and \
             standard deviation 1"
            "."
            @if !left_out.is_empty() { " Left out: " (thousands(left_out.len())) "." }
        }
        @if !plain.is_empty() {
            p {
                "Measured as they are: "
                @for (at, column) in plain.iter().enumerate() {
                    @if at > 0 { ", " }
                    (name(&column.name))
                }
                "."
            }
        }
        div.halves {
            @if !columns.is_empty() {
                (records("Measured after a change", &[ColumnHead::Words("column"), ColumnHead::Words("done")], &columns))
            }
            @if !left_out.is_empty() {
                (records("Left out", &[ColumnHead::Words("column"), ColumnHead::Words("why")], &left_out))
            }
        }
    }
}

fn done(steps: &[Step]) -> String {
    let words: Vec<String> = steps
        .iter()
        .map(|step| match step {
            // A step of binary fractions has more digits than a person reads.
            Step::Jittered { step } => format!("ties spread over {}", number(*step)),
            Step::Logged { plus } if *plus > 0.0 => {
                format!("logarithm of the value + {}", number(*plus))
            }
            other => other.says(),
        })
        .collect();
    words.join(", ")
}

/// Every statistic with its value, where it turns, and what it means.
fn numbers(certificate: &Certificate) -> Markup {
    let against = |statistic: &str| {
        let mut reasons = certificate.verdict.reasons.iter();
        reasons.any(|reason| reason.statistic == statistic)
    };
    let lines = statistic_rows(certificate);
    let table = |question: Question| {
        let rows: Vec<Vec<Markup>> = lines
            .iter()
            .filter(|line| line.question == question)
            .map(|line| {
                let mut row = vec![
                    html! { (line.name) @if line.with_valley { span.soft { " with a valley" } } },
                    html! { @if against(line.statistic) { strong.against { (line.found) } } @else { (line.found) } },
                ];
                if question != Question::Shown {
                    row.push(html! { (line.threshold) });
                }
                row.push(html! { (line.means) });
                row
            })
            .collect();
        let mut heads = vec![ColumnHead::Words("statistic"), ColumnHead::Numbers("found")];
        if question != Question::Shown {
            heads.push(ColumnHead::Numbers("turns at"));
        }
        heads.push(ColumnHead::Words("meaning"));
        html! { @if !rows.is_empty() { (records(question.words(), &heads, &rows)) } }
    };
    html! {
        p {
            "Where a number is set like " strong.against { "this" } ", it speaks against the table. What \
             is marked " em { "with a valley" } " does so only where the valley is deep enough as well: \
             one long cloud is cut in two, or in three, the same way every time."
        }
        (table(Question::Clear))
        (table(Question::Meaning))
        (table(Question::Key))
        (table(Question::Shown))
    }
}

#[cfg(test)]
mod tests;
