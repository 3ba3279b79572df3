//! Drawing the defects of a world.

use crate::random::{Draws, normal_quantile};
use crate::scenario::{
    ColumnKind, ColumnPlan, DefectKind, DefectOperation, DefectPlan, Dependence, FactorShape,
    Scenario, TargetColumns, When, record_of,
};
use crate::table::DAY;

use super::builder::between;
use crate::generate::columns::marginals::{marginal_of, value_at};
use crate::generate::defects::propensity::{SLOPE, intercept};
use crate::generate::instance::{Instance, Mechanism, Propensity, PropensityOn, SourceLevel};
use crate::generate::latents::entities::weights;
use crate::generate::world::{BenignAnomaly, Latent};

/// Bots are few and busy: they are among this many of the largest entities.
const BUSY_ENTITIES: usize = 60;
/// A source with a larger share of rows is not an exception: redrawn if possible.
const MOST_SOURCE: f64 = 0.4;
/// Normal score of hidden programs among people: slightly below the median.
const HIDDEN_SCORE: f64 = -0.3;

/// One decoy, then others on columns that no other defect changes, in order of application.
pub(crate) fn draw_instances(
    scenario: &Scenario,
    benign: &BenignAnomaly,
    latents: &[Latent],
    draws: &mut Draws,
) -> Vec<Instance> {
    let count = between(draws, scenario.draw.defects) as usize;
    let (decoys, others): (Vec<&DefectPlan>, Vec<&DefectPlan>) =
        scenario.defects.iter().partition(|plan| plan.decoy);
    let mut drawing = DefectBuilder {
        scenario,
        latents,
        taken: benign.entities.clone(),
        drawn: Vec::new(),
        used: Vec::new(),
    };
    let first = decoys[draws.index(decoys.len())];
    let mut plans = vec![first];
    let order = draws.sample(others.len(), others.len());
    plans.extend(order.into_iter().map(|at| others[at]));
    for plan in plans {
        if drawing.drawn.len() < count {
            drawing.draw(plan, draws);
        }
    }
    let mut drawn = drawing.drawn;
    drawn.sort_by_key(|instance| record_of(instance.kind).stage);
    for (number, instance) in drawn.iter_mut().enumerate() {
        instance.id = format!("d{}", number + 1);
    }
    drawn
}

struct DefectBuilder<'a> {
    scenario: &'a Scenario,
    latents: &'a [Latent],
    drawn: Vec<Instance>,
    /// Columns that a defect changes already, by table and position: two never share a cell.
    used: Vec<(Option<usize>, usize)>,
    /// Entities in use: whales are not bots, and bots do not retry.
    taken: Vec<usize>,
}

