//! What there is to find in a world, in words.

use std::collections::BTreeMap;

use crate::scenario::{InnocentKind, InteractionKind, Scenario};
use crate::table::show_time;

use super::calibrate::Calibration;
use super::catalogue::record_of;
use super::finding::{Finding, FindingKind, Truth};
use super::world::{Instance, Latent, World};

/// A finding names at most this many columns.
const MOST_COLUMNS: usize = 4;
/// Columns that a structure hardly moves (in standard deviations) are not named.
const LEAST_EFFECT: f64 = 0.12;

/// The findings of a world: structures, the one about groups, defects, the innocent.
pub fn findings(scenario: &Scenario, world: &World, calibration: &Calibration) -> Vec<Finding> {
    let teller = Teller {
        scenario,
        world,
        calibration,
    };
    let mut findings: Vec<Finding> = Vec::new();
    for latent in &world.latents {
        findings.push(if latent.ridge {
            teller.ridge(latent)
        } else {
            teller.factor(latent)
        });
    }
    findings.extend(teller.regime());
    findings.extend(teller.rare());
    findings.extend(teller.interaction());
    findings.push(teller.groups());
    findings.extend(
        world
            .instances
            .iter()
            .map(|instance| teller.defect(instance)),
    );
    findings.push(teller.innocent());
    findings
}

struct Teller<'a> {
    scenario: &'a Scenario,
    world: &'a World,
    calibration: &'a Calibration,
}

