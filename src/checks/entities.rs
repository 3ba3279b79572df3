//! Entities whose rows barely vary.

use crate::measure::{median, sd};
use crate::text::thousands;

use super::facts::{Facts, Levels, Number};
use super::hit::{Check, Hit};

/// Minimum number of rows of an entity: with fewer, the spread is too uncertain.
const ROWS: usize = 20;
/// Minimum number of entities to compare with.
const ENTITIES: usize = 8;
/// Spread of a column's ranks within an entity below which the column describes the entity and not
/// its rows.
const VARIES: f64 = 0.1;
/// Spread relative to the typical entity: nearly constant. With 20 rows, chance moves it by 16 %.
const CONSTANT: f64 = 0.2;
/// Share of one text among an entity's rows that counts as constant, and the share at which it is
/// typical of entities in general.
const ONE_TEXT: f64 = 0.9;
const OWN_TEXT: f64 = 0.5;
/// Minimum number of nearly constant columns. Two, since one alone may be a habit.
const COLUMNS: usize = 2;
/// Median spread over all columns, relative to the typical entity: too regular for people.
const NARROW: f64 = 0.5;

/// Entities whose rows barely vary, in a few columns or in most: scripts, bots, test accounts.
pub(super) fn narrow(facts: &Facts<'_>) -> Vec<Hit> {
    let columns: Vec<&Number<'_>> = facts.numbers.iter().filter(|c| c.measured()).collect();
    let sources = facts.keys.iter().chain(&facts.categories);
    sources
        .filter_map(|key| narrow_of(facts, key, &columns))
        .collect()
}

fn narrow_of(facts: &Facts<'_>, key: &Levels<'_>, columns: &[&Number<'_>]) -> Option<Hit> {
    let all: Vec<usize> = (0..facts.rows).collect();
    let members = key.members(&all);
    let large: Vec<usize> = (0..members.len())
        .filter(|at| members[*at].len() >= ROWS)
        .collect();
    if large.len() < ENTITIES {
        return None;
    }
    let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); large.len()];
    for column in columns {
        let spreads: Vec<f64> = large
            .iter()
            .map(|at| {
                let ranks: Vec<f64> = members[*at].iter().map(|row| column.ranks[*row]).collect();
                let there = ranks.iter().filter(|rank| !rank.is_nan()).count();
                let spread = (2 * there >= ROWS).then(|| sd(&ranks)).flatten();
                spread.unwrap_or(f64::NAN)
            })
            .collect();
        let Some(typical) = median(&spreads).filter(|typical| *typical >= VARIES) else {
            continue;
        };
        for (ratios, spread) in ratios.iter_mut().zip(&spreads) {
            if !spread.is_nan() {
                ratios.push(spread / typical);
            }
        }
    }
    let texts = constant_texts(facts, key, &members, &large);
    let found: Vec<(usize, f64)> = large
        .iter()
        .zip(ratios.iter().zip(&texts))
        .filter_map(|(at, (ratios, texts))| {
            let constant = texts + ratios.iter().filter(|ratio| **ratio < CONSTANT).count();
            let middle = median(ratios)?;
            let few = constant as f64 / COLUMNS as f64;
            let most = NARROW / middle.max(0.01);
            let strength = few.max(most);
            (strength >= 1.0).then_some((*at, strength))
        })
        .collect();
    let names: Vec<String> = found
        .iter()
        .take(3)
        .map(|(at, _)| format!("“{}”", key.names[*at]))
        .collect();
    let more = if found.len() > 3 { ", …" } else { "" };
    let strength = found
        .iter()
        .map(|(_, strength)| *strength)
        .max_by(f64::total_cmp)?;
    let mut rows: Vec<usize> = found
        .iter()
        .flat_map(|(at, _)| members[*at].iter().copied())
        .collect();
    rows.sort_unstable();
    let says = format!(
        "the rows of {} levels of `{}` hardly vary: {}{more} ({} rows)",
        thousands(found.len()),
        key.name,
        names.join(", "),
        thousands(rows.len()),
    );
    let hit = Hit::on_column(Check::NarrowEntity, &[key.name], strength, says);
    Some(hit.of_rows(rows, facts.rows))
}

/// For each large entity, the number of text columns that are almost always the same, unlike for
/// the typical entity.
fn constant_texts(
    facts: &Facts<'_>,
    key: &Levels<'_>,
    members: &[Vec<usize>],
    large: &[usize],
) -> Vec<usize> {
    let mut constant = vec![0; large.len()];
    let texts = facts.keys.iter().chain(&facts.words);
    for text in texts.filter(|text| text.name != key.name) {
        let shares: Vec<f64> = large
            .iter()
            .map(|at| {
                let mut codes: Vec<u32> = members[*at]
                    .iter()
                    .filter_map(|row| text.codes[*row])
                    .collect();
                codes.sort_unstable();
                let most = codes.chunk_by(|a, b| a == b).map(<[u32]>::len).max();
                most.unwrap_or(0) as f64 / members[*at].len() as f64
            })
            .collect();
        if median(&shares).is_some_and(|typical| typical <= OWN_TEXT) {
            for (constant, share) in constant.iter_mut().zip(&shares) {
                *constant += usize::from(*share >= ONE_TEXT);
            }
        }
    }
    constant
}
