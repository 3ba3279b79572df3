//! Findings about meaning: gradients, bends, changes, small groups, joint effects, and groups.

use crate::generate::finding::{Finding, FindingKind, Truth};
use crate::generate::world::Latent;
use crate::scenario::InteractionKind;
use crate::table::show_date;

use super::phrasing::{capital, dates, directions, levels, listed, names, plain, words};
use super::teller::Teller;

impl Teller<'_> {
    pub(super) fn factor(&self, at: usize, latent: &Latent) -> Finding {
        let effects = self.straight_effects(at, latent);
        let carried = if latent.between >= 0.3 {
            format!(
                " Much of it is a trait of the {}.",
                self.scenario.entity.name
            )
        } else {
            String::new()
        };
        let mut together = String::new();
        for one in &self.world.correlations {
            if let Some(side) = one.between.iter().position(|latent| *latent == at) {
                let other = &self.world.latents[one.between[1 - side]];
                let with = format!(
                    " It correlates with {} by about {}.",
                    other.about,
                    plain((10.0 * one.by).round() / 10.0)
                );
                together.push_str(&with);
            }
        }
        Finding {
            id: latent.name.clone(),
            kind: FindingKind::Structure,
            title: capital(&latent.about),
            says: format!(
                "A gradient from “{}” to “{}”, without a gap on the way. Towards the latter, \
                 {}.{carried}{together}",
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
            table: None,
        }
    }

    pub(super) fn ridge(&self, latent: &Latent) -> Finding {
        let effects = self.effects(&latent.name);
        Finding {
            id: latent.name.clone(),
            kind: FindingKind::Structure,
            title: format!("{}, along a bend", capital(&latent.about)),
            says: format!(
                "A bent path from “{}” to “{}”. On the way {} turn, level off or change their \
                 pace, so that rows far apart on the path can look alike in one column.",
                latent.low,
                latent.high,
                listed(&names(&effects)),
            ),
            notice: format!(
                "{} hang together along bends, of which correlations tell a part at most: look at \
                 scatters and at means over bins",
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
            table: None,
        }
    }

    pub(super) fn regime(&self) -> Option<Finding> {
        let regime = self.world.regime.as_ref()?;
        let effects = self.effects(&regime.name);
        let day = show_date(regime.from);
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
            table: None,
        })
    }

    pub(super) fn rare(&self) -> Option<Finding> {
        let rare = self.world.rare.as_ref()?;
        let effects = self.effects(&rare.name);
        let speaks = self.column("text").is_some() && !rare.phrases.is_empty();
        let voice = if speaks {
            ", with texts of their own"
        } else {
            ""
        };
        Some(Finding {
            id: rare.name.clone(),
            kind: FindingKind::Structure,
            title: format!("A small real group: {}", rare.about),
            says: format!(
                "About {:.1} % of rows are of a kind of their own: {}. There, {}, all at once.",
                100.0 * rare.share,
                rare.about,
                levels(&effects)
            ),
            notice: format!(
                "rows that are unusual in {} together{voice}",
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
            table: None,
        })
    }

    pub(super) fn interaction(&self) -> Option<Finding> {
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
            InteractionKind::Simpson => format!(
                "Over all rows, towards “{}”, {}. Yet on each side of a split along that same \
                 gradient it is the other way: rows of the two sides overlap, and the step \
                 between the sides hides the slope within them.",
                a.high,
                directions(&effects),
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
            notice: match interaction.kind {
                InteractionKind::Simpson => format!(
                    "within each side of the split, the relation to {} turns round",
                    listed(&names(&effects))
                ),
                _ => format!(
                    "split by one gradient, the other's relation to {} changes",
                    listed(&names(&effects))
                ),
            },
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
                columns: [
                    format!("factor.{}", a.name),
                    match interaction.kind {
                        InteractionKind::Simpson => {
                            let facet = self.world.facets.first();
                            format!("facet.{}", facet.map_or("", |facet| facet.name.as_str()))
                        }
                        _ => format!("factor.{}", b.name),
                    },
                ],
            },
            given: false,
            table: None,
        })
    }

    pub(super) fn groups(&self) -> Finding {
        let blend = &self.world.blend;
        let [a, b] = blend.on.map(|at| &self.world.latents[at]);
        let sides: Vec<&str> = self
            .world
            .facets
            .iter()
            .map(|facet| self.world.latents[facet.on].about.as_str())
            .collect();
        let splits = match sides.as_slice() {
            [only] => format!(
                "A split along a third ({only}) is as defensible, and the two hardly agree."
            ),
            several => format!(
                "Splits along each of {} gradients ({}) are as defensible, and hardly agree with \
                 the types or one another.",
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
                " The gradients themselves tell `{}` better than any grouping does.",
                column.name
            )
        });
        let nested = blend.inner.as_ref().map_or_else(String::new, |inner| {
            let parts = inner.archetypes.first().map_or(0, Vec::len);
            format!(" Each type falls softly into {parts} again.")
        });
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
                "Every row is a mixture of {} types ({}), spread over two gradients: {}, and {}.\
                 {nested} {splits}{outcome}",
                blend.archetypes.len(),
                corners.join("; "),
                a.about,
                b.about,
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
                facets: self
                    .world
                    .facets
                    .iter()
                    .map(|facet| format!("facet.{}", facet.name))
                    .collect(),
                inner: blend
                    .inner
                    .iter()
                    .flat_map(|inner| inner.archetypes.iter().enumerate())
                    .flat_map(|(k, parts)| (0..parts.len()).map(move |j| (k, j)))
                    .map(|(k, j)| format!("member.{}.{k}.{j}", blend.name))
                    .collect(),
            },
            given: false,
            table: None,
        }
    }
}
