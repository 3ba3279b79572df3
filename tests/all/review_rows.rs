//! What a review says about single rows: where an answer agrees, which rows it omits, and the
//! effect of cleaning.

use std::fmt::Write as _;

use crate::harness::write_csv;
use drumlin::random::{Draws, Secret};
use drumlin::review::{GroupingComparison, GroupingEvidence};
use drumlin::table::Table;

use crate::review_room::{ROWS, TestDir};

/// A round without defects, so that the delivered table is the clean one.
fn clean() -> TestDir {
    TestDir::of(12, true)
}

fn draws(name: &str) -> Draws {
    Secret::demo(9).stream().fork(name).draws()
}

/// `groups.csv` with one label per row: `answer` applied to its position and type.
fn answered(dir: &TestDir, mut answer: impl FnMut(usize, String) -> Option<String>) {
    let rows = dir.key_table("rows.parquet");
    let sampled = rows.names().find(|name| name.starts_with("sampled."));
    let mut groups = "row_id,best\n".to_owned();
    for (at, (id, source)) in dir.ids().into_iter().enumerate() {
        let own = rows.cell(sampled.unwrap(), source).show();
        let label = answer(at, own).unwrap_or_default();
        writeln!(groups, "{id},{label}").unwrap();
    }
    dir.write("groups.csv", &groups);
}

/// The main type of each row, if its share is at least three fifths.
fn largest_shares(dir: &TestDir) -> Vec<Option<usize>> {
    let rows = dir.key_table("rows.parquet");
    // Parts of types have one more dot.
    let types = rows
        .names()
        .filter(|name| name.starts_with("member.") && name.matches('.').count() == 2);
    let shares: Vec<Vec<Option<f64>>> = types
        .map(|name| rows.cells(name).unwrap().numbers().unwrap())
        .collect();
    let largest = |(_, source): (String, usize)| {
        (0..shares.len()).find(|kind| shares[*kind][source].unwrap() >= 0.6)
    };
    dir.ids().into_iter().map(largest).collect()
}

fn types(grouping: &GroupingEvidence) -> &GroupingComparison {
    let mut all = grouping.comparisons.iter();
    all.find(|one| one.what == "the archetypes").unwrap()
}

#[test]
fn the_slice_where_an_answer_was_made_to_fail_is_found() {
    let dir = clean();
    let table = dir.delivered();
    let mut draws = draws("free");
    let mut spoilt = 0;
    let largest = largest_shares(&dir);
    // Rows between types are unlabelled, so that groups are mostly of one type.
    answered(&dir, |row, _| {
        let own = largest[row]?;
        let free = table.cell("plan", row).show() == "free";
        spoilt += usize::from(free);
        Some(if free { draws.index(3) } else { own }.to_string())
    });
    let evidence = dir.review().evidence;
    let rows = evidence.groupings[0].row_agreement.as_ref().unwrap();
    assert_eq!(rows.what, "the archetypes");
    assert!(
        rows.by_one_group < rows.agreement && rows.agreement < rows.attainable,
        "{rows:?}"
    );
    let worst = &rows.slices[0];
    assert_eq!(
        (worst.slice.as_str(), worst.rows),
        ("`plan` is free", spoilt)
    );
    assert!(
        worst.inside < worst.outside && worst.difference.1 < 0.0,
        "{worst:?}"
    );
    assert!(rows.slices_tested > 50);
    // Rows to look at are rows of the table, in a group of another type.
    let ids: Vec<String> = dir.ids().into_iter().map(|(id, _)| id).collect();
    assert!(!rows.examples.is_empty());
    for one in &rows.examples {
        assert!(
            ids.contains(&one.row) && one.main_type != one.type_of_group && one.share > 0.5,
            "{one:?}"
        );
    }
    for whole in rows.types.iter().chain(&rows.groups) {
        let shares: f64 = whole.parts.iter().map(|part| part.share).sum();
        assert!(shares <= 1.0 + 1e-9 && whole.rows > 0.0, "{whole:?}");
    }
    let total: f64 = rows.groups.iter().map(|group| group.rows).sum();
    assert!((total - rows.rows as f64).abs() < 1e-6);
}

#[test]
fn an_answer_that_fails_nowhere_more_than_elsewhere_has_no_slices() {
    let dir = clean();
    let mut draws = draws("anywhere");
    answered(&dir, |_, _| Some(draws.index(3).to_string()));
    let evidence = dir.review().evidence;
    let grouping = &evidence.groupings[0];
    // Chance is close to 0, so the share of correct rows follows the recovery.
    assert!(
        grouping
            .row_agreement
            .as_ref()
            .is_none_or(|rows| rows.slices.is_empty())
    );
}

#[test]
fn rows_that_were_left_out_are_counted_and_never_only_ignored() {
    let dir = clean();
    let mut left = 0;
    answered(&dir, |row, own| {
        left += usize::from(row % 3 == 0);
        (row % 3 > 0).then_some(own)
    });
    let evidence = dir.review().evidence;
    let grouping = &evidence.groupings[0];
    assert_eq!(grouping.answered + left, grouping.rows);
    let types = types(grouping);
    assert!(types.adjusted_rand.unwrap() > 0.999 && types.element_similarity.unwrap() > 0.999);
    assert!(types.one_sided_rand.unwrap() > 0.999);
    assert!(types.adjusted_rand_of_all.unwrap() < 0.8, "{types:?}");
    // The type drawn for a row is stored nowhere: a copy of one draw is no better a guess than
    // another.
    let expected = types.expected.unwrap();
    let (found, attainable) = (
        expected.adjusted_rand.unwrap(),
        expected.attainable.unwrap(),
    );
    assert!(
        0.0 < found && found < attainable && attainable < 1.0,
        "{expected:?}"
    );
}

#[test]
fn intervals_move_whole_entities() {
    let dir = clean();
    answered(&dir, |_, own| Some(own));
    let key = dir.key();
    assert_eq!(key.entity.as_deref(), Some("workspace_id"));
    let evidence = dir.review().evidence;
    for one in &evidence.groupings[0].comparisons {
        let (Some(interval), Some(value)) = (one.alone.interval, one.alone.value) else {
            continue;
        };
        assert!(interval.low <= value && value <= interval.high, "{one:?}");
        assert!(
            interval.units <= 420 && interval.effective_rows <= ROWS as f64,
            "{one:?}"
        );
    }
}

#[test]
fn cleaning_that_destroys_a_structure_is_told_by_its_consequence() {
    let dir = clean();
    let columns = dir.key().findings.into_iter().next().unwrap().columns;
    let table = dir.delivered();
    let write = |table: &Table| {
        write_csv(&dir.submission().join("cleaned.csv"), table).unwrap();
        dir.review().evidence.consequences
    };
    let kept = write(&table);
    for one in &kept {
        assert_eq!((one.delivered, one.kept), (one.cleaned, 1.0), "{one:?}");
    }
    // The first finding is a factor: without its columns it is predicted less well, though others
    // correlate.
    let left = table.columns().iter();
    let left = left.filter(|column| !columns.contains(&column.name));
    let without = Table::new(left.cloned().collect()).unwrap();
    std::fs::remove_dir_all(dir.round().join("reviews")).unwrap();
    let lost = write(&without);
    let [before, after] = [&kept[0], &lost[0]].map(|one| one.cleaned.unwrap_or_default());
    assert!(after < before - 0.05, "{before} {after}");
    assert_eq!(lost[0].delivered, kept[0].delivered);
}
