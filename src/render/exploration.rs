//! The page that `drumlin explore` writes: a table, looked at.

mod cards;
mod closer;
mod contents;
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
use contents::{Part, contents};

/// The page about the table called `title`; `distributions` in the order of the profile's
/// columns, `embedded` the table itself, `beside` the files of other tables in its folder.
pub fn exploration(
    title: &str,
    profile: &Profile,
    distributions: &[Option<Chart>],
    structure: &NumericView,
    embedded: &PageData,
    beside: &[String],
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
        repeats(profile.repeated_rows),
    );
    let before = [
        Part::new("columns-part", "Columns", columns(&cards)),
        Part::new("missing-part", "Missing values", missing(profile)),
    ];
    let opened = closer::parts(embedded, views);
    let mut after = vec![Part::new(
        "together-part",
        "The numbers together",
        together(structure),
    )];
    if let Some(apart) = &structure.null_comparison {
        after.push(Part::new("far-part", "Near and far", near_and_far(apart)));
    }
    let body = html! {
        (contents(&before, &opened, &after))
        @for sentence in table_facts(profile) { p.soft { (sentence) "." } }
        (others(beside))
        @for part in &before { (part.shown()) }
        (closer(&opened, embedded, structure))
        @for part in &after { (part.shown()) }
    };
    let kind = "A first look: facts, no verdicts";
    scripted(title, kind, &lede, (STYLE, SCRIPT), &body)
}

fn columns(cards: &[Markup]) -> Markup {
    html! {
        p.soft {
            "In the order of the file. Where a tail is long, the picture covers the 1st to the 99th \
             percentile and grey bars beside it count the values outside. Values over several powers \
             of ten stand on a log scale; moments are counted by whole hours, days or weeks, of which \
             the first and the last may be cut short."
        }
        (figures(cards))
    }
}

/// Tables beside this one, and how to open them.
fn others(beside: &[String]) -> Markup {
    html! {
        @if !beside.is_empty() {
            p {
                @if beside.len() == 1 { "Another table stands beside this one: " }
                @else { "Other tables stand beside this one: " }
                @for (at, file) in beside.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { "drumlin explore " (name(file)) }
                }
                " shows it in the same way."
            }
        }
    }
}

fn repeats(rows: usize) -> String {
    match rows {
        0 => "No row repeats another.".to_owned(),
        1 => "One row repeats an earlier row in every column.".to_owned(),
        n => format!(
            "{} rows repeat an earlier row in every column.",
            thousands(n)
        ),
    }
}

fn missing(profile: &Profile) -> Markup {
    let holes: Vec<ShareBar> = profile
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
    let full = profile.columns.len() - holes.len();
    html! {
        @if holes.is_empty() {
            p { "No cell is empty." }
        } @else {
            p { "Share of rows without a value, on a scale from none to all. "
                (thousands(full)) " of " (thousands(profile.columns.len())) " columns are complete." }
            (bars(&holes, 1.0))
        }
    }
}

fn together(structure: &NumericView) -> Markup {
    if structure.scalings.is_empty() {
        return html! { p { "Two numeric columns that vary and three rows are needed for a picture of them together." } };
    }
    let rows = if structure.sample < structure.rows {
        format!(
            "a fixed random sample of {} of {} rows",
            thousands(structure.sample),
            thousands(structure.rows)
        )
    } else {
        format!("all {} rows", thousands(structure.rows))
    };
    html! {
        p {
            "Principal components of the numeric columns, each brought to mean 0 and standard \
             deviation 1, on " (rows) ". A missing number stands at its column's median; columns that do not \
             vary, or with more than half of their values missing, are left out. The picture of two columns above \
             takes components as well."
        }
        @for scaling in &structure.scalings { (scaled(scaling)) }
    }
}

/// Distances and groupings beside tables in which there is nothing of the kind.
fn near_and_far(apart: &NullComparison) -> Markup {
    let shown = |charts: &[Chart]| {
        let items: Vec<Markup> = charts
            .iter()
            .map(|chart| figure(chart, FigureSize::SQUARE))
            .collect();
        figures(&items)
    };
    html! {
        p {
            "Of " (thousands(apart.rows)) " rows, the numbers " (apart.scaling) ". Any table has distances and gives groups; so \
             each stands beside tables of as many rows in which there is nothing of the kind. Shuffled columns know \
             nothing of one another; twins keep the columns and their correlations, and nothing else. A line outside its band \
             says that rows do not lie as that alone would have them: bends, long tails, mixtures and defects do it as \
             well as groups."
        }
        (shown(&apart.distances))
        @if !apart.clusterings.is_empty() {
            p {
                "Groupings for 2 to 10 groups, on the first components (" (percent(apart.variance_share)) " of variance). None of these \
                 numbers is the right one by being shown here."
            }
            (shown(&apart.clusterings))
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
            h3 { "Numbers " (scaling.name) }
            @if !scaling.logged.is_empty() {
                p.soft { "Logarithm taken of: " (scaling.logged.join(", ")) "." }
            }
            (figures(&[
                figure(&scaling.scatter, FigureSize::SQUARE),
                figure(&scaling.scree, FigureSize::SQUARE),
            ]))
            (table("Loadings: the weight of each column in components 1, 2, …", &heads, &rows))
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
        // The table, its components and the explorer, and no other.
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
        // What scripts open is not linked before they ran.
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
