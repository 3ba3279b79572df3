//! Everything that the blocks of one bundle read.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::random::{Permutation, Stream};
use crate::scenario::{ColumnKind, ColumnPlan};
use crate::table::{Text, TextBuilder};

use super::columns::random_effects::RandomEffects;
use super::frozen::FrozenWorld;
use super::instance::Instance;
use super::latents::entities::Entities;
use super::latents::time::Clock;

/// Whether the candidates of a round get the same rows.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// One data set for everyone.
    Same,
    /// The same world, other rows, noise and ids for each candidate.
    #[default]
    Resample,
}

impl Variant {
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Resample => "resample",
        }
    }
}

/// What a block is a function of, together with its number: a frozen world, the number of rows and
/// what is drawn once per bundle.
#[derive(Debug, Clone)]
pub struct BundleContext {
    frozen: FrozenWorld,
    pub rows: u64,
    pub(super) stream: Stream,
    pub(super) clock: Clock,
    pub(super) entities: Entities,
    pub(super) random_effects: RandomEffects,
    /// Ids of the main table's rows.
    pub(super) row_ids: RowIds,
    /// Ids of each child table's rows.
    pub(super) child_ids: Vec<RowIds>,
    entity_ids: Permutation,
    entity_prefix: String,
}

impl Deref for BundleContext {
    type Target = FrozenWorld;

    fn deref(&self) -> &FrozenWorld {
        &self.frozen
    }
}

impl FrozenWorld {
    /// Prepare one bundle of `rows` source rows; `stream` is of the candidate's secret.
    pub fn bundle(&self, stream: Stream, rows: u64) -> BundleContext {
        BundleContext::new(self.clone(), stream, rows)
    }
}

impl BundleContext {
    fn new(frozen: FrozenWorld, stream: Stream, rows: u64) -> Self {
        let FrozenWorld {
            scenario, world, ..
        } = &frozen;
        let clock = Clock::new(&scenario.time, &world.benign);
        let entities = Entities::draw(scenario, world, &stream);
        let random_effects = RandomEffects::draw(scenario, world, &clock, &stream);
        let main = &scenario.columns;
        let child_ids = scenario.children.iter().map(|child| {
            let prefix = id_prefix(&child.columns);
            let stream = stream.fork(&format!("child/{}", child.name));
            let stream = stream.fork(&scenario.name);
            RowIds::new(prefix, &stream, CHILD_POSITION_BITS)
        });
        Self {
            // Two scenarios with the same demo seed must not share ids.
            row_ids: RowIds::new(
                id_prefix(main),
                &stream.fork("ids").fork(&scenario.name),
                MAIN_POSITION_BITS,
            ),
            child_ids: child_ids.collect(),
            entity_ids: Permutation::new(&stream.fork("entity ids").fork(&scenario.name)),
            entity_prefix: reference_prefix(main),
            clock,
            entities,
            random_effects,
            frozen,
            rows,
            stream,
        }
    }

    /// The same rows with other defects.
    #[must_use]
    pub fn with_instances(&self, instances: Vec<Instance>) -> Self {
        Self {
            frozen: self.frozen.with_instances(instances),
            ..self.clone()
        }
    }

    /// Id of an entity.
    pub(super) fn entity_id(&self, entity: usize) -> Text {
        id(&self.entity_prefix, &self.entity_ids, entity as u64)
    }

    /// The same as a `String`, for figures and findings.
    pub fn entity_name(&self, entity: usize) -> String {
        self.entity_id(entity).to_string()
    }
}

/// The ids of one table's rows.
#[derive(Debug, Clone)]
pub(super) struct RowIds {
    prefix: String,
    order: Permutation,
    /// Source positions stay below this power of two; the bits above number the copies.
    position_bits: u32,
}

/// Tables have at most `u32::MAX` rows.
const MAIN_POSITION_BITS: u32 = 32;
/// Events are numbered by block (at most 2^12, see `Scenario::most_rows`) and within it (at most
/// 2^24).
const CHILD_POSITION_BITS: u32 = 36;

impl RowIds {
    fn new(prefix: String, stream: &Stream, position_bits: u32) -> Self {
        Self {
            prefix,
            order: Permutation::new(stream),
            position_bits,
        }
    }

    /// Id of the source row at `position`.
    pub(super) fn of(&self, position: u64) -> Text {
        id(&self.prefix, &self.order, position)
    }

    /// Id of copy `copy` (from 1, below 16) of the source row at `position`.
    pub(super) fn of_copy(&self, position: u64, copy: u64) -> Text {
        self.of((copy << self.position_bits) | position)
    }
}

/// Prefix of a table's own ids.
fn id_prefix(columns: &[ColumnPlan]) -> String {
    let prefix = columns.iter().find_map(|column| match &column.kind {
        ColumnKind::Identifier { prefix } => Some(prefix.clone()),
        _ => None,
    });
    prefix.unwrap_or_default()
}

/// Prefix of the ids of entities.
fn reference_prefix(columns: &[ColumnPlan]) -> String {
    let prefix = columns.iter().find_map(|column| match &column.kind {
        ColumnKind::Reference { prefix } => Some(prefix.clone()),
        _ => None,
    });
    prefix.unwrap_or_default()
}

/// `number` as an id.
fn id(prefix: &str, ids: &Permutation, number: u64) -> Text {
    let digits = ids.digits(number);
    let digits = std::str::from_utf8(&digits).unwrap_or_default();
    let mut text = TextBuilder::new();
    text.push_str(prefix);
    text.push_str(digits);
    text.finish()
}
