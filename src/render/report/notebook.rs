//! A notebook's cells as HTML.

use maud::{Markup, html};

use super::data_uri::data_uri;
use super::safe::{self, Figures};
use crate::submission::{Notebook, NotebookCell, NotebookOutput, is_base64, markdown};

/// Cells in order: Markdown rendered, code verbatim, outputs below it.
pub(super) fn cells(notebook: &Notebook, figures: &Figures<'_>) -> Markup {
    html! {
        @for cell in &notebook.cells {
            @match cell {
                NotebookCell::Text { source, attachments } => {
                    @let pictures = attachments.iter().filter_map(|(name, (media, data))| {
                        Some((format!("attachment:{name}"), picture(media, data)?))
                    });
                    (safe::html(&markdown(source), &figures.with(pictures)))
                }
                NotebookCell::Code { source, outputs } => {
                    @if !source.trim().is_empty() { pre class="code" { code { (source) } } }
                    @for output in outputs { (one(output, figures)) }
                }
            }
        }
    }
}

fn one(output: &NotebookOutput, figures: &Figures<'_>) -> Markup {
    match output {
        NotebookOutput::Text(text) => html! { pre class="output" { (text) } },
        NotebookOutput::Html(source) => safe::html(source, figures),
        NotebookOutput::Picture { media, data } => html! {
            @if let Some(uri) = picture(media, data) {
                img src=(uri) alt="output";
            } @else {
                p class="absent" { "[picture not shown: damaged]" }
            }
        },
    }
}

/// An image of a notebook as a `data:` URI: base64 broken into lines, or the source of an SVG.
fn picture(media: &str, data: &str) -> Option<String> {
    if media == "image/svg+xml" {
        return Some(data_uri(media, data.as_bytes()));
    }
    let data: String = data.split_ascii_whitespace().collect();
    is_base64(&data).then(|| format!("data:{media};base64,{data}"))
}
