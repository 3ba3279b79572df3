//! Findings about changes, rare groups and groupings.

use super::finding::{Finding, FindingKind, Truth};
use crate::table::show_date;

use super::phrasing::{dates, directions, levels, listed, names, words};
use super::writer::FindingWriter;

impl FindingWriter<'_> {
    pub(super) fn change(&self) -> Option<Finding> {
        let change = self.world.change.as_ref()?;
        let effects = self.effects(&change.name);
        let day = show_date(change.from);
        let gradual = change.ramp_days > 0.0;
        let pace = if gradual {
            format!("Over {:.0} days from {day}", change.ramp_days)
        } else {
            format!("Overnight, on {day}")
        };
        Some(Finding {
            id: change.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A change: {}", change.about),
            statement: format!(
                "{pace}, {}. From then on {}.",
                change.about,
                directions(&effects)
            ),
            how_to_notice: format!(
                "the daily medians of {} {} on that date",
                listed(&names(&effects)),
                if gradual { "start to drift" } else { "jump" }
            ),
            accepted: "a release, an incident or a change of definition around that date; \
                       seasonality, if the report notices the step"
                .to_owned(),
            words: dates(change.from, change.ramp_days)
                .into_iter()
                .chain(words(&[
                    "structural break",
                    "change point",
                    "regime", // said in reports; neither a term of ours nor a stream
                    &change.about,
                ]))
                .collect(),
            hints: words(&[
                &change.name.replace('-', " "),
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
            truth: Truth::Change {
                column: change.column(),
            },
            disclosed: false,
            table: None,
        })
    }

    pub(super) fn rare(&self) -> Option<Finding> {
        let rare = self.world.rare.as_ref()?;
        let effects = self.effects(&rare.name);
        let speaks = self.has_text() && !rare.phrases.is_empty();
        let voice = if speaks {
            ", and have texts of their own"
        } else {
            ""
        };
        Some(Finding {
            id: rare.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A small real group: {}", rare.about),
            statement: format!(
                "About {:.1} % of rows form a small real group: {}. In these rows, {}, all at once.",
                100.0 * rare.share,
                rare.about,
                levels(&effects)
            ),
            how_to_notice: format!(
                "rows that are unusual in {} at the same time{voice}",
                listed(&names(&effects))
            ),
            accepted: "the same rows under another name; a use case; outliers kept on purpose"
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
                column: rare.column(),
            },
            disclosed: false,
            table: None,
        })
    }

    pub(super) fn groups(&self) -> Finding {
        let world = self.world;
        let archetypes = &world.archetypes;
        let [a, b] = archetypes.on.map(|at| &self.world.latents[at]);
        let sides: Vec<&str> = self
            .world
            .splits
            .iter()
            .map(|split| self.world.latents[split.on].about.as_str())
            .collect();
        let splits = match sides.as_slice() {
            [only] => format!(
                "A split along a third gradient ({only}) is equally defensible, and the two \
                 barely agree."
            ),
            several => format!(
                "Splits along each of {} gradients ({}) are equally defensible, and barely agree \
                 with the types or with each other.",
                several.len(),
                several.join("; ")
            ),
        };
        let outcome = self
            .scenario
            .columns
            .iter()
            .find(|column| column.is_outcome());
        let outcome = outcome.map_or_else(String::new, |column| {
            format!(
                " The gradients themselves predict `{}` better than any grouping does.",
                column.name
            )
        });
        let nested = archetypes
            .nested
            .as_ref()
            .map_or_else(String::new, |nested| {
                let parts = nested.types.first().map_or(0, Vec::len);
                format!(" Each type has {parts} soft subtypes.")
            });
        let corners: Vec<String> = archetypes
            .types
            .iter()
            .map(|t| format!("“{}”", t.name))
            .collect();
        Finding {
            id: "groups".to_owned(),
            kind: FindingKind::Groups,
            title: "No clustering is the right one".to_owned(),
            statement: format!(
                "Every row is a mixture of {} types ({}), spread over two gradients: {}, and {}.\
                 {nested} {splits}{outcome}",
                archetypes.types.len(),
                corners.join("; "),
                a.about,
                b.about,
            ),
            columns: Vec::new(),
            how_to_notice:
                "k-means, mixture models and hierarchical clustering disagree; no number of \
                     clusters stands out; the most distinct cluster consists of dirty rows"
                    .to_owned(),
            accepted:
                "a grouping offered as a convenience, with its limits stated; types as corners \
                       of a continuum"
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
                members: (0..archetypes.types.len())
                    .map(|k| world.member_column(k))
                    .collect(),
                sampled: world.sampled_column(),
                splits: (0..world.splits.len())
                    .map(|at| world.split_column(at))
                    .collect(),
                nested: archetypes
                    .nested
                    .iter()
                    .flat_map(|nested| nested.types.iter().enumerate())
                    .flat_map(|(k, parts)| (0..parts.len()).map(move |j| (k, j)))
                    .map(|(k, j)| world.nested_member_column(k, j))
                    .collect(),
            },
            disclosed: false,
            table: None,
        }
    }
}
