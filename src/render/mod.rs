//! Pages: words and marks, no computing.

mod report;

pub use report::{STYLE as REPORT_STYLE, body, read_page};
