//! Agreement between every two methods, as a heat map.

use maud::{Markup, html};

use crate::certify::Certificate;

/// Colour steps from no agreement to identical clusters.
const STEPS: f64 = 10.0;

/// Two decimals, never `-0.00`.
fn two(value: f64) -> String {
    format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0)
}

/// One cell per pair of methods, darker the more they agree.
pub(super) fn heat(certificate: &Certificate) -> Markup {
    let map = &certificate.statistics.agreement.map;
    let step = |ari: f64| format!("number heat-{:.0}", (ari.clamp(0.0, 1.0) * STEPS).round());
    html! {
        @if map.methods.len() > 1 {
            h3 { "Which methods agree with which?" }
            p {
                "With " (map.k) " clusters, where the first four agree best: six methods on \
                                 standardised columns, and k-means on four other scalings. Each \
                                 value is the adjusted Rand index of two methods."
            }
            div.scroll tabindex="0" role="region" aria-label="Agreement between methods" {
                table.heat {
                    caption { "Agreement between methods (0 is chance, 1 is identical)" }
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
            p.contrast { "If one clustering were correct, every cell except those of the linkages \
                          would be dark." }
        }
    }
}
