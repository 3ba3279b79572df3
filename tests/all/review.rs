//! Reviews of a small round, with answers from its key and random answers.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::harness::write_csv;
use drumlin::bundle::RoundError;
use drumlin::certify::View;
use drumlin::cluster::Lloyd;
use drumlin::measure::{Reading, standardised};
use drumlin::progress::Silent;
use drumlin::random::Secret;
use drumlin::report::grouping_sentence;
use drumlin::review::Evidence;
use drumlin::table::{Cells, Column, Table, Text};
use drumlin::workflow::{ReviewError, ReviewRequest, check, review};

use crate::review_room::{ROWS, TestDir};

/// Worlds that together contain eight of the nine kinds of defect, and a change.
const SEEDS: [u64; 2] = [2, 4];

#[test]
fn answers_from_the_key_find_everything_and_repair_everything() {
    for seed in SEEDS {
        let dir = TestDir::new(seed);
        dir.answer_perfectly();
        dir.clean_perfectly(&dir.key());
        let evidence = dir.review().evidence;
        let comparisons = &evidence.groupings[0].comparisons;
        let archetypes = comparisons
            .iter()
            .find(|a| a.what == "the archetypes")
            .unwrap();
        assert!(archetypes.alone.above_chance(), "{archetypes:?}");
        assert!(archetypes.adjusted_rand.unwrap() > 0.999, "{archetypes:?}");
        let values: Vec<_> = comparisons.iter().map(|a| a.alone.value).collect();
        assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
        assert!(evidence.axes.len() >= 3);
        for axes in &evidence.axes {
            assert!(axes.alone.value.unwrap() > 0.999, "{axes:?}");
            assert!(axes.best_squared.unwrap() > 0.999, "{axes:?}");
        }
        let defects = dir.key().world.instances.len();
        assert_eq!(evidence.cleaning.len(), defects);
        for one in &evidence.consequences {
            let [cleaned, clean] = [one.cleaned, one.clean].map(Option::unwrap_or_default);
            assert!((cleaned - clean).abs() < 0.06, "{one:?}");
        }
        for cleaning in &evidence.cleaning {
            assert!(cleaning.repaired.of > 0, "{cleaning:?}");
            assert_eq!(
                cleaning.repaired.count, cleaning.repaired.of,
                "{cleaning:?}"
            );
        }
        assert_eq!(evidence.damage.unwrap().count, 0);
        assert_eq!(evidence.notes, Vec::<String>::new());
        names_no_verdict(&evidence);
    }
}

#[test]
fn answers_at_random_find_nothing() {
    let dir = TestDir::new(SEEDS[0]);
    let mut draws = Secret::demo(11).stream().fork("random answers").draws();
    let (mut axes, mut groups) = ("row_id,x,y\n".to_owned(), "row_id,g,p_0,p_1\n".to_owned());
    for (id, _) in dir.ids() {
        let group = draws.index(4);
        let share = draws.uniform();
        writeln!(groups, "{id},{group},{share},{}", 1.0 - share).unwrap();
        writeln!(axes, "{id},{},{}", draws.normal(), draws.normal()).unwrap();
    }
    dir.write("axes.csv", &axes);
    dir.write("groups.csv", &groups);
    let evidence = dir.review().evidence;
    assert_eq!(evidence.groupings.len(), 2);
    // Four standard deviations of what three random groups, or two axes, explain of 3,000 rows.
    let slack = 4.0 * 6.0_f64.sqrt() / ROWS as f64;
    for against in evidence.groupings.iter().flat_map(|g| &g.comparisons) {
        // The decoy's few rows have little entropy, so chance explains a larger share of it.
        let chance = against.alone.chance.unwrap();
        let value = against.alone.value.unwrap();
        assert!(value < slack.max(2.0 * chance), "{against:?}");
        assert_eq!(against.alone.reading, Reading::Ok);
    }
    for axes in &evidence.axes {
        assert!(axes.alone.value.unwrap() < slack, "{axes:?}");
    }
    assert!(evidence.cleaning.is_empty() && evidence.damage.is_none());
}

