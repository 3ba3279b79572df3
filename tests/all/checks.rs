//! Checks on whole tables: each finds its problem, and clean tables raise nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use drumlin::checks::{Check, Hit, raised, run};
use drumlin::generate::{FrozenWorld, Instance, deliver, source};
use drumlin::random::{Draws, Secret};
use drumlin::scenario::{DefectKind, EmptyCells, load};
use drumlin::table::{Cells, Column, Table};

const DAY: i64 = 86_400_000;
const ROWS: usize = 2_000;
const DAYS: usize = 60;

/// A table without problems, column by column, so that a test can damage any part of it.
#[derive(Clone)]
struct Sheet {
    draws: Draws,
    /// Source row of each row.
    rows: Vec<usize>,
    id: Vec<String>,
    team: Vec<String>,
    region: Vec<String>,
    plan: Vec<String>,
    note: Vec<String>,
    at: Vec<i64>,
    done: Vec<i64>,
    factor: Vec<f64>,
    ms: Vec<Option<f64>>,
    kb: Vec<Option<f64>>,
    score: Vec<Option<f64>>,
    ratio: Vec<Option<f64>>,
    items: Vec<i64>,
    more: Vec<Column>,
}

fn sheet() -> Sheet {
    let mut draws = Secret::demo(7).stream().draws();
    let (mut ms, mut kb, mut score, mut ratio) = (vec![], vec![], vec![], vec![]);
    let (mut at, mut done, mut factor) = (vec![], vec![], vec![]);
    let (mut id, mut team, mut region, mut plan, mut note, mut items) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    let to = |value: f64, digits: f64| Some((value * digits).round() / digits);
    for row in 0..ROWS {
        let f = draws.normal();
        factor.push(f);
        ms.push(to((7.0 + 0.5 * f + 0.35 * draws.normal()).exp(), 10.0));
        kb.push(to((5.5 + 0.5 * f + 0.35 * draws.normal()).exp(), 10.0));
        score.push(to(10.0 + f + draws.normal(), 1e4));
        ratio.push(to(1.0 / (1.0 + (1.0 - f - draws.normal()).exp()), 1e3));
        items.push((4.5 + 0.3 * f + 0.7 * draws.normal()).exp().round() as i64);
        let day = (row * DAYS / ROWS) as i64;
        let hour = (13.0 + 3.0 * draws.normal()).rem_euclid(24.0);
        at.push((20_000 + day) * DAY + (hour * 3.6e6) as i64);
        done.push(at[row] + (1e5 * draws.normal().exp()) as i64 + 1);
        id.push(format!("r{:05}", row * 7_919 % 100_003));
        team.push(format!("t{:02}", draws.index(50)));
        region.push(["north", "south", "harbour", "hillside"][draws.index(4)].to_owned());
        plan.push(["basic", "premium"][draws.index(2)].to_owned());
        note.push(format!(
            "see page {} of part {}",
            draws.index(30),
            draws.index(9)
        ));
    }
    let rows = (0..ROWS).collect();
    let more = Vec::new();
    Sheet {
        draws,
        rows,
        id,
        team,
        region,
        plan,
        note,
        at,
        done,
        factor,
        ms,
        kb,
        score,
        ratio,
        items,
        more,
    }
}

impl Sheet {
    fn table(&self) -> Table {
        let text = |name: &str, values: &[String]| Column {
            name: name.to_owned(),
            cells: Cells::Text(
                values
                    .iter()
                    .map(|value| Some(value.as_str().into()))
                    .collect(),
            ),
        };
        let of = |name: &str, cells| Column {
            name: name.to_owned(),
            cells,
        };
        let time = |values: &[i64]| Cells::Time(values.iter().copied().map(Some).collect());
        let mut columns = vec![
            text("id", &self.id),
            text("team", &self.team),
            text("region", &self.region),
            text("plan", &self.plan),
            text("note", &self.note),
            of("at", time(&self.at)),
            of("done", time(&self.done)),
            of("ms", Cells::Real(self.ms.clone())),
            of("kb", Cells::Real(self.kb.clone())),
            of("score", Cells::Real(self.score.clone())),
            of("ratio", Cells::Real(self.ratio.clone())),
            of(
                "items",
                Cells::Whole(self.items.iter().copied().map(Some).collect()),
            ),
        ];
        columns.extend(self.more.clone());
        Table::new(columns).unwrap().pick(&self.rows)
    }

