//! Random effects of days and entities on columns, drawn once per bundle.

use crate::random::Stream;
use crate::scenario::{ColumnPlan, Effect, EffectScope, ParentColumn, Scenario};

use crate::generate::latents::entities::{normal_scores_by_rank, row_shares};
use crate::generate::latents::time::Clock;
use crate::generate::world::World;

#[derive(Debug, Clone)]
pub(crate) struct RandomEffects {
    main: Vec<ColumnEffects>,
    children: Vec<Vec<ColumnEffects>>,
}

/// For each effect on a column, standard normals by day or entity, and within it by level of the
/// category by which it differs; empty for effects that are not random.
type ColumnEffects = Vec<Vec<f64>>;

impl RandomEffects {
    /// A function of stream and world only.
    pub(crate) fn draw(scenario: &Scenario, world: &World, clock: &Clock, stream: &Stream) -> Self {
        let stream = stream.fork("luck");
        let shares = [clock.day_shares(), row_shares(scenario, world)];
        let columns = |table: &str, plans: &[ColumnPlan]| -> Vec<ColumnEffects> {
            let of = |plan: &ColumnPlan| {
                let effects = plan.effects.iter();
                let own = format!("{table}/{}", plan.name);
                let with = |of: &ParentColumn| match of {
                    ParentColumn::Entity(at) => scenario.columns[*at].name.as_str(),
                    ParentColumn::Row(at) => plans[*at].name.as_str(),
                };
                let effects =
                    effects.map(|effect| draw_effect(effect, &own, with, &shares, &stream));
                effects.collect()
            };
            plans.iter().map(of).collect()
        };
        let children = scenario.children.iter();
        Self {
            main: columns("main", &scenario.columns),
            children: children
                .map(|child| columns(&format!("child/{}", child.name), &child.columns))
                .collect(),
        }
    }

    /// The random effects on a column of the main table, or of child table `child`.
    pub(crate) fn of(&self, child: Option<usize>, column: usize) -> &[Vec<f64>] {
        let table = child.map_or(&self.main, |at| &self.children[at]);
        &table[column]
    }
}

/// Normal by rank among rows. With ranks among entities, a few large ones would shift a column's
/// distribution away from the one that the scenario requests.
fn draw_effect<'a>(
    effect: &Effect,
    own: &str,
    name_of: impl Fn(&ParentColumn) -> &'a str,
    shares: &[Vec<f64>; 2],
    stream: &Stream,
) -> Vec<f64> {
    let Effect::Random {
        scope: whose, by, ..
    } = effect
    else {
        return Vec::new();
    };
    let (name, shares) = match whose {
        // A rainy day is rainy in every column and in every table.
        EffectScope::Day => ("day", &shares[0]),
        EffectScope::Entity => (own, &shares[1]),
    };
    let levels = by.as_ref().map_or(&[1.0][..], |(_, levels)| levels);
    let with = by.as_ref().map_or("", |(of, _)| name_of(of));
    let mut draws = stream.fork(&format!("{name}/{with}")).draws();
    let cells = shares
        .iter()
        .flat_map(|share| levels.iter().map(move |level| share * level));
    let weights: Vec<f64> = cells.collect();
    let values: Vec<f64> = weights.iter().map(|_| draws.normal()).collect();
    normal_scores_by_rank(&values, &weights)
}
