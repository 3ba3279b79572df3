//! Drawing the defects of a world.

use crate::random::Draws;
use crate::scenario::{DefectKind, DefectPlan, Kind, Scenario};

use super::catalogue::record_of;
use super::entities::weights;
use super::world::{Innocent, Instance, Source};
use super::world_draw::between;

/// Bots are few and busy: they are found among this many of the largest entities.
const BUSY_ENTITIES: usize = 60;
/// Share of rows whose entities a retry storm may reach.
const STORM_REACH: f64 = 0.05;

/// A source with more of the rows than this is no exception any more: redrawn where possible.
const MOST_SOURCE: f64 = 0.4;

/// One decoy, then others on columns that nothing else touches; in order of application.
pub(super) fn draw_instances(
    scenario: &Scenario,
    innocent: &Innocent,
    draws: &mut Draws,
) -> Vec<Instance> {
    let count = between(draws, scenario.draw.defects) as usize;
    let (decoys, others): (Vec<&DefectPlan>, Vec<&DefectPlan>) =
        scenario.defects.iter().partition(|plan| plan.decoy);
    let mut drawn: Vec<Instance> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    // No entity is odd in two ways: whales are no bots, and bots do not retry.
    let mut taken: Vec<usize> = innocent.entities.clone();
    let first = decoys[draws.index(decoys.len())];
    let mut plans = vec![first];
    let order = draws.sample(others.len(), others.len());
    plans.extend(order.into_iter().map(|at| others[at]));
    for plan in plans {
        if drawn.len() == count {
            break;
        }
        let kind_taken = drawn.iter().any(|instance| instance.kind == plan.kind);
        let free: Vec<usize> = plan
            .columns
            .iter()
            .copied()
            .filter(|column| !used.contains(column))
            .collect();
        if kind_taken || (!plan.columns.is_empty() && free.len() < plan.together) {
            continue;
        }
        let picks = draws.sample(free.len(), plan.together);
        let mut columns: Vec<usize> = picks.into_iter().map(|pick| free[pick]).collect();
        columns.sort_unstable();
        used.extend(&columns);
        let drawn_now = instance(scenario, &taken, plan, &columns, draws);
        taken.extend(&drawn_now.entities);
        drawn.push(drawn_now);
    }
    drawn.sort_by_key(|instance| record_of(instance.kind).stage);
    for (number, instance) in drawn.iter_mut().enumerate() {
        instance.id = format!("d{}", number + 1);
    }
    drawn
}

fn instance(
    scenario: &Scenario,
    taken: &[usize],
    plan: &DefectPlan,
    columns: &[usize],
    draws: &mut Draws,
) -> Instance {
    let names: Vec<String> = columns
        .iter()
        .map(|column| scenario.columns[*column].name.clone())
        .collect();
    let source = source(scenario, plan, columns, draws);
    let value = (!plan.values.is_empty()).then(|| plan.values[draws.index(plan.values.len())]);
    let rate = draws.between(plan.rate[0], plan.rate[1]);
    let spellings = columns.first().and_then(|column| {
        let written: Vec<(&String, &Vec<String>)> = match &scenario.columns[*column].kind {
            Kind::Category { levels, .. } => levels
                .iter()
                .filter_map(|level| plan.spellings.get_key_value(&level.name))
                .filter(|(_, variants)| !variants.is_empty())
                .collect(),
            _ => Vec::new(),
        };
        if written.is_empty() {
            return None;
        }
        let (level, variants) = written[draws.index(written.len())];
        let picks = draws.sample(variants.len(), 2);
        let variants = picks.into_iter().map(|pick| variants[pick].clone());
        Some((level.clone(), variants.collect()))
    });
    let entities = match plan.kind {
        DefectKind::LoudBots => crowd(scenario, taken, rate, draws),
        DefectKind::RetryStorm => crowd(scenario, taken, STORM_REACH, draws),
        _ => Vec::new(),
    };
    let coded: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let mut cause = plan.cause.replace("{column}", &coded.join(" and "));
    if let Some(source) = &source {
        cause = format!("{cause} (`{}` “{}”)", source.column, source.level);
    }
    Instance {
        id: String::new(),
        kind: plan.kind,
        columns: names,
        source,
        value,
        spellings,
        entities,
        rate,
        decoy: plan.decoy,
        cause,
    }
}

/// One level of one category; never of a column that the defect itself touches.
fn source(
    scenario: &Scenario,
    plan: &DefectPlan,
    columns: &[usize],
    draws: &mut Draws,
) -> Option<Source> {
    let free: Vec<usize> = plan
        .sources
        .iter()
        .copied()
        .filter(|source| !columns.contains(source))
        .collect();
    if free.is_empty() {
        return None;
    }
    let column = &scenario.columns[free[draws.index(free.len())]];
    let Kind::Category { levels, .. } = &column.kind else {
        return None;
    };
    let mut level = &levels[draws.index(levels.len())];
    let small = levels.iter().any(|level| level.share <= MOST_SOURCE);
    while small && level.share > MOST_SOURCE {
        level = &levels[draws.index(levels.len())];
    }
    Some(Source {
        column: column.name.clone(),
        level: level.name.clone(),
    })
}

/// A few busy entities that together have about `share` of the rows; none of those taken.
fn crowd(scenario: &Scenario, taken: &[usize], share: f64, draws: &mut Draws) -> Vec<usize> {
    let weights = weights(&scenario.entity);
    let busy = BUSY_ENTITIES.min(weights.len());
    let mut sum = 0.0;
    let mut entities = Vec::new();
    for entity in draws.sample(busy, busy) {
        if !taken.contains(&entity) && sum + weights[entity] <= 1.15 * share {
            sum += weights[entity];
            entities.push(entity);
        }
        if sum >= 0.9 * share {
            break;
        }
    }
    if entities.is_empty() {
        // None is small enough. The smallest comes nearest: an instance without entities is
        // limited to none, and would reach every row.
        let free = (0..weights.len()).filter(|entity| !taken.contains(entity));
        entities.extend(free.min_by(|a, b| weights[*a].total_cmp(&weights[*b])));
    }
    entities.sort_unstable();
    entities
}
