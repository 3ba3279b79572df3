//! Scenarios: what a world may be, and never what it is.
//!
//! A scenario is a TOML file, as written ([`ScenarioSpec`]), checked once into a [`Scenario`]
//! that later stages trust. It offers pools of structures and defects; a secret draws from them.

mod catalogue;
mod check;
mod error;
mod format;
mod kinds;
mod library;
mod locate;
mod plan;
mod plan_columns;
mod plan_effects;
mod spec;
mod spec_child;
mod spec_columns;
mod structures;
mod suggest;
mod thresholds;
mod tuned_parameters;

pub use catalogue::{
    DataStage, DefectLevel, DefectOperation, KindRecord, Needs, Repair, TargetColumns, When, kinds,
    record_of,
};
pub use error::{ScenarioError, ScenarioProblem};
pub use kinds::{BenignKind, CurveFunction, DefectKind, FactorShape, InteractionKind};
pub use library::{SHOWN, embedded, load, names, parse, schema, template};
pub use plan::{ChildPlan, DefectPlan, Dependence, PhrasePlan, Scenario, TimePlan};
pub use plan_columns::{
    BusinessHours, CategoryLevel, ColumnKind, ColumnPlan, EmptyCells, EntityLevel, Heaping,
    Marginal, Tail,
};
pub use plan_effects::{CalendarUnit, Condition, Effect, EffectScope, ParentColumn};
pub use spec::{BenignSpec, DrawSpec, EntitySpec, ScenarioSpec, TextSpec};
pub use structures::{
    ArchetypesEntry, ChangeEntry, ColumnWeights, CorrelationEntry, CurveEntry, CurveTerm,
    FactorEntry, InteractionEntry, NestedTypes, RareEntry, SplitEntry,
};
pub use thresholds::Thresholds;
pub use tuned_parameters::TunedParameters;
