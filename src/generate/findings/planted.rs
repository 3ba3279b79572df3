//! Findings about defects and the benign anomaly.

use super::finding::{Finding, FindingKind, Truth};
use crate::generate::instance::{Instance, PropensityOn};
use crate::scenario::{BenignKind, ColumnKind, ColumnPlan, DefectKind, DefectOperation, record_of};
use crate::table::{DAY, show_date};

use super::phrasing::{capital, listed, plain, quoted, words};
use super::writer::{FindingWriter, first_of};

impl FindingWriter<'_> {
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
            title: match (&instance.table, instance.decoy) {
                (_, true) => format!("{} (the decoy)", capital(record.title)),
                (Some(table), _) => format!("{} (table {table})", capital(record.title)),
                (None, _) => capital(record.title),
            },
            statement: format!(
                "{}{}. {}.{}",
                place(instance),
                instance
                    .table
                    .as_ref()
                    .map_or_else(|| capital(&instance.cause), |_| instance.cause.clone()),
                capital(&self.detail(instance)),
                self.tied(instance)
            ),
            columns: self.columns_of(instance),
            how_to_notice: self.speaking(record.notice),
            accepted: self.entity_in(record.accepted),
            words,
            hints,
            truth: Truth::Defect {
                instance: instance.id.clone(),
                decoy: instance.decoy,
            },
            disclosed: false,
            table: instance.table.clone(),
        }
    }

    /// What shows a defect: the columns that it touches, columns that identify its rows, its source.
    pub(super) fn columns_of(&self, instance: &Instance) -> Vec<String> {
        let telling = record_of(instance.kind).shown_in;
        let plans = self.plans(instance);
        let kinds = telling
            .iter()
            .filter_map(|word| first_of(plans, |kind| kind.word() == *word));
        let source = instance.source.iter().map(|source| &source.column);
        let columns = instance.columns.iter().chain(kinds).chain(source);
        columns.cloned().collect()
    }

    /// The columns of the table that a defect is in.
    fn plans(&self, instance: &Instance) -> &[ColumnPlan] {
        let child = instance.table.as_ref();
        let child = child.and_then(|name| self.scenario.child(name));
        self.scenario.columns_of(child.map(|(at, _)| at))
    }

    pub(super) fn benign(&self) -> Finding {
        let benign = &self.world.benign;
        let columns = &self.scenario.columns;
        let (says, column, notice, hints) = match benign.kind {
            BenignKind::Promotion | BenignKind::Holiday => {
                let day = |at: Option<&u32>| {
                    let at = at.map_or(0, |day| i64::from(*day));
                    show_date(self.scenario.time.start + at * DAY)
                };
                (
                    format!(
                        "{}: from {} to {}, at {:.1} times the usual rate. These rows are real and \
                         should be kept.",
                        capital(&benign.about),
                        day(benign.days.first()),
                        day(benign.days.last()),
                        benign.size
                    ),
                    first_of(columns, |kind| matches!(kind, ColumnKind::Timestamp)),
                    if benign.kind == BenignKind::Holiday {
                        "the daily count drops for a few days and recovers; nothing else about those rows is unusual"
                    } else {
                        "the daily count rises for a few days; nothing else about those rows is unusual"
                    },
                    if benign.kind == BenignKind::Holiday {
                        [
                            "holiday",
                            "quiet days",
                            "closed",
                            "dip in volume",
                            "fewer rows on",
                            "bank holiday",
                        ]
                    } else {
                        [
                            "launch",
                            "promotion",
                            "traffic",
                            "spike in volume",
                            "peak days",
                            "busy days",
                        ]
                    },
                )
            }
            BenignKind::Whales => (
                format!(
                    "{}: {} of them, each with about {:.0} % of rows and a human daily rhythm. They \
                     are real and should be kept.",
                    capital(&benign.about),
                    benign.entities.len(),
                    100.0 * benign.size
                ),
                first_of(columns, |kind| matches!(kind, ColumnKind::Reference { .. })),
                "a few ids own a large share of rows, spread over days and hours like everyone else's",
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
            id: benign.name.clone(),
            kind: FindingKind::Benign,
            title: format!(
                "Real, although it looks odd: {}",
                benign.name.replace('-', " ")
            ),
            statement: says,
            columns: column.into_iter().cloned().collect(),
            how_to_notice: notice.to_owned(),
            accepted: "mentioned and kept; down-weighted for a stated reason".to_owned(),
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
            truth: Truth::Benign,
            disclosed: false,
            table: None,
        }
    }

    /// How to notice it, without the last clause, about texts, if the table has no text.
    fn speaking(&self, how_to_notice: &str) -> String {
        let clause = how_to_notice.find(", and texts ");
        let end = clause.filter(|_| !self.has_text());
        self.entity_in(&how_to_notice[..end.unwrap_or(how_to_notice.len())])
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
        let value = instance.value.unwrap_or_default();
        let (level, variants) = instance.spellings.clone().unwrap_or_default();
        let end = instance.propensity.as_ref().map_or("", |propensity| {
            let PropensityOn::Latent(at) = propensity.on else {
                return "";
            };
            let latent = &self.world.latents[at];
            if propensity.slope > 0.0 {
                &latent.high
            } else {
                &latent.low
            }
        });
        let shown = if instance.kind == DefectKind::LeakingColumn {
            format!("{:.0} %", 100.0 * value)
        } else {
            plain(value)
        };
        let is_text = |kind: &ColumnKind| matches!(kind, ColumnKind::Text);
        let text = first_of(self.plans(instance), is_text).map_or("", |_| TEXTS);
        let mut detail = self.entity_in(record_of(instance.kind).detail);
        if instance.columns.len() > 1 {
            detail = detail.replace("{columns} is", "{columns} are");
        }
        detail
            .replace("{texts}", text)
            .replace("{share}", &format!("about {:.0} %", 100.0 * instance.rate))
            .replace("{columns}", &listed(&instance.columns))
            .replace("{value}", &shown)
            .replace("{half}", &plain(0.5 * value))
            .replace("{ratio}", &ratio(value))
            .replace("{hours}", &hours(value))
            .replace("{level}", &level)
            .replace("{variants}", &quoted(&variants))
            .replace("{end}", end)
            .replace("{when}", &self.when(instance))
    }

    /// On which dates it happens: `from 2026-04-03 on`, `on the last 3 days`.
    fn when(&self, instance: &Instance) -> String {
        let time = &self.scenario.time;
        let end = time.start + i64::from(time.days) * DAY;
        let date = show_date;
        match instance.window {
            None => String::new(),
            Some([from, to]) if to < end => {
                format!("from {} to {}", date(from), date(to - DAY))
            }
            // Events of a child table may come after the last day of the main table.
            Some([from, _]) if end - from <= 7 * DAY && instance.table.is_none() => {
                format!("on the last {} days", (end - from) / DAY)
            }
            Some([from, _]) => format!("from {} on", date(from)),
        }
    }

    /// What its propensity depends on, and so what dropping its rows would cost.
    fn tied(&self, instance: &Instance) -> String {
        let Some(propensity) = &instance.propensity else {
            return String::new();
        };
        // Rows that were never delivered cannot be dropped, and the detail names the end.
        if record_of(instance.kind).operation == DefectOperation::Remove {
            return String::new();
        }
        let strongly = if propensity.tie > 0.5 {
            "strongly"
        } else {
            "slightly"
        };
        match &propensity.on {
            PropensityOn::Latent(at) => {
                let latent = &self.world.latents[*at];
                let end = if propensity.slope > 0.0 {
                    &latent.high
                } else {
                    &latent.low
                };
                format!(
                    " It depends {strongly} on being near “{end}”: dropping its rows removes part of that end."
                )
            }
            // The text of the kind says so already.
            PropensityOn::Column(name) if instance.columns.contains(name) => String::new(),
            PropensityOn::Column(name) => format!(" It depends {strongly} on `{name}`."),
        }
    }
}

/// `In the table `jobs`: `
fn place(instance: &Instance) -> String {
    let table = instance.table.as_ref();
    table.map_or_else(String::new, |table| format!("In the table `{table}`: "))
}

/// Added for programs where the table has a text column.
const TEXTS: &str = ", their text is one of very few";

/// `1,000 times too large`, `60 times too small`.
fn ratio(factor: f64) -> String {
    if factor > 0.0 && factor < 1.0 {
        format!("{} times too small", plain((10.0 / factor).round() / 10.0))
    } else {
        format!("{} times too large", plain(factor))
    }
}

/// `5 hours too early`.
fn hours(shift: f64) -> String {
    format!(
        "{} hours too {}",
        plain(shift.abs()),
        if shift > 0.0 { "late" } else { "early" }
    )
}
