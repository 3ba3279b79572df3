//! Small rounds with submissions and hand-made evidence, for the pages of a review.

use std::fs;

use drumlin::bundle::Key;
use drumlin::generate::{FindingKind, Truth};
use drumlin::measure::{Reading, Recovery};
use drumlin::progress::Silent;
use drumlin::review::{
    AxesEvidence, CleaningEvidence, ConditionalEvidence, DamagedColumn, Evidence, FindingEvidence,
    GroupingComparison, GroupingEvidence, RepairError, Share, Terms, find, passages_not_in_key,
};
use drumlin::submission::{DeliveredRows, Submission, read};
use drumlin::workflow::{GenerateRequest, SecretSource, generate};

/// The key of a small demo round.
pub(crate) fn key(seed: u64) -> Key {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("round");
    let request = GenerateRequest {
        scenario: "assistant-prompts".to_owned(),
        out: out.clone(),
        candidates: vec!["a".to_owned()],
        rows: Some(2_000),
        origin: SecretSource::Demo(seed),
        brief: None,
        variant: None,
        formats: None,
        without_defects: false,
        without_explorer: true,
        certify: None,
        force: false,
    };
    generate(&request, &Silent).unwrap();
    Key::read(&out.join("key/a/key.json")).unwrap()
}

/// A report by someone who believes in their clusters; names a column of the decoy.
pub(crate) fn naive_report(key: &Key) -> String {
    let decoy = key.world.instances.iter().find(|i| i.decoy).unwrap();
    format!(
        "# Segments\n\nI found **2 clear clusters** (silhouette 0.97).\n\n\
         They differ most in `{}` and `emb_5`.\n\n\
         Missing values were set to zero. I recommend one product strategy per segment.\n",
        decoy.columns[0]
    )
}

/// A report by someone who doubts them, with axes and cleaned data.
pub(crate) const STANDARD_REPORT: &str = "# What is in this data\n\n\
    I removed 40 duplicate rows of 2,040.\n\n## Groups\n\n\
    No k stands out and the two methods disagree, so I would not defend any number of clusters.\n\n\
    ## Axes\n\n- pc1: `output_tokens` +0.37, `notebook_cells` +0.34, `cells_run_after` +0.31\n\
    - pc2: `think_seconds` +0.41, `gap_hours` +0.33, `retries` -0.31\n\n\
    I stopped after four hours; next I would look at how the columns change over time.\n";

/// A report in prose only.
pub(crate) const PROSE_REPORT: &str = "# Notes\n\nPeople work in two ways at once: some ask \
    little and run a lot, others wait.\n\nI would not take the largest `input_tokens` at their \
    word before I know which script sends them.\n";

/// A submission with this report and nothing else, except omissions if given.
pub(crate) fn submission(report: &str, left_out: &[&str]) -> Submission {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("report.md"), report).unwrap();
    if !left_out.is_empty() {
        let scope = format!("left_out = {left_out:?}\n");
        fs::write(dir.path().join("scope.toml"), scope).unwrap();
    }
    let delivered = DeliveredRows::new("prompt_id", &[], Vec::new());
    read(dir.path(), &delivered).unwrap()
}

/// Evidence on a report alone.
pub(crate) fn alone(key: &Key, submission: &Submission) -> Evidence {
    let findings = key.findings.iter().map(|finding| FindingEvidence {
        id: finding.id.clone(),
        kind: finding.kind,
        title: finding.title.clone(),
        statement: finding.statement.clone(),
        disclosed: finding.disclosed,
        passages: find(
            &submission.report,
            &Terms {
                columns: finding.columns.clone(),
                strong: finding.words.clone(),
                weak: finding.hints.clone(),
            },
        ),
        state: None,
        after_talk: None,
        note: String::new(),
    });
    let findings: Vec<FindingEvidence> = findings.collect();
    let scope = submission.scope.clone().unwrap_or_default();
    let not_in_key = passages_not_in_key(&submission.report, &findings, &[]);
    Evidence {
        format: 1,
        tool: "test".to_owned(),
        mark: key.mark.clone(),
        bundle: key.bundle.clone(),
        candidate: key.candidate.clone(),
        scenario: key.scenario.clone(),
        rows: key.delivered_rows as usize,
        report: submission.report.file.clone(),
        words: submission.report.words,
        submitted: vec![format!(
            "{}: the report, {} words",
            submission.report.file, submission.report.words
        )],
        notes: Vec::new(),
        findings,
        recoveries: 0,
        groupings: Vec::new(),
        axes: Vec::new(),
        cleaning: Vec::new(),
        damage: None,
        damaged: Vec::new(),
        dropped: None,
        consequences: Vec::new(),
        issues: Vec::new(),
        left_out: scope.left_out,
        not_in_key,
    }
}

/// The same with a grouping that is nearly the rows of the decoy.
pub(crate) fn naive(key: &Key, submission: &Submission) -> Evidence {
    let mut evidence = alone(key, submission);
    evidence.submitted.push("groups.csv: 1 grouping".to_owned());
    evidence.groupings = vec![grouping(key, "cluster", 2, true)];
    evidence
}

