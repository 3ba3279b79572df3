//! The format version of the files of a round.

/// Version of the files of a round.
pub const FORMAT: u32 = 2;

/// The error for a file of another format version, and what to do.
pub(super) fn other_format(found: u64) -> String {
    if found < u64::from(FORMAT) {
        format!(
            "this file has format {found}, and this version of drumlin reads format {FORMAT}: read it with \
             the version that wrote it, or make the round again"
        )
    } else {
        format!(
            "this file has format {found}, and this version of drumlin reads format {FORMAT}: install a \
             newer drumlin"
        )
    }
}
