//! Parts of the page that look at one thing each: what is missing, one column, the lag between two times.

use maud::{Markup, html};

use super::closer::scale;

/// What is missing together, along a time and by category.
pub(super) fn missing() -> Markup {
    html! {
        p.soft {
            "Which columns lack a value in the same row, and where; of the selected rows where there are some. Values that \
             you give here, parted by commas, count as missing in this part, as texts and as numbers."
        }
        div.controls {
            label.wide { "also missing " input #nulls type="text" placeholder="such as NA, -1, unknown" spellcheck="false"; }
        }
        p #nulls-say role="status" {}
        ul #together {}
        p #together-says {}
        div #holes-part {
            h3 { "Column by column" }
            div.controls { label { "time " select #holes-time {} } }
            ul.strips #holes {}
            p #holes-say {}
        }
        div #levels-part {
            h3 { "By category" }
            div.controls { label { "column " select #levels-of {} } }
            div.scroll tabindex="0" role="region" aria-label="Missing by category" { table #levels {} }
            p #levels-say {}
        }
    }
}

/// One column: its curve, its last digits, its most frequent values.
pub(super) fn one() -> Markup {
    html! {
        div.controls {
            span.pair { label { "column " select #one {} } (scale("one-scale")) }
            label #one-time-part { "strips along " select #one-time {} }
        }
        p.soft {
            "The share of rows at or below each value; a second line shows the selected rows. Below, how numbers end and \
             which values are most frequent."
        }
        canvas.figure #curve tabindex="0" role="img" {}
        p.readout #curve-reads {}
        p #curve-says {}
        div #digits-part {
            h3 { "Last digits" }
            canvas.low.figure #digits tabindex="0" role="img" {}
            p.readout #digits-read {}
        }
        p #digits-say {}
        h3 { "Most frequent values" }
        ul.strips #common {}
        p #common-says {}
    }
}

/// What lies between two times.
pub(super) fn lag() -> Markup {
    html! {
        div.controls {
            label { "from " select #lag-from {} }
            label { "to " select #lag-to {} }
        }
        p.soft {
            "Rows by the second time minus the first. The scale is logarithmic on both sides of zero; rows where both times \
             are the same have the bar at 0."
        }
        canvas.low.figure #lags tabindex="0" role="img" {}
        p.readout #lags-read {}
        p #lag-says {}
    }
}
