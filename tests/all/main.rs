//! All integration tests, in one binary: it links once.

#![allow(clippy::unwrap_used, reason = "a failed test says where by itself")]

mod blends;
mod components;
mod kmeans;
mod laws;
mod reference;
mod submission;
mod truth_page;
