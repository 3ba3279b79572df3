//! What there is to find in a world, in words.

use std::collections::BTreeMap;

use crate::scenario::{DefectKind, InnocentKind, InteractionKind, Scenario};
use crate::table::show_time;

use super::calibrate::Calibration;
use super::catalogue::record_of;
use super::finding::{Finding, FindingKind, Truth};
use super::lean::leans;
use super::world::{Instance, Latent, World};
use super::world_draw::DAY;

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
        leans: leans(scenario, world, calibration),
    };
    let mut findings: Vec<Finding> = Vec::new();
    for (at, latent) in world.latents.iter().enumerate() {
        findings.push(if latent.ridge {
            teller.ridge(latent)
        } else {
            teller.factor(at, latent)
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
    leans: Vec<Vec<f64>>,
}

impl Teller<'_> {
    /// Columns that a structure moves, most first, with the size of the effect in standard
    /// deviations; signed where the structure enters straight.
    fn effects(&self, of: &str) -> Vec<(String, f64)> {
        let mut effects = self.all_effects(of);
        effects.truncate(MOST_COLUMNS);
        effects
    }

    /// The same for a factor, by how far each column really follows it: what else stands on the
    /// same latent may bend a column or turn it the other way.
    fn straight_effects(&self, at: usize, latent: &Latent) -> Vec<(String, f64)> {
        let mut effects: Vec<(String, f64)> = Vec::new();
        for (name, effect) in self.all_effects(&latent.name) {
            let mut columns = self.scenario.columns.iter();
            let column = columns.position(|column| column.name == name);
            let lean = column.map_or(0.0, |column| self.leans[at][column]);
            if lean * effect.signum() >= LEAST_EFFECT {
                effects.push((name, lean));
            }
        }
        effects.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        effects.truncate(MOST_COLUMNS);
        effects
    }

    fn all_effects(&self, of: &str) -> Vec<(String, f64)> {
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
        effects
    }

    fn factor(&self, at: usize, latent: &Latent) -> Finding {
        let effects = self.straight_effects(at, latent);
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
                "A gradient from “{}” to “{}”, without a gap on the way. Towards the latter, \
                 {}.{carried}",
                latent.low,
                latent.high,
                directions(&effects),
            ),
            notice: format!(
                "on ranks or logs {} vary together: a principal component or a factor loads on them",
                listed(&names(&effects))
            ),
            accepted: "another name for the same gradient; its opposite direction; a score built \
                       from these columns"
                .to_owned(),
            // The name alone is an everyday word ("trust"): it counts beside a column only.
            words: vec![latent.low.clone(), latent.high.clone()],
            hints: words(&[
                "gradient",
                "axis",
                "principal component",
                "continuum",
                "correlat",
                "go together",
                "move together",
                "rise together",
                "loads on",
                "loading",
                "spectrum",
                &latent.name,
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
                "A bent path from “{}” to “{}”. On the way {} turn or level off, so that \
                 rows far apart on the path can look alike in one column.",
                latent.low,
                latent.high,
                listed(&names(&effects)),
            ),
            notice: format!(
                "{} hang together in bends that correlations miss: look at scatters and at means \
                 over bins",
                listed(&names(&effects))
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
        let gradual = regime.ramp_days > 0.0;
        let pace = if gradual {
            format!("Over {:.0} days from {day}", regime.ramp_days)
        } else {
            format!("Overnight, on {day}")
        };
        Some(Finding {
            id: regime.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A change: {}", regime.about),
            says: format!(
                "{pace}, {}. From then on {}.",
                regime.about,
                directions(&effects)
            ),
            notice: format!(
                "the daily medians of {} {} at that date",
                listed(&names(&effects)),
                if gradual {
                    "begin to move"
                } else {
                    "take a step"
                }
            ),
            accepted: "a release, an incident or a change of definition at about that date; \
                       seasonality, if the step is seen"
                .to_owned(),
            words: dates(regime.from, regime.ramp_days)
                .into_iter()
                .chain(words(&[
                    "structural break",
                    "change point",
                    "regime",
                    &regime.about,
                ]))
                .collect(),
            hints: words(&[
                &regime.name.replace('-', " "),
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
                "About {:.1} % of rows are a use of their own: {}. There, {}, all at once.",
                100.0 * rare.share,
                rare.about,
                levels(&effects)
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
                "Where “{}” meets “{}”, or “{}” meets “{}”, {}; in the mixed corners it is the \
                 other way. Neither gradient does it alone.",
                a.high,
                b.high,
                a.low,
                b.low,
                directions(&effects)
            ),
            InteractionKind::Reversal => format!(
                "Towards “{}”, {} – but only on the side of “{}”; on the side of “{}” the sign is \
                 reversed. Over all rows the two nearly cancel.",
                a.high,
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
                "Every row is a mixture of {} types ({}), spread over two gradients: {}, and {}. \
                 A split along a third ({}) is as defensible, and the two hardly agree.",
                blend.archetypes.len(),
                corners.join("; "),
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
            says: format!("{}. {}.", capital(&instance.cause), detail(instance)),
            columns: self.columns_of(instance),
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

    /// What shows a defect: the columns that it touches, what tells the rows apart, its source.
    fn columns_of(&self, instance: &Instance) -> Vec<String> {
        let telling: &[&str] = match instance.kind {
            DefectKind::ExactDuplicates => &["identifier"],
            DefectKind::TimeZoneShift => &["timestamp"],
            DefectKind::RetryStorm => &["timestamp", "reference"],
            DefectKind::LoudBots => &["text", "reference"],
            _ => &[],
        };
        let kinds = telling.iter().filter_map(|kind| self.column(kind));
        let source = instance.source.iter().map(|source| &source.column);
        let columns = instance.columns.iter().chain(kinds).chain(source);
        columns.cloned().collect()
    }

    /// Name of the first column of a kind.
    fn column(&self, kind: &str) -> Option<&String> {
        let mut columns = self.scenario.columns.iter();
        let column = columns.find(|column| column.kind.word() == kind)?;
        Some(&column.name)
    }

    fn innocent(&self) -> Finding {
        let innocent = &self.world.innocent;
        let (time, entity) = (self.column("timestamp"), self.column("reference"));
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
                        "{}: from {} to {}, at {:.1} times the usual rate. These rows are real and \
                         should be kept.",
                        capital(&innocent.about),
                        day(innocent.days.first()),
                        day(innocent.days.last()),
                        innocent.size
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
                    "{}: here {}, each with about {:.0} % of rows in a human rhythm. They are real \
                     and should be kept.",
                    capital(&innocent.about),
                    innocent.entities.len(),
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
            columns: column.into_iter().cloned().collect(),
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

/// The particulars of one instance, in a sentence without its full stop.
fn detail(instance: &Instance) -> String {
    let value = instance.value.unwrap_or_default();
    let columns = listed(&instance.columns);
    let share = format!("about {:.0} %", 100.0 * instance.rate);
    match instance.kind {
        DefectKind::UnitSlip if value < 1.0 && value > 0.0 => format!(
            "In {share} of its rows {columns} is {} times too small",
            plain((1.0 / value).round())
        ),
        DefectKind::UnitSlip => format!(
            "In {share} of its rows {columns} is {} times too large",
            plain(value)
        ),
        DefectKind::ExactDuplicates => {
            format!("Of its rows {share} stand twice, equal in every column")
        }
        DefectKind::Sentinel => {
            format!("The number is {}, in {share} of its rows", plain(value))
        }
        DefectKind::MissingBySource => {
            format!("In {share} of its rows they are empty, in the same rows")
        }
        DefectKind::SpellingVariants => {
            let (level, variants) = instance.spellings.clone().unwrap_or_default();
            format!("“{level}” also stands as {}", quoted(&variants))
        }
        DefectKind::TimeZoneShift => format!(
            "In {share} of its rows the time stands {} hours too {}",
            plain(value.abs()),
            if value > 0.0 { "late" } else { "early" }
        ),
        DefectKind::RetryStorm => {
            "The repeats come within seconds, under new ids, otherwise nearly equal".to_owned()
        }
        DefectKind::DefaultSpike => {
            format!("The default is {}, in {share} of its rows", plain(value))
        }
        DefectKind::LoudBots => format!(
            "Their {columns} stays close to {}, their text is always the same",
            plain(value)
        ),
    }
}

/// A date as people write it: `2026-03-29`, `29 March`, `Mar 29`, `late March`; for a gradual
/// change also the part of the month in which it ends.
fn dates(from: i64, ramp_days: f64) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let iso = |moment: i64| show_time(moment).chars().take(10).collect::<String>();
    let parts = |moment: i64| {
        let text = iso(moment);
        let number = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse().ok());
        let month = number(5, 7).unwrap_or(1_usize).clamp(1, 12);
        (MONTHS[month - 1], number(8, 10).unwrap_or(1_usize))
    };
    let mut dates = vec![iso(from)];
    // People round a date by a day.
    for shift in [-1, 0, 1] {
        let (month, day) = parts(from + shift * DAY);
        let short = &month[..3];
        dates.extend([format!("{day} {month}"), format!("{month} {day}")]);
        dates.extend([format!("{day} {short}"), format!("{short} {day}")]);
    }
    for moment in [from, from + (ramp_days * DAY as f64) as i64] {
        let (month, day) = parts(moment);
        let words: &[&str] = match day {
            1..=10 => &["early", "beginning of", "start of"],
            11..=20 => &["mid", "middle of"],
            _ => &["late", "end of", "last week of"],
        };
        dates.extend(words.iter().map(|word| format!("{word} {month}")));
    }
    dates
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
    let one = |text: &String| match text.trim_end() {
        trimmed if trimmed.len() < text.len() => format!("“{text}” (with a space at the end)"),
        _ => format!("“{text}”"),
    };
    let quoted: Vec<String> = texts.iter().map(one).collect();
    quoted.join(" and ")
}

/// `a and b rise, and c falls`
fn directions(effects: &[(String, f64)]) -> String {
    sides(effects, ["rises", "rise"], ["falls", "fall"])
}

/// `a and b are high, and c is low`
fn levels(effects: &[(String, f64)]) -> String {
    sides(effects, ["is high", "are high"], ["is low", "are low"])
}

/// Columns that go up and columns that go down, each with its verb for one and for many.
fn sides(effects: &[(String, f64)], up: [&str; 2], down: [&str; 2]) -> String {
    let clause = |rising: bool, [one, many]: [&str; 2]| {
        let same = effects
            .iter()
            .filter(|(_, effect)| (*effect > 0.0) == rising);
        let columns: Vec<String> = same.map(|(name, _)| name.clone()).collect();
        let verb = if columns.len() == 1 { one } else { many };
        (!columns.is_empty()).then(|| format!("{} {verb}", listed(&columns)))
    };
    match (clause(true, up), clause(false, down)) {
        (None, None) => "little moves in any one column".to_owned(),
        (Some(only), None) | (None, Some(only)) => only,
        (Some(up), Some(down)) => format!("{up}, and {down}"),
    }
}

/// A number as a person writes it: `128,000`, `-1`, `5.5`.
fn plain(value: f64) -> String {
    let digits = format!("{}", value.abs());
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{rest}")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
