//! Well-known tables get the verdicts that the literature gives them;
//! `tests/reference/known/README.md` explains why.

use drumlin::certify::{Certificate, ReasonKind};

use crate::harness::TestDir;

/// The result of a light certificate.
fn certificate(table: &str) -> Certificate {
    let file = format!(
        "{}/tests/reference/known/{table}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    let dir = TestDir::new();
    let run = dir.run(&["certify", &file, "--light", "--json"]).exits(1);
    serde_json::from_str(&run.stdout()).unwrap()
}

/// Whether `statistic` is among the reasons of the most serious kind.
fn refused(table: &str, kind: ReasonKind, statistic: &str) -> Certificate {
    let found = certificate(table);
    assert_eq!(found.verdict.kind(), Some(kind), "{table}");
    let mut reasons = found.verdict.reasons.iter();
    assert!(
        reasons.any(|reason| reason.statistic == statistic),
        "{table}: {:?}",
        found.verdict.reasons
    );
    found
}

#[test]
fn two_kinds_of_eruption_and_gentoo_penguins_lie_apart() {
    for table in ["old-faithful", "penguins"] {
        let found = refused(table, ReasonKind::TooClear, "separation.silhouette");
        assert!(found.statistics.separation.valley < 0.2, "{table}");
    }
}

#[test]
fn iris_has_one_species_apart_and_not_three() {
    let found = refused("iris", ReasonKind::TooClear, "separation.silhouette");
    // Versicolor and virginica overlap: three groups do not replicate.
    assert!(found.statistics.stability.strength_most < 0.8);
}

#[test]
fn three_cultivars_of_wine_are_agreed_upon_though_their_silhouette_is_low() {
    let found = refused("wine", ReasonKind::TooClear, "consensus");
    assert!(found.statistics.separation.silhouette.unwrap() < 0.35);
}

#[test]
fn written_figures_are_separated_by_valleys() {
    let found = refused(
        "digits",
        ReasonKind::TooClear,
        "separation.silhouette_excess",
    );
    assert!(found.statistics.consensus < 0.65);
}

#[test]
fn noise_is_meaningless_however_its_columns_are_spread() {
    for table in ["noise-uniform", "noise-normal"] {
        let found = refused(table, ReasonKind::Meaningless, "meaning.predictable");
        assert_eq!(found.statistics.meaning.factors, 0, "{table}");
    }
}
