//! Lists of names in a sentence.

/// `a, b and c`.
pub fn and_list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

/// At most `most` names: `a, b and 7 more`.
pub fn first_and_more<S: AsRef<str>>(names: &[S], most: usize) -> String {
    let first: Vec<&str> = names.iter().map(AsRef::as_ref).take(most).collect();
    match names.len().saturating_sub(most) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// Names as code: `` `a` ``.
pub fn in_backticks<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Vec<String> {
    let code = |name: S| format!("`{}`", name.as_ref());
    names.into_iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_name_follows_an_and() {
        assert_eq!(and_list::<&str>(&[]), "");
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&in_backticks(["a", "b", "c"])), "`a`, `b` and `c`");
    }

    #[test]
    fn a_long_list_ends_with_how_many_are_left() {
        assert_eq!(first_and_more(&["a", "b"], 2), "a, b");
        assert_eq!(first_and_more(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }
}
