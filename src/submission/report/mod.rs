//! The report as text: passages, each with a place where a reader finds it.

mod blocks;
mod format;
mod markup;
mod nesting;
mod notebook;
mod outline;
mod pdf;
mod text;

pub use format::ReportFormat;
pub use markup::{HtmlPart, HtmlTag, is_base64, markdown, sanitize};
pub use notebook::{Notebook, NotebookCell, NotebookOutput};
pub use outline::TextBlock;
pub use text::Report;
pub(super) use text::utf8;
