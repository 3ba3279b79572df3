//! The page that `drumlin explore` writes.

mod cards;
mod closer;
mod contents;
mod controls;
mod views;

use maud::{Markup, html};

use crate::chart::Chart;
use crate::explore::{NullComparison, NumericView, PageData, PageScope, Profile, ScaledComponents};
use crate::report::table_facts;
use crate::text::{percent, quantity, thousands};

use super::figure::FigureSize;
use super::page::{ColumnHead, ShareBar, bars, figure, figures, name, scripted, table};
use cards::card;
use closer::{SCRIPT, STYLE, closer};
use contents::{PageSection, contents};

/// The page about the table called `title`. `distributions` are in the order of the profile's
/// columns; `others` are the files of other tables in its folder.
pub fn exploration(
    title: &str,
    profile: &Profile,
    distributions: &[Option<Chart>],
    numeric: &NumericView,
    page_data: &PageData,
    others: &[String],
    views: PageScope,
) -> String {
    let cards: Vec<Markup> = profile
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| card(column, distributions.get(at).and_then(Option::as_ref)))
        .collect();
    let lede = format!(
        "{} and {}. {}",
        quantity(profile.rows, "row"),
        quantity(profile.columns.len(), "column"),
        duplicates(profile.repeated_rows),
    );
    let before = [
        PageSection::new("columns-part", "Columns", columns(&cards)),
        PageSection::new("missing-part", "Missing values", missing(profile)),
    ];
    let opened = closer::parts(page_data, views);
    let mut after = vec![PageSection::new(
        "together-part",
        "Principal components",
        principal_components(numeric),
    )];
    if let Some(comparison) = &numeric.null_comparison {
        after.push(PageSection::new(
            "far-part",
            "Distances and clusterings",
            distances_and_clusterings(comparison),
        ));
    }
    let body = html! {
        (contents(&before, &opened, &after))
        @for sentence in table_facts(profile) { p.soft { (sentence) "." } }
        (other_tables(others))
        @for part in &before { (part.markup()) }
        (closer(&opened, page_data, numeric))
        @for part in &after { (part.markup()) }
    };
    let kind = "A first look: facts, no verdicts";
    scripted(title, kind, &lede, (STYLE, SCRIPT), &body)
}

fn columns(cards: &[Markup]) -> Markup {
    html! {
        p.soft {
            "Columns are in file order. Where a column has a long tail, the plot covers the 1st to the 99th \
             percentile, and grey bars at its sides count the values outside. Values that span several \
             powers of ten are on a log scale. Times are counted per hour, day or week; the first and \
             the last bar may cover less than a full one. In patterns of text, A is a capital letter, a any other \
             letter, 9 a digit, ␣ a space, and … more of the same."
        }
        (figures(cards))
    }
}

/// Other tables in the folder, and how to open them.
fn other_tables(files: &[String]) -> Markup {
    html! {
        @if !files.is_empty() {
            p {
                @if files.len() == 1 { "This folder contains another table. To explore it, run " }
                @else { "This folder contains other tables. To explore them, run " }
                @for (at, file) in files.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { "drumlin explore " (name(file)) }
                }
                "."
            }
        }
    }
}

fn duplicates(rows: usize) -> String {
    match rows {
        0 => "No duplicate rows.".to_owned(),
        1 => "One row is an exact duplicate of an earlier row.".to_owned(),
        n => format!(
            "{} rows are exact duplicates of earlier rows.",
            thousands(n)
        ),
    }
}

fn missing(profile: &Profile) -> Markup {
    let incomplete: Vec<ShareBar> = profile
        .columns
        .iter()
        .filter(|column| column.missing > 0)
        .map(|column| ShareBar {
            name: column.name.clone(),
            share: column.missing_share,
            shown: percent(column.missing_share),
            rest: false,
            reference: None,
        })
        .collect();
    let full = profile.columns.len() - incomplete.len();
    html! {
        @if incomplete.is_empty() {
            p { "No values are missing." }
        } @else {
            p { "Share of rows without a value; a full bar is 100 %. "
                (thousands(full)) " of " (thousands(profile.columns.len())) " columns are complete." }
            (bars(&incomplete, 1.0))
        }
    }
}

