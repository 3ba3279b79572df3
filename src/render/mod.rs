//! Pages: words and marks, no computing.

mod report;

pub use report::{body, read_page};
