//! The pages that reviewers read before an interview, and the notes for feedback.

use std::sync::LazyLock;

use drumlin::bundle::Key;
use drumlin::generate::Truth;
use drumlin::render::review_page;
use drumlin::report::{debrief, feedback_notes, leaks};
use drumlin::review::{Baselines, Evidence, FindingState, Passage};
use drumlin::submission::Submission;

use crate::review_fixtures::{
    PROSE_REPORT, STANDARD_REPORT, alone, key, naive, naive_report, standard, submission,
};

static KEYS: LazyLock<[Key; 3]> = LazyLock::new(|| [key(1), key(2), key(3)]);

const HOSTILE: &str = "</blockquote><script>alert(1)</script>\n\n# x\n> <img src=x onerror=y> \
                       ![p](https://e.org/p.png) [l](javascript:x) www.e.org <!-- `` ``` --> &lt;b&gt;";

type Case = (&'static Key, Evidence, Submission);

/// Naive, standard and prose alone, for every key.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for key in KEYS.iter() {
        let believing = submission(&naive_report(key), &[]);
        cases.push((key, naive(key, &believing), believing));
        let doubting = submission(STANDARD_REPORT, &["time", "text columns"]);
        cases.push((key, standard(key, &doubting), doubting));
        let prose = submission(PROSE_REPORT, &[]);
        cases.push((key, alone(key, &prose), prose));
    }
    cases
}

/// All untrusted text is hostile.
fn hostile() -> Case {
    let (key, mut evidence, _) = cases().remove(1);
    let submission = submission(&format!("# {HOSTILE}\n\n{HOSTILE}\n"), &[HOSTILE]);
    let passage = Passage {
        place: HOSTILE.to_owned(),
        quote: HOSTILE.to_owned(),
        matched: Vec::new(),
        strength: 3,
    };
    for finding in &mut evidence.findings {
        finding.passages = vec![passage.clone(), passage.clone()];
    }
    evidence.not_in_key = vec![passage.clone()];
    HOSTILE.clone_into(&mut evidence.groupings[0].name);
    evidence.axes[0].best = Some(HOSTILE.to_owned());
    for texts in [
        &mut evidence.notes,
        &mut evidence.submitted,
        &mut evidence.issues,
        &mut evidence.left_out,
    ] {
        *texts = vec![HOSTILE.to_owned()];
    }
    (key, evidence, submission)
}

fn headings(page: &str) -> Vec<&str> {
    let parts = page.split("<h2>").skip(1);
    parts.map(|part| part.split('<').next().unwrap()).collect()
}

#[test]
fn a_report_alone_has_every_section_and_no_blank_cell() {
    let cases = cases();
    let [_, standard, prose] = &cases[..3] else {
        panic!("three cases");
    };
    let full = review_page(&standard.1, standard.0, &Baselines::default());
    let page = review_page(&prose.1, prose.0, &Baselines::default());
    assert_eq!(headings(&full), headings(&page));
    assert_eq!(
        page.matches("Not submitted; nothing follows from that.")
            .count(),
        5
    );
    for page in [full, page] {
        assert!(!page.contains("<td></td>") && !page.contains("<td class=\"number\"></td>"));
        assert!(!page.contains("NaN"));
    }
}

#[test]
fn every_finding_quotes_the_report_first() {
    for (key, evidence, _) in cases() {
        let page = review_page(&evidence, key, &Baselines::default());
        let blocks: Vec<&str> = page.split("<article class=\"finding\">").skip(1).collect();
        assert_eq!(blocks.len(), key.findings.len());
        for block in blocks {
            let place = |part: &str| block.find(part).unwrap_or(usize::MAX);
            let words = place("<blockquote>").min(place("No passage seems to concern this"));
            assert!(words < place("<details>"), "{block}");
            assert!(
                place("<details>") < place("<dl class=\"boxes\">"),
                "{block}"
            );
        }
    }
}

