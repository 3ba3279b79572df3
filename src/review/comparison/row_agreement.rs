//! Row by row: which types an answer splits or merges, and where it agrees least.

mod slices;

use std::cmp::Reverse;

use super::super::{BundleTruth, Composition, Example, RowAgreement, TypeShare};
use super::confounders::SubjectKind;
use super::context::ComparisonContext;
use super::subjects::{Side, Subject};
use crate::generate::World;
use crate::labels::{Memberships, Partition};

/// Parts with a smaller share are not named.
const SHARE: f64 = 0.05;
/// An answer must agree by at least this much more than one group would for single rows to be listed.
const LEAST: f64 = 0.05;
/// A group is mostly of one type from this share on.
const MOSTLY: f64 = 0.5;
/// Most groups of an answer that are listed.
const GROUPS: usize = 12;
/// Most examples, in all and of one type in one group.
const EXAMPLES: usize = 6;
const ALIKE: usize = 2;

/// A grouping (over all originals) compared with the first of `closest` that is a grouping too, on the rows of
/// the context; none if none is, or if the answer has fewer than two groups.
pub(super) fn row_agreement(
    truth: &BundleTruth,
    context: &ComparisonContext,
    answer: &Partition,
    closest: &[&Subject],
) -> Option<RowAgreement> {
    let sample = context.rows()?;
    let (subject, members) = closest
        .iter()
        .find_map(|subject| Some((*subject, memberships(&subject.side.pick(sample))?)))?;
    let answer = answer.pick(sample);
    let codes = answer.codes();
    let there = |row: &usize| codes[*row].is_some() && !members.row(*row)[0].is_nan();
    let rows: Vec<usize> = (0..sample.len()).filter(there).collect();
    let names = names(&truth.key.world, subject);
    let types = TypesByGroup::new(&members, &answer, &rows);
    if rows.is_empty() || types.sizes.iter().filter(|size| **size > 0.0).count() < 2 {
        return None;
    }
    let agreement: Vec<f64> = rows.iter().map(|row| types.agreement(*row)).collect();
    let mean = agreement.iter().sum::<f64>() / rows.len() as f64;
    let by_one_group = types.by_one_group();
    // Groups that separate types no better than one group would fail everywhere.
    let separates = mean >= by_one_group + LEAST;
    let (slices, slices_tested) = if separates {
        let originals: Vec<usize> = rows.iter().map(|row| sample[*row]).collect();
        slices::slices(truth, context, &originals, &agreement)
    } else {
        (Vec::new(), 0)
    };
    Some(RowAgreement {
        finding: subject.finding.clone(),
        what: subject.what.clone(),
        rows: rows.len(),
        agreement: mean,
        by_one_group,
        attainable: types.attainable(),
        types: types.split(&names),
        groups: types.merged(&names),
        examples: if separates {
            types.examples(truth, sample, &names)
        } else {
            Vec::new()
        },
        slices,
        slices_tested,
    })
}

/// Groups as shares of 0 and 1; none for values.
fn memberships(side: &Side) -> Option<Memberships> {
    match side {
        Side::Mixture { members, .. } => Some(members.clone()),
        Side::Groups(groups) => {
            let width = groups.groups();
            let share = |code: &Option<u32>| -> Vec<f64> {
                let at = |group: usize| match code {
                    Some(code) => f64::from(*code as usize == group),
                    None => f64::NAN,
                };
                (0..width).map(at).collect()
            };
            let shares: Vec<Vec<f64>> = groups.codes().iter().map(share).collect();
            Memberships::from_weights(width, shares.concat()).ok()
        }
        Side::Line(_) => None,
    }
}

/// Names of the types.
fn names(world: &World, subject: &Subject) -> Vec<String> {
    let known: Vec<String> = match subject.kind {
        SubjectKind::Archetypes => {
            let archetypes = world.archetypes.types.iter();
            archetypes.map(|one| one.name.clone()).collect()
        }
        SubjectKind::Split(on) => world.latents.get(on).map_or_else(Vec::new, |latent| {
            vec![latent.low.clone(), latent.high.clone()]
        }),
        SubjectKind::Rare => vec!["all other rows".to_owned(), "the small group".to_owned()],
        _ => Vec::new(),
    };
    match &subject.side {
        Side::Mixture { members, .. } if known.len() != members.groups() => (1..=members.groups())
            .map(|number| format!("type {number}"))
            .collect(),
        Side::Groups(groups) if known.len() != groups.groups() => groups.names().to_vec(),
        _ => known,
    }
}

/// Shares of types in the groups of an answer.
struct TypesByGroup<'a> {
    members: &'a Memberships,
    answer: &'a Partition,
    /// Positions in both.
    rows: &'a [usize],
    /// Per group of the answer, the sum of the shares of each type.
    masses: Vec<Vec<f64>>,
    sizes: Vec<f64>,
    /// Per group, its main type.
    main: Vec<usize>,
}

