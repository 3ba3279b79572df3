//! Rows of a world that no candidate gets, with what is true of them.

use std::sync::Arc;

use crate::certify::{CertifyError, Reference};
use crate::generate::{Calibration, Setup, World, deliver, source};
use crate::random::Stream;
use crate::scenario::Scenario;

/// Rows drawn of a world: after defects took rows away about as many as are measured.
const REFERENCE_ROWS: u64 = 6000;

/// Draw rows of a world from `stream`, and repair them as well as the best of analysts could.
pub(super) fn reference(
    scenario: &Arc<Scenario>,
    world: &Arc<World>,
    calibration: &Arc<Calibration>,
    stream: &Stream,
) -> Result<Reference, CertifyError> {
    let setup = Setup::new(
        scenario.clone(),
        world.clone(),
        calibration.clone(),
        stream.fork("rows"),
        REFERENCE_ROWS,
    );
    let drawn = source(&setup, 0);
    let block = deliver(&setup, 0, &drawn);
    Reference::of(&setup, &drawn, &block, &stream.fork("view"))
}
