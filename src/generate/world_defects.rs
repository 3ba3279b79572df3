//! Drawing the defects of a world.

use crate::random::Draws;
use crate::scenario::{DefectKind, DefectPlan, InnocentKind, Kind, Scenario};

use super::catalogue::record_of;
use super::entities::weights;
use super::world::{Innocent, Instance, Source};
use super::world_draw::between;

/// Bots are few and busy: they are found among this many of the largest entities.
const BUSY_ENTITIES: usize = 60;
/// Share of rows whose entities a retry storm may reach.
const STORM_REACH: f64 = 0.05;

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
        drawn.push(instance(scenario, innocent, plan, &columns, draws));
    }
    drawn.sort_by_key(|instance| record_of(instance.kind).stage);
    for (number, instance) in drawn.iter_mut().enumerate() {
        instance.id = format!("d{}", number + 1);
    }
    drawn
}

fn instance(
    scenario: &Scenario,
    innocent: &Innocent,
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
        DefectKind::LoudBots => crowd(scenario, innocent, rate, draws),
        DefectKind::RetryStorm => crowd(scenario, innocent, STORM_REACH, draws),
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
    Some(Source {
        column: column.name.clone(),
        level: levels[draws.index(levels.len())].name.clone(),
    })
}

/// A few busy entities that together have about `share` of the rows; no whales among them.
fn crowd(scenario: &Scenario, innocent: &Innocent, share: f64, draws: &mut Draws) -> Vec<usize> {
    let weights = weights(&scenario.entity);
    let busy = BUSY_ENTITIES.min(weights.len());
    let whales = matches!(innocent.kind, InnocentKind::Whales);
    let mut sum = 0.0;
    let mut entities = Vec::new();
    for entity in draws.sample(busy, busy) {
        let taken = whales && innocent.entities.contains(&entity);
        if !taken && sum + weights[entity] <= 1.15 * share {
            sum += weights[entity];
            entities.push(entity);
        }
        if sum >= 0.9 * share {
            break;
        }
    }
    entities.sort_unstable();
    entities
}
