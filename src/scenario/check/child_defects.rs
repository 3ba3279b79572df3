//! Defects of child tables: which table, and what may go wrong in one.

use super::checker::Checker;
use crate::scenario::catalogue::{kinds, record_of};
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan::ChildPlan;
use crate::scenario::spec::DefectSpec;
use crate::scenario::suggest::closest;

impl Checker<'_> {
    /// Position of the child table that a defect names.
    pub(super) fn child_of(
        &mut self,
        name: &str,
        at: usize,
        children: &[ChildPlan],
    ) -> Option<usize> {
        let found = children.iter().position(|child| child.name == name);
        if found.is_none() {
            let names: Vec<&str> = children.iter().map(|child| child.name.as_str()).collect();
            let hint = match closest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => {
                    "remove it: this scenario only has the main table".to_owned()
                }
                None => format!(
                    "expected one of {}; remove `table` for the main table",
                    names.join(", ")
                ),
            };
            let path = [Key("defect"), Item(at), Key("table")];
            self.problem(
                &path,
                format!("there is no child table `{name}`"),
                Some(hint),
            );
        }
        found
    }

    /// What a defect of a child table may be.
    pub(super) fn in_child(&mut self, defect: &DefectSpec, at: usize) {
        let record = record_of(defect.kind);
        if !record.operation.in_child() {
            let known = kinds().filter(|record| record.operation.in_child());
            let known: Vec<&str> = known.map(|record| record.word).collect();
            let says = format!(
                "a child table cannot have a defect of kind `{}`: its rows have no entities or latent types of their own",
                record.word
            );
            let hint = format!("expected one of {}", known.join(", "));
            self.problem(&[Key("defect"), Item(at), Key("kind")], says, Some(hint));
        }
        if defect.decoy {
            let says = "a defect of a child table cannot be a decoy: decoys mislead a clustering of the main table".to_owned();
            let hint = "remove either `decoy` or `table`".to_owned();
            self.problem(&[Key("defect"), Item(at), Key("decoy")], says, Some(hint));
        }
    }
}

/// A child table with the names of its columns.
pub(super) fn names_of(child: &ChildPlan) -> (Option<String>, Vec<String>) {
    let names = child.columns.iter().map(|column| column.name.clone());
    (Some(child.name.clone()), names.collect())
}