fn principal_components(numeric: &NumericView) -> Markup {
    if numeric.scalings.is_empty() {
        return html! { p { "Principal components need at least three rows and two numeric columns that vary." } };
    }
    let rows = if numeric.sample < numeric.rows {
        format!(
            "a fixed random sample of {} of {} rows",
            thousands(numeric.sample),
            thousands(numeric.rows)
        )
    } else {
        format!("all {} rows", thousands(numeric.rows))
    };
    html! {
        p {
            "Principal components of the numeric columns, each standardised to mean 0 and standard \
             deviation 1, computed on " (rows) ". Missing numbers are replaced by their column's median. Columns that do \
             not vary, or in which more than half of the values are missing, are left out. Components can also be the axes \
             of the scatter plot above."
        }
        @for scaling in &numeric.scalings { (scaled(scaling)) }
    }
}

/// Distances and clusterings, compared with null tables.
fn distances_and_clusterings(comparison: &NullComparison) -> Markup {
    let shown = |charts: &[Chart]| {
        let items: Vec<Markup> = charts
            .iter()
            .map(|chart| figure(chart, FigureSize::SQUARE))
            .collect();
        figures(&items)
    };
    html! {
        p {
            "Computed on " (thousands(comparison.rows)) " rows, on " (comparison.scaling) ". Any table has distances, and any \
             algorithm finds clusters in any table, so every result is compared with null tables of the same size. For \
             distances, the null tables have shuffled, hence unrelated, columns. For clusterings, they keep the \
             distribution and the correlations of the columns and nothing else. A line outside its band means that this \
             alone does not explain how the rows lie. Clusters can be the cause, and so can curves, long tails, mixtures \
             and defects."
        }
        (shown(&comparison.distances))
        @if !comparison.clusterings.is_empty() {
            p {
                "Clusterings into 2 to 10 clusters on the first components (" (percent(comparison.variance_share)) " of the \
                 variance). All numbers of clusters are shown; none is recommended."
            }
            (shown(&comparison.clusterings))
        }
    }
}

fn scaled(scaling: &ScaledComponents) -> Markup {
    let components = scaling.shares.len();
    let names: Vec<String> = (1..=components).map(|at| at.to_string()).collect();
    let mut heads = vec![ColumnHead::Words("column")];
    heads.extend(names.iter().map(|name| ColumnHead::Numbers(name)));
    let mut rows = vec![
        std::iter::once(html! { em { "share of variance" } })
            .chain(
                scaling
                    .shares
                    .iter()
                    .map(|part| html! { em { (percent(*part)) } }),
            )
            .collect(),
    ];
    rows.extend(scaling.loadings.iter().map(|loading| -> Vec<Markup> {
        std::iter::once(name(&loading.column))
            .chain(
                loading
                    .weights
                    .iter()
                    .map(|weight| html! { (signed(*weight)) }),
            )
            .collect()
    }));
    html! {
        section {
            h3 { "Components of " (scaling.name) }
            @if !scaling.logged.is_empty() {
                p.soft { "Log-transformed: " (scaling.logged.join(", ")) "." }
            }
            (figures(&[
                figure(&scaling.scatter, FigureSize::SQUARE),
                figure(&scaling.scree, FigureSize::SQUARE),
            ]))
            (table("Loadings: weight of each column in each component", &heads, &rows))
        }
    }
}

