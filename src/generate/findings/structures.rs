//! Findings about factors, curves and interactions.

use super::finding::{Finding, FindingKind, Truth};
use crate::generate::world::Latent;
use crate::scenario::InteractionKind;

use super::phrasing::{capital, directions, listed, names, plain, words};
use super::writer::FindingWriter;

impl FindingWriter<'_> {
    pub(super) fn factor(&self, at: usize, latent: &Latent) -> Finding {
        let effects = self.factor_effects(at, latent);
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
            statement: format!(
                "A continuous gradient from “{}” to “{}”. Towards the latter, \
                 {}.{carried}{together}",
                latent.low,
                latent.high,
                directions(&effects),
            ),
            how_to_notice: format!(
                "on ranks or logs, {} vary together: a principal component or a factor loads on them",
                listed(&names(&effects))
            ),
            accepted:
                "another name for the same gradient; the opposite direction; a score built from \
                       these columns"
                    .to_owned(),
            // The name alone is an everyday word ("trust"), so it counts only next to a column.
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
            truth: Truth::Factor { latent: at },
            disclosed: false,
            table: None,
        }
    }

    pub(super) fn curve(&self, at: usize, latent: &Latent) -> Finding {
        let effects = self.effects(&latent.name);
        Finding {
            id: latent.name.clone(),
            kind: FindingKind::Structure,
            title: format!("{}, along a curve", capital(&latent.about)),
            statement: format!(
                "A curved path from “{}” to “{}”. Along it, {} change direction, level off or \
                 change slope, so rows far apart on the path can look alike in one column.",
                latent.low,
                latent.high,
                listed(&names(&effects)),
            ),
            how_to_notice: format!(
                "{} depend on each other non-linearly, and correlations show at most part of it: \
                 look at scatter plots and binned means",
                listed(&names(&effects))
            ),
            accepted:
                "a curve, a horseshoe or a non-linear relation between these columns; a stage or \
                       a phase; the curve as an artefact of one column, if argued"
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
            truth: Truth::Curve { latent: at },
            disclosed: false,
            table: None,
        }
    }

    pub(super) fn interaction(&self) -> Option<Finding> {
        let interaction = self.world.interaction.as_ref()?;
        let effects = self.effects(&interaction.name);
        let [a, b] = interaction.on.map(|at| &self.world.latents[at]);
        let says = match interaction.kind {
            InteractionKind::Product => format!(
                "Where “{}” meets “{}”, or “{}” meets “{}”, {}; in the mixed corners the \
                 effect is reversed. Neither gradient has this effect alone.",
                a.high,
                b.high,
                a.low,
                b.low,
                directions(&effects)
            ),
            InteractionKind::Simpson => format!(
                "Over all rows, towards “{}”, {}. But within each side of a split along that same \
                 gradient the direction is reversed: the two sides overlap, and the step \
                 between them hides the slope within them.",
                a.high,
                directions(&effects),
            ),
            InteractionKind::Reversal => format!(
                "Towards “{}”, {} but only on the side of “{}”; on the side of “{}” the sign is \
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
            statement: says,
            how_to_notice: match interaction.kind {
                InteractionKind::Simpson => format!(
                    "within each side of the split, the relation to {} changes sign",
                    listed(&names(&effects))
                ),
                _ => format!(
                    "after a split by one gradient, the other's relation to {} changes",
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
                    self.world.latent_column(interaction.on[0]),
                    match interaction.kind {
                        InteractionKind::Simpson => self.world.split_column(0),
                        _ => self.world.latent_column(interaction.on[1]),
                    },
                ],
            },
            disclosed: false,
            table: None,
        })
    }
}
