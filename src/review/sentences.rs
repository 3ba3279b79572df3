//! Evidence in plain words: one sentence per block, numbers second.

use crate::explore::{count, share};
use crate::measure::{Reading, Recovery};

use super::{Against, AxesEvidence, CleaningEvidence, GroupingEvidence, Ladder, Reached, Share};

/// Axes that tell less of a structure than this are not said to follow it: with 20,000 rows,
/// chance is cleared by next to nothing.
const LEAST: f64 = 0.02;
/// Recoveries of the same thing that differ by less are alike: five standard errors of a share of variance
/// of one half at 5,000 rows, 2 r (1 − r²) / √n.
const ALIKE: f64 = 0.05;

/// How a grouping stands to what is there.
pub fn of_grouping(grouping: &GroupingEvidence) -> String {
    let name = named(grouping);
    let Some(closest) = grouping.against.first().filter(|_| grouping.answered > 0) else {
        return format!("{name} answers no row.");
    };
    if grouping.groups < 2 {
        return format!("{name} puts all rows together, which tells nothing of any structure.");
    }
    if closest.recovery.reading == Reading::TooFine {
        return format!("{name} is too fine to judge as groups.");
    }
    let told = |against: &Against| {
        let recovery = recovery(&against.recovery);
        format!("{}: recovery {recovery}{}", against.what, beyond(against))
    };
    let jointly = jointly(grouping);
    if !closest.recovery.above_chance() {
        return format!(
            "{name} lies close to nothing that is there: no recovery is above chance. It may \
             still be a convenient or a sensible grouping.{jointly}"
        );
    }
    let other = grouping.against.iter().find(|against| {
        if closest.artefact {
            !against.artefact
        } else {
            against.decoy
        }
    });
    let (said, next) = if closest.artefact {
        (
            "; it rests on an artefact",
            "Of the structures, the next is",
        )
    } else {
        ("", "Against")
    };
    let rest = other.map_or(String::new(), |other| format!(" {next} {}.", told(other)));
    let line = matched(closest);
    format!(
        "{name} lies closest to {}{said}.{line}{rest}{jointly}",
        told(closest)
    )
}

/// What is left of a recovery when rivals are held fixed: `, 0.22 beyond its rivals`; empty where it has
/// none.
fn beyond(against: &Against) -> String {
    let Some(beyond) = &against.beyond else {
        return String::new();
    };
    match beyond.recovery.reading {
        Reading::NothingLeft => "; its rivals leave nothing of it to find".to_owned(),
        Reading::Ok if beyond.recovery.above_chance() => {
            format!(", {} beyond its rivals", value(&beyond.recovery))
        }
        Reading::Ok if against.recovery.above_chance() => format!(
            ", but nothing beyond its rivals: it is told by way of {}",
            beyond.rivals.join(", ")
        ),
        _ => String::new(),
    }
}

/// How a recovery stands to what k-means with as many groups gets: words speak of nothing but the
/// difference, since more groups tell more of everything.
fn matched(against: &Against) -> String {
    let line = against.matched.as_ref().and_then(|line| line.value);
    let (Some(line), Some(found)) = (line, against.recovery.value) else {
        return String::new();
    };
    let apart = found - line;
    let than = if apart.abs() < ALIKE {
        "about as much".to_owned()
    } else if apart > 0.0 {
        format!("{} less", decimals(apart))
    } else {
        format!("{} more", decimals(-apart))
    };
    format!(
        " K-means with as many groups, on the columns before any defect, tells {than} of it ({}).",
        decimals(line)
    )
}

