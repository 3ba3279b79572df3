//! The interactive part of the page.

use maud::{Markup, PreEscaped, html};

use serde::Serialize;

use crate::explore::{ColumnLoading, NumericView, PageData, PageScope};
use crate::text::thousands;

use super::contents::PageSection;
use super::controls::{scale, scales};
use super::views;

/// The only script of the page: one function, which begins in the first file and ends in the last.
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
pub(super) const STYLE: &str = include_str!("explorer.css");

/// What the page needs to compute principal components.
#[derive(Serialize)]
struct PageComponents<'a> {
    name: &'a str,
    shares: &'a [f64],
    loadings: &'a [ColumnLoading],
}

/// The sections that need JavaScript.
pub(super) fn parts(table: &PageData, views: PageScope) -> Vec<PageSection> {
    let mut parts = vec![
        PageSection::new("plane-part", "Scatter plot and selection", plane(table)),
        PageSection::new(
            "cards-part",
            "All columns, selected rows and all rows",
            columns(),
        ),
        PageSection::new("one-part", "One column in detail", views::one()),
        PageSection::new(
            "against-part",
            "Selected rows compared with the rest",
            against(),
        ),
        PageSection::new("time-part", "Rows over time", times()),
        PageSection::new("lag-part", "Lag between two times", views::lag()),
        PageSection::new("gaps-part", "Missing values in detail", views::missing()),
    ];
    if views == PageScope::All {
        parts.push(PageSection::new(
            "key-part",
            "Rows with equal values",
            same(),
        ));
        parts.push(PageSection::new("fit-part", "k-means clustering", fit()));
    }
    parts.push(PageSection::new("notes-part", "Notes", notes()));
    parts
}

pub(super) fn closer(parts: &[PageSection], table: &PageData, structure: &NumericView) -> Markup {
    let components = structure.scalings.iter().map(|scaling| PageComponents {
        name: scaling.name,
        shares: &scaling.shares,
        loadings: &scaling.loadings,
    });
    let components: Vec<PageComponents<'_>> = components.collect();
    html! {
        p #waiting { "Loading the table. This part of the page needs JavaScript." }
        div #closer hidden { @for part in parts { (part.markup()) } }
        script #table type="application/json" { (PreEscaped(json(table))) }
        script #space type="application/json" { (PreEscaped(json(&components))) }
    }
}

/// JSON that cannot close its `<script>` element, whatever the table contains.
fn json<T: Serialize + ?Sized>(data: &T) -> String {
    // Plain data with text keys can always be serialised.
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
            (rows) "The more rows share a spot, the stronger its colour. Drag over the plot to select rows, or enter limits \
            below. Selected rows are highlighted in all sections."
        }
        div.controls {
            span.pair { label { "x\u{a0}axis " select #x {} } (scale("sx")) }
            span.pair { label { "y\u{a0}axis " select #y {} } (scale("sy")) }
            label { "colour by " select #tint {} }
            label { input #lasso type="checkbox"; " freehand selection" }
        }
        ul #legend.legend {}
        canvas #plane tabindex="0" role="img" {}
        p.readout #plane-reads {}
        p #plane-says aria-live="polite" {}
        div.controls {
            @for axis in ["x", "y"] {
                label { (axis) " from " input id=(format!("{axis}-from")) type="text" size="9"; }
                label { "to " input id=(format!("{axis}-to")) type="text" size="9"; }
            }
            button #typed type="button" { "Select rows" }
        }
        p #selected role="status" {}
        div.controls {
            button #clear type="button" { "Clear selection" }
            button #rows type="button" { "Save selected rows" }
        }
    }
}

fn columns() -> Markup {
    html! {
        div.controls { label { "scale " select #scale {
            option value="own" { "automatic" }
            (scales())
        } } }
        p.soft {
            "The distribution of each column, in file order; text is in alphabetical order. A line shows the selected rows. \
             The automatic scale is logarithmic where values span powers of ten or crowd one end of a linear scale. Click \
             a column to use it as the x axis and to see it in detail below."
        }
        // The wrapper keeps the readout visible only next to the cards.
        div {
            div #cards {}
            p.readout #cards-read {}
        }
    }
}

fn against() -> Markup {
    html! {
        div.controls { label { "sort by " select #order {
            option value="file" { "file order" }
            option value="apart" { "size of difference" }
        } } }
        p.soft {
            "Numbers: their means, and the difference in standard deviations (the root of the mean of both variances). Text: \
             the value whose share differs most, and the difference in percentage points, which is standardised for \
             sorting. With many columns, some differ by chance."
        }
        div.scroll tabindex="0" role="region" aria-label="Selected rows compared with the rest" {
            table {
                thead { tr {
                    th scope="col" { "column" }
                    th.number scope="col" { "selected" }
                    th.number scope="col" { "rest" }
                    th.number scope="col" { "difference" }
                } }
                tbody #against {}
            }
        }
    }
}

fn times() -> Markup {
    html! {
        div.controls { label { "time column " select #time {} } }
        p.soft { "Top: rows by hour of the day (0 to 23) and day of the week. Bottom: rows per day." }
        canvas #week tabindex="0" role="img" aria-label="Rows by hour and day of the week" {}
        canvas #days tabindex="0" role="img" aria-label="Rows per day" {}
        p.readout #time-reads {}
        p #time-says {}
    }
}

fn fit() -> Markup {
    html! {
        p.soft {
            "k-means returns as many clusters as you ask for, from any table. It runs on the first principal components. The \
             scatter plot then shows the first two of them, coloured by cluster; click a cluster in the legend to select \
             its rows."
        }
        div.controls {
            label { "cluster on " select #fit-scaling {} }
            label { "number of clusters " select #fit-k {
                @for k in 2..=10 { option value=(k) { (k) } }
            } }
            button #fit type="button" { "Run k-means" }
        }
        p #fit-says role="status" {}
    }
}

fn same() -> Markup {
    html! {
        p.soft { "Counts rows with equal values in the columns that you choose. Hold Ctrl or ⌘ to choose several." }
        div.controls { label { "columns " select #key multiple size="6" {} } }
        p #same role="status" {}
    }
}

fn notes() -> Markup {
    html! {
        p.soft {
            "Add a selection as a claim: the share of rows in it, and the conditions that define it. If no conditions \
             can define it, its rows are saved as a list. Submit claims.toml and such lists with your report. "
            code { "stat" } " is what was measured (here the share of rows), " code { "where" } " the rows it was measured on, "
            code { "value" } " the result, and " code { "tolerance" } " how far the value may be off on other rows of the "
            "same kind. You can edit everything."
        }
        div.controls {
            label.wide { "your claim about the selected rows " input #says type="text"; }
            button #claim type="button" { "Add claim" }
        }
        p #saved role="status" {}
        label { span.unseen { "claims.toml" } textarea #notes rows="8" spellcheck="false" {} }
        div.controls { button #save type="button" disabled { "Save claims.toml" } }
    }
}
