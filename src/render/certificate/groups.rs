//! Pictures of whether groups lie apart, are agreed upon, and come back.

mod marks;

use crate::certify::{Certificate, Curve, Vote};
use crate::chart::{Axis, Chart, Marks, Tone};

use super::{Shown, percent};
use marks::{cut, dotted, groups, level, placed, rounded, tone, turns, turns_between, unit};

/// The pictures, most telling first; those of what was not measured are left out.
pub(super) fn pictures(certificate: &Certificate) -> Vec<Shown> {
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

fn valley(certificate: &Certificate) -> Shown {
    let (s, t) = (&certificate.statistics.separation, &certificate.thresholds);
    let mut marks = vec![turns(certificate, t.valley)];
    marks.push(level(certificate, "twins, deepest", s.valley_null));
    for curve in &s.curves {
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .filter_map(|(k, _, valley)| Some((*k as f64, (*valley)?)))
            .collect();
        // Of linkages and spectral clustering no border is looked at.
        if let (Some(tone), false) = (tone(curve.algorithm), points.is_empty()) {
            marks.extend(dotted(curve.algorithm.name(), points, tone));
        }
    }
    let reading = if s.valley <= t.valley {
        "hardly a row stands between those groups"
    } else {
        "rows lead from each group to the next without a gap"
    };
    let of = s
        .valley_of
        .map_or_else(String::new, |of| format!(", {}", cut(of)));
    let borders: Vec<String> = s.borders.iter().map(|one| format!("{one:.2}")).collect();
    let each = if borders.is_empty() {
        String::new()
    } else {
        format!(" Its borders, one by one: {}.", borders.join(", "))
    };
    Shown {
        chart: Chart {
            title: "Is there a gap at the borders?".to_owned(),
            says: format!(
                "Density at a border over that of the thinner group beside it, median over a grouping's \
                 borders: {:.2} where it is deepest{of}; {reading}.{each}",
                s.valley
            ),
            x: groups(certificate),
            y: Axis {
                label: "valley: 0 a gap, 1 none".to_owned(),
                range: Some((0.0, 1.0)),
                ticks: Vec::new(),
            },
            marks,
        },
        otherwise:
            "If one grouping were right, the lines would fall under the heavy line, towards 0, at \
                    its number of groups."
                .to_owned(),
    }
}

fn silhouette(certificate: &Certificate) -> Shown {
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
        turns(certificate, t.silhouette),
        Marks::Band {
            name: "k-means on twins".to_owned(),
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
                // One entry of the legend stands for both.
                name: std::mem::take(&mut linkages).to_owned(),
                points: points(curve),
                tone: Tone::Quiet,
            });
        }
    }
    let best = match (s.silhouette, s.silhouette_of) {
        (Some(value), Some(of)) => format!("The best cut reaches {value:.2} ({})", cut(of)),
        _ => "No cut into two groups of 5 % of the rows was found".to_owned(),
    };
    let excess = s.silhouette_excess.map_or_else(String::new, |excess| {
        format!(
            "; the most that k-means is above its twins is {:.2}",
            rounded(excess)
        )
    });
    Shown {
        chart: Chart {
            title: "How far apart are the groups?".to_owned(),
            says: format!("{best}{excess}. Linkages that only cut off stragglers do not count."),
            x: groups(certificate),
            y: Axis::named("silhouette: 0 touching, 1 far apart"),
            marks,
        },
        otherwise:
            "If one grouping were right, the lines would peak together at its number of groups, \
                    far above the band of twins."
                .to_owned(),
    }
}

fn votes(votes: &[Vote], vote_share: f64, threshold: f64) -> Shown {
    let row = |at: usize| (votes.len() - at) as f64;
    let points = |of: &dyn Fn(&Vote) -> Option<usize>| -> Vec<(f64, f64)> {
        let all = votes.iter().enumerate();
        all.filter_map(|(at, vote)| Some((of(vote)? as f64, row(at))))
            .collect()
    };
    let counted = |vote: &Vote| vote.qualified.filter(|k| *k > 1);
    let none = |vote: &Vote| (vote.k < 2).then_some(1);
    let bare = |vote: &Vote, asked: bool| {
        let bare = counted(vote).is_none() && vote.k > 1 && vote.qualified.is_some() == asked;
        bare.then_some(vote.k)
    };
    let most = votes.iter().map(|vote| vote.k).max().unwrap_or(1).max(8);
    let asked = votes.iter().filter(|vote| vote.qualified.is_some()).count();
    let seeing = votes.iter().filter(|vote| counted(vote).is_some()).count();
    let see = if seeing == 1 { "sees" } else { "see" };
    let named = |name: &str, points, tone| Marks::Points {
        name: name.to_owned(),
        points,
        tone,
    };
    Shown {
        chart: Chart {
            title: "How many groups does each criterion vote for?".to_owned(),
            says: format!(
                "Of {asked} criteria that ask for evidence {seeing} {see} groups; at most {} of the {asked} \
                 name one number, give or take one ({} would settle it).",
                percent(vote_share),
                percent(threshold)
            ),
            x: Axis {
                label: "number of groups".to_owned(),
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
                    "always names a number",
                    points(&|vote| bare(vote, false)),
                    Tone::Quiet,
                ),
                named(
                    "its own evidence is short",
                    points(&|vote| bare(vote, true)),
                    Tone::Third,
                ),
                named("sees no groups", points(&none), Tone::Fourth),
                named("votes with evidence", points(&counted), Tone::First),
            ],
        },
        otherwise: "If one grouping were right, most blue dots would stand in one column."
            .to_owned(),
    }
}

