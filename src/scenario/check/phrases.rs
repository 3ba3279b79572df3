//! What people write: phrases and their slots.

use super::checker::Checker;
use crate::scenario::library::closest;
use crate::scenario::locate::Step::{Item, Key};
use crate::scenario::spec::ScenarioSpec;

impl Checker<'_> {
    pub(super) fn phrases(&mut self, spec: &ScenarioSpec) {
        let text_columns = spec
            .column
            .iter()
            .filter(|column| column.kind == "text")
            .count();
        self.require(
            text_columns == 0 || !spec.phrase.is_empty(),
            &[Key("column")],
            || "there is a text column but no `[[phrase]]`".to_owned(),
        );
        let said = spec
            .phrase
            .iter()
            .enumerate()
            .map(|(at, phrase)| ("phrase", at, &phrase.says));
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
            for (name, lean) in &phrase.leans {
                let path = [Key("phrase"), Item(at), Key("leans"), Key(name)];
                self.range(*lean, -10.0, 10.0, &path);
                let known = || {
                    spec.factor
                        .iter()
                        .map(|f| f.name.as_str())
                        .chain(spec.ridge.iter().map(|r| r.name.as_str()))
                };
                if !known().any(|factor| factor == name) {
                    let hint = closest(name, known()).map(|near| format!("did you mean `{near}`?"));
                    self.problem(
                        &[Key("phrase"), Item(at), Key("leans"), Key(name)],
                        format!("there is no factor or ridge `{name}`"),
                        hint,
                    );
                }
            }
        }
    }
}

/// Names of the slots in a phrase.
fn slots_of(says: &str) -> impl Iterator<Item = &str> {
    says.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
}
