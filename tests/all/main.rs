//! All integration tests, in one binary: it links once.

#![allow(clippy::unwrap_used, reason = "a failed test says where by itself")]

mod authoring;
mod bad_input;
mod baselines;
mod blends;
mod certificate;
mod certify;
mod certify_command;
mod checks;
mod child_defects;
mod components;
mod defects;
mod design;
mod designs;
mod drivers;
mod examples;
mod explorer;
mod gate;
mod habits;
mod harness;
mod kmeans;
mod known_tables;
mod laws;
mod layers;
mod leaks;
mod oracles;
mod prose;
mod recoveries;
mod reference;
mod review;
mod review_cleaning;
mod review_fixtures;
mod review_pages;
mod review_room;
mod review_rows;
mod rounds;
mod source_tree;
mod structures;
mod submission;
mod truth_page;
mod worlds;
