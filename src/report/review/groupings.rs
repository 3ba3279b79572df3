//! How a grouping compares with the truth, in words.

use crate::measure::Reading;
use crate::review::{BaselineResult, GroupingComparison, GroupingEvidence};
use crate::text::thousands;

use super::recoveries::{ALIKE, decimals, recovery_of, value};

/// Which structure or artefact a grouping matches best, and how well.
pub fn grouping_sentence(grouping: &GroupingEvidence) -> String {
    let name = described(grouping);
    let Some(closest) = grouping
        .comparisons
        .first()
        .filter(|_| grouping.answered > 0)
    else {
        return format!("{name} labels no row.");
    };
    if grouping.groups < 2 {
        return format!("{name} puts all rows in one group, so it separates nothing.");
    }
    if closest.alone.reading == Reading::TooFine {
        return format!("{name} is too fine to judge as groups.");
    }
    let recovered = |one: &GroupingComparison| {
        format!("{}{}", recovery_of(&one.alone, &one.what), conditional(one))
    };
    let jointly = jointly(grouping);
    let most = closest.alone.value.unwrap_or(0.0);
    if !closest.alone.above_chance() || most < ALIKE {
        let most = if closest.alone.above_chance() {
            format!("at most, it recovers {}", recovered(closest))
        } else {
            "no recovery is above chance".to_owned()
        };
        return format!(
            "{name} matches no known structure: {most}. It may still be a convenient or a sensible \
             grouping.{jointly}"
        );
    }
    let other = grouping.comparisons.iter().find(|one| {
        if closest.artefact {
            !one.artefact
        } else {
            one.decoy
        }
    });
    let artefact = if closest.artefact {
        "; it rests on an artefact"
    } else {
        ""
    };
    let next = if closest.artefact {
        "Among the structures, its highest recovery:"
    } else {
        "For comparison:"
    };
    let rest = other.map_or(String::new(), |other| {
        format!(" {next} {}.", recovered(other))
    });
    let kmeans = kmeans(closest);
    format!(
        "{name} recovers {}{artefact}.{kmeans}{rest}{jointly}",
        recovered(closest)
    )
}

/// How the first grouping of a baseline compares with the truth, or why there is none.
pub fn baseline_sentence(result: &BaselineResult) -> String {
    match (&result.grouping, &result.failure) {
        (_, Some(why)) => format!("Produced no submission: {why}."),
        (Some(grouping), None) => grouping_sentence(grouping),
        (None, None) => "No grouping was submitted; nothing follows from that.".to_owned(),
    }
}

/// What remains of a recovery given the other structures; empty if that was not computed.
fn conditional(one: &GroupingComparison) -> String {
    let Some(conditional) = &one.conditional else {
        return String::new();
    };
    match conditional.recovery.reading {
        Reading::NothingLeft => "; the other structures already determine it".to_owned(),
        Reading::Ok if conditional.recovery.above_chance() => {
            format!(
                ", {} given the other structures",
                value(&conditional.recovery)
            )
        }
        Reading::Ok if one.alone.above_chance() => format!(
            ", but nothing given the other structures: it is recovered by way of {}",
            conditional.covariates.join(", ")
        ),
        _ => String::new(),
    }
}

/// How a recovery compares with k-means with the same number of groups. Only the difference is put
/// into words, since more groups always recover more.
fn kmeans(one: &GroupingComparison) -> String {
    let kmeans = one.kmeans.as_ref().and_then(|kmeans| kmeans.value);
    let (Some(kmeans), Some(found)) = (kmeans, one.alone.value) else {
        return String::new();
    };
    let baseline = one.above_baselines.map_or(String::new(), |above| {
        format!("; the best baseline recovers {}", compared(above))
    });
    // On the same rows if available: the two recoveries use different samples.
    let difference = one.above_kmeans.map_or(found - kmeans, |above| above.value);
    let interval = one.above_kmeans.map(|above| above.interval);
    let unclear = interval.is_some_and(|ends| ends.low <= 0.0 && ends.high >= 0.0);
    let range = interval.map_or(String::new(), |ends| {
        let (low, high, side) = if difference < 0.0 && !unclear {
            (-ends.high, -ends.low, "more")
        } else {
            (ends.low, ends.high, "less")
        };
        let (low, high) = (decimals(low), decimals(high));
        format!("; on the same rows {low} to {high} {side}")
    });
    let than = match interval.filter(|_| unclear) {
        None => compared(difference),
        Some(ends) if ends.low > -ALIKE && ends.high < ALIKE => "about the same".to_owned(),
        Some(_) => "perhaps the same".to_owned(),
    };
    format!(
        " K-means with the same number of groups, on the clean table, recovers {than} \
         ({}{range}){baseline}.",
        decimals(kmeans)
    )
}

/// How a recovery compares that is smaller by `difference`.
fn compared(difference: f64) -> String {
    if difference.abs() < ALIKE {
        "about the same".to_owned()
    } else if difference > 0.0 {
        format!("{} less", decimals(difference))
    } else {
        format!("{} more", decimals(-difference))
    }
}

