//! Questions from what the report says and the files show.

use crate::bundle::Key;
use crate::generate::{Finding, FindingKind, Truth};
use crate::review::markdown::{code, escape};
use crate::review::passages::find;
use crate::review::sentences::{counted, of_grouping, recovery};
use crate::review::{Evidence, FindingEvidence, Passage, Terms};
use crate::submission::Submission;

use super::question::{Opens, Question, Stage};

/// One question of each sort that the evidence carries, the most telling first, then second ones.
pub(super) fn questions(evidence: &Evidence, key: &Key, submission: &Submission) -> Vec<Question> {
    let mut meaning = meanings(evidence, key).into_iter();
    let mut data = data(evidence, key).into_iter();
    let mut questions = Vec::new();
    questions.extend(artefact(evidence, key, submission));
    questions.extend(groups(evidence, key));
    questions.extend(data.next());
    questions.extend(meaning.next());
    questions.extend(action(submission));
    questions.extend(meaning.next());
    questions.extend(data.next());
    questions
}

/// Words by which a report doubts that there is a number of groups.
const DOUBTS: [&str; 7] = [
    "continuum",
    "continuous",
    "no clear cluster",
    "no natural",
    "would not defend",
    "no k stands out",
    "disagree",
];

/// A grouping that lies closest to the decoy.
fn artefact(evidence: &Evidence, key: &Key, submission: &Submission) -> Option<Question> {
    let grouping = evidence.groupings.iter().find(|grouping| {
        let closest = grouping.against.first();
        closest.is_some_and(|closest| closest.decoy && closest.recovery.above_chance())
    })?;
    let decoy = &grouping.against.first()?.finding;
    let instance = key.world.instances.iter().find(|i| i.id == *decoy);
    let columns = instance.map_or(&[][..], |instance| &instance.columns);
    // Only a column that the report names may be named to its author.
    let named = columns.iter().find_map(|column| {
        let said = find(
            &submission.report,
            &Terms {
                strong: vec![column.clone()],
                ..Terms::default()
            },
        );
        (!said.is_empty()).then_some((column, said))
    });
    let start = format!(
        "Your grouping {} has {} groups",
        code(&grouping.name),
        grouping.groups
    );
    let (ask, mut passages) = match named {
        Some((column, said)) => (
            format!(
                "{start}, and you mention {0}. What would the groups look like after a log of {0}, \
                 or without it? And how would you find out whether one source – a version, a \
                 region, a few accounts – explains them?",
                code(column)
            ),
            said,
        ),
        None => (
            format!(
                "{start}. Which column sets them apart most, and what would they look like after \
                 a log of that column, or without it? How would you find out whether one source \
                 – a version, a region, a few accounts – explains them?"
            ),
            Vec::new(),
        ),
    };
    let about_groups = evidence
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Groups);
    passages.extend(about_groups.flat_map(|finding| finding.passages.clone()));
    let says = key.finding(decoy).map_or("", |finding| &finding.says);
    Some(Question {
        about: vec![decoy.clone()],
        stage: Stage::Groups,
        opens: None,
        heading: "What the groups are made of",
        passages,
        ask,
        why: format!("{} {}", escape(&of_grouping(grouping)), escape(says)),
        listen: &[
            "wants to see rows of the smallest group before naming it",
            "looks at another scale, or at what remains without a few extreme values",
            "asks who or what produces these rows, and is glad to drop a result that does not hold",
        ],
        hint: "Take the smallest group. Draw ten of its rows at random and read them aloud: what \
               strikes you?"
            .to_owned(),
    })
}

