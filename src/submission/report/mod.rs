//! The report as text: passages, each with a place where a reader finds it.

mod blocks;
mod format;
mod markup;
mod nesting;
mod notebook;
mod outline;
mod pdf;
mod text;

pub use format::Format;
pub use markup::{ID_PREFIX, Piece, Tag, markdown, pieces, sanitize};
pub use notebook::{Notebook, NotebookCell, NotebookOutput};
pub use outline::Block;
pub use text::Report;
pub(super) use text::utf8;
