//! What the plots of a certificate share.

use crate::chart::Chart;

/// A chart, and how it would look if one clustering were correct.
pub(super) struct Panel {
    pub(super) chart: Chart,
    pub(super) contrast: String,
}

/// A share in whole per cent: a threshold of one half needs no decimals.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
