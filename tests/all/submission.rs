//! Submissions as candidates send them: folders and archives, good and bad.
#![allow(clippy::unwrap_used, reason = "the harness is test code too")]

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use drumlin::report::check_text;
use drumlin::submission::{CheckReport, DeliveredRows, Submission, SubmissionError, check, read};
use drumlin::table::{Cells, Column, DataFolder, Table, Text, write_parquet};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// A folder with a submission under construction.
struct SubmissionFolder {
    dir: TempDir,
}

impl SubmissionFolder {
    fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("submission")).unwrap();
        Self { dir }
    }

    fn with_report(report: &str) -> Self {
        Self::empty().file("report.md", report)
    }

    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("submission")
    }

    fn checked(&self) -> CheckReport {
        check(&self.path(), &delivered()).unwrap()
    }

    fn read(&self) -> Submission {
        read(&self.path(), &delivered()).unwrap()
    }

    /// Asserts that it is not reviewable for exactly one reason, which contains this.
    fn refused(&self, found: &str) -> CheckReport {
        let report = self.checked();
        assert!(!report.reviewable);
        assert_eq!(report.problems.len(), 1, "{report:?}");
        assert!(report.problems[0].found.contains(found), "{report:?}");
        assert!(read(&self.path(), &delivered()).is_err());
        report
    }
}

/// Five rows; `b` was delivered twice.
fn delivered() -> DeliveredRows {
    let ids = ["a", "b", "b", "c", "d"].map(|id| Some(Text::from(id)));
    let columns = ["prompt_id", "latency_ms", "plan"].map(str::to_owned);
    DeliveredRows::new("prompt_id", &ids, columns.to_vec())
}

fn zipped(entries: &[(&str, &[u8])]) -> (TempDir, PathBuf) {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    kept(zip)
}

fn kept(zip: zip::ZipWriter<Cursor<Vec<u8>>>) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("submission.zip");
    fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    (dir, path)
}

fn zip_problem(path: &std::path::Path) -> String {
    let report = check(path, &delivered()).unwrap();
    assert!(!report.reviewable);
    report.problems[0].found.clone()
}

#[test]
fn a_report_alone_is_complete() {
    let folder = SubmissionFolder::with_report("# Data\n\nA continuum, not segments.\n");
    let report = folder.checked();
    assert!(report.reviewable);
    assert_eq!(report.present, ["report.md: the report, Markdown, 5 words"]);
    assert!(report.notes.is_empty());
    assert_eq!(folder.read().report.blocks[1].place, "Data, paragraph 1");
}

#[test]
fn every_optional_file_is_read() {
    let submission = SubmissionFolder::with_report("Text ![](figs/x.png)")
        .file(
            "groups.csv",
            "row_id,k,p_mix0,p_mix1\nd,1,0.5,0.5\na,0,1,0\nb,0,1,0\n",
        )
        .file("axes.csv", "prompt_id,pc1\na,1.5\nb,2\nb,2\n")
        .file(
            "issues.csv",
            "column,kind,rows,action\nlatency_ms,unit,client 4,fixed\n",
        )
        .file(
            "cleaned.csv",
            "prompt_id,latency_ms,plan\na,1,free\nb,2,pro\nd,3,pro\n",
        )
        .file(
            "claims.toml",
            "[[claim]]\nsays = \"latency doubles in March\"\n",
        )
        .file(
            "scope.toml",
            "hours = 4.0\nai_use = \"none\"\nleft_out = [\"time\"]\n",
        )
        .file("figs/x.png", b"png")
        .read();
    assert_eq!(
        submission.groups[0].partition.codes(),
        &[Some(0), Some(0), Some(0), None, Some(1)]
    );
    assert_eq!(submission.soft[0].name, "mix");
    assert_eq!(
        submission.axes[0].values,
        [Some(1.5), Some(2.0), Some(2.0), None, None]
    );
    assert_eq!(submission.issues[0].kind, "unit");
    assert_eq!(submission.cleaned.unwrap().rows, [0, 1, 4]);
    assert_eq!(submission.claims.len(), 1);
    assert_eq!(submission.scope.unwrap().hours, Some(4.0));
    assert!(submission.figures.contains_key("figs/x.png"));
}

#[test]
fn a_cleaned_table_may_be_parquet() {
    let folder = SubmissionFolder::with_report("Text");
    let ids = ["c", "b"].map(|id| Some(Text::from(id)));
    let table = Table::new(vec![Column {
        name: "prompt_id".to_owned(),
        cells: Cells::Text(ids.to_vec()),
    }]);
    write_parquet(&folder.path().join("cleaned.parquet"), &table.unwrap()).unwrap();
    assert_eq!(folder.read().cleaned.unwrap().rows, [3, 1]);
}

