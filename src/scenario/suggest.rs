//! "Did you mean …?" for misspelt names.

/// The known word that is nearest to `word`, if one is near.
pub(super) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this Jaro–Winkler similarity a suggestion confuses more than it helps.
    const NEAR: f64 = 0.8;
    known
        .map(|known| (strsim::jaro_winkler(word, known), known))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

/// A hint that names the nearest known word.
pub(super) fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    closest(word, known).map(|near| format!("did you mean `{near}`?"))
}
