//! Plots of separation, agreement and stability, by number of clusters.

mod marks;

use crate::certify::{Certificate, Curve, Vote};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::panel::{Panel, percent};
use marks::{
    cut, dotted, k_axis, level, placed, rounded, threshold_between, threshold_line, tone, unit,
};

/// The plots, most informative first; statistics that were not measured are skipped.
pub(super) fn pictures(certificate: &Certificate) -> Vec<Panel> {
    let s = &certificate.statistics;
    let mut all = vec![valley(certificate), silhouette(certificate)];
    if let Some(numbers) = &s.k_selection {
        all.push(votes(
            &numbers.votes,
            numbers.vote_share,
            certificate.thresholds.votes,
        ));
    }
    all.push(agreement(certificate));
    all.push(strength(certificate));
    all.extend(ambiguity(certificate));
    all.extend(gap(certificate));
    all
}

fn valley(certificate: &Certificate) -> Panel {
    let (s, t) = (&certificate.statistics.separation, &certificate.thresholds);
    let mut marks = vec![threshold_line(certificate, t.valley)];
    marks.push(level(certificate, "null tables, deepest", s.valley_null));
    for curve in &s.curves {
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .filter_map(|(k, _, valley)| Some((*k as f64, (*valley)?)))
            .collect();
        // Valleys are not measured for linkages and spectral clustering.
        if let (Some(tone), false) = (tone(curve.algorithm), points.is_empty()) {
            marks.extend(dotted(curve.algorithm.name(), points, tone));
        }
    }
    let reading = if s.valley <= t.valley {
        "almost no rows lie between those clusters"
    } else {
        "rows lead from each cluster to the next without a gap"
    };
    let of = s
        .valley_of
        .map_or_else(String::new, |of| format!(", {}", cut(of)));
    let borders: Vec<String> = s.borders.iter().map(|one| format!("{one:.2}")).collect();
    let each = if borders.is_empty() {
        String::new()
    } else {
        format!(" Its borders one by one: {}.", borders.join(", "))
    };
    Panel {
        chart: Chart {
            title: "Is there a gap between clusters?".to_owned(),
            says: format!(
                "Density at a border relative to the thinner of the two clusters, median over the \
                 borders of a clustering: {:.2} at its deepest{of}; {reading}.{each}",
                s.valley
            ),
            x: k_axis(certificate),
            y: Axis {
                label: "valley depth: 0 a gap, 1 none".to_owned(),
                range: Some((0.0, 1.0)),
                ticks: Vec::new(),
            },
            marks,
        },
        contrast:
            "If one clustering were correct, the lines would drop towards 0, below the heavy line, \
             at its number of clusters."
                .to_owned(),
    }
}

fn silhouette(certificate: &Certificate) -> Panel {
    let (s, t) = (&certificate.statistics.separation, &certificate.thresholds);
    let ks = certificate.statistics.depth.ks();
    let band = ks
        .iter()
        .enumerate()
        .filter_map(|(at, k)| {
            let values = s.null_curves.iter().filter_map(|curve| *curve.get(at)?);
            let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                (low.min(x), high.max(x))
            });
            (low <= high).then_some((*k as f64, low, high))
        })
        .collect();
    let mut marks = vec![
        threshold_line(certificate, t.silhouette),
        Marks::Band {
            name: "k-means on null tables".to_owned(),
            points: band,
            tone: Tone::Quiet,
        },
    ];
    let points = |curve: &Curve| -> Vec<(f64, f64)> {
        let points = curve.points.iter();
        points
            .filter_map(|(k, silhouette, _)| Some((*k as f64, (*silhouette)?)))
            .collect()
    };
    let mut linkages = "average, complete linkage";
    for curve in &s.curves {
        if let Some(tone) = tone(curve.algorithm) {
            marks.extend(dotted(curve.algorithm.name(), points(curve), tone));
        } else {
            marks.push(Marks::Line {
                // Both share one entry of the legend.
                name: std::mem::take(&mut linkages).to_owned(),
                points: points(curve),
                tone: Tone::Quiet,
            });
        }
    }
    let best = match (s.silhouette, s.silhouette_of) {
        (Some(value), Some(of)) => format!("The best clustering reaches {value:.2} ({})", cut(of)),
        _ => "No clustering with two clusters of at least 5 % of the rows was found".to_owned(),
    };
    let excess = s.silhouette_excess.map_or_else(String::new, |excess| {
        format!(
            "; the largest excess of k-means over its null tables is {:.2}",
            rounded(excess)
        )
    });
    Panel {
        chart: Chart {
            title: "How far apart are the clusters?".to_owned(),
            says: format!("{best}{excess}. Linkages that only split off outliers do not count."),
            x: k_axis(certificate),
            y: Axis::named("silhouette: 0 touching, 1 far apart"),
            marks,
        },
        contrast: "If one clustering were correct, the lines would peak together at its number of \
             clusters, far above the band of null tables."
            .to_owned(),
    }
}