#[test]
fn cleaning_is_credited_for_what_it_did_and_blamed_for_nothing_else() {
    // A unit slip in `context_kb`, another time zone, a level of `surface` with several spellings.
    let dir = TestDir::new(17);
    let key = dir.key();
    let mut planted = key.world.instances.iter();
    let slip = planted.find(|one| one.columns == ["context_kb"]).unwrap();
    let versions = dir.delivered().cells("client_version").unwrap().texts();
    let source = slip.source.clone().unwrap();
    let columns = dir.delivered().into_columns().into_iter().map(|column| {
        let cells = match (column.name.as_str(), column.cells) {
            // The slipped source is corrected; nothing else is changed.
            ("context_kb", Cells::Real(values)) => Cells::Real(
                (values.into_iter().zip(&versions))
                    .map(|(value, version)| {
                        let slipped = version.as_deref() == Some(&source.level);
                        value.map(|x| if slipped && x > 300.0 { x / 1000.0 } else { x })
                    })
                    .collect(),
            ),
            ("surface", cells @ Cells::Text(_)) => {
                let plain = |text: &Option<Text>| {
                    text.as_ref().map(|text| {
                        let text = text.trim().to_lowercase().replace(['-', '_'], " ");
                        Text::from(text)
                    })
                };
                Cells::Text(cells.texts().iter().map(plain).collect())
            }
            // Transformed as a whole: neither repair nor damage.
            ("gap_hours", cells) => {
                let log = |x: Option<f64>| x.map(|x| 7.0 + x.abs().ln_1p());
                Cells::Real(cells.numbers().unwrap().into_iter().map(log).collect())
            }
            (_, cells) => cells,
        };
        Column {
            name: column.name,
            cells,
        }
    });
    let table = Table::new(columns.collect()).unwrap();
    write_csv(&dir.submission().join("cleaned.csv"), &table).unwrap();
    let evidence = dir.review().evidence;
    let of = |title: &str| {
        let mut all = evidence.cleaning.iter();
        all.find(|cleaning| cleaning.what == title).unwrap()
    };
    let slip = of("another unit");
    assert!(
        slip.repaired.count as f64 > 0.95 * slip.repaired.of as f64,
        "{slip:?}"
    );
    assert_eq!(slip.acted_on.count, slip.repaired.count);
    let zone = of("another time zone");
    assert_eq!((zone.repaired.count, zone.acted_on.count), (0, 0));
    let spelling = of("one level, several spellings");
    assert!(spelling.acted_on.count > 0, "{spelling:?}");
    assert_eq!(evidence.damage.unwrap().count, 0, "{evidence:?}");
    assert!(
        evidence.notes[0].contains("`gap_hours`"),
        "{:?}",
        evidence.notes
    );
}

#[test]
fn a_report_alone_is_reviewed_without_numbers_and_never_overwritten() {
    let dir = TestDir::new(SEEDS[1]);
    assert!(
        check(&dir.submission(), &dir.round().join("candidate/a"))
            .unwrap()
            .reviewable
    );
    let reviewed = dir.review();
    let evidence = &reviewed.evidence;
    assert!(evidence.groupings.is_empty() && evidence.axes.is_empty());
    assert!(evidence.cleaning.is_empty() && evidence.damage.is_none());
    assert_eq!(evidence.findings.len(), dir.key().findings.len());
    let quoted = |word: &str| {
        let passages = evidence.findings.iter().flat_map(|f| &f.passages);
        passages.filter(|p| p.quote.contains(word)).count()
    };
    assert!(quoted("Duplicates were dropped") > 0 && quoted("No clear clusters") > 0);
    assert!(
        evidence
            .findings
            .iter()
            .all(|f| f.state.is_none() && f.note.is_empty())
    );
    for file in &reviewed.files {
        assert!(file.is_file(), "{}", file.display());
    }
    owner_only(&reviewed.folder);
    let read = |name: &str| fs::read(reviewed.folder.join(name)).unwrap();
    let first = read("evidence.json");
    let back: Evidence = serde_json::from_slice(&first).unwrap();
    assert_eq!(back, *evidence);

    let refused = review(&dir.request(), &Silent).unwrap_err();
    assert!(matches!(refused, ReviewError::Staging(_)), "{refused}");
    assert!(refused.hint().is_some());
    let again = ReviewRequest {
        force: true,
        ..dir.request()
    };
    review(&again, &Silent).unwrap();
    assert_eq!(first, read("evidence.json"));
    let strange = ReviewRequest {
        out: Some(dir.round()),
        ..again
    };
    let refused = review(&strange, &Silent).unwrap_err();
    assert!(
        matches!(refused, ReviewError::NotAReview { .. }),
        "{refused}"
    );
    assert!(dir.round().join("round.toml").is_file());
}

#[test]
fn what_does_not_belong_together_is_refused_by_name() {
    let dir = TestDir::new(SEEDS[1]);
    let with = |change: &dyn Fn(&mut ReviewRequest)| {
        let mut request = dir.request();
        change(&mut request);
        review(&request, &Silent).unwrap_err()
    };
    let unknown = with(&|request| request.candidate = "b".into());
    assert!(matches!(
        unknown,
        ReviewError::Round(RoundError::Unknown { .. })
    ));
    assert!(unknown.to_string().contains("`a`"), "{unknown}");
    let not_a_round = with(&|request| request.round = dir.submission());
    assert!(matches!(
        not_a_round,
        ReviewError::Round(RoundError::NotARound { .. })
    ));
    let no_round = with(&|request| request.round = dir.dir.path().join("nowhere"));
    assert!(no_round.hint().is_some(), "{no_round}");
    dir.write("groups.csv", "row_id,k\nnobody,1\n");
    let problems = with(&|_| {});
    assert!(matches!(problems, ReviewError::Submission(_)), "{problems}");
    assert!(!dir.round().join("reviews/a").exists());

    let data = dir.round().join("candidate/a/data");
    let mut bytes = fs::read(data.join("assistant-prompts.csv")).unwrap();
    fs::remove_file(data.join("assistant-prompts.parquet")).unwrap();
    let last = bytes.len() - 2;
    bytes[last] = if bytes[last] == b'1' { b'2' } else { b'1' };
    fs::write(data.join("assistant-prompts.csv"), bytes).unwrap();
    let altered = with(&|_| {});
    assert!(matches!(altered, ReviewError::Altered { .. }), "{altered}");
}

