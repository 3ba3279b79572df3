//! Checks: what is odd in any table, found without knowing what was done to it.
//!
//! A dozen generic looks that an analyst takes before believing a table, and about as many again
//! for what those miss. A [`Hit`] says what stands out, where, and how far beyond its threshold;
//! it does not say that anything is wrong: a change at a date may be a defect or the finding of
//! the year. Each threshold is a named constant with its reason, set so that clean tables raise
//! nothing. Nothing here draws at random: tables too large for a look at all pairs are thinned by
//! position.
//!
//! Two readers: a page lists the hits of a table ([`run`]), and a lint of fairness asks which of
//! them a table before it was damaged does not raise ([`raised`]).

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
