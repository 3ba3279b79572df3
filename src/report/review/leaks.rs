//! What a text for candidates must not contain.

use std::collections::BTreeSet;

use crate::bundle::Key;

/// Everything in `text` that only the key contains, one line each; empty when it may be sent.
///
/// In a quotation (a line that begins with `>`) only whole sentences of the key count: titles and
/// names may be the candidate's own words.
pub fn leaks(text: &str, key: &Key) -> Vec<String> {
    let words = spoken(text);
    let mut found = BTreeSet::new();
    for secret in key_phrases(key) {
        let length = secret.words.len();
        for (at, run) in words.windows(length).enumerate() {
            let same = run.iter().map(|word| &word.text).eq(&secret.words);
            let counts = secret.even_quoted || run.iter().all(|word| !word.quoted);
            if same && counts {
                let line = words[at].line;
                found.insert((line, format!("“{}” {}", secret.shown, secret.why)));
            }
        }
    }
    found.extend(entities(&words, key));
    found.extend(values(text, key));
    found
        .into_iter()
        .map(|(line, what)| format!("line {line}: {what}"))
        .collect()
}

/// Number of consecutive words shared with a sentence of the key: shorter matches occur by chance.
const RUN: usize = 6;

struct KeyPhrase {
    words: Vec<String>,
    shown: String,
    why: &'static str,
    even_quoted: bool,
}

fn key_phrases(key: &Key) -> Vec<KeyPhrase> {
    let mut secrets = vec![KeyPhrase {
        words: plain("decoy"),
        shown: "decoy".to_owned(),
        why: "is a word of the key",
        even_quoted: false,
    }];
    let mut short = |text: &str, why: &'static str| {
        secrets.push(KeyPhrase {
            words: plain(text),
            shown: text.to_owned(),
            why,
            even_quoted: false,
        });
    };
    for finding in &key.findings {
        let title = finding.title.trim_end_matches(" (the decoy)");
        short(title, "is the title of a finding");
    }
    for name in names(key) {
        short(name, "is the name of a structure");
        if name.contains('-') {
            short(&name.replace('-', "_"), "is the name of a structure");
        }
    }
    for phrase in phrases(key) {
        short(phrase, "says what a structure is");
    }
    for sentence in sentences(key) {
        let words = plain(&sentence);
        secrets.push(KeyPhrase {
            words: words.clone(),
            shown: sentence.clone(),
            why: "is a sentence of the key",
            even_quoted: words.len() >= RUN,
        });
        if words.len() > RUN {
            secrets.extend(words.windows(RUN).map(|run| KeyPhrase {
                words: run.to_vec(),
                shown: run.join(" "),
                why: "is part of a sentence of the key",
                even_quoted: false,
            }));
        }
    }
    secrets.retain(|secret| !secret.words.is_empty());
    secrets
}

fn names(key: &Key) -> Vec<&str> {
    let world = &key.world;
    let mut names: Vec<&str> = world.latents.iter().map(|l| l.name.as_str()).collect();
    names.push(&world.archetypes.name);
    names.extend(world.splits.iter().map(|facet| facet.name.as_str()));
    names.extend(world.change.iter().map(|regime| regime.name.as_str()));
    names.extend(world.rare.iter().map(|rare| rare.name.as_str()));
    names.extend(world.interaction.iter().map(|joint| joint.name.as_str()));
    names.push(&world.benign.name);
    names
}

fn phrases(key: &Key) -> Vec<&str> {
    let world = &key.world;
    let mut phrases: Vec<&str> = world
        .latents
        .iter()
        .flat_map(|latent| [latent.about.as_str(), &latent.low, &latent.high])
        .collect();
    phrases.extend(world.change.iter().map(|regime| regime.about.as_str()));
    phrases.extend(world.rare.iter().map(|rare| rare.about.as_str()));
    phrases.extend(world.interaction.iter().map(|joint| joint.about.as_str()));
    phrases.push(&world.benign.about);
    phrases
}

/// Sentences of four words or more.
fn sentences(key: &Key) -> Vec<String> {
    let texts = key.findings.iter().flat_map(|finding| {
        [
            &finding.statement,
            &finding.how_to_notice,
            &finding.accepted,
        ]
    });
    let causes = key.world.instances.iter().map(|instance| &instance.cause);
    texts
        .chain(causes)
        .flat_map(|text| text.split([';', '.', ':']))
        .map(str::trim)
        .filter(|sentence| plain(sentence).len() >= 4)
        .map(str::to_owned)
        .collect()
}

/// Numbers of entities, if preceded by a word for them: "workspace 65".
fn entities(words: &[TextWord], key: &Key) -> Vec<(usize, String)> {
    let planted = key.world.instances.iter().flat_map(|i| &i.entities);
    let numbers: BTreeSet<String> = planted
        .chain(&key.world.benign.entities)
        .map(ToString::to_string)
        .collect();
    let mut nouns: BTreeSet<String> = ["entity", "entities", "number", "no", "nr", "id"]
        .map(str::to_owned)
        .into();
    let columns = key.findings.iter().flat_map(|finding| &finding.columns);
    for noun in columns.filter_map(|column| column.strip_suffix("_id")) {
        nouns.extend([noun.to_owned(), format!("{noun}s")]);
    }
    words
        .windows(2)
        .filter(|pair| nouns.contains(&pair[0].text) && numbers.contains(&pair[1].text))
        .map(|pair| {
            let said = format!("“{} {}”", pair[0].text, pair[1].text);
            (pair[1].line, format!("{said} is in the key by its number"))
        })
        .collect()
}

/// Planted values on one line with their column, outside quotations.
fn values(text: &str, key: &Key) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if is_quoted(line) {
            continue;
        }
        let words = plain(&line.replace(',', ""));
        for instance in &key.world.instances {
            let Some(value) = instance.value.map(|value| value.abs().to_string()) else {
                continue;
            };
            // Split into words like the line, which splits numbers at the decimal point.
            let digits = plain(&value);
            let named = |name: &&String| words.contains(&name.to_lowercase());
            let column = instance.columns.iter().find(named);
            let said = words.windows(digits.len()).any(|run| run == digits);
            if let Some(column) = column.filter(|_| said) {
                found.push((at + 1, format!("“{value}” was planted in `{column}`")));
            }
        }
    }
    found
}

struct TextWord {
    text: String,
    line: usize,
    quoted: bool,
}

fn spoken(text: &str) -> Vec<TextWord> {
    let mut words = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let quoted = is_quoted(line);
        words.extend(plain(line).into_iter().map(|text| TextWord {
            text,
            line: at + 1,
            quoted,
        }));
    }
    words
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Words in lower case. Underscores are part of words, so a column is one word.
fn plain(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .map(|word| word.trim_matches('_').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_single_words_and_blanks_are_none() {
        assert_eq!(
            plain("In `gap_hours`: ____ Two-fold."),
            ["in", "gap_hours", "two", "fold"]
        );
    }

    #[test]
    fn lines_are_counted_from_one_and_quotations_are_known() {
        let words = spoken("a\n\n  > b\n");
        assert_eq!((words[0].line, words[0].quoted), (1, false));
        assert_eq!((words[1].line, words[1].quoted), (3, true));
    }
}