/// No field of the evidence has the name of a verdict.
fn names_no_verdict(evidence: &Evidence) {
    fn walk(value: &serde_json::Value, names: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    names.push(name.to_lowercase());
                    walk(value, names);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, names)),
            _ => {}
        }
    }
    let mut names = Vec::new();
    walk(&serde_json::to_value(evidence).unwrap(), &mut names);
    // Every part is filled, so every name of the format occurs.
    for part in [
        "comparisons",
        "conditional",
        "repaired",
        "interval",
        "strength",
    ] {
        assert!(names.iter().any(|name| name == part), "{part}");
    }
    for verdict in ["score", "total", "rank", "grade", "recommend", "verdict"] {
        let found = names.iter().find(|name| name.contains(verdict));
        assert_eq!(found, None);
    }
}

/// More clusters always recover more, so sentences refer to the difference from k-means with the
/// same number.
#[test]
fn k_means_of_any_size_is_told_by_its_distance_from_the_line() {
    let dir = TestDir::of(12, true);
    let table = dir.delivered();
    let stream = Secret::demo(5).stream();
    let view = View::of(&table, &stream).unwrap();
    let points = standardised(view.points.view());
    let sizes = [4, 20, 60, 1_000];
    let fits = sizes.map(|k| {
        let draws = &mut stream.fork(&k.to_string()).draws();
        Lloyd::fit(points.view(), k, 10, draws).unwrap().labels
    });
    let mut text = "prompt_id,k4,k20,k60,k1000\n".to_owned();
    for (at, row) in view.rows.iter().enumerate() {
        text += &table.cell("prompt_id", *row).show();
        for labels in &fits {
            write!(text, ",{}", labels[at]).unwrap();
        }
        text.push('\n');
    }
    dir.write("groups.csv", &text);
    let evidence = dir.review().evidence;
    let mut best = 0.0;
    for grouping in &evidence.groupings[..3] {
        let closest = &grouping.comparisons[0];
        let found = closest.alone.value.unwrap();
        let line = closest.kmeans.unwrap().value.unwrap();
        assert!(
            (found - line).abs() < 0.05,
            "{}: {found} {line}",
            grouping.name
        );
        let above = closest.above_kmeans.unwrap();
        let within = above.interval;
        assert!(above.value.abs() < 0.05 && within.low < above.value && above.value < within.high);
        let wide = closest.alone.interval.unwrap();
        assert!(
            within.high - within.low < wide.high - wide.low,
            "{}",
            grouping.name
        );
        let text = grouping_sentence(grouping);
        assert!(text.contains("recovers about the same"), "{text}");
        // More clusters recover no less of any structure, apart from fluctuations of k-means.
        assert!(
            found > best - 0.05,
            "{}: {found} after {best}",
            grouping.name
        );
        best = found;
    }
    let finest = &evidence.groupings[3];
    assert_eq!(finest.comparisons[0].kmeans, None);
    assert!(grouping_sentence(finest).ends_with("is too fine to judge as groups."));
}

/// The schema in the repository is up to date, with no field for a verdict.
#[test]
fn the_schema_of_the_evidence_has_no_field_for_a_verdict() {
    let dir = crate::harness::TestDir::new();
    let schema = dir.run(&["schema", "evidence"]).exits(0).stdout();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/evidence.schema.json");
    let committed = fs::read_to_string(committed).unwrap();
    assert!(committed.trim() == schema.trim(), "tests/examples/rebuild");
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let mut names = Vec::new();
    properties(&schema, &mut names);
    for part in [
        "findings",
        "recovery",
        "pair_recall",
        "interval",
        "after_talk",
    ] {
        assert!(names.iter().any(|name| name == part), "{part}: {names:?}");
    }
    for verdict in [
        "score",
        "total",
        "rank",
        "grade",
        "recommend",
        "verdict",
        "hire",
    ] {
        let found = names.iter().find(|name| name.contains(verdict));
        assert_eq!(found, None);
    }
}

/// Names of all properties of a JSON Schema.
fn properties(schema: &serde_json::Value, names: &mut Vec<String>) {
    match schema {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                if let ("properties", Some(properties)) = (name.as_str(), value.as_object()) {
                    names.extend(properties.keys().map(|name| name.to_lowercase()));
                }
                properties(value, names);
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                properties(item, names);
            }
        }
        _ => {}
    }
}

#[cfg(unix)]
fn owner_only(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(folder), 0);
    for entry in fs::read_dir(folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0);
    }
}

#[cfg(not(unix))]
fn owner_only(_folder: &Path) {}