fn votes(votes: &[Vote], vote_share: f64, threshold: f64) -> Panel {
    let row = |at: usize| (votes.len() - at) as f64;
    let points = |of: &dyn Fn(&Vote) -> Option<usize>| -> Vec<(f64, f64)> {
        let all = votes.iter().enumerate();
        all.filter_map(|(at, vote)| Some((of(vote)? as f64, row(at))))
            .collect()
    };
    let counted = |vote: &Vote| vote.qualified.filter(|k| *k > 1);
    let none = |vote: &Vote| (vote.k < 2).then_some(1);
    let bare = |vote: &Vote, required: bool| {
        let bare = counted(vote).is_none() && vote.k > 1 && vote.qualified.is_some() == required;
        bare.then_some(vote.k)
    };
    let most = votes.iter().map(|vote| vote.k).max().unwrap_or(1).max(8);
    let required = votes.iter().filter(|vote| vote.qualified.is_some()).count();
    let finding = votes.iter().filter(|vote| counted(vote).is_some()).count();
    let see = if finding == 1 { "finds" } else { "find" };
    let named = |name: &str, points, tone| Marks::Points {
        name: name.to_owned(),
        points,
        tone,
    };
    Panel {
        chart: Chart {
            title: "How many clusters does each criterion choose?".to_owned(),
            says: format!(
                "Of {required} criteria that require evidence, {finding} {see} clusters; at most \
                 {} of the {required} choose the same number, give or take one ({} would be \
                 decisive).",
                percent(vote_share),
                percent(threshold)
            ),
            x: Axis {
                label: "number of clusters".to_owned(),
                range: Some((0.6, most as f64 + 0.4)),
                ticks: (1..=most).map(|k| (k as f64, k.to_string())).collect(),
            },
            y: Axis {
                label: String::new(),
                range: Some((0.4, votes.len() as f64 + 0.6)),
                ticks: votes
                    .iter()
                    .enumerate()
                    .map(|(at, vote)| (row(at), vote.criterion.clone()))
                    .collect(),
            },
            marks: vec![
                named(
                    "always chooses a number",
                    points(&|vote| bare(vote, false)),
                    Tone::Quiet,
                ),
                named(
                    "insufficient evidence",
                    points(&|vote| bare(vote, true)),
                    Tone::Third,
                ),
                named("finds no clusters", points(&none), Tone::Fourth),
                named("chooses with evidence", points(&counted), Tone::First),
            ],
        },
        contrast: "If one clustering were correct, most blue dots would be in one column."
            .to_owned(),
    }
}

fn agreement(certificate: &Certificate) -> Panel {
    let (s, t) = (&certificate.statistics.agreement, &certificate.thresholds);
    let mut marks = vec![threshold_line(certificate, t.agreement)];
    marks.extend(dotted("median of all pairs", placed(&s.core), Tone::First));
    Panel {
        chart: Chart {
            title: "Do algorithms find the same clusters?".to_owned(),
            says: format!(
                "Agreement between k-means, Gaussian mixture, Ward and spectral clustering reaches \
                 at most {:.2}{}; 0 is chance, 1 is identical.",
                s.core_most,
                unless_separated(certificate, s.core_most >= t.agreement)
            ),
            x: k_axis(certificate),
            y: unit("adjusted Rand index"),
            marks,
        },
        contrast:
            "If one clustering were correct, every algorithm would find it, and the line would \
             pass the heavy line at its number of clusters."
                .to_owned(),
    }
}