impl DefectBuilder<'_> {
    /// Draw an instance of `plan`, unless its columns or its kind are taken.
    fn draw(&mut self, plan: &DefectPlan, draws: &mut Draws) {
        let record = record_of(plan.kind);
        if self.drawn.iter().any(|instance| instance.kind == plan.kind) {
            return;
        }
        let mut columns = Vec::new();
        if !plan.columns.is_empty() {
            let free: Vec<usize> = plan
                .columns
                .iter()
                .copied()
                .filter(|column| !self.used.contains(&(plan.table, *column)))
                .collect();
            if free.len() < plan.together {
                return;
            }
            let picks = draws.sample(free.len(), plan.together);
            columns = picks.into_iter().map(|pick| free[pick]).collect();
            columns.sort_unstable();
        }
        let moment = self
            .moment(plan.table)
            .filter(|_| record.operation.moves_time());
        if moment.is_some_and(|moment| self.used.contains(&(plan.table, moment))) {
            return;
        }
        let places = columns.iter().copied().chain(moment);
        self.used.extend(places.map(|place| (plan.table, place)));
        let drawn = self.instance(plan, &columns, draws);
        self.taken.extend(&drawn.entities);
        self.drawn.push(drawn);
    }

    fn moment(&self, table: Option<usize>) -> Option<usize> {
        let mut columns = self.scenario.columns_of(table).iter();
        columns.position(|column| column.kind == ColumnKind::Timestamp)
    }

    fn instance(&self, plan: &DefectPlan, columns: &[usize], draws: &mut Draws) -> Instance {
        let scenario = self.scenario;
        let record = record_of(plan.kind);
        let plans = scenario.columns_of(plan.table);
        let names: Vec<String> = columns
            .iter()
            .map(|column| plans[*column].name.clone())
            .collect();
        let source = source(plans, plan, columns, draws);
        let value = (!plan.values.is_empty()).then(|| plan.values[draws.index(plan.values.len())]);
        let rate = draws.between(plan.rate[0], plan.rate[1]);
        let spellings = spellings(plans, plan, columns, draws);
        let entities = match record.needs.entities {
            Some(share) if share > 0.0 => crowd(scenario, &self.taken, share, draws),
            Some(_) => crowd(scenario, &self.taken, rate, draws),
            None => Vec::new(),
        };
        let stealth = draws.between(plan.stealth[0], plan.stealth[1]);
        let value = value.map(|value| self.value(plan, value, columns, stealth));
        let window = self.window(record.when, draws);
        let propensity = self.propensity(plan, columns, rate, draws);
        let hidden = propensity.as_ref().is_some_and(|one| match &one.on {
            PropensityOn::Latent(_) => true,
            PropensityOn::Column(name) => names.contains(name),
        });
        let limited = source.is_some() || window.is_some() || !entities.is_empty();
        let mechanism = if hidden {
            Mechanism::Mnar
        } else if limited || propensity.is_some() {
            Mechanism::Mar
        } else {
            Mechanism::Mcar
        };
        let coded: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let mut cause = plan.cause.replace("{column}", &coded.join(" and "));
        if let Some(source) = &source {
            cause = format!("{cause} (`{}` “{}”)", source.column, source.level);
        }
        Instance {
            id: String::new(),
            kind: plan.kind,
            table: plan.table.map(|at| scenario.children[at].name.clone()),
            columns: names,
            source,
            value,
            spellings,
            texts: plan.texts.clone(),
            entities,
            window,
            mechanism,
            propensity,
            rate,
            decoy: plan.decoy,
            cause,
        }
    }

    /// A limit from its quantile, the level of programs from their stealth; others unchanged.
    fn value(&self, plan: &DefectPlan, value: f64, columns: &[usize], stealth: f64) -> f64 {
        let plans = self.scenario.columns_of(plan.table);
        let first = columns.first().map(|column| &plans[*column]);
        let Some(marginal) = first.and_then(marginal_of) else {
            return value;
        };
        match record_of(plan.kind).operation {
            DefectOperation::Clip => round_limit(value_at(marginal, normal_quantile(value))),
            DefectOperation::Override if stealth > 0.0 && value > 0.0 => {
                let people = value_at(marginal, HIDDEN_SCORE).max(1e-9);
                let level = (1.0 - stealth) * libm::log(value) + stealth * libm::log(people);
                round_limit(libm::exp(level))
            }
            _ => value,
        }
    }

    fn window(&self, when: When, draws: &mut Draws) -> Option<[i64; 2]> {
        let time = &self.scenario.time;
        let end = time.start + i64::from(time.days) * DAY;
        let days = |least: u32, most: u32, draws: &mut Draws| {
            i64::from(between(draws, [least, most]).min(time.days / 3).max(1))
        };
        match when {
            When::Always => None,
            When::From(low, high) => {
                let day = (draws.between(low, high) * f64::from(time.days)) as i64;
                Some([time.start + day * DAY, i64::MAX])
            }
            When::Last(least, most) => Some([end - days(least, most, draws) * DAY, i64::MAX]),
        }
    }

    fn propensity(
        &self,
        plan: &DefectPlan,
        columns: &[usize],
        rate: f64,
        draws: &mut Draws,
    ) -> Option<Propensity> {
        if plan.depends_on.is_empty() {
            return None;
        }
        let pick = plan.depends_on[draws.index(plan.depends_on.len())];
        let tie = draws.between(plan.strength[0], plan.strength[1]);
        let falling = draws.chance(0.5);
        let latent = draws.index(self.latents.len());
        let plans = self.scenario.columns_of(plan.table);
        let name = |column: usize| PropensityOn::Column(plans[column].name.clone());
        let (on, slope) = match pick {
            // Either end of a latent; for values, the large ones are missing or cut.
            Dependence::Structure => (
                PropensityOn::Latent(latent),
                if falling { -SLOPE } else { SLOPE },
            ),
            Dependence::Value => (name(*columns.first()?), SLOPE),
            Dependence::Column(column) => (name(column), SLOPE),
        };
        // Scores of a column are normal by its own marginal.
        let shape = match pick {
            Dependence::Structure => self.latents[latent].shape,
            Dependence::Value | Dependence::Column(_) => FactorShape::Bell,
        };
        Some(Propensity {
            on,
            tie,
            slope,
            intercept: intercept(slope, rate, tie, shape),
        })
    }
}

