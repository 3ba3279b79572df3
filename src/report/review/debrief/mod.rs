//! `debrief.md`: six questions for the interview about one report.

mod defects;
mod document;
mod general;
mod groups;
mod in_report;
mod not_in_report;
mod question;
mod recommendation;
mod structures;

pub use document::debrief;