#[test]
fn all_problems_are_reported_at_once() {
    let folder = SubmissionFolder::empty()
        .file("groups.csv", "row_id,k\na,1\na,2\n")
        .file("axes.csv", b"row_id,pc1\na,\xff\n")
        .file("issues.csv", "")
        .file("claims.toml", "[[claim]\n");
    let report = folder.checked();
    let files: Vec<&str> = report.problems.iter().map(|p| p.file.as_str()).collect();
    let expected = [
        "the submission",
        "groups.csv",
        "axes.csv",
        "issues.csv",
        "claims.toml",
    ];
    assert_eq!(files, expected);
    assert!(
        check_text(&report)
            .lines()
            .all(|line| line.chars().count() <= 80)
    );
    let Err(SubmissionError::Problems { problems, .. }) = read(&folder.path(), &delivered()) else {
        panic!("a submission with problems is not read");
    };
    assert_eq!(problems, report.problems);
}

#[test]
fn a_missing_or_unsuitable_path_is_an_error() {
    let folder = SubmissionFolder::with_report("Text");
    let missing = check(&folder.path().join("nowhere"), &delivered());
    assert!(matches!(missing, Err(SubmissionError::Open { .. })));
    let file = check(&folder.path().join("report.md"), &delivered());
    assert!(matches!(file, Err(SubmissionError::Kind { .. })));
}

#[test]
fn the_report_is_found_by_format_or_by_being_the_only_one() {
    let two = SubmissionFolder::with_report("Text").file("report.html", "<p>other</p>");
    let report = two.read().report;
    assert_eq!(report.file, "report.md");
    let lone = SubmissionFolder::empty()
        .file("My findings.html", "<p>x</p>")
        .file("README.md", "run it");
    assert_eq!(lone.read().report.file, "My findings.html");
    let many = SubmissionFolder::empty()
        .file("a.md", "x")
        .file("b.md", "y");
    many.refused("several files that could be the report");
    SubmissionFolder::empty().refused("no report");
    SubmissionFolder::with_report("  \n").refused("no text");
}

#[test]
fn misspelt_file_names_are_noted() {
    let report = SubmissionFolder::with_report("Text")
        .file("group.csv", "x\n")
        .checked();
    assert!(report.reviewable);
    assert!(report.notes[0].says.contains("did you mean `groups.csv`"));
}

#[test]
fn a_zip_is_read_like_its_folder() {
    let (_room, path) = zipped(&[
        ("work/report.md", b"# R\n\nText."),
        ("work/groups.csv", b"row_id,k\na,1\n"),
        ("__MACOSX/mine/._report.md", b"clutter"),
        ("work/.DS_Store", b"clutter"),
    ]);
    let submission = read(&path, &delivered()).unwrap();
    assert_eq!(submission.report.file, "report.md");
    assert_eq!(submission.groups[0].partition.answered(), 1);
}

#[test]
fn zips_with_paths_that_lead_out_are_refused() {
    let (_room, path) = zipped(&[("report.md", b"Text"), ("../../evil.md", b"x")]);
    assert!(zip_problem(&path).starts_with("a path that leads out"));
    let (_room, path) = zipped(&[("/etc/cron.d/evil", b"x"), ("report.md", b"Text")]);
    assert!(zip_problem(&path).starts_with("an absolute path"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("report.md", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    let (_room, path) = kept(zip);
    assert!(zip_problem(&path).starts_with("a symbolic link"));
}

#[test]
fn zip_bombs_are_refused() {
    let (_room, path) = zipped(&[
        ("report.md", b"Text"),
        ("groups.csv", &vec![b'0'; 80 << 20]),
    ]);
    assert!(zip_problem(&path).starts_with("a zip bomb"));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..10_001 {
        zip.start_file(format!("{number}"), SimpleFileOptions::default())
            .unwrap();
    }
    let (_room, path) = kept(zip);
    assert_eq!(zip_problem(&path), "more than 10,000 files");
}

#[test]
fn damaged_zips_are_problems() {
    let (_room, path) = zipped(&[("report.md", b"Text")]);
    let good = fs::read(&path).unwrap();
    for cut in [0, 1, good.len() / 2, good.len() - 1] {
        fs::write(&path, &good[..cut]).unwrap();
        assert!(!check(&path, &delivered()).unwrap().reviewable);
    }
    for place in 0..good.len() {
        let mut bad = good.clone();
        bad[place] ^= 0xff;
        fs::write(&path, &bad).unwrap();
        // Any answer is fine, as long as there is one.
        let _ = check(&path, &delivered()).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let folder = SubmissionFolder::empty();
    let secret = folder.dir.path().join("secret.md");
    fs::write(&secret, "private").unwrap();
    std::os::unix::fs::symlink(&secret, folder.path().join("report.md")).unwrap();
    let report = folder.refused("no report");
    assert!(report.notes[0].says.contains("report.md"));
}

#[test]
fn delivered_rows_come_from_a_candidate_folder() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(
        data.join("dictionary.csv"),
        "table,column,kind,stored_as,unit,description,example\n\
         t,prompt_id,identifier,text,,id,x\nt,n,count,whole,,number,1\n",
    )
    .unwrap();
    fs::write(data.join("t.csv"), "prompt_id,n\nq1,1\nq1,1\nq2,2\n").unwrap();
    let rows = DeliveredRows::of(&DataFolder::read(dir.path()).unwrap());
    assert_eq!((rows.len(), rows.row_id()), (3, "prompt_id"));
    assert_eq!(rows.columns(), ["prompt_id", "n"]);
}
