use std::sync::OnceLock;

use super::*;
use crate::certify::{Depth, Oracle, PositiveControl, SeparatedCopy, View, judge};
use crate::progress::Silent;
use crate::random::Secret;
use crate::scenario::Thresholds;
use crate::table::{Cells, Column, Table};

const HOSTILE: &str = "</script><img src=x onerror=\"alert(1)\">";

/// Three clusters in five columns with hostile names, measured once per `depth`.
fn blobs(depth: Depth) -> Certificate {
    let stream = Secret::demo(5).stream().fork("page");
    let mut draws = stream.fork("table").draws();
    let real = |at: usize, draws: &mut crate::random::Draws| {
        let value = |row: usize| {
            let centre = if row % 3 == at % 3 { 6.0 } else { 0.0 };
            Some(centre + draws.normal())
        };
        Column {
            name: format!("{HOSTILE}{at}"),
            cells: Cells::Real((0..400).map(value).collect()),
        }
    };
    let mut columns: Vec<Column> = (0..5).map(|at| real(at, &mut draws)).collect();
    columns.push(Column {
        name: format!("{HOSTILE} left out"),
        cells: Cells::Text(vec![Some(HOSTILE.into()); 400]),
    });
    let table = Table::new(columns).unwrap();
    Certificate::of(
        HOSTILE,
        &table,
        depth,
        Thresholds::default(),
        &stream,
        &Silent,
    )
    .unwrap()
}

fn light() -> &'static Certificate {
    static ONCE: OnceLock<Certificate> = OnceLock::new();
    ONCE.get_or_init(|| blobs(Depth::Light))
}

/// As maud and the figures escape it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[test]
fn hostile_names_stay_text_and_nothing_is_run_or_fetched() {
    let page = certificate_page(light());
    for tag in ["<img", "<script", "</script", "http://", "https://", "url("] {
        // The SVG namespace is not an address that anything fetches.
        let page = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("&lt;img") && page.contains("default-src 'none'"));
}

#[test]
fn every_reason_and_every_number_is_on_the_page() {
    let certificate = light();
    assert!(certificate.verdict.reasons.len() > 3);
    let page = certificate_page(certificate);
    for reason in &certificate.verdict.reasons {
        assert!(
            page.contains(&escaped(&reason.sentence)),
            "{}",
            reason.sentence
        );
    }
    for line in statistic_rows(certificate) {
        assert!(page.contains(&escaped(line.name)), "{}", line.name);
        assert!(page.contains(&escaped(line.means)), "{}", line.means);
    }
    assert!(page.contains(&escaped(LIMITS)));
}

#[test]
fn what_light_depth_does_not_measure_is_reported_and_has_no_plot() {
    let certificate = light();
    assert_eq!(certificate.statistics.k_selection, None);
    let page = certificate_page(certificate);
    assert!(page.contains("not measured") && !page.contains("NaN"));
    assert!(
        !page.contains("does each criterion choose")
            && !page.contains("pairs of rows are ambiguous?")
    );
}

#[test]
fn full_depth_plots_every_criterion() {
    let certificate = blobs(Depth::Full);
    let page = certificate_page(&certificate);
    for vote in &certificate.statistics.k_selection.as_ref().unwrap().votes {
        assert!(
            page.contains(&escaped(&vote.criterion)),
            "{}",
            vote.criterion
        );
    }
    assert!(page.contains("pairs of rows are ambiguous?"));
}

#[test]
fn an_accepted_table_lists_the_evidence_for_it() {
    let mut certificate = light().clone();
    certificate.verdict = judge(
        &certificate.statistics,
        &Thresholds {
            silhouette: 2.0,
            valley: -1.0,
            validity: 2.0,
            consensus: 2.0,
            clear_pairs: 1000,
            two_sample_copula: 0.0,
            two_sample_permuted: 0.0,
            predictable: 0,
            ..Thresholds::default()
        },
    );
    assert!(certificate.verdict.accepted(), "{:?}", certificate.verdict);
    let page = certificate_page(&certificate);
    assert!(
        page.contains("Methods agree only in part") && page.contains("Ambiguous and meaningful")
    );
}

#[test]
fn with_a_key_the_page_shows_factors_their_recovery_and_their_columns() {
    let mut certificate = light().clone();
    assert!(!certificate_page(&certificate).contains("what recovers it?"));
    certificate.factors = vec![HOSTILE.to_owned(), "how old".to_owned()];
    certificate.statistics.oracle = Some(Oracle {
        factors: vec![0.83, 0.71],
        weakest: 0.71,
        unsupervised: vec![0.62, 0.55],
        unsupervised_mean: 0.585,
        best_grouping: 0.35,
        best_grouping_factors: vec![0.4, 0.3],
        best_grouping_of: None,
        carried: vec![vec![0.5, 0.01, 0.2, 0.0, 0.3], vec![0.0; 5]],
        cost: Some(0.5),
        sampled: None,
    });
    let page = certificate_page(&certificate);
    assert!(page.contains("what recovers it?") && page.contains("how old"));
    assert!(page.contains(&escaped(HOSTILE)) && !page.contains("<img"));
    for number in ["0.62, clustering 0.40", "0.55, clustering 0.30"] {
        assert!(page.contains(number), "{number}");
    }
}

#[test]
fn the_control_is_next_to_the_table_and_its_null_table() {
    let mut certificate = light().clone();
    certificate.statistics.positive_control = Some(PositiveControl {
        groups: 4,
        null: None,
        separated: vec![SeparatedCopy {
            by: 0.25,
            valley: 0.111,
            silhouette: None,
            agreement: 0.95,
            strength: 0.5,
        }],
        scatter: [vec![(0.5, 0.25)], vec![(1.0, 0.0)], vec![(2.0, 0.0)]],
    });
    let page = certificate_page(&certificate);
    assert!(page.contains("moved by 25 %") && page.contains("A null table"));
    assert!(page.contains("<strong class=\"against\">0.11</strong>"));
}

#[test]
fn a_certificate_that_was_read_back_has_a_page_without_scatter_plots() {
    let mut certificate = light().clone();
    certificate.view = View {
        rows: Vec::new(),
        points: ndarray::Array2::zeros((0, 0)),
        ..certificate.view
    };
    let page = certificate_page(&certificate);
    assert!(page.contains("The most misleading clusterings"));
}
