//! The kinds of defect, as data: what they do, when, who can repair it, how it shows.
//!
//! A kind is one [`KindRecord`]; only effects are code (in `generate::defects`). The kinds, how
//! they behave and what an expert notices follow a study of BART, `tab_err`, REIN, Raha and Baran,
//! FEBRL and product telemetry, and trials of our own.

mod kinds;
mod missing;
mod record;
mod rows;
mod scale;
mod time;
mod written;

pub use kinds::{kinds, record_of};
pub use record::{
    DataStage, DefectLevel, DefectOperation, KindRecord, Needs, Repair, TargetColumns, When,
};
