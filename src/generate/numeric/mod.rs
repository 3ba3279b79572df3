//! Fast exponentials, sorting and lookup.

pub(super) mod bucket_sort;
pub(super) mod exp;
pub(super) mod lookup;
