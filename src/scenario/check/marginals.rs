//! Marginals: distributions in product words, and how people round them.

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::{Heaping, Marginal, Tail};
use crate::scenario::spec_columns::{ColumnSpec, TailSpec};

impl Checker<'_> {
    pub(super) fn long_tail(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
        let median = self.needed(column.median, "median", column, at, (1e-9, 1e12));
        let p95 = self.needed(column.p95, "p95", column, at, (1e-9, 1e15));
        self.require(p95 > median, &[Key("column"), Item(at), Key("p95")], || {
            format!("found p95 {p95}, expected more than the median {median}")
        });
        if let Some(cap) = column.cap {
            let path = [Key("column"), Item(at), Key("cap")];
            self.require(cap > median, &path, || {
                format!("found cap {cap}, expected more than the median {median}")
            });
        }
        if let Some(floor) = column.floor {
            self.range(floor, 0.0, median, &[Key("column"), Item(at), Key("floor")]);
        }
        Marginal::LongTail {
            median,
            p95,
            tail: match column.tail {
                None => Tail::Usual,
                Some(TailSpec::Short) => Tail::Short,
                Some(TailSpec::Heavy) => Tail::Heavy,
            },
            digits: column.digits.unwrap_or(0),
            cap: column.cap,
            floor: column.floor,
        }
    }

    pub(super) fn share_marginal(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
        let inside = (1e-6, 1.0 - 1e-6);
        let median = self.needed(column.median, "median", column, at, inside);
        let p95 = self.needed(column.p95, "p95", column, at, inside);
        self.require(p95 > median, &[Key("column"), Item(at), Key("p95")], || {
            format!("found p95 {p95}, expected more than the median {median}")
        });
        Marginal::Share {
            median,
            p95,
            digits: column.digits.unwrap_or(3),
        }
    }

    /// A real number: symmetric with `low` and `high`, else with a long tail.
    pub(super) fn real(&mut self, column: &ColumnSpec, at: usize) -> Marginal {
        if column.low.is_none() && column.high.is_none() {
            return self.long_tail(column, at);
        }
        let low = self.needed(column.low, "low", column, at, (-1e12, 1e12));
        let high = self.needed(column.high, "high", column, at, (-1e12, 1e12));
        self.require(high > low, &[Key("column"), Item(at), Key("high")], || {
            format!("found high {high}, expected more than low {low}")
        });
        for (key, there) in [
            ("median", column.median.is_some()),
            ("p95", column.p95.is_some()),
            ("cap", column.cap.is_some()),
            ("floor", column.floor.is_some()),
            ("tail", column.tail.is_some()),
        ] {
            if there {
                let says = format!("`{key}` together with `low` and `high`");
                let hint = match key {
                    "median" | "p95" => {
                        "keep one pair: `low` and `high` for a symmetric column, `median` and `p95` for \
                         a long tail"
                    }
                    _ => {
                        "it belongs with `median` and `p95`; for a scale with two ends use them with \
                         `cap` and `tail = \"short\"`, or a fraction"
                    }
                };
                let path = [Key("column"), Item(at), Key(key)];
                self.problem(&path, says, Some(hint.to_owned()));
            }
        }
        Marginal::Symmetric {
            low,
            high,
            digits: column.digits.unwrap_or(0),
        }
    }

    pub(super) fn heaping(&mut self, column: &ColumnSpec, at: usize) -> Option<Heaping> {
        let share = column.heaped.unwrap_or(1.0);
        let Some(step) = column.step else {
            let path = [Key("column"), Item(at), Key("heaped")];
            self.require(column.heaped.is_none(), &path, || {
                "`heaped` without `step`, expected the multiples to round to".to_owned()
            });
            return None;
        };
        Some(Heaping { step, share })
    }
}
