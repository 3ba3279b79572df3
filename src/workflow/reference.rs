//! Rows of a world that no candidate gets, with what is true of them.

use crate::certify::{CertifyError, Reference};
use crate::generate::{FrozenWorld, ReferenceBundle};
use crate::random::Stream;

/// Rows drawn of a world: after defects took rows away about as many as are measured.
const REFERENCE_ROWS: u64 = 6000;

/// Draw rows of a world from `stream`, and repair them as well as the best of analysts could.
pub(super) fn reference(frozen: &FrozenWorld, stream: &Stream) -> Result<Reference, CertifyError> {
    let ReferenceBundle {
        context,
        source,
        block,
    } = ReferenceBundle::draw(frozen, stream.fork("rows"), REFERENCE_ROWS);
    Reference::of(&context, &source, &block, &stream.fork("view"))
}
