//! The part of the page that is worked with: two columns, a selection, the selection against the rest, notes.

use maud::{Markup, PreEscaped, html};

use serde::Serialize;

use crate::explore::{ColumnLoading, NumericView, PageData, PageScope};
use crate::text::thousands;

use super::contents::Part;
use super::views;

/// What draws and compares; the only script of the page. One function holds it all, begun in the first part and ended
/// in the last.
pub(super) const SCRIPT: &str = concat!(
    include_str!("script/table.js"),
    include_str!("script/later.js"),
    include_str!("script/ticks.js"),
    include_str!("script/plane.js"),
    include_str!("script/space.js"),
    include_str!("script/tint.js"),
    include_str!("script/fit.js"),
    include_str!("script/columns.js"),
    include_str!("script/against.js"),
    include_str!("script/time.js"),
    include_str!("script/strips.js"),
    include_str!("script/readout.js"),
    include_str!("script/curve.js"),
    include_str!("script/digits.js"),
    include_str!("script/one.js"),
    include_str!("script/lag.js"),
    include_str!("script/holes.js"),
    include_str!("script/together.js"),
    include_str!("script/notes.js"),
    include_str!("script/begin.js")
);
/// How it looks.
pub(super) const STYLE: &str = include_str!("explorer.css");

/// How to bring rows to components, for the page.
#[derive(Serialize)]
struct Turn<'a> {
    name: &'a str,
    shares: &'a [f64],
    loadings: &'a [ColumnLoading],
}

/// The sections that scripts open.
pub(super) fn parts(table: &PageData, views: PageScope) -> Vec<Part> {
    let mut parts = vec![
        Part::new("plane-part", "Two columns, and a selection", plane(table)),
        Part::new(
            "cards-part",
            "Every column, the selected rows beside all",
            columns(),
        ),
        Part::new("one-part", "One column, closer", views::one()),
        Part::new("against-part", "The selection against the rest", against()),
        Part::new("time-part", "Time", times()),
        Part::new("lag-part", "Lag between two times", views::lag()),
        Part::new("gaps-part", "Missing together", views::missing()),
    ];
    if views == PageScope::All {
        parts.push(Part::new("key-part", "Rows that agree", same()));
        parts.push(Part::new("fit-part", "Groups, if you ask for them", fit()));
    }
    parts.push(Part::new("notes-part", "Notes", notes()));
    parts
}

/// The table, and what is done with it.
pub(super) fn closer(parts: &[Part], table: &PageData, structure: &NumericView) -> Markup {
    let turns = structure.scalings.iter().map(|scaling| Turn {
        name: scaling.name,
        shares: &scaling.shares,
        loadings: &scaling.loadings,
    });
    let turns: Vec<Turn<'_>> = turns.collect();
    html! {
        p #waiting { "Opening the table. Where scripts are off, this part of the page stays closed." }
        div #closer hidden { @for part in parts { (part.shown()) } }
        script #table type="application/json" { (PreEscaped(json(table))) }
        script #space type="application/json" { (PreEscaped(json(&turns))) }
    }
}

/// As JSON that cannot end the element it stands in, whatever a table is called.
fn json<T: Serialize + ?Sized>(data: &T) -> String {
    // Plain data with text keys always serialises.
    let text = serde_json::to_string(data).unwrap_or_default();
    text.replace('<', "\\u003c").replace('&', "\\u0026")
}