/// What the report says of groups.
fn groups(evidence: &Evidence, key: &Key) -> Option<Question> {
    let finding = evidence
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::Groups && !finding.passages.is_empty())?;
    let doubts = |passage: &&Passage| {
        passage
            .matched
            .iter()
            .any(|term| DOUBTS.contains(&term.as_str()))
    };
    let doubting: Vec<Passage> = finding.passages.iter().filter(doubts).cloned().collect();
    let question = Question {
        about: vec![finding.id.clone()],
        stage: Stage::Groups,
        opens: None,
        heading: "One grouping or another",
        passages: finding.passages.clone(),
        ask: "A colleague cuts the same rows in another way and likes theirs better. How would \
              the two of you find out who is right – or whether that question has an answer?"
            .to_owned(),
        why: for_you(finding, key),
        listen: &[
            "names a test that could go against their own grouping: other rows, other methods, data without groups",
            "asks what the groups are for before asking which are right",
            "can hold two groupings as useful without calling either one true",
        ],
        hint: "Suppose you ran the same steps on rows drawn from one smooth cloud. What would you \
               get?"
            .to_owned(),
    };
    if doubting.is_empty() {
        return Some(question);
    }
    Some(Question {
        opens: Some(Opens::Doubt),
        heading: "A doubt about groups",
        passages: doubting,
        ask: "You doubt that there is one right number of groups. What brought you there, and \
              what would you have to see to change your mind?"
            .to_owned(),
        listen: &[
            "names something that could have been seen and was not: a valley between groups, methods that agree, the same groups on other rows",
            "tells a grouping that is convenient from one that is there",
            "knows what to offer somebody who needs segments all the same",
        ],
        hint: "Somebody shows you a picture with two clouds. What do you ask before you believe \
               it?"
        .to_owned(),
        ..question
    })
}

/// Structures that the report speaks of, then those that only its axes follow.
fn meanings(evidence: &Evidence, key: &Key) -> Vec<Question> {
    let structures = || {
        let open = evidence.findings.iter().filter(|one| !one.given);
        open.filter(|finding| finding.kind == FindingKind::Structure)
    };
    let spoken = structures().filter(|finding| !finding.passages.is_empty());
    let mut questions: Vec<Question> = spoken.map(|finding| meaning(finding, key)).collect();
    // Those that are named come before those whose columns merely stand together.
    questions.sort_by_key(|question| question.opens.is_none());
    for axis in evidence
        .axes
        .iter()
        .filter(|axis| axis.together.above_chance())
    {
        let silent = structures().find(|one| one.id == axis.finding && one.passages.is_empty());
        let (Some(finding), Some(best)) = (silent, &axis.best) else {
            continue;
        };
        questions.push(Question {
            about: vec![finding.id.clone()],
            stage: Stage::Meaning,
            opens: None,
            heading: "An axis without a name",
            passages: Vec::new(),
            ask: format!(
                "Take the ten rows at each end of your axis {} and read them side by side. What \
                 do you expect to find there, and what would you call it?",
                code(best)
            ),
            why: format!(
                "The axes follow this structure (recovery {}), and no passage seems to speak of \
                 it. {}",
                recovery(&axis.together),
                for_you(finding, key)
            ),
            listen: &[
                "goes from loadings to rows, and from rows to people who do something",
                "offers a name, and says what would show that it is the wrong one",
                "knows that the ends of an axis may be swapped and that axes may be turned",
            ],
            hint: "Which text or which account would you expect at one end and never at the \
                   other?"
                .to_owned(),
        });
    }
    questions
}

fn meaning(finding: &FindingEvidence, key: &Key) -> Question {
    let words = key
        .finding(&finding.id)
        .map_or(&[][..], |known| &known.words);
    let named = finding
        .passages
        .iter()
        .any(|passage| passage.matched.iter().any(|term| words.contains(term)));
    let question = Question {
        about: vec![finding.id.clone()],
        stage: Stage::Meaning,
        opens: Some(Opens::Meaning),
        heading: "Something that they see in the data",
        passages: finding.passages.clone(),
        ask: "Say a little more about this. What would you expect to see if it were not so? And \
              if it is so, what would you do with it?"
            .to_owned(),
        why: for_you(finding, key),
        listen: &[
            "has, or finds on the spot, a picture that could have come out the other way",
            "speaks of people or events behind the columns, not of columns alone",
            "knows what somebody would do otherwise for knowing it",
        ],
        hint: "Suppose it were a coincidence of these rows. Which other column, or which other \
               weeks, would tell?"
            .to_owned(),
    };
    if named {
        return question;
    }
    Question {
        opens: None,
        heading: "Columns that go together",
        ask: "You put these columns beside each other. What do they have in common, what would \
              you call it, and what would show that the name is wrong?"
            .to_owned(),
        ..question
    }
}