    /// Rows of one region.
    fn of(&self, region: &str) -> Vec<usize> {
        (0..ROWS)
            .filter(|row| self.region[*row] == region)
            .collect()
    }

    /// A random subset of rows.
    fn some(&mut self, share: f64) -> Vec<usize> {
        (0..ROWS).filter(|_| self.draws.chance(share)).collect()
    }
}

/// Apply `f` to each value present.
fn at(values: &mut [Option<f64>], rows: &[usize], mut f: impl FnMut(f64) -> f64) {
    for row in rows {
        values[*row] = values[*row].map(&mut f);
    }
}

type Damage = (Check, &'static [&'static str], fn(&mut Sheet));

/// The problem each check is for, and the columns it must name.
#[allow(
    clippy::too_many_lines,
    reason = "a table: one problem after the other"
)]
#[allow(clippy::assigning_clones, reason = "a damage reads as an assignment")]
fn damages() -> Vec<Damage> {
    vec![
        (Check::RepeatedRows, &[], |s| s.rows.extend(100..130)),
        (Check::RepeatedId, &["id"], |s| {
            for row in 300..320 {
                s.id[row] = s.id[row - 1].clone();
            }
        }),
        (Check::NearRepeats, &[], |s| {
            for row in 400..440 {
                for values in [&mut s.ms, &mut s.kb, &mut s.score, &mut s.ratio] {
                    values[row] = values[row + 500];
                }
            }
        }),
        (Check::CrowdedRows, &[], |s| {
            for row in 101..140 {
                for values in [&mut s.ms, &mut s.kb, &mut s.score, &mut s.ratio] {
                    values[row] = values[100].map(|x| x * (1.0 + 1e-3 * s.draws.normal()));
                }
                s.items[row] = s.items[100];
            }
        }),
        (Check::LonelyRows, &[], |s| {
            for row in 200..220 {
                s.ms[row] = Some(1e5 * s.draws.normal().exp());
                s.kb[row] = Some(0.1 * s.draws.normal().exp());
                s.score[row] = Some(10.0 + 20.0 * s.draws.normal());
            }
        }),
        (Check::Missing, &["score"], |s| {
            for row in s.some(0.03) {
                s.score[row] = None;
            }
        }),
        (Check::MissingByLevel, &["kb", "region"], |s| {
            for row in s.of("harbour") {
                s.kb[row] = None;
            }
        }),
        (Check::MissingTogether, &["ms", "kb"], |s| {
            for row in s.some(0.1) {
                (s.ms[row], s.kb[row]) = (None, None);
            }
        }),
        (Check::MissingByValue, &["score", "ms"], |s| {
            for row in 0..ROWS {
                if s.ms[row] > Some(2_000.0) {
                    s.score[row] = None;
                }
            }
        }),
        (Check::Spike, &["ms"], |s| {
            for row in s.some(0.08) {
                s.ms[row] = Some(900.0);
            }
        }),
        (Check::PileUp, &["ms"], |s| {
            at(&mut s.ms, &(0..ROWS).collect::<Vec<_>>(), |x| {
                x.min(2_500.0)
            });
        }),
        (Check::Range, &["kb"], |s| {
            for row in s.some(0.05) {
                s.kb[row] = Some(-1.0);
            }
        }),
        (Check::Range, &["ratio"], |s| {
            let rows = s.some(0.1);
            at(&mut s.ratio, &rows, |x| 100.0 * x);
        }),
        (Check::Range, &["kb"], |s| {
            for row in s.some(0.01) {
                s.kb[row] = Some(99_999.0);
            }
        }),
        (Check::TypeLimit, &["items"], |s| {
            for row in s.some(0.01) {
                s.items[row] = 32_767;
            }
        }),
        (Check::TypeLimit, &["items"], |s| {
            for items in &mut s.items {
                *items = (*items * 90 + 32_768).rem_euclid(65_536) - 32_768;
            }
        }),
        (Check::Heaping, &["ms"], |s| {
            let rows = s.some(0.5);
            at(&mut s.ms, &rows, f64::round);
        }),
        (Check::TwoModes, &["kb"], |s| {
            let rows = s.of("south");
            at(&mut s.kb, &rows, |x| x * 1e3);
        }),
        (Check::RowOrder, &["items"], |s| {
            s.items = (0..ROWS as i64).map(|row| 3 * row).collect();
        }),
        (Check::Redundant, &["ms", "score"], |s| {
            s.score = s.ms.iter().map(|x| x.map(f64::ln)).collect();
        }),
        (Check::LevelShift, &["kb", "region"], |s| {
            let rows = s.of("south");
            at(&mut s.kb, &rows, |x| 3.0 * x);
        }),
        (Check::LevelRelation, &["ms", "kb", "region"], |s| {
            let rows = s.of("harbour");
            at(&mut s.kb, &rows, |x| (11.0_f64).exp() / x);
        }),
        (Check::SecondCloud, &["ms", "kb"], |s| {
            for row in s.some(0.1) {
                (s.ms[row], s.kb[row]) = (s.kb[row], s.ms[row]);
            }
        }),
        (Check::TellsAll, &["plan"], |s| {
            for (plan, f) in s.plan.iter_mut().zip(&s.factor) {
                *plan = ["low", "middle", "upper", "top"]
                    [((f + 1.4) / 0.7).clamp(0.0, 3.0) as usize]
                    .to_owned();
            }
        }),
        (Check::NarrowEntity, &["team"], |s| {
            for row in 0..ROWS {
                if s.team[row] == "t03" {
                    (s.ms[row], s.note[row]) =
                        (Some(1_000.0 + s.draws.uniform()), "ping".to_owned());
                }
            }
        }),
        (Check::NarrowEntity, &["team"], |s| {
            // Stealthy: nothing is constant, but everything is slightly too regular.
            for row in 0..ROWS {
                if s.team[row] == "t03" {
                    s.ms[row] = s.ms[row].map(|x| 1_000.0 * (x / 1_000.0).powf(0.3));
                    s.kb[row] = s.kb[row].map(|x| 250.0 * (x / 250.0).powf(0.3));
                    s.score[row] = s.score[row].map(|x| 10.0 + 0.3 * (x - 10.0));
                    s.ratio[row] = s.ratio[row].map(|x| 0.3 + 0.3 * (x - 0.3));
                }
            }
        }),
        (Check::Spelling, &["region"], |s| {
            for row in s.of("harbour").into_iter().step_by(4) {
                s.region[row] = "harbor".to_owned();
            }
        }),
        (Check::Spelling, &["plan"], |s| {
            for row in s.some(0.1) {
                s.plan[row] = s.plan[row].to_uppercase() + " ";
            }
        }),
        (Check::OddLetters, &["note"], |s| {
            s.note[77] = "see the caf\u{c3}\u{a9}".to_owned();
        }),
        (Check::NullToken, &["region"], |s| {
            for row in s.some(0.01) {
                s.region[row] = "N/A".to_owned();
            }
        }),
        (Check::NumberForms, &["amount"], |s| {
            let texts = s.ms.iter().zip(&s.region).map(|(ms, region)| {
                let text = ms.unwrap().to_string();
                Some(
                    if region == "north" {
                        text.replace('.', ",")
                    } else {
                        text
                    }
                    .into(),
                )
            });
            s.more = vec![Column {
                name: "amount".to_owned(),
                cells: Cells::Text(texts.collect()),
            }];
        }),
        (Check::DateForms, &["day"], |s| {
            let texts = (0..ROWS).map(|row| {
                let (month, day) = (row / 200 + 1, row % 28 + 1);
                let slashed = row % 10 == 0;
                let text = if slashed {
                    format!("{day:02}/{month:02}/2026")
                } else {
                    format!("2026-{month:02}-{day:02}")
                };
                Some(text.into())
            });
            s.more = vec![Column {
                name: "day".to_owned(),
                cells: Cells::Text(texts.collect()),
            }];
        }),
        (Check::DayStep, &["score"], |s| {
            at(&mut s.score, &(ROWS / 2..ROWS).collect::<Vec<_>>(), |x| {
                x + 1.5
            });
        }),
        (Check::LastDays, &["at"], |s| {
            let first = ROWS - 3 * ROWS / DAYS;
            s.rows.retain(|row| *row < first || row % 5 == 0);
        }),
        (Check::HourShift, &["at", "region"], |s| {
            for row in s.of("harbour") {
                s.at[row] += 7 * DAY / 24;
                s.done[row] += 7 * DAY / 24;
            }
        }),
        (Check::Midnight, &["at"], |s| {
            for row in s.some(0.05) {
                s.at[row] -= s.at[row].rem_euclid(DAY);
            }
        }),
        (Check::FarTime, &["at"], |s| {
            for row in s.some(0.01) {
                s.at[row] /= 1_000;
            }
        }),
        (Check::TimeOrder, &["at", "done"], |s| {
            for row in s.some(0.02) {
                s.done[row] = s.at[row] - 5_000;
            }
        }),
    ]
}

