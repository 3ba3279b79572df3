//! What people write: phrases and their slots.

use super::checker::Checker;
use super::conditions::unit_of;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::PhrasePlan;
use crate::scenario::plan_columns::ColumnPlan;
use crate::scenario::plan_effects::Condition;
use crate::scenario::spec::{PhraseSpec, ScenarioSpec};
use crate::scenario::suggest::{closest, did_you_mean};

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
                    let says = format!(
                        "there are {} text columns, expected `column`",
                        several.len()
                    );
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
                    "the text column `{}` needs at least one `[[phrase]]` without `where`",
                    spec.column[column].name
                )
            });
        }
        self.sayings(spec);
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
                        format!("the slot `{{{slot}}}` has no words in [slot]"),
                        hint,
                    );
                }
            }
        }
        let factors = spec.factor.iter().map(|factor| factor.name.as_str());
        let curves = spec.curve.iter().map(|curve| curve.name.as_str());
        let known: Vec<&str> = factors.chain(curves).collect();
        for (at, phrase) in spec.phrase.iter().enumerate() {
            for name in phrase
                .factors
                .keys()
                .filter(|name| !known.contains(&name.as_str()))
            {
                let path = [Key("phrase"), Item(at), Key("factors"), Key(name)];
                let says = format!("there is no factor or curve `{name}`");
                self.problem(&path, says, did_you_mean(name, known.iter().copied()));
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