/// What a grouping tells only when something else is held fixed.
fn jointly(grouping: &GroupingEvidence) -> String {
    let told = grouping.against.iter().filter_map(|one| {
        let beyond = one.beyond.as_ref()?;
        let enough = beyond.recovery.value.is_some_and(|value| value >= ALIKE);
        (enough && one.recovery.jointly_only(&beyond.recovery)).then(|| {
            format!(
                "{} ({}, with {} held fixed)",
                one.what,
                value(&beyond.recovery),
                beyond.rivals.join(" and ")
            )
        })
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return String::new();
    }
    format!(" Visible jointly only: {}.", told.join("; "))
}

/// How the axes stand to the continuous structures.
pub fn of_axes(axes: &[AxesEvidence]) -> String {
    let above: Vec<String> = axes
        .iter()
        .filter(|axis| follows(axis))
        .map(|axis| format!("{} ({})", axis.what, value(&axis.together)))
        .collect();
    let all = axes.len();
    let last = "The scale ends at everything that there is to know, which no analysis reaches.";
    match (above.len(), all) {
        (0, _) => {
            "Together, the axes tell next to nothing of any structure beyond chance.".to_owned()
        }
        (_, 1) => format!("Together, the axes tell of {}. {last}", above.join("")),
        (told, all) => format!(
            "Together, the axes tell more than chance of {told} of {all} structures: {}. {last}",
            above.join(", ")
        ),
    }
}

/// Whether the axes tell enough of a structure to speak of it.
pub fn follows(axes: &AxesEvidence) -> bool {
    axes.together.above_chance() && axes.together.value.is_some_and(|value| value >= LEAST)
}

/// What became of the planted defects.
pub fn of_cleaning(cleaning: &[CleaningEvidence]) -> String {
    let most = |share: &Share| share.count * 2 > share.of;
    let repaired = named_all(cleaning.iter().filter(|one| most(&one.repaired)));
    let acted = named_all(
        cleaning
            .iter()
            .filter(|one| !most(&one.repaired) && most(&one.acted_on)),
    );
    let rest = named_all(
        cleaning
            .iter()
            .filter(|one| !most(&one.repaired) && !most(&one.acted_on)),
    );
    let clauses: Vec<String> = [
        ("mostly repaired", repaired),
        ("mostly changed or dropped, but not as it should be", acted),
        ("mostly as delivered", rest),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(said, names)| format!("{said}: {names}"))
    .collect();
    format!("In the cleaned data, {}.", clauses.join("; "))
}

/// What the cleaning did to cells that nothing was wrong with.
pub fn of_damage(damage: &Share) -> String {
    if damage.count == 0 {
        return "No cell was changed that nothing was wrong with.".to_owned();
    }
    let part = damage.count as f64 / damage.of.max(1) as f64;
    format!(
        "Of {} cells that nothing was wrong with, {} were changed ({}). A transformation of a \
         whole column counts here too.",
        count(damage.of as usize),
        count(damage.count as usize),
        share(part),
    )
}

/// What every pipeline reaches of a finding: `naive –; standard 0.72 (axes); careful 0.76 (axes), said`.
pub fn of_ladder(ladder: &Ladder, finding: &str) -> String {
    let rungs = ladder.rungs.iter().chain(&ladder.oracle).map(|rung| {
        let reached = rung.of_finding(finding).map_or("–".to_owned(), of_reached);
        let on = rung.on.as_ref();
        let on = on.map_or(String::new(), |on| format!(" (on the bundle of {on})"));
        format!("{}{on} {reached}", rung.name)
    });
    rungs.collect::<Vec<_>>().join("; ")
}

/// What a pipeline reaches of one finding: `0.72 (axes), said`; a dash where it is nothing.
pub fn of_reached(reached: &Reached) -> String {
    let mut words = Vec::new();
    if let Some(value) = reached.recovery {
        let by = reached.by.as_deref().unwrap_or_default();
        words.push(format!("{} ({by})", decimals(value)));
    }
    if let Some(repaired) = reached.repaired.filter(|repaired| repaired.of > 0) {
        let part = repaired.count as f64 / repaired.of as f64;
        words.push(format!("{} repaired", share(part)));
    }
    if reached.said {
        words.push("said".to_owned());
    }
    if words.is_empty() {
        words.push("–".to_owned());
    }
    words.join(", ")
}

/// A recovery with its chance level: `0.62 (chance 0.01)`.
pub fn recovery(recovery: &Recovery) -> String {
    let chance = recovery.chance.map_or(String::new(), |chance| {
        format!(" (chance {})", decimals(chance))
    });
    match (recovery.reading, recovery.value) {
        (Reading::Empty, _) => "no row answered".to_owned(),
        (Reading::Trivial, _) => "tells nothing: all rows in one group".to_owned(),
        (Reading::NothingLeft, _) => "nothing left to find".to_owned(),
        (Reading::TooFine, _) | (_, None) => "too fine to judge as groups".to_owned(),
        (Reading::Ok, Some(_)) => format!("{}{chance}", value(recovery)),
    }
}

/// How many of how many, with the interval: `812 of 966 (82–86 %)`.
pub fn counted(part: &Share) -> String {
    if part.of == 0 {
        return "nothing to repair".to_owned();
    }
    let interval = part.interval.map_or(String::new(), |(low, high)| {
        format!(" ({:.0}–{:.0} %)", 100.0 * low, 100.0 * high)
    });
    let [some, all] = [part.count, part.of].map(|n| count(n as usize));
    format!("{some} of {all}{interval}")
}

/// Two decimals; `<0.01` where they would be zeros, a dash where there is no number.
pub fn decimals(value: f64) -> String {
    let digits = format!("{:.2}", value.abs());
    match value {
        value if !value.is_finite() => "–".to_owned(),
        _ if digits == "0.00" => "<0.01".to_owned(),
        value if value < 0.0 => format!("\u{2212}{digits}"),
        _ => digits,
    }
}

fn value(recovery: &Recovery) -> String {
    recovery.value.map_or("–".to_owned(), decimals)
}

/// `“cluster” (2 groups, 40,966 rows answered)`
fn named(grouping: &GroupingEvidence) -> String {
    let soft = if grouping.soft {
        "soft, by the largest share; "
    } else {
        ""
    };
    let groups = if grouping.groups == 1 {
        "group"
    } else {
        "groups"
    };
    format!(
        "“{}” ({soft}{} {groups}, {} rows answered)",
        grouping.name,
        count(grouping.groups),
        count(grouping.answered)
    )
}

fn named_all<'a>(some: impl Iterator<Item = &'a CleaningEvidence>) -> String {
    let names: Vec<&str> = some.map(|one| one.what.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::BeyondEvidence;
    use super::*;

    fn found(value: Option<f64>, chance: f64, reading: Reading) -> Recovery {
        Recovery {
            value,
            chance: value.map(|_| chance),
            rows: 100,
            groups: 3,
            reading,
        }
    }

    fn against(what: &str, decoy: bool, recovery: Recovery) -> Against {
        Against {
            finding: what.to_owned(),
            what: what.to_owned(),
            decoy,
            artefact: decoy,
            recovery,
            beyond: None,
            matched: None,
            adjusted_rand: None,
            pair_precision: None,
            pair_recall: None,
        }
    }

    fn grouping(groups: usize, against: Vec<Against>) -> GroupingEvidence {
        GroupingEvidence {
            name: "g".to_owned(),
            soft: false,
            groups,
            answered: 1_000,
            against,
        }
    }

    #[test]
    fn a_grouping_below_chance_is_close_to_nothing_and_not_wrong() {
        let low = found(Some(0.004), 0.01, Reading::Ok);
        let text = of_grouping(&grouping(3, vec![against("a", true, low)]));
        assert!(text.starts_with("“g” (3 groups, 1,000 rows answered) lies close to nothing"));
        assert!(text.contains("may still be") && !text.contains("artefact"));
    }

    #[test]
    fn groupings_that_say_nothing_are_said_to() {
        let fine = found(None, 0.0, Reading::TooFine);
        let said = |groups, against| of_grouping(&grouping(groups, against));
        assert!(said(900, vec![against("a", false, fine)]).contains("too fine to judge"));
        let one = found(Some(0.0), 0.0, Reading::Trivial);
        assert!(said(1, vec![against("a", false, one)]).contains("puts all rows together"));
        assert!(said(3, vec![]).ends_with("answers no row."));
    }

    #[test]
    fn the_decoy_is_named_where_it_is_not_the_closest() {
        let [high, low] = [0.5, 0.0].map(|value| found(Some(value), 0.01, Reading::Ok));
        let two = vec![against("a", false, high), against("the decoy", true, low)];
        assert!(of_grouping(&grouping(3, two)).ends_with(
            "lies closest to a: recovery 0.50 (chance 0.01). Against the decoy: recovery <0.01 \
             (chance 0.01)."
        ));
    }

    #[test]
    fn rivals_and_the_line_of_as_many_groups_are_told() {
        let [half, little, none] =
            [0.5, 0.2, 0.0].map(|value| found(Some(value), 0.01, Reading::Ok));
        let beyond = |recovery| {
            Some(BeyondEvidence {
                recovery,
                rivals: vec!["the change".to_owned()],
                strata: 2,
            })
        };
        let own = Against {
            beyond: beyond(little),
            matched: Some(half),
            ..against("a", false, half)
        };
        let borrowed = Against {
            beyond: beyond(none),
            matched: Some(little),
            ..against("a", false, half)
        };
        let joint = Against {
            beyond: beyond(half),
            ..against("b", false, none)
        };
        assert!(of_grouping(&grouping(3, vec![own])).ends_with(
            "recovery 0.50 (chance 0.01), 0.20 beyond its rivals. K-means with as many groups, on the \
             columns before any defect, tells about as much of it (0.50)."
        ));
        let said = of_grouping(&grouping(3, vec![borrowed, joint]));
        assert!(said.contains("but nothing beyond its rivals: it is told by way of the change."));
        assert!(said.contains("tells 0.30 less of it (0.20)."));
        assert!(said.ends_with("Visible jointly only: b (0.50, with the change held fixed)."));
    }

    #[test]
    fn axes_that_clear_chance_by_next_to_nothing_follow_nothing() {
        let axes = |value| AxesEvidence {
            finding: "f".to_owned(),
            what: format!("thing {value}"),
            together: found(Some(value), 0.001, Reading::Ok),
            beyond: None,
            best: None,
            best_squared: None,
        };
        let said = of_axes(&[axes(0.6), axes(0.012), axes(0.03)]);
        assert!(said.contains("of 2 of 3 structures: thing 0.6 (0.60), thing 0.03 (0.03)."));
        assert!(of_axes(&[axes(0.012), axes(0.0)]).contains("next to nothing"));
    }

    #[test]
    fn numbers_are_short_and_their_absence_is_said() {
        assert_eq!(decimals(-0.001), "<0.01");
        assert_eq!(decimals(0.005_1), "0.01");
        assert_eq!(decimals(-0.25), "\u{2212}0.25");
        assert_eq!(decimals(f64::NAN), "–");
        assert_eq!(
            recovery(&found(None, 0.0, Reading::Empty)),
            "no row answered"
        );
        let none = Share {
            count: 0,
            of: 0,
            interval: None,
        };
        assert_eq!(counted(&none), "nothing to repair");
        let some = Share {
            count: 812,
            of: 1_966,
            interval: Some((0.391, 0.434)),
        };
        assert_eq!(counted(&some), "812 of 1,966 (39–43 %)");
        assert!(of_damage(&none).starts_with("No cell was changed"));
    }
}