impl<'a> TypesByGroup<'a> {
    fn new(members: &'a Memberships, answer: &'a Partition, rows: &'a [usize]) -> Self {
        let mut masses = vec![vec![0.0; members.groups()]; answer.groups()];
        let mut sizes = vec![0.0; answer.groups()];
        for row in rows {
            if let Some(code) = answer.codes()[*row] {
                sizes[code as usize] += 1.0;
                for (mass, share) in masses[code as usize].iter_mut().zip(members.row(*row)) {
                    *mass += share;
                }
            }
        }
        Self {
            main: masses.iter().map(|types| largest(types)).collect(),
            members,
            answer,
            rows,
            masses,
            sizes,
        }
    }

    /// Share of the main type of its group in a row.
    fn agreement(&self, row: usize) -> f64 {
        self.answer.codes()[row].map_or(0.0, |code| self.members.row(row)[self.main[code as usize]])
    }

    /// The share of the largest type.
    fn by_one_group(&self) -> f64 {
        let types = 0..self.members.groups();
        let mass = |kind: usize| self.masses.iter().map(|types| types[kind]).sum::<f64>();
        types.map(mass).fold(0.0, f64::max) / self.rows.len() as f64
    }

    /// Mean of the largest share of each row.
    fn attainable(&self) -> f64 {
        let largest = |row: &usize| self.members.row(*row).iter().copied().fold(0.0, f64::max);
        self.rows.iter().map(largest).sum::<f64>() / self.rows.len() as f64
    }

    fn split(&self, names: &[String]) -> Vec<Composition> {
        let types = names.iter().enumerate();
        types
            .map(|(kind, name)| {
                let parts: Vec<f64> = self.masses.iter().map(|types| types[kind]).collect();
                composition(name, &parts, self.answer.names())
            })
            .collect()
    }

    fn merged(&self, names: &[String]) -> Vec<Composition> {
        let mut groups: Vec<usize> = (0..self.sizes.len())
            .filter(|group| self.sizes[*group] > 0.0)
            .collect();
        // A stable sort: equals stay in the order of their names.
        groups.sort_by(|one, other| self.sizes[*other].total_cmp(&self.sizes[*one]));
        groups.truncate(GROUPS);
        let named =
            |group: usize| composition(&self.answer.names()[group], &self.masses[group], names);
        groups.into_iter().map(named).collect()
    }

    fn examples(&self, truth: &BundleTruth, sample: &[usize], names: &[String]) -> Vec<Example> {
        let mut candidates: Vec<(f64, usize, usize, usize)> = self
            .rows
            .iter()
            .filter_map(|row| {
                let group = self.answer.codes()[*row]? as usize;
                let is = largest(self.members.row(*row));
                let main = self.main[group];
                let clear = self.members.row(*row)[is];
                let pure = self.masses[group][main] / self.sizes[group];
                (is != main && pure >= MOSTLY).then_some((clear * pure, *row, is, group))
            })
            .collect();
        candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let ids = truth.delivered.cells(&truth.key.row_id);
        let mut seen: Vec<(usize, usize)> = Vec::new();
        let mut examples = Vec::new();
        for (_, row, is, group) in candidates {
            let like = seen.iter().filter(|pair| **pair == (is, group)).count();
            if like == ALIKE || examples.len() == EXAMPLES {
                continue;
            }
            seen.push((is, group));
            let id = ids.map(|ids| ids.cell(truth.originals()[sample[row]]).show());
            examples.push(Example {
                row: id.unwrap_or_default(),
                main_type: names[is].clone(),
                share: self.members.row(row)[is],
                group: self.answer.names()[group].clone(),
                type_of_group: names[self.main[group]].clone(),
            });
        }
        examples
    }
}

fn composition(name: &str, masses: &[f64], names: &[String]) -> Composition {
    let rows: f64 = masses.iter().sum();
    let mut parts: Vec<TypeShare> = masses
        .iter()
        .zip(names)
        .map(|(mass, name)| TypeShare {
            name: name.clone(),
            share: if rows > 0.0 { mass / rows } else { 0.0 },
        })
        .filter(|part| part.share >= SHARE)
        .collect();
    parts.sort_by(|one, other| other.share.total_cmp(&one.share));
    Composition {
        name: name.to_owned(),
        rows,
        parts,
    }
}

/// The position of the largest value, the first of equals.
fn largest(values: &[f64]) -> usize {
    let places = 0..values.len();
    let most = places.max_by(|one, other| {
        let order = values[*one].total_cmp(&values[*other]);
        order.then(Reverse(*one).cmp(&Reverse(*other)))
    });
    most.unwrap_or(0)
}
