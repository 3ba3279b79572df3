//! Sections on one subject each: missing values, one column, the lag between two times.

use maud::{Markup, html};

use super::controls::scale;

pub(super) fn missing() -> Markup {
    html! {
        p.soft {
            "Which columns are missing in the same rows, and where. If rows are selected, only those are counted. You can list \
             more values that count as missing here, separated by commas; they match text and numbers."
        }
        div.controls {
            label.wide { "also count as missing " input #nulls type="text" placeholder="for example NA, -1, unknown" spellcheck="false"; }
        }
        p #nulls-say role="status" {}
        ul #together {}
        p #together-says {}
        div #holes-part {
            h3 { "Each column over time" }
            div.controls { label { "time column " select #holes-time {} } }
            ul.strips #holes {}
            p #holes-say {}
        }
        div #levels-part {
            h3 { "By category" }
            div.controls { label { "column " select #levels-of {} } }
            div.scroll tabindex="0" role="region" aria-label="Missing values by category" { table #levels {} }
            p #levels-say {}
        }
    }
}

pub(super) fn one() -> Markup {
    html! {
        div.controls {
            span.pair { label { "column " select #one {} } (scale("one-scale")) }
            label #one-time-part { "over time by " select #one-time {} }
        }
        p.soft {
            "Share of rows at or below each value; a second line shows the selected rows. Below: last digits of numbers, and \
             the most frequent values."
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

pub(super) fn lag() -> Markup {
    html! {
        div.controls {
            label { "from " select #lag-from {} }
            label { "to " select #lag-to {} }
        }
        p.soft {
            "Rows by the second time minus the first, on a scale that is logarithmic on both sides of zero. The bar at 0 \
             counts rows where both times are equal."
        }
        canvas.low.figure #lags tabindex="0" role="img" {}
        p.readout #lags-read {}
        p #lag-says {}
    }
}
