//! Findings about what was planted: defects, and the anomaly that is real.

use crate::generate::catalogue::record_of;
use crate::generate::finding::{Finding, FindingKind, Truth};
use crate::generate::world::Instance;
use crate::scenario::{DefectKind, InnocentKind};
use crate::table::show_time;

use super::phrasing::{capital, listed, plain, quoted, words};
use super::teller::Teller;

impl Teller<'_> {
    pub(super) fn defect(&self, instance: &Instance) -> Finding {
        let record = record_of(instance.kind);
        let mut hints = self.named(record.hints);
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
            says: format!("{}. {}.", capital(&instance.cause), self.detail(instance)),
            columns: self.columns_of(instance),
            notice: self.entity_in(record.notice),
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
    pub(super) fn columns_of(&self, instance: &Instance) -> Vec<String> {
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

    pub(super) fn innocent(&self) -> Finding {
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
                    "large {entity}",
                    "few {entity}s",
                    "heavy user",
                    "top {entity}s",
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
            words: self.named(&hints),
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

    /// The scenario's entity in place of `{entity}`.
    fn entity_in(&self, text: &str) -> String {
        text.replace("{entity}", &self.scenario.entity.name)
    }

    fn named(&self, known: &[&str]) -> Vec<String> {
        known.iter().map(|word| self.entity_in(word)).collect()
    }

    /// The particulars of one instance, in a sentence without its full stop.
    fn detail(&self, instance: &Instance) -> String {
        let told = detail(instance);
        match (instance.kind, self.column("text")) {
            (DefectKind::LoudBots, Some(_)) => format!("{told}, their text is always the same"),
            _ => told,
        }
    }
}

/// What can be said without the scenario.
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
        DefectKind::LoudBots => format!("Their {columns} stays close to {}", plain(value)),
    }
}
