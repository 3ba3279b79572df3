//! Axes and marks that these plots share.

use crate::certify::Certificate;
use crate::chart::{Axis, Marks, Tone};
use crate::cluster::Algorithm;

/// Rounded to two decimals; adding zero avoids -0.00.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

pub(super) fn cut((algorithm, k): (Algorithm, usize)) -> String {
    format!("{}, {k} clusters", algorithm.name())
}

/// A colour for each algorithm that counts.
pub(super) fn tone(algorithm: Algorithm) -> Option<Tone> {
    match algorithm {
        Algorithm::KMeans => Some(Tone::First),
        Algorithm::Mixture => Some(Tone::Second),
        Algorithm::Ward => Some(Tone::Third),
        Algorithm::Spectral => Some(Tone::Fourth),
        Algorithm::Average | Algorithm::Complete => None,
    }
}

/// The axis of numbers of clusters.
pub(super) fn k_axis(certificate: &Certificate) -> Axis {
    let (from, to) = ends(certificate);
    let ks = certificate.statistics.depth.ks();
    Axis {
        label: "number of clusters".to_owned(),
        range: Some((from - 0.2, to + 0.2)),
        ticks: ks.iter().map(|k| (*k as f64, k.to_string())).collect(),
    }
}

pub(super) fn ends(certificate: &Certificate) -> (f64, f64) {
    let ks = certificate.statistics.depth.ks();
    let at = |k: Option<&usize>| k.map_or(2.0, |k| *k as f64);
    (at(ks.first()), at(ks.last()))
}

pub(super) fn unit(label: &str) -> Axis {
    Axis {
        label: label.to_owned(),
        range: Some((0.0, 1.0)),
        ticks: Vec::new(),
    }
}

pub(super) fn placed(values: &[(usize, f64)]) -> Vec<(f64, f64)> {
    values
        .iter()
        .map(|(k, value)| (*k as f64, *value))
        .collect()
}

/// A line with a point at each number of clusters.
pub(super) fn dotted(name: &str, points: Vec<(f64, f64)>, tone: Tone) -> [Marks; 2] {
    [
        Marks::Line {
            name: String::new(),
            points: points.clone(),
            tone,
        },
        Marks::Points {
            name: name.to_owned(),
            points,
            tone,
        },
    ]
}

/// The threshold as a line.
pub(super) fn threshold_line(certificate: &Certificate, threshold: f64) -> Marks {
    let (from, to) = ends(certificate);
    threshold_between(from, to, threshold)
}

pub(super) fn threshold_between(from: f64, to: f64, threshold: f64) -> Marks {
    Marks::Line {
        name: format!("threshold {threshold:.2}"),
        points: vec![(from - 0.2, threshold), (to + 0.2, threshold)],
        tone: Tone::Alarm,
    }
}

/// The level of null tables.
pub(super) fn level(certificate: &Certificate, name: &str, value: f64) -> Marks {
    let (from, to) = ends(certificate);
    Marks::Line {
        name: name.to_owned(),
        points: vec![(from - 0.2, value), (to + 0.2, value)],
        tone: Tone::Quiet,
    }
}
