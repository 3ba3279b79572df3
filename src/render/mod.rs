//! Pages: text and marks, no computation.
//!
//! `figure` draws charts, `page` has the shell and the components of every page; each page has a
//! file of its own.

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
