//! Faces: words and marks, no computing.
//!
//! `figure` draws charts, `page` is the shell and the components that every page is made of; each
//! page has a file of its own.

mod exploration;
pub mod figure;
pub mod page;

pub use exploration::exploration;
