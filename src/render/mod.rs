//! Faces: words and marks, no computing.
//!
//! `figure` draws charts, `page` is the shell and the components that every page is made of; each
//! page has a file of its own.

mod brief;
mod certificate;
mod exploration;
pub mod figure;
pub mod page;
mod preview;
mod report;
mod review;
mod truth;

pub use brief::brief_page;
pub use certificate::certificate_page;
pub use exploration::exploration;
pub use preview::preview_page;
pub use report::{STYLE as REPORT_STYLE, body, read_page};
pub use review::review_page;
pub use truth::truth_page;
