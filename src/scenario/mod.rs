//! Scenarios: what a world may be, and never what it is.
//!
//! A scenario is a TOML file, as written ([`ScenarioSpec`]), checked once into a [`Scenario`]
//! that later stages trust. It offers pools of structures and defects; a secret draws from them.

mod catalogue;
mod check;
mod error;
mod knobs;
mod library;
mod locate;
mod plan;
mod plan_columns;
mod plan_drivers;
mod plan_structures;
mod spec;
mod spec_child;
mod spec_columns;
mod spec_structures;
mod thresholds;

pub use catalogue::{
    DefectLevel, Effect, KindRecord, Needs, Repair, Stage, Target, When, kinds, record_of,
};
pub use error::{Problem, ScenarioError};
pub use knobs::Knobs;
pub use library::{SHOWN, embedded, load, names, parse, schema, template};
pub use plan::{
    ChildPlan, DefectPlan, Dependence, DrawPlan, EntityPlan, InnocentKind, InnocentPlan, Phrase,
    Scenario, TextPlan, TimePlan,
};
pub use plan_columns::{ColumnPlan, Desk, Empty, Heaping, Held, Kind, Level, Marginal, Tail};
pub use plan_drivers::{Calendar, Condition, Driver, Leader, Whose};
pub use plan_structures::{
    Bend, BlendPlan, CorrelationPlan, Curve, FacetPlan, FactorPlan, InnerPlan, InteractionKind,
    InteractionPlan, RarePlan, RegimePlan, RidgePlan, Shape,
};
pub use spec::{DefectKind, ScenarioSpec};
pub use thresholds::Thresholds;