fn strength(certificate: &Certificate) -> Panel {
    let (s, t) = (&certificate.statistics.stability, &certificate.thresholds);
    let mut marks = vec![
        threshold_line(certificate, t.strength),
        level(certificate, "null table, k ≥ 3", s.strength_null),
    ];
    marks.extend(dotted(
        "prediction strength",
        placed(&s.strength),
        Tone::First,
    ));
    marks.extend(dotted(
        "agreement of bootstrap samples",
        placed(&s.bootstrap),
        Tone::Second,
    ));
    Panel {
        chart: Chart {
            title: "Do clusters replicate on other rows?".to_owned(),
            says: format!(
                "For k ≥ 3, prediction strength reaches at most {:.2}{}. Two clusters may \
                 replicate just because a cloud is elongated, so k = 2 does not count. Agreement \
                 and replication at the same k: {:.2} ({:.2} would be decisive).",
                s.strength_most,
                unless_separated(certificate, s.strength_most >= t.strength),
                certificate.statistics.consensus,
                t.consensus
            ),
            x: k_axis(certificate),
            y: unit("share that replicates"),
            marks,
        },
        contrast:
            "If one clustering were correct, prediction strength would stay near 1 up to its \
             number of clusters and drop after it."
                .to_owned(),
    }
}

/// Why a value past its threshold does not count if the valley is not deep.
fn unless_separated(certificate: &Certificate, beyond: bool) -> &'static str {
    let (s, t) = (&certificate.statistics.separation, &certificate.thresholds);
    if beyond && s.valley > t.valley {
        ", which would count only if the valley were deep as well: one elongated cloud is cut the \
         same way every time"
    } else {
        ""
    }
}

fn ambiguity(certificate: &Certificate) -> Option<Panel> {
    let (s, t) = (&certificate.statistics.stability, &certificate.thresholds);
    let values = s.ambiguity.as_ref()?;
    let least = s.ambiguity_least?;
    let mut marks = vec![threshold_line(certificate, t.ambiguity)];
    marks.extend(dotted("", placed(values), Tone::First));
    Some(Panel {
        chart: Chart {
            title: "How many pairs of rows are ambiguous?".to_owned(),
            says: format!(
                "For at least {} of all pairs (k ≥ 3), whether two rows are clustered together \
                 depends on the resample{}.",
                percent(least),
                unless_separated(certificate, least <= t.ambiguity)
            ),
            x: k_axis(certificate),
            y: Axis::named("ambiguous pairs (PAC)"),
            marks,
        },
        contrast:
            "If one clustering were correct, the line would drop to the threshold at its number of \
             clusters."
                .to_owned(),
    })
}

fn gap(certificate: &Certificate) -> Option<Panel> {
    let numbers = certificate.statistics.k_selection.as_ref()?;
    let gaps = numbers.gap_copula.iter().enumerate();
    let points: Vec<(f64, f64)> = gaps.map(|(at, gap)| ((at + 1) as f64, *gap)).collect();
    let band = points
        .iter()
        .zip(&numbers.gap_copula_errors)
        .map(|((k, gap), error)| (*k, gap - error, gap + error))
        .collect();
    let mut axis = k_axis(certificate);
    let last = points.len() as f64;
    axis.range = Some((0.8, last + 0.2));
    axis.ticks = (1..=points.len())
        .map(|k| (k as f64, k.to_string()))
        .collect();
    let threshold = certificate.thresholds.gap;
    let mut marks = vec![
        threshold_between(1.0, last, threshold),
        Marks::Band {
            name: "one standard error".to_owned(),
            points: band,
            tone: Tone::First,
        },
    ];
    marks.extend(dotted("gap", points, Tone::First));
    Some(Panel {
        chart: Chart {
            title: "Are clusters tighter than correlation makes them?".to_owned(),
            says: format!(
                "Rows are at most {:.3} (in log units) closer to their cluster centre than rows of \
                 a null table{}.",
                numbers.gap_copula_most + 0.0,
                unless_separated(certificate, numbers.gap_copula_most >= threshold)
            ),
            x: axis,
            y: Axis::named("gap to null tables"),
            marks,
        },
        contrast:
            "If one clustering were correct, the line would rise past the heavy line up to its \
             number of clusters and level off."
                .to_owned(),
    })
}