fn signed(weight: f64) -> String {
    let digits = format!("{:.2}", weight.abs());
    match weight {
        _ if digits == "0.00" => digits,
        weight if weight < 0.0 => format!("\u{2212}{digits}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::{distribution, numeric_view, page_data, profile};
    use crate::table::{Cells, Column, Table};

    const HOSTILE: &str = "</script><img src=x onerror=\"alert(1)\">";

    fn shown(table: &Table) -> String {
        let profile = profile(table);
        let charts: Vec<Option<Chart>> = profile.columns.iter().map(distribution).collect();
        exploration(
            HOSTILE,
            &profile,
            &charts,
            &numeric_view(table, PageScope::All),
            &page_data(table, None, &profile, table.columns().len()),
            &[HOSTILE.to_owned()],
            PageScope::All,
        )
    }

    fn column(name: &str, cells: Cells) -> Column {
        Column {
            name: name.to_owned(),
            cells,
        }
    }

    #[test]
    fn hostile_names_and_values_stay_text() {
        let real =
            |step: f64| Cells::Real((0..50).map(|x| Some((f64::from(x) * step).sin())).collect());
        let table = Table::new(vec![
            column(HOSTILE, real(1.0)),
            column(&format!("{HOSTILE}2"), real(0.7)),
            column(
                "text",
                Cells::Text(
                    (0..50)
                        .map(|x| Some(if x % 2 == 0 { HOSTILE } else { "<b>" }.into()))
                        .collect(),
                ),
            ),
        ])
        .unwrap();
        let page = shown(&table);
        for tag in ["<img", "<b>"] {
            assert!(!page.contains(tag), "{tag}");
        }
        // The table, its components and the explorer, and nothing else.
        assert_eq!(page.matches("<script").count(), 3);
        assert_eq!(page.matches("</script").count(), 3);
        assert!(page.contains("script-src 'sha256-"));
        assert!(page.contains("&lt;img"));
    }

    #[test]
    fn tables_with_almost_nothing_in_them_have_a_page() {
        let tables = [
            Table::default(),
            Table::new(vec![column("a", Cells::Real(vec![]))]).unwrap(),
            Table::new(vec![
                column("a", Cells::Whole(vec![Some(1)])),
                column("b", Cells::Real(vec![Some(2.0)])),
            ])
            .unwrap(),
            Table::new(vec![
                column("a", Cells::Text(vec![None; 5])),
                column("b", Cells::Real(vec![None; 5])),
            ])
            .unwrap(),
            Table::new(vec![column(
                "a",
                Cells::Time(vec![Some(0), Some(i64::MAX), Some(i64::MIN)]),
            )])
            .unwrap(),
        ];
        for table in tables {
            let page = shown(&table);
            let told = page.split("<script").next().unwrap();
            assert!(told.contains("Missing values") && !told.contains("NaN"));
        }
    }

    #[test]
    fn every_section_has_a_link_and_every_link_a_section() {
        let whole = |n: i64| Cells::Whole((0..n).map(|x| Some(x * x % 97)).collect());
        let table = Table::new(vec![column("a", whole(90)), column("b", whole(90))]).unwrap();
        let page = shown(&table);
        let nav = page.split("<nav ").nth(1).unwrap();
        let nav = nav.split("</nav>").next().unwrap();
        let links = nav
            .split("href=\"#")
            .skip(1)
            .map(|rest| rest.split('"').next());
        let sections = page.split("<section id=\"").skip(1);
        let sections: Vec<_> = sections.map(|rest| rest.split('"').next()).collect();
        assert_eq!(links.collect::<Vec<_>>(), sections);
        // Sections that scripts reveal are not linked before the scripts ran.
        assert_eq!(nav.matches("hidden").count(), sections.len() - 4);
    }

    #[test]
    fn columns_come_in_the_order_of_the_file() {
        let whole = |n: i64| Cells::Whole((0..n).map(Some).collect());
        let table = Table::new(vec![column("zebra", whole(9)), column("ant", whole(9))]).unwrap();
        let page = shown(&table);
        assert!(page.find("<h3>zebra").unwrap() < page.find("<h3>ant").unwrap());
    }
}
