//! The answer's reasons, in words.

use maud::{Markup, html};

use crate::certify::Certificate;

use super::{percent, recovered};

/// What speaks against the table; or, where nothing does, what speaks for it.
pub(super) fn reasons(certificate: &Certificate) -> Markup {
    let against = &certificate.verdict.reasons;
    let gravest = certificate.verdict.kind();
    let favour = if against.is_empty() {
        accepted(certificate)
    } else {
        Vec::new()
    };
    html! {
        @if !against.is_empty() {
            ul { @for reason in against { li {
                (reason.sentence)
                // The gravest kind stands above the list.
                @if Some(reason.kind) != gravest { " (" (reason.kind.word()) ")" }
                "."
            } } }
        }
        @if !favour.is_empty() {
            ul { @for sentence in &favour { li { (sentence) } } }
        }
        @if let Some(cost) = certificate.statistics.oracle.as_ref().and_then(|oracle| oracle.cost) {
            p {
                "What clustering costs: the best grouping of at most six groups loses "
                strong { (percent(cost)) }
                " of what the columns tell of the factors."
            }
        }
    }
}

/// What speaks for a table against which nothing speaks.
fn accepted(certificate: &Certificate) -> Vec<String> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let border = if s.separation.valley > t.valley {
        format!(
            "No gap lies between groups: in the grouping with the thinnest borders, half of them are still at \
             least {} as dense as the thinner group beside them ({} or less would be a gap).",
            percent(s.separation.valley),
            percent(t.valley)
        )
    } else {
        format!(
            "Some borders are thin ({} as dense as the thinner group beside them), but nothing else makes \
             groups of what they part.",
            percent(s.separation.valley)
        )
    };
    let mut found = vec![
        border,
        format!(
            "Methods agree in part at most: where k-means, mixture, Ward and spectral clustering agree best, the middle \
             of their pairs reaches an adjusted Rand index of {:.2} (0 is chance, 1 the same groups; {:.2} \
             would be agreement, and count only where borders are thin).",
            s.agreement.core_most, t.agreement
        ),
    ];
    if let Some(numbers) = &s.k_selection {
        let asked = numbers.votes.iter().filter(|vote| vote.qualified.is_some());
        let asked = asked.count();
        let seeing = numbers
            .votes
            .iter()
            .filter(|vote| vote.qualified.is_some_and(|k| k > 1));
        found.push(format!(
            "The number of groups is open: of {asked} criteria that ask for evidence {} see groups, and {} at most \
             name one number, give or take one ({} would settle it); those that always name a number do not count.",
            seeing.count(),
            percent(numbers.vote_share),
            percent(t.votes)
        ));
    }
    found.extend(recovered::types(certificate));
    found.extend(recovered::sentence(certificate));
    found.push(format!(
        "The columns mean something: {} of {} can be predicted from the others, and {} directions \
         carry more than chance.",
        s.meaning.predictable, s.columns, s.meaning.factors
    ));
    found.push(format!(
        "And more than correlation: a learner tells real rows from rows that have the same correlations \
         and nothing else with an area under the curve of {:.2} (0.50 is guessing, {:.2} is needed).",
        s.meaning.two_sample_copula, t.two_sample_copula
    ));
    found
}
