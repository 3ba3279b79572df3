//! Rows of a world that no candidate gets, with their truth.

use crate::certify::{CertifyError, Reference};
use crate::generate::{FrozenWorld, ReferenceBundle};
use crate::random::Stream;

/// Number of rows drawn of a world: enough that the rows left after defects are about as many as
/// are measured.
const REFERENCE_ROWS: u64 = 6000;

/// Draw rows of a world from `stream`, and repair them as well as possible.
pub(super) fn reference(frozen: &FrozenWorld, stream: &Stream) -> Result<Reference, CertifyError> {
    let ReferenceBundle {
        context,
        source,
        block,
    } = ReferenceBundle::draw(frozen, stream.fork("rows"), REFERENCE_ROWS);
    Reference::of(&context, &source, &block, &stream.fork("view"))
}