impl Teller<'_> {
    /// Columns that a structure moves, most first, with the size of the effect in standard
    /// deviations; signed where the structure enters straight.
    fn effects(&self, of: &str) -> Vec<(String, f64)> {
        let mut effects: BTreeMap<usize, f64> = BTreeMap::new();
        for column in self.scenario.open_columns() {
            let scale = self.calibration.scales[column][0].sd;
            let signal = libm::sqrt(self.scenario.columns[column].signal);
            for term in &self.world.terms[column][0] {
                if term.of == of {
                    *effects.entry(column).or_default() += signal * term.weight / scale;
                }
            }
            for term in &self.world.shifts[column] {
                if term.of == of {
                    *effects.entry(column).or_default() += term.weight;
                }
            }
        }
        let mut effects: Vec<(String, f64)> = effects
            .into_iter()
            .filter(|(_, effect)| effect.abs() >= LEAST_EFFECT)
            .map(|(column, effect)| (self.scenario.columns[column].name.clone(), effect))
            .collect();
        effects.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        effects.truncate(MOST_COLUMNS);
        effects
    }

    fn factor(&self, latent: &Latent) -> Finding {
        let effects = self.effects(&latent.name);
        let carried = if latent.between >= 0.3 {
            format!(
                " Much of it is a trait of the {}.",
                self.scenario.entity.name
            )
        } else {
            String::new()
        };
        Finding {
            id: latent.name.clone(),
            kind: FindingKind::Structure,
            title: capital(&latent.about),
            says: format!(
                "Rows lie on a gradient from “{}” to “{}”. Towards the latter, {}.{carried}",
                latent.low,
                latent.high,
                directions(&effects),
            ),
            notice: format!(
                "after logs, {} move together: a principal component or a factor loads on them",
                listed(&names(&effects))
            ),
            accepted: "another name for the same gradient; its opposite direction; a score built \
                       from these columns"
                .to_owned(),
            words: vec![latent.name.clone(), latent.low.clone(), latent.high.clone()],
            hints: words(&[
                "gradient",
                "axis",
                "component",
                "factor",
                "continu",
                "correlat",
                "together",
                "load",
                "spectrum",
            ]),
            columns: names(&effects),
            truth: Truth::Factor {
                column: format!("factor.{}", latent.name),
            },
            given: false,
        }
    }

    fn ridge(&self, latent: &Latent) -> Finding {
        let effects = self.effects(&latent.name);
        Finding {
            id: latent.name.clone(),
            kind: FindingKind::Structure,
            title: format!("{}, along a bend", capital(&latent.about)),
            says: format!(
                "Rows lie along a bent path from “{}” to “{}”. On the way {} rise and fall, so \
                 that rows far apart on the path can look alike in one column.",
                latent.low,
                latent.high,
                listed(&names(&effects)),
            ),
            notice: format!(
                "the scatter of {} bends; a straight correlation sees little of it",
                listed(&names(&effects).into_iter().take(2).collect::<Vec<_>>())
            ),
            accepted: "a curve, a horseshoe or a non-linear relation between these columns; a \
                       stage or a phase; the bend as an artefact of one column, if argued"
                .to_owned(),
            words: vec![
                latent.name.replace('-', " "),
                latent.low.clone(),
                latent.high.clone(),
                "horseshoe".to_owned(),
                "non-linear".to_owned(),
                "nonlinear".to_owned(),
                "curved".to_owned(),
            ],
            hints: words(&[
                "bend",
                "bent",
                "curve",
                "rises and",
                "falls",
                "u-shape",
                "stage",
                "phase",
                "peak",
            ]),
            columns: names(&effects),
            truth: Truth::Ridge {
                column: format!("factor.{}", latent.name),
            },
            given: false,
        }
    }

    fn regime(&self) -> Option<Finding> {
        let regime = self.world.regime.as_ref()?;
        let effects = self.effects(&regime.name);
        let day = show_time(regime.from).chars().take(10).collect::<String>();
        let pace = if regime.ramp_days > 0.0 {
            format!("over {:.0} days from {day}", regime.ramp_days)
        } else {
            format!("overnight on {day}")
        };
        Some(Finding {
            id: regime.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A change: {}", regime.about),
            says: format!(
                "{} {pace}. From then on {}.",
                capital(&regime.about),
                directions(&effects)
            ),
            notice: format!(
                "the daily median of {} takes a step",
                listed(&names(&effects))
            ),
            accepted: "a release, an incident or a change of definition at about that date; \
                       seasonality, if the step is seen"
                .to_owned(),
            words: vec![
                regime.name.replace('-', " "),
                "structural break".to_owned(),
                "change point".to_owned(),
                "regime".to_owned(),
                day,
            ],
            hints: words(&[
                "step",
                "drop",
                "jump",
                "before",
                "after",
                "since",
                "over time",
                "week",
                "change",
                "drift",
                "release",
            ]),
            columns: names(&effects),
            truth: Truth::Regime {
                column: format!("regime.{}", regime.name),
            },
            given: false,
        })
    }

    fn rare(&self) -> Option<Finding> {
        let rare = self.world.rare.as_ref()?;
        let effects = self.effects(&rare.name);
        Some(Finding {
            id: rare.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A small real group: {}", rare.about),
            says: format!(
                "About {:.1} % of rows are {}. There {}, all at once.",
                100.0 * rare.share,
                rare.about,
                directions(&effects)
            ),
            notice: format!(
                "rows that are unusual in {} together, with texts of their own",
                listed(&names(&effects))
            ),
            accepted: "the same rows under another name; a use case; outliers that are kept on \
                       purpose"
                .to_owned(),
            words: vec![
                rare.name.replace('-', " "),
                rare.about.clone(),
                "small group".to_owned(),
                "niche".to_owned(),
                "rare".to_owned(),
            ],
            hints: words(&[
                "outlier", "unusual", "small", "subset", "use case", "separate", "template",
            ]),
            columns: names(&effects),
            truth: Truth::Rare {
                column: format!("rare.{}", rare.name),
            },
            given: false,
        })
    }

    fn interaction(&self) -> Option<Finding> {
        let interaction = self.world.interaction.as_ref()?;
        let effects = self.effects(&interaction.name);
        let [a, b] = interaction.on.map(|at| &self.world.latents[at]);
        let says = match interaction.kind {
            InteractionKind::Product => format!(
                "When {} and {} go the same way, {}; alone neither does it.",
                a.about,
                b.about,
                directions(&effects)
            ),
            InteractionKind::Reversal => format!(
                "With {}, {} – but only on the side of “{}”; on the side of “{}” the sign is \
                 reversed. Over all rows the two cancel.",
                a.about,
                directions(&effects),
                b.high,
                b.low
            ),
        };
        Some(Finding {
            id: interaction.name.clone(),
            kind: FindingKind::Structure,
            title: format!("An interaction: {}", interaction.about),
            says,
            notice: format!(
                "split by one gradient, the other's relation to {} changes",
                listed(&names(&effects))
            ),
            accepted: "a moderation, a Simpson's paradox or a product term on these columns"
                .to_owned(),
            words: words(&[
                "interaction",
                "simpson",
                "moderat",
                "sign reverses",
                "opposite sign",
                "only jointly",
                "product term",
            ]),
            hints: words(&[
                "depends on",
                "only when",
                "reverses",
                "opposite",
                "split by",
                "joint",
            ]),
            columns: names(&effects),
            truth: Truth::Interaction {
                columns: [format!("factor.{}", a.name), format!("factor.{}", b.name)],
            },
            given: false,
        })
    }

    fn groups(&self) -> Finding {
        let blend = &self.world.blend;
        let [a, b] = blend.on.map(|at| &self.world.latents[at]);
        let c = &self.world.latents[self.world.facet.on];
        let corners: Vec<String> = blend
            .archetypes
            .iter()
            .map(|t| format!("“{}”", t.name))
            .collect();
        Finding {
            id: "groups".to_owned(),
            kind: FindingKind::Groups,
            title: "No grouping is right".to_owned(),
            says: format!(
                "Every row is a mixture of {} types, {}, spread over the plane of {} and {}. A \
                 split by {} is as defensible, and the two hardly agree.",
                blend.archetypes.len(),
                corners.join(", "),
                a.about,
                b.about,
                c.about,
            ),
            columns: Vec::new(),
            notice: "k-means, mixtures and hierarchies disagree; no number of groups stands out; \
                     the crispest cluster is made of dirty rows"
                .to_owned(),
            accepted: "a grouping that is offered as a convenience, with its limits; types as \
                       corners of a continuum"
                .to_owned(),
            words: words(&[
                "continuum",
                "continuous",
                "no clear cluster",
                "no natural",
                "would not defend",
                "no k stands out",
                "number of clusters",
                "number of groups",
                "clusters",
                "segments",
                "disagree",
            ]),
            hints: Vec::new(),
            truth: Truth::Groups {
                members: (0..blend.archetypes.len())
                    .map(|k| format!("member.{}.{k}", blend.name))
                    .collect(),
                sampled: format!("sampled.{}", blend.name),
                facet: format!("facet.{}", self.world.facet.name),
            },
            given: false,
        }
    }

    fn defect(&self, instance: &Instance) -> Finding {
        let record = record_of(instance.kind);
        let mut columns = instance.columns.clone();
        columns.extend(instance.source.iter().map(|source| source.column.clone()));
        let value = instance
            .value
            .map_or(String::new(), |value| format!(" The value is {value}."));
        let spellings = instance
            .spellings
            .as_ref()
            .map_or(String::new(), |(level, variants)| {
                format!(" “{level}” also stands as {}.", quoted(variants))
            });
        let mut hints = words(record.hints);
        hints.extend(instance.source.iter().map(|source| source.level.clone()));
        let mut words = words(record.words);
        if let Some((_, variants)) = &instance.spellings {
            words.extend(variants.iter().map(|variant| variant.trim().to_owned()));
        }
        Finding {
            id: instance.id.clone(),
            kind: FindingKind::Defect,
            title: if instance.decoy {
                format!("{} (the decoy)", capital(record.title))
            } else {
                capital(record.title)
            },
            says: format!("{}.{value}{spellings}", capital(&instance.cause)),
            columns,
            notice: record.notice.to_owned(),
            accepted: record.accepted.to_owned(),
            words,
            hints,
            truth: Truth::Defect {
                instance: instance.id.clone(),
                decoy: instance.decoy,
            },
            given: false,
        }
    }

    fn innocent(&self) -> Finding {
        let innocent = &self.world.innocent;
        let time = self
            .scenario
            .columns
            .iter()
            .find(|column| column.kind.word() == "timestamp");
        let entity = self
            .scenario
            .columns
            .iter()
            .find(|column| column.kind.word() == "reference");
        let (says, column, notice, hints) = match innocent.kind {
            InnocentKind::Promotion => {
                let day = |at: Option<&u32>| {
                    let at = at.map_or(0, |day| i64::from(*day));
                    show_time(self.scenario.time.start + at * 86_400_000)
                        .chars()
                        .take(10)
                        .collect::<String>()
                };
                (
                    format!(
                        "From {} to {} there is {:.1} times the usual traffic: {}. These rows are \
                         real and should be kept.",
                        day(innocent.days.first()),
                        day(innocent.days.last()),
                        innocent.size,
                        innocent.about
                    ),
                    time,
                    "the daily count has a hump of a few days, and nothing else about those rows is odd",
                    [
                        "launch",
                        "promotion",
                        "traffic",
                        "spike in volume",
                        "peak days",
                        "busy days",
                    ],
                )
            }
            InnocentKind::Whales => (
                format!(
                    "There are {}. Each has about {:.0} % of rows, in a human rhythm; they are \
                     real and should be kept.",
                    innocent.about,
                    100.0 * innocent.size
                ),
                entity,
                "a few ids own a large share of rows, but spread over days and hours like everybody's",
                [
                    "whale",
                    "large workspace",
                    "few workspaces",
                    "heavy user",
                    "top workspaces",
                    "largest",
                ],
            ),
        };
        Finding {
            id: innocent.name.clone(),
            kind: FindingKind::Innocent,
            title: format!(
                "Real, though it looks odd: {}",
                innocent.name.replace('-', " ")
            ),
            says,
            columns: column.iter().map(|column| column.name.clone()).collect(),
            notice: notice.to_owned(),
            accepted: "mentioned and kept; weighted down with a reason".to_owned(),
            words: words(&hints),
            hints: words(&[
                "spike",
                "count",
                "volume",
                "share",
                "days",
                "large",
                "dominat",
                "concentrat",
            ]),
            truth: Truth::Innocent,
            given: false,
        }
    }
}

