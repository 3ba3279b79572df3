//! The pool of defects.

use super::checker::Checker;
use super::child_defects::names_of;
use super::phrases::slots_of;
use crate::scenario::catalogue::{DefectOperation, KindRecord, Repair, TargetColumns, record_of};
use crate::scenario::kinds::DefectKind;
use crate::scenario::locate::PathStep::{self, Item, Key};
use crate::scenario::plan::{ChildPlan, DefectPlan, Dependence};
use crate::scenario::plan_columns::{ColumnKind, ColumnPlan, Marginal};
use crate::scenario::spec::{DefectSpec, ScenarioSpec};
use crate::scenario::suggest::did_you_mean;

/// With more bots than this, people would be the exception.
const MOST_BOTS: f64 = 0.5;
/// Default texts of bots.
const BOT_TEXTS: [&str; 1] = ["ping"];
/// Default texts of testers.
const TEST_TEXTS: [&str; 4] = ["test", "asdf", "test test", "Test 123"];
/// Half of a column of whole numbers in another unit stays above this.
const LEAST_SLIPPED: f64 = 20.0;
/// Columns of numbers that no defect of the written form may make text.
const LEAST_NUMERIC: usize = 8;

impl Checker<'_> {
    pub(super) fn defects(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
        children: &[ChildPlan],
    ) -> Vec<DefectPlan> {
        let mut plans = Vec::new();
        for (at, defect) in spec.defect.iter().enumerate() {
            let Some(name) = &defect.table else {
                self.elsewhere = children.iter().map(names_of).collect();
                plans.push(self.defect(defect, at, columns));
                continue;
            };
            let Some(child) = self.child_of(name, at, children) else {
                continue;
            };
            self.in_child(defect, at);
            let plan = &children[child];
            let main = std::mem::replace(&mut self.names, names_of(plan).1);
            self.elsewhere = vec![(None, main.clone())];
            let planned = self.defect(defect, at, &plan.columns);
            self.names = main;
            plans.push(DefectPlan {
                table: Some(child),
                ..planned
            });
        }
        self.elsewhere.clear();
        let numbers = columns.iter().filter(|plan| measured(&plan.kind)).count();
        let main = plans.iter().filter(|plan| plan.table.is_none());
        let written = main
            .map(|plan| record_of(plan.kind).operation)
            .any(|effect| effect == DefectOperation::DecimalComma);
        self.require(
            !written || numbers > LEAST_NUMERIC,
            &[Key("defect")],
            || {
                format!("with a decimal comma in one of {numbers} numeric columns, fewer than {LEAST_NUMERIC} stay numeric")
            },
        );
        plans
    }

    fn defect(&mut self, defect: &DefectSpec, at: usize, columns: &[ColumnPlan]) -> DefectPlan {
        let record = record_of(defect.kind);
        let rate = defect.rate.unwrap_or(record.rate);
        let most = if record.operation == DefectOperation::Override {
            MOST_BOTS
        } else {
            1.0
        };
        self.pair(rate, 0.0, most, &[Key("defect"), Item(at), Key("rate")]);
        let mut touched = Vec::new();
        for (place, name) in defect.columns.iter().enumerate() {
            let path = [Key("defect"), Item(at), Key("columns"), Item(place)];
            touched.extend(self.position(name, &path));
        }
        let mut sources = Vec::new();
        for (place, name) in defect.sources.iter().enumerate() {
            let path = [Key("defect"), Item(at), Key("sources"), Item(place)];
            if let Some(source) = self.position(name, &path) {
                let category = matches!(columns[source].kind, ColumnKind::Category { .. });
                self.require(category, &path, || {
                    format!("`{name}` is not a category; a source is a level of a category")
                });
                sources.push(source);
            }
        }
        self.needs(defect, record, at);
        self.targets(defect, record, at, columns, &touched);
        self.words(defect, at, columns, &touched);
        let depends_on = self.depends_on(defect, at, columns);
        DefectPlan {
            line: self.line(&[Key("defect"), Item(at)]),
            kind: defect.kind,
            table: None,
            together: together(defect, record),
            columns: touched,
            sources,
            rate,
            values: values(defect),
            spellings: defect.spellings.clone(),
            texts: texts(defect),
            depends_on,
            strength: defect.strength.unwrap_or([0.3, 0.8]),
            stealth: defect.stealth.unwrap_or([0.0, 0.0]),
            decoy: defect.decoy,
            cause: defect.cause.clone(),
            brief_note: defect.brief_note.clone(),
        }
    }

    /// What a kind cannot do without.
    fn needs(&mut self, defect: &DefectSpec, record: &KindRecord, at: usize) {
        let here = [Key("defect"), Item(at)];
        let optional = matches!(
            record.needs.target,
            TargetColumns::Nothing | TargetColumns::MaybeCategories
        );
        let needs_values = record.needs.values.is_some();
        for (needed, there, key) in [
            (!optional, !defect.columns.is_empty(), "columns"),
            (record.needs.source, !defect.sources.is_empty(), "sources"),
            (needs_values, !defect.values.is_empty(), "values"),
        ] {
            self.require(!needed || there, &here, || {
                format!("a defect of kind `{}` needs `{key}`", record.word)
            });
        }
        self.require(
            record.needs.target != TargetColumns::Nothing || defect.columns.is_empty(),
            &[Key("defect"), Item(at), Key("columns")],
            || format!("a defect of kind `{}` takes no `columns`", record.word),
        );
        if let Some((low, high)) = record.needs.values {
            for value in &defect.values {
                self.range(*value, low, high, &[Key("defect"), Item(at), Key("values")]);
            }
        }
        let chosen = together(defect, record);
        self.require(
            chosen >= 1 && (chosen <= defect.columns.len() || defect.columns.is_empty()),
            &[Key("defect"), Item(at), Key("together")],
            || format!("found {chosen}, expected 1 to the number of `columns`"),
        );
    }

    /// Whether what is filled in can be, and every spelling is of a level that there is.
    fn words(&mut self, defect: &DefectSpec, at: usize, columns: &[ColumnPlan], touched: &[usize]) {
        for slot in slots_of(&defect.cause).filter(|slot| *slot != "column") {
            let says = format!("`{{{slot}}}` is not filled in, only `{{column}}` is");
            self.problem(&[Key("defect"), Item(at), Key("cause")], says, None);
        }
        self.require(
            !touched.is_empty() || !defect.cause.contains("{column}"),
            &[Key("defect"), Item(at), Key("cause")],
            || "`{column}` cannot be filled in: this defect has no `columns`".to_owned(),
        );
        for (level, variants) in &defect.spellings {
            let path = [Key("defect"), Item(at), Key("spellings"), Key(level)];
            let levels = touched.iter().flat_map(|at| match &columns[*at].kind {
                ColumnKind::Category { levels, .. } => levels.as_slice(),
                _ => &[],
            });
            let names: Vec<&str> = levels.map(|level| level.name.as_str()).collect();
            if !names.contains(&level.as_str()) {
                let hint = did_you_mean(level, names.iter().copied());
                self.problem(&path, format!("there is no level `{level}`"), hint);
            }
            self.require(!variants.is_empty(), &path, || {
                format!("`{level}` needs at least one other spelling")
            });
        }
    }

    /// Whether the columns are of a kind that it can touch.
    fn targets(
        &mut self,
        defect: &DefectSpec,
        record: &KindRecord,
        at: usize,
        columns: &[ColumnPlan],
        touched: &[usize],
    ) {
        let path = [Key("defect"), Item(at), Key("columns")];
        for column in touched {
            let plan = &columns[*column];
            let (fits, expected) = match record.needs.target {
                TargetColumns::Numbers | TargetColumns::Pair | TargetColumns::Run => (
                    measured(&plan.kind),
                    "is not numeric; this kind of defect needs numeric columns",
                ),
                TargetColumns::Spelled
                | TargetColumns::Categories
                | TargetColumns::MaybeCategories => (
                    matches!(plan.kind, ColumnKind::Category { .. }),
                    "is not a category; this kind of defect needs categories",
                ),
                TargetColumns::Nothing => (
                    !matches!(
                        plan.kind,
                        ColumnKind::Identifier { .. } | ColumnKind::Embedding { .. }
                    ),
                    "is an id or an embedding, which no defect changes",
                ),
            };
            self.require(fits, &path, || format!("`{}` {expected}", plan.name));
            self.leftovers(defect, record, &path, (columns, *column));
            if record.needs.target == TargetColumns::Spelled
                && let ColumnKind::Category { levels, .. } = &plan.kind
            {
                let spelled = levels.iter().any(|level| {
                    let variants = defect.spellings.get(&level.name);
                    variants.is_some_and(|variants| !variants.is_empty())
                });
                let path = [Key("defect"), Item(at), Key("spellings")];
                self.require(spelled, &path, || {
                    format!("no level of `{}` has spellings", plan.name)
                });
            }
        }
        let least = match record.needs.target {
            TargetColumns::Pair => 2,
            TargetColumns::Run => 3,
            _ => 0,
        };
        self.require(touched.len() >= least, &path, || {
            format!("found {} columns, expected at least {least}", touched.len())
        });
        if record.needs.target == TargetColumns::Run {
            let side_by_side = touched.windows(2).all(|pair| pair[1] == pair[0] + 1);
            self.require(side_by_side, &path, || {
                "these columns are not adjacent in this order".to_owned()
            });
        }
    }

    /// A value that the defect destroys must not be recoverable from another column, and one that
    /// can be restored must not be lost to rounding.
    fn leftovers(
        &mut self,
        defect: &DefectSpec,
        record: &KindRecord,
        path: &[PathStep<'_>],
        (columns, at): (&[ColumnPlan], usize),
    ) {
        let name = &columns[at].name;
        let made_of = |plan: &&ColumnPlan| match &plan.kind {
            ColumnKind::Derived { of, over, .. } => {
                of.iter().chain(over).any(|(part, _)| *part == at)
            }
            _ => false,
        };
        let derived = columns.iter().find(made_of);
        if let (Some(derived), Repair::Flag, TargetColumns::Numbers) =
            (derived, record.repair, record.needs.target)
        {
            let says = format!(
                "`{}` is computed from `{name}` before defects are planted, so the values that this \
                 defect removes can be recovered from it",
                derived.name
            );
            let hint = format!("remove `{name}` from one of the two");
            self.problem(path, says, Some(hint));
        }
        if let (DefectKind::UnitSlip, ColumnKind::Count(marginal)) =
            (defect.kind, &columns[at].kind)
        {
            let middle = match marginal {
                Marginal::LongTail { median, .. } => *median,
                Marginal::Rate { rate } => *rate,
                _ => f64::INFINITY,
            };
            for factor in &defect.values {
                self.require(middle * factor >= LEAST_SLIPPED, path, || {
                    format!(
                        "`{name}` has whole numbers around {middle}: times {factor}, most of them round \
                         to almost nothing and cannot be recovered"
                    )
                });
            }
        }
    }

    fn depends_on(
        &mut self,
        defect: &DefectSpec,
        at: usize,
        columns: &[ColumnPlan],
    ) -> Vec<Dependence> {
        let mut depends_on = Vec::new();
        for (place, name) in defect.depends_on.iter().enumerate() {
            let path = [Key("defect"), Item(at), Key("depends_on"), Item(place)];
            match name.as_str() {
                "structure" => depends_on.push(Dependence::Structure),
                "value" => {
                    let numbers = record_of(defect.kind).needs.target == TargetColumns::Numbers;
                    self.require(numbers, &path, || {
                        "this kind of defect does not change numeric columns, so it cannot depend on the value"
                            .to_owned()
                    });
                    depends_on.push(Dependence::Value);
                }
                name => {
                    if let Some(column) = self.position(name, &path) {
                        self.require(measured(&columns[column].kind), &path, || {
                            format!("`{name}` is not numeric; a defect can only depend on a numeric column")
                        });
                        depends_on.push(Dependence::Column(column));
                    }
                }
            }
        }
        let here = [Key("defect"), Item(at), Key("depends_on")];
        let effect = record_of(defect.kind).operation;
        self.require(
            depends_on.is_empty()
                || !matches!(effect, DefectOperation::Override | DefectOperation::Repeat),
            &here,
            || {
                format!(
                    "a defect of kind `{}` picks entities, not rows, so it takes no `depends_on`",
                    record_of(defect.kind).word
                )
            },
        );
        // The texts of these two kinds name what they depend on.
        let other = match defect.kind {
            DefectKind::Survivorship => depends_on.iter().any(|one| *one != Dependence::Structure),
            DefectKind::MissingByValue => depends_on.iter().any(|one| *one != Dependence::Value),
            _ => false,
        };
        self.require(!other, &here, || {
            let word = record_of(defect.kind).word;
            format!("`{word}` already implies what it depends on: remove `depends_on`")
        });
        if depends_on.is_empty() {
            match defect.kind {
                DefectKind::Survivorship => depends_on.push(Dependence::Structure),
                DefectKind::MissingByValue => depends_on.push(Dependence::Value),
                _ => {}
            }
        }
        depends_on
    }
}

/// Whether a column holds numbers with a marginal of their own.
fn measured(kind: &ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Real(_) | ColumnKind::Count(_) | ColumnKind::Fraction(_)
    )
}

fn together(defect: &DefectSpec, record: &KindRecord) -> usize {
    match record.needs.target {
        TargetColumns::Pair => 2,
        TargetColumns::Run => defect.columns.len(),
        _ => defect.together.unwrap_or(1) as usize,
    }
}

/// Values that the kind knows itself need not be written.
fn values(defect: &DefectSpec) -> Vec<f64> {
    match defect.kind {
        DefectKind::PercentFraction => vec![100.0],
        DefectKind::ZeroFill => vec![0.0],
        _ => defect.values.clone(),
    }
}

fn texts(defect: &DefectSpec) -> Vec<String> {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match defect.kind {
        _ if !defect.texts.is_empty() => defect.texts.clone(),
        DefectKind::Bots => own(&BOT_TEXTS),
        DefectKind::TestAccounts => own(&TEST_TEXTS),
        _ => Vec::new(),
    }
}