/// Defects that were repaired, then those that the report speaks of, the decoy not first.
fn data(evidence: &Evidence, key: &Key) -> Vec<Question> {
    let mut questions = Vec::new();
    for finding in evidence
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Defect)
    {
        let cleaning = evidence
            .cleaning
            .iter()
            .find(|one| one.finding == finding.id);
        let repaired = cleaning.filter(|one| 2 * one.repaired.count > one.repaired.of);
        if repaired.is_none() && finding.passages.is_empty() {
            continue;
        }
        let start = match (repaired, finding.passages.is_empty()) {
            (Some(_), true) => "Your cleaned data are not quite the delivered ones. ",
            _ => "",
        };
        let numbers = repaired.map_or(String::new(), |one| {
            format!(" Repaired in the cleaned data: {}.", counted(&one.repaired))
        });
        questions.push(Question {
            about: vec![finding.id.clone()],
            stage: Stage::Data,
            opens: Some(if repaired.is_some() {
                Opens::Repair
            } else {
                Opens::Data
            }),
            heading: "What was put right, or set aside",
            passages: finding.passages.clone(),
            ask: format!(
                "{start}How did you come upon this, what else in the report would read \
                 differently if you had not, and whom would you ask before making it a rule?"
            ),
            why: format!("{}{numbers}", for_you(finding, key)),
            listen: &[
                "found it by looking for something, or by being puzzled, and can say which",
                "knows how many rows it concerns and which results it moves",
                "names a person or a team that would know, and what to ask them",
            ],
            hint: "What did the data look like just before you noticed?".to_owned(),
        });
    }
    questions.sort_by_key(|question| question.opens);
    questions
}

/// A recommendation, or a cause.
fn action(submission: &Submission) -> Option<Question> {
    let said = |strong: &[&str]| {
        let strong = strong.iter().map(|word| (*word).to_owned()).collect();
        let terms = Terms {
            strong,
            ..Terms::default()
        };
        let passages = find(&submission.report, &terms);
        (!passages.is_empty()).then_some(passages)
    };
    let advice = said(&[
        "recommend",
        "strategy",
        "we should",
        "you should",
        "advise",
        "propose",
    ]);
    let question = Question {
        about: Vec::new(),
        stage: Stage::Action,
        opens: None,
        heading: "Before somebody acts on it",
        passages: Vec::new(),
        ask: "Suppose somebody does this on Monday. What would you check before, and what would \
              tell you a month later that it was wrong?"
            .to_owned(),
        why: "The report advises something. Nothing in these data was made to carry a decision; \
              what counts is how they would make it safe."
            .to_owned(),
        listen: &[
            "names a cheap check, and what its result would change",
            "thinks of who is affected, and of what cannot be taken back",
            "would rather try it small than argue for it",
        ],
        hint: "What is the cheapest thing that could prove it wrong?".to_owned(),
    };
    if let Some(passages) = advice {
        return Some(Question {
            passages,
            ..question
        });
    }
    let causes = [
        "because of",
        "causes",
        "caused by",
        "drives",
        "driven by",
        "leads to",
        "due to",
        "the effect of",
    ];
    Some(Question {
        heading: "A cause",
        passages: said(&causes)?,
        ask: "What else could have brought this about? And what would you check before somebody \
              acts on it?"
            .to_owned(),
        why: "The report names a cause. These data were observed: nothing was tried out in them."
            .to_owned(),
        listen: &[
            "has a second explanation ready, or finds one",
            "names a comparison, a date or a trial that would tell them apart",
            "says how sure they are, and acts accordingly",
        ],
        hint: "Who decides which rows are of the one kind and which of the other?".to_owned(),
        ..question
    })
}

/// What is there, from the key.
pub(super) fn for_you(finding: &FindingEvidence, key: &Key) -> String {
    let known: Option<&Finding> = key.finding(&finding.id);
    let decoy = known.is_some_and(|known| matches!(known.truth, Truth::Defect { decoy: true, .. }));
    let decoy = if decoy { " It is the decoy." } else { "" };
    let accepted = known.map_or(String::new(), |known| {
        format!(
            " Accepted too: {}.",
            escape(known.accepted.trim_end_matches('.'))
        )
    });
    format!("{}{decoy}{accepted}", escape(&finding.says))
}
