//! **drumlin**: data-intuition take-homes.
//!
//! A drumlin is a hill left by a glacier: a field of them has no natural groups, yet every hill
//! points the way the ice went. This crate makes such data: tables in which no clustering is
//! right and much can be found, with planted defects, a key that stays with the reviewers, and a
//! review that holds a candidate's report against the truth and prepares the talk.
//!
//! This page is the architecture: the story, the words, the layers, and what must stay absent.
//!
//! # The story
//!
//! ```text
//! scenario.toml ─▶ Scenario ─▶ World ─▶ latents ─▶ surface ─▶ delivered table + ledger
//!  (as written)   (checked)    drawn    per row    columns    defects planted      │
//!                                                                                  ▼
//! candidate/ ◀── brief, tables, dictionary, manifest ◀── bundle ──▶ key: truth, ledger, findings
//!     │                                                                            │
//!     ├▶ explore ─▶ page                                                           ▼
//!     └▶ … ─▶ submission ─▶ check ─▶ Submission ─▶ comparison ─▶ Evidence ─▶ pages and notes
//! ```
//!
//! Every arrow is one function whose type says it all: [`scenario::load`], [`generate::World::draw`],
//! [`generate::source`], [`generate::deliver`], [`generate::findings`], [`submission::read`],
//! [`review::assess`], [`render::review_page`]. They go from values to values; files are read and
//! written at the two ends, by [`workflow`], and only there does a whole job exist:
//! [`workflow::generate`], [`workflow::explore`], [`workflow::check`], [`workflow::review`],
//! [`workflow::add_baseline`], [`workflow::demo`]. The binary turns arguments into their requests and results into lines.
//!
//! Rows are made in blocks of [`generate::BLOCK_ROWS`]. A block is a pure function of secret,
//! world, number of rows and its own number, so threads do not show in the bytes and memory does
//! not grow with the table.
//!
//! # The words
//!
//! One word per idea, in code, files and pages alike.
//!
//! | word | meaning |
//! |---|---|
//! | *scenario* | a public TOML file: a story, columns, and pools of structures and defects |
//! | *world* | one draw from the pools: what occurs, on which columns, in which direction |
//! | *structure* | a piece of latent meaning: factor, ridge, regime, rare group, interaction |
//! | *blend*, *facet* | soft groupings on the factors; two of them disagree, and none is right |
//! | *outcome* | the flag that the product team would like to predict: by the factors, not by groups |
//! | *child table* | what happened after each row, driven by what the row really is; it may have defects of its own |
//! | *entity* | who rows belong to: a workspace, a seller |
//! | *surface* | the observed columns before defects |
//! | *defect* | a planted problem; an *instance* is one of a world, the *ledger* is its record |
//! | *decoy* | a grouping that an algorithm loves and that is an artefact of a defect |
//! | *innocent* | an anomaly that is real and should be left alone |
//! | *finding* | one thing that a good report may say; what the brief tells is *given* |
//! | *secret* | 32 bytes that make a round; a *stream* is randomness forked from it by name |
//! | *key* | the truth of one bundle; never sent |
//! | *round* | one scenario, one world, many bundles |
//! | *bundle* | what one candidate gets, with the key part that only reviewers have |
//! | *submission* | what a candidate hands in: a report, and files beside it if they like |
//! | *autopilot* | a default pipeline; what it finds is free |
//! | *ladder*, *baseline* | what the autopilots of a bundle reach, rung by rung; a submission that the team added to it |
//! | *recovery* | how much of a structure an answer tells, from chance (0) to everything (1) |
//! | *evidence* | what a review offers: passages and numbers; a person sets the states |
//!
//! # The layers
//!
//! The module list below *is* the architecture. Each blank-line-separated group is a layer: a
//! module imports only from groups above its own, siblings do not import each other, and a test
//! (`tests/all/layers.rs`) reads this file and enforces it. From above:
//!
//! - *foundations*: [`random`] (secrets, streams), [`table`] (cells and their files), [`labels`]
//!   (partitions, memberships, covers, trees), [`chart`] (a figure as data), [`text`] (numbers
//!   and lists as people read them), [`progress`], [`staging`] (output that is whole or not there);
//! - *measures*: [`measure`] (agreement, recovery, detection, raters, separation: pure numbers), [`cluster`]
//!   (groups and components), [`learn`] (one learner for every "can this be told?");
//! - *the candidate's side*: [`explore`], [`submission`], then [`checks`] (what is odd in any table),
//!   then [`baseline`];
//! - *the story*: [`scenario`], then [`generate`], then [`certify`] (is it
//!   ambiguous, and does it mean anything?), then [`bundle`];
//! - *the reviewer's side*: [`review`];
//! - *faces*: [`report`] (words: sentences and terminal views), then [`render`] (marks: pages and figures);
//! - *whole jobs*: [`workflow`]; and below it, in the binary, the command line.
//!
//! # What must stay absent
//!
//! Most of these are held by tests; all of them are why the code can be trusted.
//!
//! - **No truth on the candidate's side.** [`explore`], [`submission`], [`checks`] and [`baseline`]
//!   cannot name a module that knows a key: secrecy is a property of the import graph.
//! - **No foreign type across a boundary.** Only [`table`] names polars, only [`cluster`] linfa
//!   and kodama, only [`learn`] the boosted trees,
//!   only `render::figure` plotters, only the command line clap; plain data goes in and out.
//! - **No hidden randomness.** No clock, no thread-local generator, no iteration over a hash map:
//!   randomness is an argument named by its purpose, and the same secret gives the same bytes with
//!   any number of threads. A fork depends on its name and never on earlier draws.
//! - **No secret in words.** [`random::Secret`], [`random::Stream`] and what is made of them have
//!   a `Debug` form that shows nothing; no error carries one.
//! - **No half-written output.** Everything is made in a temporary sibling and renamed. Keys and
//!   reviews are readable by their owner only.
//! - **No second check.** A file as written becomes a checked value once ([`scenario::load`],
//!   [`submission::read`], [`review::BundleTruth::new`]), and what comes after trusts it. So a
//!   panic that input can reach is a bug of the check.
//! - **No trust in a stranger's file.** A submission is read with limits, never run, never
//!   unpacked to disk, and shown only through one sanitiser.
//! - **No computing in a face, no file in a measure.** Numbers, then words, then marks.
//! - **No verdict.** [`review::Evidence`] has no field for a total, a rank or a recommendation.

pub mod chart;
pub mod labels;
pub mod progress;
pub mod random;
pub mod staging;
pub mod table;
pub mod text;

pub mod cluster;
pub mod learn;
pub mod measure;

pub mod explore;
pub mod submission;

pub mod checks;

pub mod baseline;

pub mod scenario;

pub mod generate;

pub mod certify;

pub mod bundle;

pub mod review;

pub mod report;

pub mod render;

pub mod workflow;