fn agreement(certificate: &Certificate) -> Shown {
    let (s, t) = (&certificate.statistics.agreement, &certificate.thresholds);
    let mut marks = vec![turns(certificate, t.agreement)];
    marks.extend(dotted("median of all pairs", placed(&s.core), Tone::First));
    Shown {
        chart: Chart {
            title: "Do algorithms find the same groups?".to_owned(),
            says: format!(
                "Agreement of k-means, Gaussian mixture, Ward and spectral clustering reaches {:.2} at most{}; \
                 0 is chance, 1 the same groups.",
                s.core_most,
                alone(certificate, s.core_most >= t.agreement)
            ),
            x: groups(certificate),
            y: unit("adjusted Rand index"),
            marks,
        },
        otherwise:
            "If one grouping were right, the line would pass the heavy line at its number of \
                    groups, since every algorithm would find it."
                .to_owned(),
    }
}

fn strength(certificate: &Certificate) -> Shown {
    let (s, t) = (&certificate.statistics.stability, &certificate.thresholds);
    let mut marks = vec![
        turns(certificate, t.strength),
        level(certificate, "twin, from 3 groups", s.strength_null),
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
    Shown {
        chart: Chart {
            title: "Do groups come back on other rows?".to_owned(),
            says: format!(
                "From three groups on, prediction strength reaches {:.2} at most{}. Two groups may come back \
                 by the length of a cloud alone, and do not count. Agreed upon and coming back at one number of groups: \
                 {:.2} ({:.2} would settle it).",
                s.strength_most,
                alone(certificate, s.strength_most >= t.strength),
                certificate.statistics.consensus,
                t.consensus
            ),
            x: groups(certificate),
            y: unit("share that comes back"),
            marks,
        },
        otherwise:
            "If one grouping were right, prediction strength would stay near 1 up to its number of \
                    groups and drop behind it."
                .to_owned(),
    }
}

/// LeftOutReason a number beyond its turn does not speak against a table whose borders are not thin.
fn alone(certificate: &Certificate, beyond: bool) -> &'static str {
    let (s, t) = (&certificate.statistics.separation, &certificate.thresholds);
    if beyond && s.valley > t.valley {
        ", which would count only if the borders were thin as well: one long cloud is cut the same way \
         every time"
    } else {
        ""
    }
}

fn ambiguity(certificate: &Certificate) -> Option<Shown> {
    let (s, t) = (&certificate.statistics.stability, &certificate.thresholds);
    let values = s.ambiguity.as_ref()?;
    let least = s.ambiguity_least?;
    let mut marks = vec![turns(certificate, t.ambiguity)];
    marks.extend(dotted("", placed(values), Tone::First));
    Some(Shown {
        chart: Chart {
            title: "For how many pairs of rows is it in doubt?".to_owned(),
            says: format!(
                "Whether two rows belong together depends on which other rows are drawn for at least {} of \
                 all pairs, from three groups on{}.",
                percent(least),
                alone(certificate, least <= t.ambiguity)
            ),
            x: groups(certificate),
            y: Axis::named("ambiguous pairs (PAC)"),
            marks,
        },
        otherwise:
            "If one grouping were right, the line would fall to the turn at its number of groups."
                .to_owned(),
    })
}

fn gap(certificate: &Certificate) -> Option<Shown> {
    let numbers = certificate.statistics.k_selection.as_ref()?;
    let gaps = numbers.gap_copula.iter().enumerate();
    let points: Vec<(f64, f64)> = gaps.map(|(at, gap)| ((at + 1) as f64, *gap)).collect();
    let band = points
        .iter()
        .zip(&numbers.gap_copula_errors)
        .map(|((k, gap), error)| (*k, gap - error, gap + error))
        .collect();
    let mut axis = groups(certificate);
    let last = points.len() as f64;
    axis.range = Some((0.8, last + 0.2));
    axis.ticks = (1..=points.len())
        .map(|k| (k as f64, k.to_string()))
        .collect();
    let threshold = certificate.thresholds.gap;
    let mut marks = vec![
        turns_between(1.0, last, threshold),
        Marks::Band {
            name: "one standard error".to_owned(),
            points: band,
            tone: Tone::First,
        },
    ];
    marks.extend(dotted("gap", points, Tone::First));
    Some(Shown {
        chart: Chart {
            title: "Are groups tighter than correlation makes them?".to_owned(),
            says: format!(
                "Rows are at most {:.3} (in log units) nearer to the middle of their group than rows of a \
                 twin{}.",
                numbers.gap_copula_most + 0.0,
                alone(certificate, numbers.gap_copula_most >= threshold)
            ),
            x: axis,
            y: Axis::named("gap to twins"),
            marks,
        },
        otherwise:
            "If one grouping were right, the line would climb past the heavy line up to its number \
                    of groups and level off."
                .to_owned(),
    })
}
