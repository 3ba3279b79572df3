//! Everything frozen that blocks of one bundle read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::random::{Permutation, Stream};
use crate::scenario::{Kind, Scenario};
use crate::table::Text;

use super::calibrate::Calibration;
use super::clock::Clock;
use super::entities::Entities;
use super::world::World;

/// Whether candidates of a round get the same rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// One data set for all.
    Same,
    /// The same world, other rows, noise and ids for each candidate.
    #[default]
    Resample,
}

impl Variant {
    /// Its name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Resample => "resample",
        }
    }
}

/// What a block is a function of, beside its number.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The world, from the round's secret.
    pub world: Arc<World>,
    /// Its calibration, from the round's secret.
    pub calibration: Arc<Calibration>,
    /// Number of source rows.
    pub rows: u64,
    pub(super) stream: Stream,
    pub(super) clock: Clock,
    pub(super) entities: Entities,
    ids: Permutation,
    entity_ids: Permutation,
    row_prefix: String,
    entity_prefix: String,
}

impl Setup {
    /// Measure a world's calibration, once per round.
    pub fn calibrate(scenario: &Scenario, world: &World, round: &Stream) -> Calibration {
        Calibration::measure(scenario, world, &round.fork("calibrate"))
    }

    /// Prepare one bundle of `rows` source rows; `stream` is of the candidate's secret.
    pub fn new(
        scenario: Arc<Scenario>,
        world: Arc<World>,
        calibration: Arc<Calibration>,
        stream: Stream,
        rows: u64,
    ) -> Self {
        let clock = Clock::new(&scenario.time, &world.innocent);
        let entities = Entities::draw(&scenario, &world, &stream);
        let prefix = |word: &str| {
            let found = scenario
                .columns
                .iter()
                .find_map(|column| match &column.kind {
                    Kind::Identifier { prefix } | Kind::Reference { prefix }
                        if column.kind.word() == word =>
                    {
                        Some(prefix.clone())
                    }
                    _ => None,
                });
            found.unwrap_or_default()
        };
        let (row_prefix, entity_prefix) = (prefix("identifier"), prefix("reference"));
        Self {
            // Two scenarios with one demo seed must not share their ids.
            ids: Permutation::new(&stream.fork("ids").fork(&scenario.name)),
            entity_ids: Permutation::new(&stream.fork("entity ids").fork(&scenario.name)),
            row_prefix,
            entity_prefix,
            clock,
            entities,
            scenario,
            world,
            calibration,
            rows,
            stream,
        }
    }

    /// Id of the source row at `position`.
    pub(super) fn row_id(&self, position: u64) -> Text {
        id(&self.row_prefix, &self.ids, position)
    }

    /// Id of copy `copy` (from 1) of the source row at `position`: source positions stay below
    /// 2^32, so the bits above tell copies apart.
    pub(super) fn copy_id(&self, position: u64, copy: u64) -> Text {
        self.row_id((copy << 32) | position)
    }

    /// Id of an entity.
    pub(super) fn entity_id(&self, entity: usize) -> Text {
        id(&self.entity_prefix, &self.entity_ids, entity as u64)
    }

    /// Text of the id of entity number `entity`, for figures and findings.
    pub fn entity_name(&self, entity: usize) -> String {
        self.entity_id(entity).to_string()
    }
}

/// `number` as an id.
pub(super) fn id(prefix: &str, ids: &Permutation, number: u64) -> Text {
    let mut text = String::with_capacity(prefix.len() + 8);
    text.push_str(prefix);
    ids.write(number, &mut text);
    Text::from(text.as_str())
}
