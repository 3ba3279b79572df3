//! The pool of defects.

use super::checker::Checker;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::plan::DefectPlan;
use crate::scenario::plan_columns::{ColumnPlan, Kind};
use crate::scenario::spec::{DefectKind, DefectSpec, ScenarioSpec};

/// Planted values beyond this do not fit a column of whole numbers once they are scaled.
const LARGEST_VALUE: f64 = 1e12;
/// More programs than this are no longer an exception among the people.
const MOST_BOTS: f64 = 0.5;

impl Checker<'_> {
    pub(super) fn defects(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<DefectPlan> {
        let mut plans = Vec::new();
        for (at, defect) in spec.defect.iter().enumerate() {
            self.pair(
                defect.rate,
                0.0,
                1.0,
                &[Key("defect"), Item(at), Key("rate")],
            );
            let mut touched = Vec::new();
            for (place, name) in defect.columns.iter().enumerate() {
                touched.extend(self.position(
                    name,
                    &[Key("defect"), Item(at), Key("columns"), Item(place)],
                ));
            }
            let mut sources = Vec::new();
            for (place, name) in defect.sources.iter().enumerate() {
                let path = [Key("defect"), Item(at), Key("sources"), Item(place)];
                if let Some(source) = self.position(name, &path) {
                    let category = matches!(columns[source].kind, Kind::Category { .. });
                    self.require(category, &path, || {
                        format!("`{name}` is no category; a source is a level of one")
                    });
                    sources.push(source);
                }
            }
            self.needs(defect, at, columns, &touched);
            plans.push(DefectPlan {
                kind: defect.kind,
                columns: touched,
                together: defect.together as usize,
                sources,
                rate: defect.rate,
                values: defect.values.clone(),
                spellings: defect.spellings.clone(),
                decoy: defect.decoy,
                cause: defect.cause.clone(),
            });
        }
        plans
    }

    /// What each kind of defect cannot do without.
    pub(super) fn needs(
        &mut self,
        defect: &DefectSpec,
        at: usize,
        columns: &[ColumnPlan],
        touched: &[usize],
    ) {
        use DefectKind::{
            DefaultSpike, ExactDuplicates, LoudBots, MissingBySource, RetryStorm, Sentinel,
            SpellingVariants, TimeZoneShift, UnitSlip,
        };
        let here = [Key("defect"), Item(at)];
        let (column, source, value) = match defect.kind {
            UnitSlip => (true, true, true),
            Sentinel | DefaultSpike | LoudBots => (true, false, true),
            MissingBySource => (true, true, false),
            SpellingVariants => (true, false, false),
            TimeZoneShift => (false, true, true),
            ExactDuplicates | RetryStorm => (false, false, false),
        };
        for (needed, there, key) in [
            (column, !defect.columns.is_empty(), "columns"),
            (source, !defect.sources.is_empty(), "sources"),
            (value, !defect.values.is_empty(), "values"),
        ] {
            self.require(!needed || there, &here, || {
                format!("this kind of defect needs `{key}`")
            });
        }
        self.require(
            defect.together >= 1
                && (defect.together as usize <= defect.columns.len() || defect.columns.is_empty()),
            &[Key("defect"), Item(at), Key("together")],
            || {
                format!(
                    "found {}, expected 1 to the number of `columns`",
                    defect.together
                )
            },
        );
        let (low, high) = match defect.kind {
            // A factor, or hours.
            UnitSlip => (1e-6, 1e6),
            TimeZoneShift => (-24.0, 24.0),
            _ => (-LARGEST_VALUE, LARGEST_VALUE),
        };
        for value in &defect.values {
            let path = [Key("defect"), Item(at), Key("values")];
            self.range(*value, low, high, &path);
        }
        if defect.kind == LoudBots {
            let path = [Key("defect"), Item(at), Key("rate")];
            self.pair(defect.rate, 0.0, MOST_BOTS, &path);
        }
        for column in touched {
            let kind = &columns[*column].kind;
            let whole = matches!(kind, Kind::Identifier { .. } | Kind::Embedding { .. });
            self.require(!whole, &[Key("defect"), Item(at), Key("columns")], || {
                let name = &columns[*column].name;
                format!(
                    "`{name}` is of kind `{}`, which no defect changes",
                    kind.word()
                )
            });
        }
        let numeric = matches!(defect.kind, UnitSlip | Sentinel | DefaultSpike | LoudBots);
        let measured = |kind: &Kind| kind.takes_structures() && !matches!(kind, Kind::Flag { .. });
        for column in touched
            .iter()
            .filter(|column| numeric && !measured(&columns[**column].kind))
        {
            let says = format!(
                "`{}` holds no numbers; this kind of defect needs them",
                columns[*column].name
            );
            self.problem(&[Key("defect"), Item(at), Key("columns")], says, None);
        }
        if defect.kind == SpellingVariants {
            for column in touched {
                let Kind::Category { levels, .. } = &columns[*column].kind else {
                    let says = format!("`{}` is no category", columns[*column].name);
                    self.problem(&[Key("defect"), Item(at), Key("columns")], says, None);
                    continue;
                };
                let written = levels.iter().any(|level| {
                    defect
                        .spellings
                        .get(&level.name)
                        .is_some_and(|variants| !variants.is_empty())
                });
                self.require(
                    written,
                    &[Key("defect"), Item(at), Key("spellings")],
                    || format!("no level of `{}` has spellings", columns[*column].name),
                );
            }
        }
    }
}