/// What a grouping recovers only given the other structures.
fn jointly(grouping: &GroupingEvidence) -> String {
    let found = grouping.comparisons.iter().filter_map(|one| {
        let conditional = one.conditional.as_ref()?;
        let enough = conditional
            .recovery
            .value
            .is_some_and(|value| value >= ALIKE);
        (enough && one.alone.jointly_only(&conditional.recovery)).then(|| {
            format!(
                "{} ({}, given {})",
                one.what,
                value(&conditional.recovery),
                conditional.covariates.join(" and ")
            )
        })
    });
    let found: Vec<String> = found.collect();
    if found.is_empty() {
        return String::new();
    }
    format!(" Visible jointly only: {}.", found.join("; "))
}

/// `“cluster” (2 groups, 40,966 rows labelled)`
fn described(grouping: &GroupingEvidence) -> String {
    let soft = if grouping.soft {
        "soft, by the largest share; "
    } else {
        ""
    };
    let total = if grouping.answered < grouping.rows {
        format!(" of {}", thousands(grouping.rows))
    } else {
        String::new()
    };
    let groups = if grouping.groups == 1 {
        "group"
    } else {
        "groups"
    };
    format!(
        "“{}” ({soft}{} {groups}, {}{total} rows labelled)",
        grouping.name,
        thousands(grouping.groups),
        thousands(grouping.answered)
    )
}

#[cfg(test)]
mod tests {
    use super::super::recoveries::tests::found;
    use super::*;
    use crate::measure::Recovery;
    use crate::review::ConditionalEvidence;

    fn comparison(what: &str, decoy: bool, recovery: Recovery) -> GroupingComparison {
        GroupingComparison {
            finding: what.to_owned(),
            what: what.to_owned(),
            decoy,
            artefact: decoy,
            alone: recovery,
            conditional: None,
            kmeans: None,
            above_kmeans: None,
            above_baselines: None,
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

    fn grouping(groups: usize, comparisons: Vec<GroupingComparison>) -> GroupingEvidence {
        GroupingEvidence {
            name: "g".to_owned(),
            soft: false,
            groups,
            answered: 1_000,
            rows: 1_000,
            comparisons,
            row_agreement: None,
        }
    }

    #[test]
    fn a_grouping_below_chance_matches_nothing_and_is_not_called_wrong() {
        let low = found(Some(0.004), 0.01, Reading::Ok);
        let text = grouping_sentence(&grouping(3, vec![comparison("a", true, low)]));
        assert!(text.starts_with("“g” (3 groups, 1,000 rows labelled) matches no known structure"));
        assert!(text.contains("may still be") && !text.contains("artefact"));
    }

    #[test]
    fn groupings_without_information_are_described_as_such() {
        let fine = found(None, 0.0, Reading::TooFine);
        let sentence = |groups, comparisons| grouping_sentence(&grouping(groups, comparisons));
        assert!(sentence(900, vec![comparison("a", false, fine)]).contains("too fine to judge"));
        let one = found(Some(0.0), 0.0, Reading::Trivial);
        assert!(
            sentence(1, vec![comparison("a", false, one)]).contains("puts all rows in one group")
        );
        assert!(sentence(3, vec![]).ends_with("labels no row."));
    }

    #[test]
    fn the_decoy_is_named_even_if_it_is_not_the_best_match() {
        let [high, low] = [0.5, 0.0].map(|value| found(Some(value), 0.01, Reading::Ok));
        let two = vec![
            comparison("a", false, high),
            comparison("the decoy", true, low),
        ];
        assert!(grouping_sentence(&grouping(3, two)).ends_with(
            "recovers 0.50 of a (chance 0.01). For comparison: <0.01 of the decoy (chance 0.01)."
        ));
    }

    #[test]
    fn conditional_recovery_and_kmeans_are_mentioned() {
        let [half, little, none] =
            [0.5, 0.2, 0.0].map(|value| found(Some(value), 0.01, Reading::Ok));
        let conditional = |recovery| {
            Some(ConditionalEvidence {
                recovery,
                covariates: vec!["the change".to_owned()],
                strata: 2,
            })
        };
        let own = GroupingComparison {
            conditional: conditional(little),
            kmeans: Some(half),
            above_baselines: Some(0.3),
            ..comparison("a", false, half)
        };
        let borrowed = GroupingComparison {
            conditional: conditional(none),
            kmeans: Some(little),
            ..comparison("a", false, half)
        };
        let joint = GroupingComparison {
            conditional: conditional(half),
            ..comparison("b", false, none)
        };
        assert!(grouping_sentence(&grouping(3, vec![own])).ends_with(
            "recovers 0.50 of a (chance 0.01), 0.20 given the other structures. K-means with the same number \
             of groups, on the clean table, recovers about the same (0.50); the best baseline recovers \
             0.30 less."
        ));
        let text = grouping_sentence(&grouping(3, vec![borrowed, joint]));
        assert!(text.contains(
            "but nothing given the other structures: it is recovered by way of the change."
        ));
        assert!(text.contains("recovers 0.30 less (0.20)."));
        assert!(text.ends_with("Visible jointly only: b (0.50, given the change)."));
    }
}