fn spellings(
    plans: &[ColumnPlan],
    plan: &DefectPlan,
    columns: &[usize],
    draws: &mut Draws,
) -> Option<(String, Vec<String>)> {
    let record = record_of(plan.kind);
    if record.needs.target != TargetColumns::Spelled {
        return None;
    }
    let ColumnKind::Category { levels, .. } = &plans[*columns.first()?].kind else {
        return None;
    };
    let written: Vec<(&String, &Vec<String>)> = levels
        .iter()
        .filter_map(|level| plan.spellings.get_key_value(&level.name))
        .filter(|(_, variants)| !variants.is_empty())
        .collect();
    if written.is_empty() {
        return None;
    }
    let (level, variants) = written[draws.index(written.len())];
    // A renamed level has one new name; a misspelled one has two spellings.
    let most = if plan.kind == DefectKind::RecodedLevels {
        1
    } else {
        2
    };
    let picks = draws.sample(variants.len(), most);
    let variants = picks.into_iter().map(|pick| variants[pick].clone());
    Some((level.clone(), variants.collect()))
}

/// A limit that a person would set: one or two significant digits.
fn round_limit(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let scale = libm::pow(10.0, libm::floor(libm::log10(value)) - 1.0);
    // 35 or 40 rather than 37.
    let step = if value / scale < 30.0 { 1.0 } else { 5.0 };
    let limit = (value / (scale * step)).round() * scale * step;
    // Remove rounding errors from powers of ten.
    (limit * 1e6).round() / 1e6
}

/// One level of one category; never of a column that the defect changes.
fn source(
    plans: &[ColumnPlan],
    plan: &DefectPlan,
    columns: &[usize],
    draws: &mut Draws,
) -> Option<SourceLevel> {
    let free: Vec<usize> = plan
        .sources
        .iter()
        .copied()
        .filter(|source| !columns.contains(source))
        .collect();
    if free.is_empty() {
        return None;
    }
    let column = &plans[free[draws.index(free.len())]];
    let ColumnKind::Category { levels, .. } = &column.kind else {
        return None;
    };
    let mut level = &levels[draws.index(levels.len())];
    let small = levels.iter().any(|level| level.share <= MOST_SOURCE);
    while small && level.share > MOST_SOURCE {
        level = &levels[draws.index(levels.len())];
    }
    Some(SourceLevel {
        column: column.name.clone(),
        level: level.name.clone(),
    })
}

/// A few busy entities, not yet taken, that together have about `share` of the rows.
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
        // None is small enough, so take the smallest: a defect without entities would reach every
        // row.
        let free = (0..weights.len()).filter(|entity| !taken.contains(entity));
        entities.extend(free.min_by(|a, b| weights[*a].total_cmp(&weights[*b])));
    }
    entities.sort_unstable();
    entities
}
