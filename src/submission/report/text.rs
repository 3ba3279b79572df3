//! A report read as text.

use super::blocks;
use super::markup::{markdown, sanitize};
use super::notebook::Notebook;
use super::outline::Outline;
use super::pdf;
use super::{ReportFormat, TextBlock};
use crate::submission::FileProblem;

/// A report: its passages, and itself as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Name of its file.
    pub file: String,
    /// Its format.
    pub format: ReportFormat,
    /// Its passages, in order.
    pub blocks: Vec<TextBlock>,
    /// Number of words, headings included.
    pub words: usize,
    /// The file as it came.
    pub source: Vec<u8>,
}

impl Report {
    /// Read a report as text.
    pub fn read(file: &str, format: ReportFormat, source: Vec<u8>) -> Result<Self, FileProblem> {
        let mut outline = Outline::default();
        match format {
            ReportFormat::Markdown => {
                let text = utf8(file, &source)?;
                blocks::add(&mut outline, &sanitize(&markdown(text)));
            }
            ReportFormat::Html => blocks::add(&mut outline, &sanitize(utf8(file, &source)?)),
            ReportFormat::Notebook => Notebook::parse(&source)
                .map_err(|why| {
                    FileProblem::new(file, format!("not a notebook: {why}"), "a Jupyter notebook")
                        .hint("save it again from Jupyter, or submit report.md")
                })?
                .add(&mut outline),
            ReportFormat::Pdf => pdf::add(&mut outline, &source).map_err(|why| {
                FileProblem::new(
                    file,
                    format!("no readable text: {why}"),
                    "a PDF with text in it",
                )
                .hint("export it again with its text, or submit report.md")
            })?,
        }
        let blocks = outline.finish();
        let words = blocks.iter().map(|block| words(&block.text)).sum();
        if words == 0 {
            let problem = FileProblem::new(file, "no text", "a report with text");
            return Err(match format {
                ReportFormat::Pdf => {
                    problem.hint("scanned pages cannot be read; export the PDF from your editor")
                }
                _ => problem,
            });
        }
        Ok(Self {
            file: file.to_owned(),
            format,
            blocks,
            words,
            source,
        })
    }
}

/// A file as text, or the line at which it stops being UTF-8.
pub(in crate::submission) fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, FileProblem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|why| {
        let before = bytes[..why.valid_up_to()].split(|byte| *byte == b'\n');
        let line = before.count() as u64;
        FileProblem::new(file, "bytes that are not UTF-8", "UTF-8 text")
            .at(line)
            .hint("save the file as UTF-8")
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::pdf::tests::one_page;
    use super::*;

    #[test]
    fn words_are_counted_without_marks() {
        let report = Report::read(
            "r.md",
            ReportFormat::Markdown,
            b"# A b\n\n- c - d\n".to_vec(),
        );
        assert_eq!(report.unwrap().words, 4);
    }

    #[test]
    fn a_report_without_text_is_a_problem() {
        let empty = Report::read("r.md", ReportFormat::Markdown, b"\n<!-- -->\n".to_vec());
        assert_eq!(empty.unwrap_err().found, "no text");
        let scan = Report::read("r.pdf", ReportFormat::Pdf, one_page(""));
        assert!(scan.unwrap_err().hint.is_some());
    }

    #[test]
    fn the_line_of_a_wrong_byte_is_named() {
        let wrong = Report::read("r.md", ReportFormat::Markdown, b"a\nb\ncaf\xe9\n".to_vec());
        assert_eq!(wrong.unwrap_err().line, Some(3));
    }
}
