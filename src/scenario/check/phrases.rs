//! What people write: phrases and their slots.

use super::checker::Checker;
use super::conditions::unit_of;
use crate::scenario::library::closest;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::PhrasePlan;
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::plan_effects::Condition;
use crate::scenario::spec::{PhraseSpec, ScenarioSpec};

impl Checker<'_> {
    /// Every phrase with its text column.
    pub(super) fn phrases(
        &mut self,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<PhrasePlan> {
        let text: Vec<usize> = (0..spec.column.len())
            .filter(|at| spec.column[*at].kind == "text")
            .collect();
        let mut phrases = Vec::new();
        for (at, phrase) in spec.phrase.iter().enumerate() {
            self.range(
                phrase.weight,
                0.01,
                100.0,
                &[Key("phrase"), Item(at), Key("weight")],
            );
            let path = [Key("phrase"), Item(at), Key("column")];
            let column = match (&phrase.column, text.as_slice()) {
                (Some(name), _) => self.position(name, &path).filter(|column| {
                    let fits = text.contains(column);
                    let kind = &spec.column[*column].kind;
                    self.require(fits, &path, || {
                        format!("`{name}` is of kind `{kind}`, expected a text column")
                    });
                    fits
                }),
                (None, [] | [_]) => text.first().copied(),
                (None, several) => {
                    let names: Vec<&str> = several
                        .iter()
                        .map(|column| spec.column[*column].name.as_str())
                        .collect();
                    let says = format!("there are {} text columns: for which?", several.len());
                    let hint = format!("add `column = \"…\"`, one of {}", names.join(", "));
                    self.problem(&path, says, Some(hint));
                    None
                }
            };
            phrases.push(PhrasePlan {
                column: column.unwrap_or(0),
                text: phrase.text.clone(),
                weight: phrase.weight,
                factors: phrase.factors.clone(),
                conditions: self.written_with(phrase, at, spec, columns),
            });
        }
        for column in text {
            let mut own = phrases.iter().filter(|phrase| phrase.column == column);
            let said = own.any(|phrase| phrase.conditions.is_empty());
            self.require(said, &[Key("column"), Item(column)], || {
                format!(
                    "the text column `{}` has no `[[phrase]]` that every row may have",
                    spec.column[column].name
                )
            });
        }
        self.sayings(spec);
        let careless = &spec.text;
        // Beyond one slip in ten letters a text is noise.
        self.range(careless.typos, 0.0, 0.1, &[Key("text"), Key("typos")]);
        self.range(careless.lower, 0.0, 1.0, &[Key("text"), Key("lower")]);
        self.range(careless.no_stop, 0.0, 1.0, &[Key("text"), Key("no_stop")]);
        phrases
    }

    /// What has to hold of a row in which the phrase is written.
    fn written_with(
        &mut self,
        phrase: &PhraseSpec,
        at: usize,
        spec: &ScenarioSpec,
        columns: &[ColumnPlan],
    ) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (name, wanted) in &phrase.conditions {
            let path = [Key("phrase"), Item(at), Key("where"), Key(name)];
            let condition = match unit_of(name) {
                Some(unit) => self.when((name, unit), wanted, spec, &path),
                None => self
                    .position(name, &path)
                    .and_then(|column| self.condition(column, columns.get(column)?, wanted, &path)),
            };
            conditions.extend(condition);
        }
        conditions
    }

    /// Slots have words, and leans name factors.
    fn sayings(&mut self, spec: &ScenarioSpec) {
        let said = spec
            .phrase
            .iter()
            .enumerate()
            .map(|(at, phrase)| ("phrase", at, &phrase.text));
        let rare = spec
            .rare
            .iter()
            .enumerate()
            .flat_map(|(at, rare)| rare.phrases.iter().map(move |says| ("rare", at, says)));
        for (pool, at, says) in said.chain(rare) {
            for slot in slots_of(says) {
                if spec.slot.get(slot).is_none_or(Vec::is_empty) {
                    let hint = closest(slot, spec.slot.keys().map(String::as_str))
                        .map(|near| format!("did you mean `{{{near}}}`?"));
                    self.problem(
                        &[Key(pool), Item(at)],
                        format!("there are no words for the slot `{{{slot}}}`"),
                        hint,
                    );
                }
            }
        }
        for (at, phrase) in spec.phrase.iter().enumerate() {
            for (name, lean) in &phrase.factors {
                let path = [Key("phrase"), Item(at), Key("factors"), Key(name)];
                self.range(*lean, -10.0, 10.0, &path);
                let known = || {
                    spec.factor
                        .iter()
                        .map(|f| f.name.as_str())
                        .chain(spec.curve.iter().map(|r| r.name.as_str()))
                };
                if !known().any(|factor| factor == name) {
                    let hint = closest(name, known()).map(|near| format!("did you mean `{near}`?"));
                    self.problem(
                        &[Key("phrase"), Item(at), Key("factors"), Key(name)],
                        format!("there is no factor or ridge `{name}`"),
                        hint,
                    );
                }
            }
        }
    }
}

/// Names of the slots in a phrase.
pub(super) fn slots_of(says: &str) -> impl Iterator<Item = &str> {
    says.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
}