/// The same with groupings, axes and cleaned data that repair one defect.
pub(crate) fn standard(key: &Key, submission: &Submission) -> Evidence {
    let mut evidence = alone(key, submission);
    let files = [
        "groups.csv: 1 grouping",
        "axes.csv: 5 axes",
        "cleaned.csv: 2,000 rows",
    ];
    evidence.submitted.extend(files.map(str::to_owned));
    evidence.notes = vec!["cleaned.csv: 40 of 2,040 row ids have no line".to_owned()];
    evidence.groupings = vec![grouping(key, "kmeans4", 4, false)];
    let continuous = key
        .findings
        .iter()
        .filter(|finding| matches!(finding.truth, Truth::Factor { .. } | Truth::Curve { .. }));
    let axis = |(at, finding): (usize, &drumlin::generate::Finding)| AxesEvidence {
        finding: finding.id.clone(),
        what: finding.title.to_lowercase(),
        alone: found(0.7 - 0.3 * at as f64, 0.01),
        conditional: Some(ConditionalEvidence {
            recovery: found(0.4 - 0.2 * at as f64, 0.01),
            covariates: vec!["the archetypes".to_owned()],
            strata: 0,
        }),
        above_baselines: Some(0.1),
        best: Some(format!("pc{}", at + 1)),
        best_squared: Some(0.4 - 0.1 * at as f64),
    };
    evidence.axes = continuous.enumerate().map(axis).collect();
    let defects = key
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Defect);
    let cleaned = |(at, finding): (usize, &drumlin::generate::Finding)| CleaningEvidence {
        finding: finding.id.clone(),
        what: finding.title.to_lowercase(),
        repair: "rows dropped".to_owned(),
        counted: "40 cells in 30 rows".to_owned(),
        repaired: part(if at == 1 { 38 } else { 0 }, 40),
        acted_on: part(if at == 1 { 40 } else { 0 }, 40),
        precision: (at == 1).then(|| part(40, 52)),
        f1: Some(if at == 1 { 0.87 } else { 0.0 }),
        error: (at == 1).then_some(RepairError {
            cells: 38,
            delivered: Some(3.2),
            cleaned: 0.25,
        }),
    };
    evidence.cleaning = defects.enumerate().map(cleaned).collect();
    evidence.damage = Some(part(120, 60_000));
    evidence.damaged = vec![DamagedColumn {
        table: None,
        column: key.row_id.clone(),
        changed: part(120, 3_000),
    }];
    evidence.dropped = Some(part(12, 300));
    evidence
}

fn grouping(key: &Key, name: &str, groups: usize, on_decoy: bool) -> GroupingEvidence {
    let comparison = |what: &str, id: &str, decoy: bool, value: f64| GroupingComparison {
        finding: id.to_owned(),
        what: what.to_owned(),
        decoy,
        artefact: decoy,
        alone: found(value, 0.01),
        conditional: None,
        above_kmeans: None,
        kmeans: (!decoy).then(|| found(value * 0.8, 0.01)),
        above_baselines: (!decoy).then_some(value / 2.0),
        adjusted_rand: Some(value * 0.9),
        adjusted_rand_of_all: None,
        one_sided_rand: Some(value * 0.9),
        element_similarity: Some(0.5),
        expected: None,
        pair_precision: Some(0.93),
        pair_precision_by_chance: Some(0.4),
        pair_recall: Some(0.9),
        pair_recall_by_chance: Some(0.3),
    };
    let decoy = key.world.instances.iter().find(|i| i.decoy).unwrap();
    let (high, low) = if on_decoy {
        (0.98, 0.05)
    } else {
        (0.31, 0.004)
    };
    let mut all = vec![
        comparison(
            "rows of the decoy",
            &decoy.id,
            true,
            if on_decoy { high } else { low },
        ),
        comparison(
            "the archetypes",
            "groups",
            false,
            if on_decoy { low } else { high },
        ),
    ];
    if !on_decoy {
        all.reverse();
    }
    for finding in &key.findings {
        if matches!(finding.truth, Truth::Factor { .. } | Truth::Curve { .. }) {
            all.push(GroupingComparison {
                adjusted_rand: None,
                pair_precision: None,
                pair_precision_by_chance: None,
                pair_recall: None,
                pair_recall_by_chance: None,
                ..comparison(&finding.title.to_lowercase(), &finding.id, false, low / 2.0)
            });
        }
    }
    GroupingEvidence {
        name: name.to_owned(),
        soft: false,
        groups,
        answered: key.delivered_rows as usize,
        rows: key.delivered_rows as usize,
        comparisons: all,
        row_agreement: None,
    }
}

fn found(value: f64, chance: f64) -> Recovery {
    Recovery {
        value: Some(value),
        chance: Some(chance),
        interval: None,
        rows: 2_000,
        groups: 4,
        reading: Reading::Ok,
    }
}

fn part(count: u64, of: u64) -> Share {
    let middle = count as f64 / of as f64;
    Share {
        count,
        of,
        interval: Some(((middle - 0.1).max(0.0), (middle + 0.1).min(1.0))),
    }
}