#[test]
fn a_clean_table_raises_nothing() {
    assert_eq!(sentences(&run(&sheet().table())), Vec::<String>::new());
}

#[test]
fn every_check_sees_its_problem_in_the_column_that_has_it() {
    let before = run(&sheet().table());
    let mut seen = BTreeSet::new();
    for (check, columns, damage) in damages() {
        let mut damaged = sheet();
        damage(&mut damaged);
        let hits = run(&damaged.table());
        let found = raised(&hits, &before)
            .into_iter()
            .find(|hit| hit.check == check && hit.columns == *columns);
        let hit =
            found.unwrap_or_else(|| panic!("{check:?} on {columns:?}: {:#?}", sentences(&hits)));
        assert!(
            hit.strength >= 1.0 && hit.share > 0.0 && hit.share <= 1.0,
            "{hit:?}"
        );
        assert!(
            columns.iter().all(|column| hit.says.contains(column)),
            "{}",
            hit.says
        );
        let rows = damaged.rows.len();
        assert!(hit.rows.iter().flatten().all(|row| *row < rows));
        seen.insert(check);
    }
    assert_eq!(seen.len(), 33, "each check has a problem to see");
}

#[test]
fn the_same_table_raises_the_same_hits_and_rows_are_the_damaged_ones() {
    let mut damaged = sheet();
    let rows = damaged.some(0.05);
    for row in &rows {
        damaged.kb[*row] = Some(-1.0);
    }
    let hits = run(&damaged.table());
    assert_eq!(hits, run(&damaged.table()));
    let hit = hits.iter().find(|hit| hit.check == Check::Range).unwrap();
    assert_eq!(hit.rows.as_ref(), Some(&rows));
    assert_eq!(hit.at.as_deref(), Some("below 0"));
}

