//! The guess test: knowing the scenario and the tool, but not the data, must not reveal the findings.

use std::collections::{BTreeMap, BTreeSet};

use crate::random::Secret;
use crate::scenario::{Scenario, record_of};

use crate::generate::world::World;

/// Simulated worlds.
pub const GUESSED_WORLDS: usize = 1_000;
/// Guesses per list: the largest number of findings in a world.
pub const GUESSES: usize = 10;

/// The result of guessing.
#[derive(Debug, Clone, PartialEq)]
pub struct GuessTest {
    pub worlds: usize,
    /// Share of worlds in which the best fixed list names every finding.
    pub everything: f64,
    /// The best guesses, each with the share of worlds in which it is right; best first.
    pub best: Vec<(String, f64)>,
    /// Worlds with more findings than a world may have.
    pub over_the_cap: usize,
}

impl GuessTest {
    /// The best list must name everything in a smaller share of worlds than this.
    pub const EVERYTHING: f64 = 0.05;
    /// No guess may be right in a larger share of worlds than this.
    pub const ONE: f64 = 0.5;

    /// Simulate worlds of a scenario and guess.
    pub fn run(scenario: &Scenario) -> Self {
        let worlds: Vec<BTreeSet<String>> = (0..GUESSED_WORLDS)
            .map(|seed| {
                let stream = Secret::demo(seed as u64).stream().fork("world");
                world_answers(&World::draw(scenario, &stream))
            })
            .collect();
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for answer in worlds.iter().flatten() {
            *counts.entry(answer).or_default() += 1;
        }
        let mut frequent: Vec<(&String, usize)> = counts.into_iter().collect();
        frequent.sort_by_key(|(answer, count)| (std::cmp::Reverse(*count), *answer));
        let of = worlds.len() as f64;
        Self {
            worlds: worlds.len(),
            everything: best_list(&worlds) as f64 / of,
            best: frequent
                .into_iter()
                .take(GUESSES)
                .map(|(answer, count)| (answer.clone(), count as f64 / of))
                .collect(),
            over_the_cap: worlds.iter().filter(|world| world.len() > GUESSES).count(),
        }
    }

    /// The largest share of worlds in which one guess is right.
    pub fn one(&self) -> f64 {
        self.best.first().map_or(0.0, |(_, share)| *share)
    }

    /// Three standard errors of a share of one half.
    pub fn slack(&self) -> f64 {
        3.0 * 0.5 / libm::sqrt(self.worlds.max(1) as f64)
    }

    /// Whether guessing fails, as it should.
    pub fn passes(&self) -> bool {
        self.everything < Self::EVERYTHING
            && self.one() <= Self::ONE + self.slack()
            && self.over_the_cap == 0
    }
}

/// Number of worlds in which the best of all lists names everything.
///
/// Any list that is right in some world contains all answers of that world, and has guesses left if
/// the world has fewer than [`GUESSES`]. It is worth adding what other worlds have in addition.
/// Adding what two of them have is exact for worlds with eight answers or more, as all worlds with
/// three defects, and a lower bound for others.
fn best_list(worlds: &[BTreeSet<String>]) -> usize {
    let covered = |whole: &BTreeSet<String>| {
        let free = GUESSES.checked_sub(whole.len())?;
        let mut lacking: BTreeMap<BTreeSet<&String>, usize> = BTreeMap::new();
        for world in worlds {
            let lacks: BTreeSet<&String> = world.difference(whole).collect();
            if lacks.len() <= free {
                *lacking.entry(lacks).or_default() += 1;
            }
        }
        let named = |added: &BTreeSet<&String>| {
            let fits = lacking.iter().filter(|(lacks, _)| lacks.is_subset(added));
            fits.map(|(_, worlds)| worlds).sum::<usize>()
        };
        let pairs = lacking
            .keys()
            .flat_map(|one| lacking.keys().map(move |other| one | other));
        pairs
            .filter(|added| added.len() <= free)
            .map(|added| named(&added))
            .max()
    };
    worlds.iter().filter_map(covered).max().unwrap_or(0)
}

/// What a guesser would have to name: one answer per finding.
pub fn world_answers(world: &World) -> BTreeSet<String> {
    let mut answers = BTreeSet::new();
    for latent in &world.latents {
        answers.insert(format!("gradient `{}`", latent.name));
    }
    let named = |what: &str, name: &str| format!("{what} `{name}`");
    answers.extend(world.change.iter().map(|one| named("change", &one.name)));
    answers.extend(world.rare.iter().map(|one| named("rare group", &one.name)));
    answers.extend(
        world
            .interaction
            .iter()
            .map(|one| named("interaction", &one.name)),
    );
    let on = world
        .archetypes
        .on
        .map(|at| world.latents[at].name.as_str());
    answers.insert(format!("archetypes on `{}` and `{}`", on[0], on[1]));
    for instance in &world.instances {
        let columns = instance.columns.join(", ");
        let word = record_of(instance.kind).word;
        // Without named columns, the answer is the source.
        let place = match &instance.source {
            Some(source) if columns.is_empty() => format!("{} {}", source.column, source.level),
            _ => columns,
        };
        let table = instance.table.as_ref();
        let table = table.map_or_else(String::new, |table| format!(" in {table}"));
        answers.insert(format!("{word}{table} ({place})"));
    }
    answers.insert(named("benign anomaly", &world.benign.name));
    answers
}