#[test]
fn a_page_passes_no_judgement() {
    for (key, evidence, _) in cases() {
        let page = review_page(&evidence, key, &Baselines::default()).to_lowercase();
        // Without styles, the words of the candidate, and alternative readings.
        let mut page = page.split_once("<body>").unwrap().1.to_owned();
        for finding in &key.findings {
            page = page.replace(&finding.accepted, "");
        }
        let own: String = page
            .split("<blockquote>")
            .map(|part| {
                part.split_once("</blockquote>")
                    .map_or(part, |(_, rest)| rest)
            })
            .collect();
        for bad in [
            "missed",
            "fooled",
            "score",
            "total",
            "verdict",
            "recommend",
            "hire ",
        ] {
            assert!(!own.contains(bad), "{bad}");
        }
        assert!(!own.contains("☑"), "states are empty at first");
        assert!(own.contains("demo: not for hiring"));
    }
}

#[test]
fn a_grouping_that_matches_the_decoy_rests_on_an_artefact() {
    let cases = cases();
    let opening = "“cluster” (2 groups, ";
    let page = review_page(&cases[0].1, cases[0].0, &Baselines::default());
    let sentence = page
        .split(opening)
        .nth(1)
        .unwrap()
        .split("</p>")
        .next()
        .unwrap();
    assert!(
        sentence
            .contains("recovers 0.98 of rows of the decoy (chance 0.01); it rests on an artefact")
    );
    assert!(sentence.contains("0.05 of the archetypes"));
    let page = review_page(&cases[1].1, cases[1].0, &Baselines::default());
    assert!(
        !page
            .split("Axes</h3>")
            .next()
            .unwrap()
            .contains("it rests on an artefact")
    );
}

#[test]
fn states_set_by_a_person_are_shown() {
    let (key, mut evidence, _) = cases().remove(2);
    evidence.findings[0].state = Some(FindingState::Partly);
    evidence.findings[0].after_talk = Some(FindingState::IHadMisreadIt);
    evidence.findings[0].note = "<i>said it</i>".to_owned();
    let page = review_page(&evidence, key, &Baselines::default());
    assert!(page.contains("☑ partly") && page.contains("☑ I had misread it"));
    assert!(page.contains("&lt;i&gt;said it&lt;/i&gt;"));
    assert_eq!(page.matches('☑').count(), 2);
}

#[test]
fn untrusted_text_stays_text() {
    let (key, evidence, submission) = hostile();
    let page = review_page(&evidence, key, &Baselines::default());
    for tag in ["<script", "<img", "href=", "<!--"] {
        assert!(!page.contains(tag), "{tag}");
    }
    let mut options = comrak::Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.render.r#unsafe = true;
    for text in [
        debrief(&evidence, key, &submission),
        feedback_notes(&evidence, key),
    ] {
        let html = comrak::markdown_to_html(&text, &options);
        for bad in ["<script", "<img", "<a ", "<!--", "<h1>x", "<b>"] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
        assert_eq!(html.matches("<h1>").count(), 1);
        // A quote ends at the end of its paragraph.
        let quotes = html.matches("<blockquote>").count();
        assert!(
            quotes > 0 && html.matches("<blockquote>\n<p>“").count() == quotes,
            "{html}"
        );
        assert_eq!(
            html.matches("</p>\n</blockquote>").count(),
            quotes,
            "{html}"
        );
    }
}

