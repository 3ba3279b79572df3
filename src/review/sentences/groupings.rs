//! How a grouping stands to what is there, in words.

use crate::measure::Reading;
use crate::text::thousands;

use super::super::{Against, GroupingEvidence};
use super::{ALIKE, decimals, recovery, value};

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
    let most = closest.recovery.value.unwrap_or(0.0);
    if !closest.recovery.above_chance() || most < ALIKE {
        let most = if closest.recovery.above_chance() {
            format!("the most that it tells is of {}", told(closest))
        } else {
            "no recovery is above chance".to_owned()
        };
        return format!(
            "{name} lies close to nothing that is there: {most}. It may still be a convenient or a sensible \
             grouping.{jointly}"
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
    let free = against.adds.map_or(String::new(), |adds| {
        format!("; the best default pipeline or baseline, {}", than(adds))
    });
    // On the same rows, where these are known: the two numbers beside each other rest on different ones.
    let apart = against.apart.map_or(found - line, |apart| apart.value);
    let within = against.apart.map(|apart| apart.interval);
    let nothing = within.is_some_and(|within| within.low <= 0.0 && within.high >= 0.0);
    let sure = within.map_or(String::new(), |within| {
        let (low, high, than) = if apart < 0.0 && !nothing {
            (-within.high, -within.low, "more")
        } else {
            (within.low, within.high, "less")
        };
        let (low, high) = (decimals(low), decimals(high));
        format!("; on the same rows {low} to {high} {than}")
    });
    let than = match within.filter(|_| nothing) {
        None => than(apart),
        Some(within) if within.low > -ALIKE && within.high < ALIKE => "about as much".to_owned(),
        Some(_) => "perhaps as much".to_owned(),
    };
    format!(
        " K-means with as many groups, on the columns before any defect, tells {than} of it \
         ({}{sure}){free}.",
        decimals(line)
    )
}

/// What a number tells that is less by `apart`.
fn than(apart: f64) -> String {
    if apart.abs() < ALIKE {
        "about as much".to_owned()
    } else if apart > 0.0 {
        format!("{} less", decimals(apart))
    } else {
        format!("{} more", decimals(-apart))
    }
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

/// `“cluster” (2 groups, 40,966 rows answered)`
fn named(grouping: &GroupingEvidence) -> String {
    let soft = if grouping.soft {
        "soft, by the largest share; "
    } else {
        ""
    };
    let left_out = if grouping.answered < grouping.of {
        format!(" of {}", thousands(grouping.of))
    } else {
        String::new()
    };
    let groups = if grouping.groups == 1 {
        "group"
    } else {
        "groups"
    };
    format!(
        "“{}” ({soft}{} {groups}, {} rows answered{left_out})",
        grouping.name,
        thousands(grouping.groups),
        thousands(grouping.answered)
    )
}

#[cfg(test)]
mod tests {
    use super::super::super::BeyondEvidence;
    use super::super::tests::found;
    use super::*;
    use crate::measure::Recovery;

    fn against(what: &str, decoy: bool, recovery: Recovery) -> Against {
        Against {
            finding: what.to_owned(),
            what: what.to_owned(),
            decoy,
            artefact: decoy,
            recovery,
            beyond: None,
            matched: None,
            apart: None,
            adds: None,
            adjusted_rand: None,
            adjusted_rand_of_all: None,
            one_sided_rand: None,
            element_similarity: None,
            expected: None,
            pair_precision: None,
            pair_precision_by_chance: None,
            pair_recall: None,
            pair_recall_by_chance: None,
        }
    }

    fn grouping(groups: usize, against: Vec<Against>) -> GroupingEvidence {
        GroupingEvidence {
            name: "g".to_owned(),
            soft: false,
            groups,
            answered: 1_000,
            of: 1_000,
            against,
            atlas: None,
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
            adds: Some(0.3),
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
             columns before any defect, tells about as much of it (0.50); the best default pipeline or \
             baseline, 0.30 less."
        ));
        let said = of_grouping(&grouping(3, vec![borrowed, joint]));
        assert!(said.contains("but nothing beyond its rivals: it is told by way of the change."));
        assert!(said.contains("tells 0.30 less of it (0.20)."));
        assert!(said.ends_with("Visible jointly only: b (0.50, with the change held fixed)."));
    }
}