#[test]
fn tables_without_rows_values_or_variety_raise_no_panic() {
    let of = |name: &str, cells| Column {
        name: name.to_owned(),
        cells,
    };
    let tables = [
        Table::default(),
        Table::new(vec![
            of("a", Cells::Real(vec![])),
            of("t", Cells::Time(vec![])),
        ])
        .unwrap(),
        Table::new(vec![
            of("a", Cells::Real(vec![None; 40])),
            of("b", Cells::Text(vec![None; 40])),
        ])
        .unwrap(),
        Table::new(vec![
            of(
                "a",
                Cells::Real((0..300).map(|row| Some(f64::from(row) * 1e306)).collect()),
            ),
            of(
                "b",
                Cells::Whole((0..300).map(|row| Some(i64::MIN + row)).collect()),
            ),
            of(
                "t",
                Cells::Time((0..300).map(|row| Some(i64::MAX - row)).collect()),
            ),
            of(
                "u",
                Cells::Time((0..300).map(|row| Some(i64::MIN + row)).collect()),
            ),
            of(
                "f",
                Cells::Flag((0..300).map(|row| Some(row % 2 == 0)).collect()),
            ),
            of(
                "x",
                Cells::Text(
                    (0..300)
                        .map(|row| Some(format!("\u{fffd}é{}", row % 7).into()))
                        .collect(),
                ),
            ),
        ])
        .unwrap(),
        Table::new(vec![
            of("a", Cells::Whole(vec![Some(5); 500])),
            of("id", Cells::Whole(vec![Some(5); 500])),
        ])
        .unwrap(),
    ];
    for table in tables {
        for hit in run(&table) {
            assert!(hit.strength.is_finite() && hit.share.is_finite(), "{hit:?}");
        }
    }
}

