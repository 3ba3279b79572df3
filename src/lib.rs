//! **drumlin**: data-intuition take-homes.
//!
//! A drumlin is a hill left by a glacier: a field of them has no natural groups, yet every hill
//! points the way the ice went. This crate makes such data: tables in which no clustering is
//! right and much can be found, with planted defects, a sealed key, and a review that holds a
//! candidate's report against the truth and prepares the talk.
//!
//! # The layers
//!
//! The module list below *is* the architecture. Each blank-line-separated group is a layer: a
//! module imports only from groups above its own, siblings do not import each other, and a test
//! (`tests/all/layers.rs`) reads this file and enforces it.

pub mod chart;
pub mod labels;
pub mod progress;
pub mod random;
pub mod staging;
pub mod table;

pub mod cluster;
pub mod measure;

pub mod explore;
pub mod submission;

pub mod autopilot;

pub mod scenario;

pub mod generate;

pub mod bundle;

pub mod review;

pub mod render;

pub mod workflow;
