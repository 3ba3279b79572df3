//! Runs all checks.

use rayon::prelude::*;

use crate::table::Table;

use super::facts::Facts;
use super::hit::Hit;
use super::{
    days, entities, forms, geometry, hours, levels, limits, missing, modes, numbers, pairs,
    repeats, spellings, spikes, texts, times,
};

/// A check: turns facts about a table into hits.
type Look = fn(&Facts<'_>) -> Vec<Hit>;

const LOOKS: [Look; 33] = [
    repeats::repeated_rows,
    repeats::near_repeats,
    repeats::repeated_ids,
    geometry::crowded_rows,
    geometry::lonely_rows,
    missing::missing,
    missing::by_level,
    missing::together,
    missing::by_value,
    spikes::spikes,
    spikes::pile_up,
    limits::range,
    limits::type_limit,
    numbers::heaping,
    modes::two_modes,
    numbers::row_order,
    pairs::redundant,
    levels::shift,
    pairs::level_relation,
    modes::second_cloud,
    levels::tells_all,
    entities::narrow,
    spellings::variants,
    texts::odd_letters,
    texts::null_tokens,
    forms::numbers,
    forms::dates,
    days::step,
    days::last,
    hours::shift,
    hours::midnight,
    times::far,
    times::order,
];

/// All hits in `table`, in the order of [`super::Check`].
pub fn run(table: &Table) -> Vec<Hit> {
    let facts = Facts::of(table);
    LOOKS
        .par_iter()
        .flat_map_iter(|look| look(&facts))
        .collect()
}

/// The hits of a damaged table that the table before the damage does not have (same check, same
/// columns). Hits on both are a property of the data.
pub fn raised<'a>(damaged: &'a [Hit], before: &[Hit]) -> Vec<&'a Hit> {
    damaged
        .iter()
        .filter(|hit| !before.iter().any(|other| hit.same_place(other)))
        .collect()
}