/// The parts to read aloud.
fn aloud(debrief: &str) -> String {
    let spoken = ["**Ask.**", "**If stuck.**"];
    let lines = debrief.lines();
    let lines = lines.filter(|line| spoken.iter().any(|mark| line.starts_with(mark)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_debrief_has_six_questions_and_says_nothing_of_the_key_aloud() {
    for (key, evidence, submission) in cases() {
        let text = debrief(&evidence, key, &submission);
        assert_eq!(text, debrief(&evidence, key, &submission));
        assert_eq!(text.matches("\n## ").count(), 6, "{text}");
        for mark in [
            "**Ask.**",
            "**If stuck.**",
            "**For you.**",
            "Listen for\n\n- ",
        ] {
            assert_eq!(text.matches(mark).count(), 6, "{mark} in {text}");
        }
        assert_eq!(leaks(&aloud(&text), key), Vec::<String>::new(), "{text}");
        assert!(
            !leaks(&text, key).is_empty(),
            "the rest is for interviewers"
        );
    }
}

#[test]
fn a_debrief_is_tied_to_its_report() {
    let cases = cases();
    let text = |at: usize| debrief(&cases[at].1, cases[at].0, &cases[at].2);
    let believing = text(0);
    let column = &cases[0]
        .0
        .world
        .instances
        .iter()
        .find(|i| i.decoy)
        .unwrap()
        .columns[0];
    for part in [
        "> “I found 2 clear clusters (silhouette 0.97).”",
        &format!("Your grouping `cluster` has 2 groups, and you mention `{column}`"),
        "I recommend one product strategy per segment.",
        "it rests on an artefact",
    ] {
        assert!(believing.contains(part), "{part} in {believing}");
    }
    let doubting = text(1);
    let (first, rest) = doubting.split_once("## 2.").unwrap();
    assert!(first.contains("> “No k stands out") && first.contains("change your mind"));
    assert!(
        rest.contains("Repaired in the cleaned data: 38 of 40"),
        "{rest}"
    );
    assert!(rest.contains("You left this out on purpose: “time”, “text columns”"));
    assert!(doubting.contains("This is not among the findings we expected."));
    let prose = text(2);
    assert!(prose.contains("No passage of the report seems to mention this"));
}

#[test]
fn a_report_of_one_word_gets_six_questions_too() {
    let key = &KEYS[0];
    let short = submission("Hm.", &[]);
    let evidence = alone(key, &short);
    let text = debrief(&evidence, key, &short);
    assert_eq!(text.matches("\n## ").count(), 6, "{text}");
    assert!(text.contains("> “Hm.”"));
    let mut nothing = evidence.clone();
    nothing.findings.clear();
    let text = debrief(&nothing, key, &short);
    assert_eq!(text.matches("\n## ").count(), 6, "{text}");
    assert!(feedback_notes(&nothing, key).contains("A passage of your choice: ____"));
}

#[test]
fn feedback_notes_tell_nothing_of_the_key() {
    for (key, evidence, _) in cases() {
        let notes = feedback_notes(&evidence, key);
        assert_eq!(leaks(&notes, key), Vec::<String>::new(), "{notes}");
        assert!(notes.matches("____").count() > 12);
        assert!(notes.contains("DEMO: not for hiring"));
    }
}

#[test]
fn the_linter_finds_what_only_the_key_knows() {
    for key in KEYS.iter() {
        for finding in &key.findings {
            for secret in [&finding.statement, &finding.title, &finding.how_to_notice] {
                let text = format!("# Feedback\n\nThank you. {secret} Well done.\n");
                assert!(!leaks(&text, key).is_empty(), "{secret}");
            }
            let quoted = format!("> “{}”\n", finding.statement);
            assert!(!leaks(&quoted, key).is_empty(), "{quoted}");
            if let Truth::Factor { .. } = finding.truth {
                let found = leaks(&format!("one\n\nYou came close to {}.", finding.id), key);
                assert_eq!(
                    found,
                    [format!(
                        "line 3: “{}” is the name of a structure",
                        finding.id
                    )]
                );
                let own = format!("> “I call it {}.”\n", finding.id);
                assert_eq!(leaks(&own, key), Vec::<String>::new());
            }
        }
        assert_eq!(leaks("The decoy caught you.", key).len(), 1);
        assert_eq!(
            leaks("Thank you for the report. I liked the 3 figures.", key),
            Vec::<String>::new()
        );
    }
}

#[test]
fn the_linter_knows_numbers_only_beside_what_they_belong_to() {
    let key = &mut KEYS[0].clone();
    key.world.benign.entities = vec![65];
    assert_eq!(
        leaks("You spent 65 minutes on it.", key),
        Vec::<String>::new()
    );
    assert_eq!(leaks("Look at entity 65 again.", key).len(), 1);
    key.world.instances[0].columns = vec!["gap_hours".to_owned()];
    key.world.instances[0].value = Some(999.0);
    assert_eq!(leaks("You wrote 999 words.", key), Vec::<String>::new());
    assert_eq!(leaks("In `gap_hours`, 999 means none.", key).len(), 1);
}