#[test]
fn clouds_and_curves_without_a_fault_raise_nothing() {
    let mut draws = Secret::demo(11).stream().draws();
    let rows = 3_000;
    let mut tables: Vec<Vec<Vec<f64>>> = vec![vec![Vec::new(); 8]; 3];
    for _ in 0..rows {
        let (f, blob) = (draws.normal(), draws.index(5) as f64);
        let noises: Vec<f64> = (0..8).map(|_| draws.normal()).collect();
        for (column, noise) in noises.into_iter().enumerate() {
            tables[0][column].push(noise);
            tables[1][column]
                .push((4.0 * (blob * (column as f64 + 1.7)).sin() + noise).round_to(1e4));
            tables[2][column].push((4.0 + 0.6 * f + noise).exp().round());
        }
    }
    for columns in tables {
        let columns = columns.into_iter().enumerate().map(|(at, values)| Column {
            name: format!("x{at}"),
            cells: Cells::Real(values.into_iter().map(Some).collect()),
        });
        let hits = run(&Table::new(columns.collect()).unwrap());
        assert_eq!(sentences(&hits), Vec::<String>::new());
    }
}

trait Rounded {
    fn round_to(self, digits: f64) -> Self;
}

impl Rounded for f64 {
    fn round_to(self, digits: f64) -> Self {
        (self * digits).round() / digits
    }
}

/// The checks that may reveal a kind; for kinds that several checks reveal, any check on their
/// columns.
fn reveals(kind: DefectKind) -> &'static [Check] {
    match kind {
        DefectKind::UnitSlip => &[Check::TwoModes, Check::LevelShift, Check::Range],
        DefectKind::ExactDuplicates => &[Check::RepeatedRows],
        DefectKind::Sentinel => &[Check::Spike, Check::Range],
        DefectKind::MissingBySource => &[Check::MissingByLevel],
        DefectKind::SpellingVariants => &[Check::Spelling],
        DefectKind::TimeZoneShift => &[Check::HourShift],
        DefectKind::RetryStorm => &[Check::CrowdedRows],
        DefectKind::DefaultSpike => &[Check::Spike],
        DefectKind::Bots => &[Check::NarrowEntity],
        _ => &[],
    }
}

#[test]
fn surfaces_raise_only_real_changes_and_every_drawn_defect_is_revealed() {
    let scenario = Arc::new(load("assistant-prompts").unwrap());
    let mut faults = Vec::new();
    for seed in 0..4 {
        let stream = Secret::demo(seed).stream();
        let frozen = FrozenWorld::draw(scenario.clone(), &stream);
        let world = frozen.world.clone();
        let bundle = Secret::demo(seed).for_candidate("test", "a", 1).stream();
        let context = frozen.bundle(bundle, 5_000);
        let source = source(&context, 0);
        let before = run(&source.clean);
        // Properties stated in the file are not problems: empty cells, exact zeros and ones.
        let told = |name: &String| {
            scenario.columns.iter().any(|plan| {
                plan.name == *name
                    && (plan.empty != EmptyCells::default()
                        || plan.ends.iter().any(|share| *share > 0.0))
            })
        };
        let real = |hit: &Hit| {
            hit.check == Check::DayStep && world.change.is_some()
                || hit.columns.first().is_some_and(told)
        };
        for hit in before.iter().filter(|hit| !real(hit)) {
            faults.push(format!(
                "seed {seed}, surface: {:?} {}",
                hit.check, hit.says
            ));
        }
        let delivered = deliver(&context, 0, &source);
        let after = run(&delivered.table);
        let new = raised(&after, &before);
        for instance in &world.instances {
            if !new.iter().any(|hit| is_of(instance, hit)) {
                let Instance {
                    kind,
                    columns,
                    source,
                    value,
                    rate,
                    ..
                } = instance;
                faults.push(format!(
                    "seed {seed}: {kind:?} {columns:?} {source:?} {value:?} {rate} not seen"
                ));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

fn is_of(instance: &Instance, hit: &Hit) -> bool {
    let column = hit.columns.first();
    let known = reveals(instance.kind);
    (known.is_empty() || known.contains(&hit.check))
        && (instance.columns.is_empty()
            || hit.check == Check::NarrowEntity
            || column.is_some_and(|column| instance.columns.contains(column)))
}

fn sentences(hits: &[Hit]) -> Vec<String> {
    hits.iter()
        .map(|hit| format!("{:?}: {}", hit.check, hit.says))
        .collect()
}
