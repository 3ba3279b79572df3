//! What tempts somebody in a hurry: looked for on rows that no candidate gets, and held against what is
//! true of them.

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

/// Source rows of the pilot: after defects there are enough for the sweep.
const PILOT_ROWS: u64 = 1_500;
/// Answers that are held against the truth, and those that are kept.
const ANSWERS: usize = 40;
const KEPT: usize = 5;
/// An answer that tells more of a structure is not wrong.
const LOW: f64 = 0.2;
/// An answer that tells less of an artefact does not rest on it.
const RESTS: f64 = 0.1;
/// Points of a picture: more say nothing more, and stand in the round's key.
const POINTS: usize = 240;

/// The wrong answers of a world that tempt most, the clearest-looking first.
pub(crate) fn misleading_clusterings(
    frozen: &FrozenWorld,
    stream: &Stream,
) -> Vec<MisleadingClustering> {
    let ReferenceBundle {
        context,
        source,
        block,
    } = ReferenceBundle::draw(frozen, stream.fork("pilot"), PILOT_ROWS);
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

/// An answer with what is in it; none when it tells of a structure.
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
    let low = structure.as_ref().is_none_or(|told| told.recovery < LOW);
    low.then(|| MisleadingClustering {
        columns: answer.columns.clone(),
        statement: statement(answer),
        silhouette: answer.silhouette,
        structure,
        artefact: most(true).filter(|told| told.recovery >= RESTS),
        chart: chart(answer),
    })
}

/// What would be reported.
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

/// The groups on the two columns that part them most.
fn chart(answer: &ColumnClustering) -> Chart {
    const TONES: [Tone; 4] = [Tone::First, Tone::Second, Tone::Third, Tone::Fourth];
    let mut order: Vec<usize> = (0..answer.columns.len()).collect();
    let parted = |at: &usize| eta_squared(&answer.places[*at], &answer.labels);
    order.sort_by(|a, b| {
        let (a, b) = (parted(a).unwrap_or(0.0), parted(b).unwrap_or(0.0));
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
        says: format!("{} groups by {}.", answer.groups, how(answer)),
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
