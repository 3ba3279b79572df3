//! Scenarios: what a world may be, and never what it is.
//!
//! A scenario is a TOML file, as written ([`ScenarioSpec`]), checked once into a [`Scenario`]
//! that later stages trust. It offers pools of structures and defects; a secret draws from them.

mod catalogue;
mod check;
mod error;
mod library;
mod locate;
mod plan;
mod spec;

pub use catalogue::{
    DefectLevel, Effect, KindRecord, Needs, Repair, Stage, Target, When, kinds, record_of,
};
pub use error::{Problem, ScenarioError};
pub use library::{embedded, load, names, parse};
pub use plan::{
    Bend, BlendPlan, ColumnPlan, Curve, DefectPlan, Dependence, DrawPlan, Driver, EntityPlan,
    FacetPlan, FactorPlan, InnocentKind, InnocentPlan, InteractionKind, InteractionPlan, Kind,
    Level, Marginal, Phrase, RarePlan, RegimePlan, RidgePlan, Scenario, Shape, TimePlan,
};
pub use spec::{DefectKind, ScenarioSpec};
