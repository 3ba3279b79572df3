//! Checks find what is unusual in any table, without knowing what was done to it.
//!
//! About a dozen generic checks that an analyst makes before trusting a table, and another dozen
//! for what those miss. A [`Hit`] says what is unusual, where, and how far beyond its threshold; it
//! does not say that anything is wrong: a change at a date may be a defect or the finding of the
//! year. Each threshold is a named constant with its reason, set so that clean tables raise
//! nothing. Nothing here is random: tables that are too large for comparing all pairs are thinned
//! by position.
//!
//! There are two users: a page lists the hits of a table ([`run()`]), and the fairness check asks
//! which hits are new compared with the table before the damage ([`raised`]).

mod days;
mod density;
mod entities;
mod facts;
mod forms;
mod geometry;
mod hit;
mod hours;
mod levels;
mod limits;
mod missing;
mod modes;
mod numbers;
mod pairs;
mod repeats;
mod run;
mod spellings;
mod spikes;
mod texts;
mod times;

pub use hit::{Check, Hit};
pub use repeats::repeats;
pub use run::{raised, run};
pub use spellings::one_spelling;
