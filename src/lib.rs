//! **drumlin**: take-home exercises for data intuition.
//!
//! A drumlin is a hill left by a glacier: a field of them has no natural clusters, yet every hill
//! points the way the ice went. This crate generates such data: tables in which no clustering is
//! correct and much can be found, with planted defects, a key that stays with the reviewers, and a
//! review that compares a candidate's report with the truth and prepares the interview.
//!
//! This page is the architecture: data flow, vocabulary, layers, and what must stay absent.
//!
//! # Data flow
//!
//! ```text
//! scenario.toml ─▶ Scenario ─▶ World ─▶ latents ─▶ clean table ─▶ delivered table + ledger
//!  (as written)   (checked)    drawn    per row    columns        defects planted  │
//!                                                                                  ▼
//! candidate/ ◀── brief, tables, dictionary, manifest ◀── bundle ──▶ key: truth, ledger, findings
//!     │                                                                            │
//!     ├▶ explore ─▶ page                                                           ▼
//!     └▶ … ─▶ submission ─▶ check ─▶ Submission ─▶ comparison ─▶ Evidence ─▶ pages and notes
//! ```
//!
//! Each arrow is one function from values to values: [`scenario::load`], [`generate::World::draw`],
//! [`generate::source`], [`generate::deliver`], [`generate::findings`], [`submission::read`],
//! [`review::assess`], [`render::review_page`]. Files are read and written at the two ends, by
//! [`workflow`], which has one function per command: [`workflow::generate`], [`workflow::explore`],
//! [`workflow::check`], [`workflow::review`], [`workflow::add_baseline`], [`workflow::demo`]. The
//! binary turns arguments into their requests, and their results into lines of output.
//!
//! Rows are generated in blocks of [`generate::BLOCK_ROWS`]. A block is a pure function of secret,
//! world, number of rows and its own number. So the output is the same for any number of threads,
//! and memory does not grow with the table.
//!
//! # Vocabulary
//!
//! One term per idea, in code, files and pages.
//!
//! | term | meaning |
//! |---|---|
//! | *scenario* | a public TOML file: a story, columns, and pools of structures and defects |
//! | *world* | one draw from the pools: what occurs, on which columns, with which coefficients |
//! | *structure* | one piece of latent meaning: factor, curve, archetypes, split, change, rare group, interaction |
//! | *curve* | a factor that enters columns through non-linear functions |
//! | *archetypes* | soft mixed membership: every row is a mixture of a few types |
//! | *split* | a soft two-way grouping along another factor; it competes with the archetypes |
//! | *change* | something that shifts some columns at a date |
//! | *outcome* | a flag to predict; it depends on the factors and not on any grouping |
//! | *child table* | events of each row of the main table; it may have its own structure and defects |
//! | *entity* | whom rows belong to: a workspace, a seller |
//! | *clean table* | the observed columns before defects |
//! | *defect* | a planted data-quality problem; the *ledger* records every row and cell that it changed |
//! | *benign anomaly* | looks wrong, is real, should be kept |
//! | *decoy* | a defect whose rows look like a distinct cluster |
//! | *finding* | something that a good report may say; what the brief states is *disclosed* |
//! | *secret* | 32 bytes that determine a round; a random *stream* is forked from it by name |
//! | *key* | the truth of one bundle; never sent |
//! | *round* | one scenario, one world, one bundle per candidate |
//! | *bundle* | what one candidate receives, plus the key that only reviewers have |
//! | *submission* | what a candidate sends back: a report, and optional files |
//! | *baseline* | a default pipeline, or a submission that the team adds; what it finds needs no insight |
//! | *recovery* | how much of a structure an answer recovers, from chance (0) to everything (1) |
//! | *conditional recovery* | the same, given the other structures |
//! | *null table* | a table with the same marginals and rank correlations and nothing else |
//! | *threshold* | where a verdict changes |
//! | *evidence* | what a review produces: passages and numbers; a person sets the states |
//!
//! # Layers
//!
//! The list of modules below is the architecture. Each group between blank lines is a layer. A
//! module imports only from groups above its own, siblings do not import each other, and files of
//! a module do not import each other in circles. A test (`tests/all/layers.rs`) reads this file
//! and enforces it. From the top:
//!
//! - *foundations*: [`random`] (secrets, streams), [`table`] (cells and their files), [`labels`]
//!   (partitions, memberships, covers, trees), [`chart`] (a figure as data), [`text`] (formatting of
//!   numbers and lists), [`progress`], [`staging`] (complete output or none);
//! - *measures*: [`measure`] (agreement, recovery, detection, raters, separation: pure numbers), [`cluster`]
//!   (groups and components), [`learn`] (one learner for every question whether something can be predicted);
//! - *the candidate's side*: [`explore`], [`submission`], then [`checks`] (what is odd in a table),
//!   then [`baseline`];
//! - *the story*: [`scenario`], then [`generate`], then [`certify`] (is it
//!   ambiguous and meaningful?), then [`bundle`];
//! - *the reviewer's side*: [`review`];
//! - *presentation*: [`report`] (sentences and terminal views), then [`render`] (pages and figures);
//! - *composition*: [`workflow`]; and below it, in the binary, the command line.
//!
//! # What must stay absent
//!
//! Tests enforce most of these; together they are why the code can be trusted.
//!
//! - **No truth on the candidate's side.** [`explore`], [`submission`], [`checks`] and [`baseline`]
//!   cannot name a module that knows a key: secrecy is a property of the import graph.
//! - **No foreign type across a boundary.** One module owns each heavy crate and takes and returns
//!   plain data: [`table`] owns polars, [`cluster`] linfa and kodama, [`learn`] the boosted trees,
//!   `render::figure` plotters, the command line clap.
//! - **No hidden randomness.** No clock, no thread-local generator, no iteration over a hash map.
//!   Randomness is an argument named by its purpose, and the same secret gives the same bytes for
//!   any number of threads. A fork depends on its name and never on earlier draws.
//! - **No printed secret.** The `Debug` form of [`random::Secret`], [`random::Stream`] and what is
//!   made of them shows nothing; no error carries one.
//! - **No half-written output.** Everything is written to a temporary sibling and renamed. Keys and
//!   reviews are readable by their owner only.
//! - **No second check.** A file as written becomes a checked value once ([`scenario::load`],
//!   [`submission::read`], [`review::BundleTruth::new`]), and later code trusts it. A panic that
//!   input can trigger is a bug of the check.
//! - **No trust in a submission.** It is read with limits, never executed, never
//!   unpacked to disk, and shown only through one sanitiser.
//! - **No computation in a page, no file access in a measure.** Compute, then describe, then render.
//! - **No verdict.** [`review::Evidence`] has no field for a score, a rank or a recommendation.

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
