//! Jupyter notebooks: text and printed output. They are never run.

use std::collections::BTreeMap;

use serde_json::Value;

use super::blocks;
use super::markup::{markdown, sanitize};
use super::outline::{BlockKind, Outline};

/// A notebook's cells, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notebook {
    /// The cells.
    pub cells: Vec<NotebookCell>,
}

/// One cell of a notebook.
#[derive(Debug, Clone, PartialEq)]
pub enum NotebookCell {
    /// Markdown.
    Text {
        /// As written.
        source: String,
        /// Pictures inside the cell: name → (media type, base64).
        attachments: BTreeMap<String, (String, String)>,
    },
    /// Code and what it printed.
    Code {
        /// As written.
        source: String,
        /// What it printed.
        outputs: Vec<NotebookOutput>,
    },
}

/// One output of a code cell.
#[derive(Debug, Clone, PartialEq)]
pub enum NotebookOutput {
    /// Plain text.
    Text(String),
    /// HTML, not sanitised.
    Html(String),
    /// An image.
    Picture {
        /// Its media type.
        media: String,
        /// Its bytes in base64 (an SVG: its source as it is).
        data: String,
    },
}

/// Media types of pictures that a page may show, best first.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/svg+xml"];

impl Notebook {
    /// From the bytes of an `.ipynb` file; the reason when it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|why| why.to_string())?;
        let cells = value
            .get("cells")
            .and_then(Value::as_array)
            .ok_or("there is no list of cells (notebook format 4)")?;
        Ok(Self {
            cells: cells.iter().filter_map(cell).collect(),
        })
    }

    /// Add the passages of the notebook's text and printed output to an outline. Code is left
    /// out: a comment on it belongs in the text.
    pub(super) fn add(&self, outline: &mut Outline) {
        for (number, cell) in self.cells.iter().enumerate() {
            outline.start_part(format!("cell {}", number + 1));
            match cell {
                NotebookCell::Text { source, .. } => {
                    blocks::add(outline, &sanitize(&markdown(source)));
                }
                NotebookCell::Code { outputs, .. } => {
                    for output in outputs {
                        match output {
                            NotebookOutput::Text(text) => outline.passage(BlockKind::Output, text),
                            NotebookOutput::Html(html) => blocks::add(outline, &sanitize(html)),
                            NotebookOutput::Picture { .. } => {}
                        }
                    }
                }
            }
        }
    }
}

fn cell(cell: &Value) -> Option<NotebookCell> {
    let source = text(cell.get("source")?)?;
    match cell.get("cell_type")?.as_str()? {
        "markdown" => Some(NotebookCell::Text {
            source,
            attachments: attachments(cell),
        }),
        "code" => {
            let outputs = cell.get("outputs").and_then(Value::as_array);
            Some(NotebookCell::Code {
                source,
                outputs: outputs.into_iter().flatten().filter_map(output).collect(),
            })
        }
        _ => None,
    }
}

fn output(output: &Value) -> Option<NotebookOutput> {
    if let Some(stream) = output.get("text") {
        // What goes to the error stream is warnings of libraries.
        let warnings = output.get("name").and_then(Value::as_str) == Some("stderr");
        return text(stream).filter(|_| !warnings).map(NotebookOutput::Text);
    }
    let data = output.get("data")?;
    for media in PICTURES {
        if let Some(picture) = data.get(media).and_then(text) {
            return Some(NotebookOutput::Picture {
                media: media.to_owned(),
                data: picture,
            });
        }
    }
    let html = data.get("text/html").and_then(text);
    let plain = || data.get("text/plain").and_then(text);
    html.map(NotebookOutput::Html)
        .or_else(|| plain().map(NotebookOutput::Text))
}

fn attachments(cell: &Value) -> BTreeMap<String, (String, String)> {
    let all = cell.get("attachments").and_then(Value::as_object);
    let picture = |(name, data): (&String, &Value)| {
        PICTURES.iter().find_map(|media| {
            let picture = text(data.get(*media)?)?;
            Some((name.clone(), ((*media).to_owned(), picture)))
        })
    };
    all.into_iter().flatten().filter_map(picture).collect()
}

/// Notebooks write text as one string or as a list of lines.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => Some(lines.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_printed_output_are_passages_and_code_is_not() {
        let notebook = Notebook::parse(
            br##"{"nbformat":4,"cells":[
              {"cell_type":"markdown","source":["# Groups\n","\n","No k stands out."]},
              {"cell_type":"code","source":"secret_code()","outputs":[
                {"output_type":"stream","name":"stdout","text":["silhouette 0.2\n"]},
                {"output_type":"stream","name":"stderr","text":"FutureWarning"},
                {"output_type":"display_data","data":{"image/png":"aGk=","text/plain":"<Figure>"}}]}]}"##,
        )
        .unwrap();
        let mut outline = Outline::default();
        notebook.add(&mut outline);
        let blocks = outline.finish();
        assert_eq!(blocks.len(), 3);
        assert_eq!(blocks[1].place, "Groups, paragraph 1 (cell 1)");
        assert_eq!(blocks[2].place, "Groups, output 1 (cell 2)");
    }

    #[test]
    fn hostile_notebooks_are_refused_or_read_without_harm() {
        assert!(Notebook::parse(b"{").is_err());
        assert!(Notebook::parse(b"[]").is_err());
        assert!(Notebook::parse("[".repeat(100_000).as_bytes()).is_err());
        let odd = Notebook::parse(br#"{"cells":[1,{"cell_type":"code","source":7},{"cell_type":"markdown","source":"ok","attachments":[1]}]}"#);
        assert_eq!(odd.unwrap().cells.len(), 1);
    }
}