fn plane(table: &PageData) -> Markup {
    let rows = if table.rows < table.table_rows {
        format!(
            "A fixed random sample of {} of {} rows. ",
            thousands(table.rows),
            thousands(table.table_rows)
        )
    } else {
        String::new()
    };
    html! {
        p.soft {
            (rows) "The more rows lie on a spot, the stronger its colour. Drag over the picture to select rows, or give from \
            and to below; what is selected stands out everywhere."
        }
        div.controls {
            span.pair { label { "across " select #x {} } (scale("sx")) }
            span.pair { label { "up " select #y {} } (scale("sy")) }
            label { "coloured by " select #tint {} }
            label { input #lasso type="checkbox"; " draw around rows by hand" }
        }
        ul #legend.legend {}
        canvas #plane tabindex="0" role="img" {}
        p.readout #plane-reads {}
        p #plane-says aria-live="polite" {}
        div.controls {
            @for (axis, says) in [("x", "across"), ("y", "up")] {
                label { (says) " from " input id=(format!("{axis}-from")) type="text" size="9"; }
                label { "to " input id=(format!("{axis}-to")) type="text" size="9"; }
            }
            button #typed type="button" { "Select" }
        }
        p #selected role="status" {}
        div.controls {
            button #clear type="button" { "Select nothing" }
            button #rows type="button" { "Save the selected rows as a list" }
        }
    }
}

pub(super) fn scale(id: &str) -> Markup {
    html! {
        label {
            span.unseen { "scale" }
            select id=(id) { (scales()) }
        }
    }
}

fn scales() -> Markup {
    html! {
        option value="linear" { "linear" }
        option value="log" { "log" }
        option value="rank" { "rank" }
    }
}

fn columns() -> Markup {
    html! {
        div.controls { label { "scale " select #scale {
            option value="own" { "each its own" }
            (scales())
        } } }
        p.soft {
            "Shares of rows along each column, in the order of the file; words stand in alphabetical order. A line \
             shows the selected rows. On its own scale a column is logged where it spreads over powers of ten, or where \
             half of it would stand in a corner. A click puts a column across, and shows it closer below."
        }
        // The line stays in sight beside the cards, and beside nothing else.
        div {
            div #cards {}
            p.readout #cards-read {}
        }
    }
}

fn against() -> Markup {
    html! {
        div.controls { label { "in the order " select #order {
            option value="file" { "of the file" }
            option value="apart" { "of the difference" }
        } } }
        p.soft {
            "Means of numbers, apart in standard deviations (the root of the mean of both variances); of words the one \
             whose shares differ most, in points, which for the order count as standard deviations, too. With many \
             columns some differ by chance."
        }
        div.scroll tabindex="0" role="region" aria-label="The selection against the rest" {
            table {
                thead { tr {
                    th scope="col" { "column" }
                    th.number scope="col" { "selected" }
                    th.number scope="col" { "the rest" }
                    th.number scope="col" { "difference" }
                } }
                tbody #against {}
            }
        }
    }
}

fn times() -> Markup {
    html! {
        div.controls { label { "time " select #time {} } }
        p.soft { "Rows by hour, from 0 on the left to 23, and by day of the week, Monday at the top; below, rows a day." }
        canvas #week tabindex="0" role="img" aria-label="Rows by hour and day of the week" {}
        canvas #days tabindex="0" role="img" aria-label="Rows a day" {}
        p.readout #time-reads {}
        p #time-says {}
    }
}

fn fit() -> Markup {
    html! {
        p.soft {
            "k-means makes as many groups as it is asked for, of any table, on the first components of the numbers. \
             The picture of two columns then shows the first two of these components, coloured by the groups, and a click \
             on a group selects its rows."
        }
        div.controls {
            label { "groups of " select #fit-scaling {} }
            label { "how many " select #fit-k {
                @for k in 2..=10 { option value=(k) { (k) } }
            } }
            button #fit type="button" { "Fit" }
        }
        p #fit-says role="status" {}
    }
}

fn same() -> Markup {
    html! {
        p.soft { "How many rows agree in the columns that you choose; hold Ctrl or ⌘ for several." }
        div.controls { label { "columns " select #key multiple size="6" {} } }
        p #same role="status" {}
    }
}

fn notes() -> Markup {
    html! {
        p.soft {
            "A selection can be kept as a claim: how many rows it holds, and by which conditions; what no \
             condition can say becomes a list of rows. Put claims.toml, and such lists, beside your report. "
            code { "stat" } " says what was measured (here the share of rows), " code { "where" } " of which rows, "
            code { "value" } " what it was, and " code { "tolerance" } " how far from that it may be on other rows of the "
            "same kind for you to stand by it; all of them can be changed by hand."
        }
        div.controls {
            label.wide { "what you say of the selected rows " input #says type="text"; }
            button #claim type="button" { "Keep as a claim" }
        }
        p #saved role="status" {}
        label { span.unseen { "claims.toml" } textarea #notes rows="8" spellcheck="false" {} }
        div.controls { button #save type="button" disabled { "Save claims.toml" } }
    }
}
