//! Sentences of the truth page about one bundle.

use crate::bundle::{DifficultyMeasure, Key, MisleadingClustering, PartialRecovery};
use crate::generate::{Finding, FindingKind, Truth};
use crate::report::decimals;

/// How well one cluster matches the decoy, compared with the other defects.
fn decoy_sentence(key: &Key, decoy: &Finding) -> String {
    let f1_of = |finding: &Finding| {
        let Truth::Defect { instance, .. } = &finding.truth else {
            return None;
        };
        let mut measured = key.decoys.iter();
        let found = measured.find(|decoy| decoy.instance == *instance)?;
        Some((found.f1, found.control_f1))
    };
    let title = |finding: &Finding| {
        let title = finding.title.replace(" (the decoy)", "");
        format!("“{}”", lower(&title))
    };
    let Some((f1, control)) = f1_of(decoy) else {
        return format!(" The decoy is {}.", title(decoy));
    };
    let others = key.findings.iter().filter(|finding| !is_decoy(finding));
    let best = others
        .filter_map(|finding| Some((finding, f1_of(finding)?.0)))
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let measured = format!("F1 {f1:.2}, {control:.2} without the defect");
    match best.filter(|(_, other)| *other > f1) {
        None => format!(
            " Of all defects, a clustering finds the decoy best: {} ({measured}).",
            title(decoy)
        ),
        Some((other, most)) => format!(
            " A clustering finds {} best (F1 {most:.2}), and the decoy less well: {} ({measured}).",
            title(other),
            title(decoy)
        ),
    }
}

/// What the table contains, in a few sentences.
pub fn bundle_summary(key: &Key) -> String {
    let of_kind = |kind: FindingKind| -> Vec<&Finding> {
        key.findings.iter().filter(|f| f.kind == kind).collect()
    };
    let counted = |number: usize, noun: &str| {
        let plural = if number == 1 { "" } else { "s" };
        format!("{} {noun}{plural}", in_words(number))
    };
    let structures = counted(of_kind(FindingKind::Structure).len(), "structure");
    let defects = of_kind(FindingKind::Defect);
    let decoy = defects.iter().find(|finding| is_decoy(finding));
    let decoy = decoy.map_or_else(String::new, |finding| decoy_sentence(key, finding));
    let benign = of_kind(FindingKind::Benign);
    let benign = benign.first().map_or_else(String::new, |finding| {
        let name = finding.title.rsplit(": ").next().unwrap_or_default();
        format!(" One anomaly is real: {name}.")
    });
    format!(
        "This table contains {structures} and no clusters. Rows vary along gradients and mix types, \
         and two equally valid groupings barely agree. It also has {}.{decoy}{benign}",
        counted(defects.len(), "planted defect"),
    )
}

pub fn finding_kind(finding: &Finding) -> &'static str {
    match (&finding.truth, finding.kind) {
        (_, _) if is_decoy(finding) => "defect (decoy)",
        (Truth::Factor { .. }, _) => "factor",
        (Truth::Curve { .. }, _) => "curve",
        (Truth::Change { .. }, _) => "change",
        (Truth::Rare { .. }, _) => "rare group",
        (Truth::Interaction { .. }, _) => "interaction",
        (_, FindingKind::Structure) => "structure",
        (_, FindingKind::Groups) => "groups",
        (_, FindingKind::Defect) => "defect",
        (_, FindingKind::Benign) => "benign anomaly",
    }
}

pub fn is_decoy(finding: &Finding) -> bool {
    matches!(finding.truth, Truth::Defect { decoy: true, .. })
}

/// Which draw this bundle is, and whether its difficulty is in range.
pub fn draw_summary(key: &Key) -> String {
    let outside = key.parity.iter().filter(|one| !one.within()).count();
    let drawn = match key.attempt {
        1 => "This is the first draw".to_owned(),
        attempt => format!("This is draw {attempt}"),
    };
    match outside {
        0 => format!("{drawn}, and every number is in range."),
        1 => format!("{drawn}, the closest of all: one number is out of range."),
        _ => format!("{drawn}, the closest of all: {outside} numbers are out of range."),
    }
}

pub fn difficulty_name(what: DifficultyMeasure) -> &'static str {
    match what {
        DifficultyMeasure::Recovery => "recovery",
        DifficultyMeasure::Rate => "rate",
        DifficultyMeasure::DecoyStrength => "decoy strength",
    }
}

/// What causes a misleading clustering.
pub fn misleading_because(one: &MisleadingClustering) -> String {
    let named = |one: &PartialRecovery| format!("{} ({})", one.what, decimals(one.recovery));
    let structure = one.structure.as_ref().map_or_else(
        || "It recovers no structure beyond chance".to_owned(),
        |most| format!("The structure it recovers best is {}", named(most)),
    );
    match &one.artefact {
        Some(artefact) => format!("{structure}; it rests on {}.", named(artefact)),
        None => format!("{structure}; no defect causes it, only the shape of these columns."),
    }
}

/// A note as a sentence: with a capital letter and a full stop.
pub fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{}{stop}", capital(text))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn in_words(number: usize) -> String {
    const WORDS: [&str; 7] = ["no", "one", "two", "three", "four", "five", "six"];
    WORDS
        .get(number)
        .map_or_else(|| number.to_string(), |word| (*word).to_owned())
}
