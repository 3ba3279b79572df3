//! A small round with a folder for a submission, and answers from its key.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::harness::write_csv;
use drumlin::progress::Silent;
use drumlin::review::restore;
use drumlin::scenario::{DefectOperation, record_of};
use drumlin::table::{Cell, Table, read_parquet};
use drumlin::workflow::{GenerateRequest, ReviewRequest, Reviewed, SecretSource, generate, review};
use tempfile::TempDir;

pub(crate) const ROWS: u64 = 3_000;

/// A round with one candidate, and a folder for a submission.
pub(crate) struct TestDir {
    pub(crate) dir: TempDir,
}

impl TestDir {
    pub(crate) fn new(seed: u64) -> Self {
        Self::of(seed, false)
    }

    pub(crate) fn of(seed: u64, without_defects: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let request = GenerateRequest {
            scenario: "assistant-prompts".into(),
            out: dir.path().join("round"),
            candidates: vec!["a".into()],
            rows: Some(ROWS),
            origin: SecretSource::Demo(seed),
            brief: None,
            variant: None,
            formats: None,
            without_defects,
            without_explorer: true,
            certify: None,
            force: false,
        };
        generate(&request, &Silent).unwrap();
        let all = Self { dir };
        fs::create_dir(all.submission()).unwrap();
        all.write(
            "report.md",
            "# Report\n\nDuplicates were dropped.\n\nNo clear clusters.\n",
        );
        all
    }

    pub(crate) fn submission(&self) -> PathBuf {
        self.dir.path().join("submission")
    }

    pub(crate) fn round(&self) -> PathBuf {
        self.dir.path().join("round")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.submission().join(name), text).unwrap();
    }

    pub(crate) fn key_table(&self, name: &str) -> Table {
        read_parquet(&self.round().join("key/a").join(name)).unwrap()
    }

    pub(crate) fn delivered(&self) -> Table {
        read_parquet(
            &self
                .round()
                .join("candidate/a/data/assistant-prompts.parquet"),
        )
        .unwrap()
    }

    pub(crate) fn request(&self) -> ReviewRequest {
        ReviewRequest {
            submission: self.submission(),
            round: self.round(),
            candidate: "a".into(),
            out: None,
            force: false,
        }
    }

    pub(crate) fn review(&self) -> Reviewed {
        review(&self.request(), &Silent).unwrap()
    }

    /// Delivered ids, each once, with its source row.
    pub(crate) fn ids(&self) -> Vec<(String, usize)> {
        let (delivered, rowmap) = (self.delivered(), self.key_table("rowmap.parquet"));
        let mut ids = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for row in 0..delivered.rows() {
            let id = delivered.cell("prompt_id", row).show();
            let source = ["source", "duplicate_group"].map(|name| rowmap.cell(name, row));
            let source = source.iter().find_map(|cell| match cell {
                Cell::Whole(at) => Some(*at as usize),
                _ => None,
            });
            if seen.insert(id.clone()) {
                ids.push((id, source.unwrap()));
            }
        }
        ids
    }

    /// Axes and groups straight from the key.
    pub(crate) fn answer_perfectly(&self) {
        let rows = self.key_table("rows.parquet");
        let names: Vec<&str> = rows
            .names()
            .filter(|name| name.starts_with("factor.") || name.starts_with("change."))
            .collect();
        let sampled = rows.names().find(|name| name.starts_with("sampled."));
        let mut axes = format!("row_id,{}\n", names.join(","));
        let mut groups = "row_id,best\n".to_owned();
        for (id, source) in self.ids() {
            let values: Vec<String> = names.iter().map(|n| rows.cell(n, source).show()).collect();
            writeln!(axes, "{id},{}", values.join(",")).unwrap();
            let group = rows.cell(sampled.unwrap(), source).show();
            writeln!(groups, "{id},{group}").unwrap();
        }
        self.write("axes.csv", &axes);
        self.write("groups.csv", &groups);
    }

    /// The clean table as cleaned data, without the rows that can only be repaired by dropping
    /// them.
    pub(crate) fn clean_perfectly(&self, evidence_of: &drumlin::bundle::Key) {
        let (rowmap, touched) = (
            self.key_table("rowmap.parquet"),
            self.key_table("touched.parquet"),
        );
        let surface = restore(
            &self.delivered(),
            &self.key_table("removed.parquet"),
            &rowmap,
            &touched,
            self.key_table("rows.parquet").rows(),
        );
        let surface = surface.unwrap();
        let mut keep = vec![true; surface.rows()];
        for instance in &evidence_of.world.instances {
            if record_of(instance.kind).operation != DefectOperation::Override {
                continue;
            }
            for row in 0..touched.rows() {
                let by = touched.cell("instances", row).show();
                let Cell::Whole(at) = touched.cell("delivered", row) else {
                    panic!("a touch without a row");
                };
                let source = rowmap.cell("source", at as usize);
                if let (true, Cell::Whole(source)) = (by.contains(&instance.id), source) {
                    keep[source as usize] = false;
                }
            }
        }
        let kept: Vec<usize> = (0..surface.rows()).filter(|row| keep[*row]).collect();
        let path = self.submission().join("cleaned.csv");
        write_csv(&path, &surface.pick(&kept)).unwrap();
    }

    pub(crate) fn key(&self) -> drumlin::bundle::Key {
        drumlin::bundle::Key::read(&self.round().join("key/a/key.json")).unwrap()
    }
}