fn names(effects: &[(String, f64)]) -> Vec<String> {
    effects.iter().map(|(name, _)| name.clone()).collect()
}

fn words(known: &[&str]) -> Vec<String> {
    known.iter().map(|word| (*word).to_owned()).collect()
}

/// `a, b and c`
fn listed(names: &[String]) -> String {
    let coded: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match coded.split_last() {
        None => "several columns".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("“{text}”")).collect();
    quoted.join(" and ")
}

/// `a and b rise, c falls`
fn directions(effects: &[(String, f64)]) -> String {
    let side = |up: bool| -> Vec<String> {
        let same = effects.iter().filter(|(_, effect)| (*effect > 0.0) == up);
        same.map(|(name, _)| name.clone()).collect()
    };
    let clause = |columns: &[String], one: &str, many: &str| {
        let verb = if columns.len() == 1 { one } else { many };
        format!("{} {verb}", listed(columns))
    };
    match (side(true), side(false)) {
        (up, down) if up.is_empty() && down.is_empty() => {
            "little moves in any one column".to_owned()
        }
        (up, down) if down.is_empty() => clause(&up, "rises", "rise"),
        (up, down) if up.is_empty() => clause(&down, "falls", "fall"),
        (up, down) => format!(
            "{} and {}",
            clause(&up, "rises", "rise"),
            clause(&down, "falls", "fall")
        ),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
