//! The formats a report may have.

use serde::Serialize;

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportFormat {
    /// Markdown.
    Markdown,
    /// A Jupyter notebook.
    Notebook,
    /// An HTML page.
    Html,
    /// A PDF.
    Pdf,
}

impl ReportFormat {
    /// In the order in which they are looked for.
    pub const ALL: [Self; 4] = [Self::Markdown, Self::Notebook, Self::Html, Self::Pdf];

    /// By the ending of a file name.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "ipynb" => Some(Self::Notebook),
            "html" | "htm" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "Markdown",
            Self::Notebook => "a notebook",
            Self::Html => "HTML",
            Self::Pdf => "a PDF",
        }
    }
}
