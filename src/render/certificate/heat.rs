//! Agreement of every two methods, as a heat map.

use maud::{Markup, html};

use crate::certify::Certificate;

/// Steps of colour between no agreement and the same groups.
const STEPS: f64 = 10.0;

/// To two decimals, without a minus before nothing.
fn two(value: f64) -> String {
    format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0)
}

/// A cell per pair of methods, the fuller the more they agree.
pub(super) fn heat(certificate: &Certificate) -> Markup {
    let map = &certificate.statistics.agreement.map;
    let step = |ari: f64| format!("number heat-{:.0}", (ari.clamp(0.0, 1.0) * STEPS).round());
    html! {
        @if map.methods.len() > 1 {
            h3 { "Which methods agree with which?" }
            p {
                "With " (map.k) " groups, where the first four agree best: six methods on standardised \
                 columns, and k-means on four other scalings of the same columns. A number is the adjusted \
                 Rand index of two of them."
            }
            div.scroll tabindex="0" role="region" aria-label="Agreement of methods" {
                table.heat {
                    caption { "Agreement of methods (0 is chance, 1 the same groups)" }
                    thead { tr {
                        th scope="col" { "" }
                        @for at in 0..map.methods.len() { th.number scope="col" { (at + 1) } }
                    } }
                    tbody {
                        @for (at, (method, row)) in map.methods.iter().zip(&map.ari).enumerate() {
                            tr {
                                th scope="row" { (at + 1) " " (method) }
                                @for (other, ari) in row.iter().enumerate() {
                                    @if other == at { td.number { "·" } }
                                    @else { td class=(step(*ari)) { (two(*ari)) } }
                                }
                            }
                        }
                    }
                }
            }
            p.otherwise { "If one grouping were right, every cell but those of the linkages would be full of colour." }
        }
    }
}
