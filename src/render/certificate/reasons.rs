//! The reasons for the verdict.

use maud::{Markup, html};

use crate::certify::Certificate;

use super::panel::percent;
use super::recovered;

/// The reasons against the table or, if there are none, the evidence for it.
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
                // The most serious kind is in the heading.
                @if Some(reason.kind) != gravest { " (" (reason.kind.word()) ")" }
                "."
            } } }
        }
        @if !favour.is_empty() {
            ul { @for sentence in &favour { li { (sentence) } } }
        }
        @if let Some(cost) = certificate.statistics.oracle.as_ref().and_then(|oracle| oracle.cost) {
            p {
                "Loss from clustering: the best clustering into at most six clusters loses "
                strong { (percent(cost)) }
                " of the factor variance that the columns predict."
            }
        }
    }
}

/// The evidence for an accepted table.
fn accepted(certificate: &Certificate) -> Vec<String> {
    let (s, t) = (&certificate.statistics, &certificate.thresholds);
    let border = if s.separation.valley > t.valley {
        format!(
            "There is no gap between clusters. In the clustering with the deepest valleys, half of \
             the borders are still at least {} as dense as the thinner cluster next to them ({} or \
             less would be a gap).",
            percent(s.separation.valley),
            percent(t.valley)
        )
    } else {
        format!(
            "Some borders are sparse ({} as dense as the thinner cluster next to them), but no \
             other statistic confirms clusters.",
            percent(s.separation.valley)
        )
    };
    let mut found = vec![
        border,
        format!(
            "Methods agree only in part. For the number of clusters where k-means, Gaussian \
             mixture, Ward and spectral clustering agree best, the median adjusted Rand index of \
             their pairs is {:.2} (0 is chance, 1 is identical; from {:.2} it would count, and \
             only with a deep valley).",
            s.agreement.core_most, t.agreement
        ),
    ];
    if let Some(numbers) = &s.k_selection {
        let required = numbers.votes.iter().filter(|vote| vote.qualified.is_some());
        let required = required.count();
        let finding = numbers
            .votes
            .iter()
            .filter(|vote| vote.qualified.is_some_and(|k| k > 1));
        found.push(format!(
            "The number of clusters is not determined. Of {required} criteria that require \
             evidence, {} find clusters, and at most {} choose the same number, give or take one \
             ({} would be decisive). Criteria that always choose a number do not count.",
            finding.count(),
            percent(numbers.vote_share),
            percent(t.votes)
        ));
    }
    found.extend(recovered::types(certificate));
    found.extend(recovered::sentence(certificate));
    found.push(format!(
        "The columns carry signal: {} of {} can be predicted from the others, and {} principal \
         components exceed chance.",
        s.meaning.predictable, s.columns, s.meaning.factors
    ));
    found.push(format!(
        "There is more than correlation: a classifier distinguishes real rows from null tables, \
         which have the same correlations and nothing else, with an area under the ROC curve of \
         {:.2} (0.50 is guessing, {:.2} is required).",
        s.meaning.two_sample_copula, t.two_sample_copula
    ));
    found
}
