//! Misleading clusterings: what a careless analyst would report, found on reference rows by brute force and
//! compared with the truth.

use crate::baseline::{ColumnClustering, brute_force_clusterings};
use crate::bundle::{Key, MisleadingClustering, PartialRecovery, rows_table};
use crate::chart::{Axis, Chart, Marks, Tone};
use crate::generate::{FindingKind, FrozenWorld, ReferenceBundle};
use crate::labels::Partition;
use crate::measure::eta_squared;
use crate::random::Stream;
use crate::review::{BundleTruth, GroupingComparison, Sample, compare_grouping};
use crate::text::percent;

use crate::workflow::pilot::pilot_key;

/// Source rows of the reference table.
const REFERENCE_ROWS: u64 = 1_500;
/// Number of clusterings compared with the truth, and number kept.
const ANSWERS: usize = 40;
const KEPT: usize = 5;
/// A clustering that recovers more of a structure than this is not misleading.
const LOW: f64 = 0.2;
/// A clustering that recovers less of a defect than this is not caused by it.
const RESTS: f64 = 0.1;
/// Points of a plot, which is stored in the round's key.
const POINTS: usize = 240;

/// The most misleading clusterings of a world, the clearest-looking first.
pub(crate) fn misleading_clusterings(
    frozen: &FrozenWorld,
    stream: &Stream,
) -> Vec<MisleadingClustering> {
    let ReferenceBundle {
        context,
        source,
        block,
    } = ReferenceBundle::draw(frozen, stream.fork("pilot"), REFERENCE_ROWS);
    let mut sample = Sample::default();
    sample.add(&context, &source, &rows_table(&context, &source), &block);
    let truth = BundleTruth::of_sample(pilot_key(&context, Vec::new()), &sample);
    let sweep = brute_force_clusterings(&sample.delivered, ANSWERS, &stream.fork("sweep"));
    let judged = sweep.answers.iter().map(|answer| {
        let mut codes = vec![None; sample.delivered.rows()];
        for (row, label) in sweep.rows.iter().zip(&answer.labels) {
            codes[*row] = Some(*label);
        }
        let names = (0..answer.groups).map(|group| group.to_string());
        let partition = Partition::from_codes(codes, names.collect());
        let beside = compare_grouping(&truth, &partition, &stream.fork("chance"));
        misleading(&truth.key, answer, &beside)
    });
    judged.flatten().take(KEPT).collect()
}

/// A clustering with what it recovers; none if it recovers a structure.
fn misleading(
    key: &Key,
    answer: &ColumnClustering,
    beside: &[GroupingComparison],
) -> Option<MisleadingClustering> {
    let most = |artefact: bool| {
        let these = beside.iter().filter(|one| {
            let kind = key.finding(&one.finding).map(|finding| finding.kind);
            (kind == Some(FindingKind::Defect)) == artefact && one.alone.above_chance()
        });
        let values = these.filter_map(|one| {
            Some(PartialRecovery {
                what: one.what.clone(),
                recovery: one.alone.value?,
            })
        });
        values.max_by(|a, b| a.recovery.total_cmp(&b.recovery))
    };
    let structure = most(false);
    let low = structure.as_ref().is_none_or(|one| one.recovery < LOW);
    low.then(|| MisleadingClustering {
        columns: answer.columns.clone(),
        statement: statement(answer),
        silhouette: answer.silhouette,
        structure,
        artefact: most(true).filter(|one| one.recovery >= RESTS),
        chart: chart(answer),
    })
}

/// What a careless analyst would report.
fn statement(answer: &ColumnClustering) -> String {
    let names: Vec<String> = answer
        .columns
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let last = names.len() - 1;
    format!(
        "“There are {} segments by {} and {}.” Silhouette {:.2}, {}.",
        ["no", "one", "two", "three", "four"]
            .get(answer.groups)
            .unwrap_or(&"several"),
        names[..last].join(", "),
        names[last],
        answer.silhouette,
        how(answer),
    )
}

/// `Ward on standardised logs`
fn how(answer: &ColumnClustering) -> &'static str {
    match (answer.ward, answer.logged) {
        (true, true) => "Ward on standardised logs",
        (true, false) => "Ward on standard scores",
        (false, true) => "k-means on standardised logs",
        (false, false) => "k-means on standard scores",
    }
}

/// The clusters on the two columns that separate them most.
fn chart(answer: &ColumnClustering) -> Chart {
    const TONES: [Tone; 4] = [Tone::First, Tone::Second, Tone::Third, Tone::Fourth];
    let mut order: Vec<usize> = (0..answer.columns.len()).collect();
    let separation = |at: &usize| eta_squared(&answer.places[*at], &answer.labels);
    order.sort_by(|a, b| {
        let (a, b) = (separation(a).unwrap_or(0.0), separation(b).unwrap_or(0.0));
        b.total_cmp(&a)
    });
    let axis = |at: usize| {
        let logged = if answer.logged { ", logged" } else { "" };
        Axis::named(format!("{}{logged} (sd)", answer.columns[at]))
    };
    let rounded = |value: f64| (100.0 * value).round() / 100.0;
    let (x, y) = (order[0], order[1]);
    let sizes = |group: usize| {
        let inside = answer
            .labels
            .iter()
            .filter(|label| **label as usize == group);
        inside.count() as f64 / answer.labels.len().max(1) as f64
    };
    Chart {
        title: answer.columns.join(", "),
        says: format!("{} clusters by {}.", answer.groups, how(answer)),
        x: axis(x),
        y: axis(y),
        marks: (0..answer.groups)
            .map(|group| {
                let rows = (0..answer.labels.len().min(POINTS))
                    .filter(|row| answer.labels[*row] as usize == group);
                let place = |row: usize| {
                    (
                        rounded(answer.places[x][row]),
                        rounded(answer.places[y][row]),
                    )
                };
                Marks::Points {
                    name: percent(sizes(group)),
                    points: rows.map(place).collect(),
                    tone: TONES[group % TONES.len()],
                }
            })
            .collect(),
    }
}
