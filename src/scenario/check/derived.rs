//! Columns that are made of earlier ones: sums, ratios, later moments.

use super::checker::Checker;
use crate::scenario::locate::PathStep::{Item, Key};
use crate::scenario::plan_columns::{BusinessHours, ColumnKind, Marginal};
use crate::scenario::spec::ScenarioSpec;
use crate::scenario::spec_columns::{ColumnSpec, OverSpec};

/// Digits of a ratio behind the point unless the column says.
const RATIO_DIGITS: u32 = 3;
/// Digits of a lag behind the point unless the column says: less than a millisecond in any unit.
const LAG_DIGITS: u32 = 9;
/// Milliseconds in each unit that a lag may have.
const LAGS: [(&str, f64); 4] = [("s", 1e3), ("min", 6e4), ("h", 3.6e6), ("days", 8.64e7)];

/// Milliseconds of the longest p95 of a lag: moments must stay moments.
const MOST_LAG: f64 = 3_660.0 * 8.64e7;

impl Checker<'_> {
    pub(super) fn derived(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> ColumnKind {
        let of = self.sum("of", column.of.iter().flatten(), at, spec);
        self.require(
            !of.is_empty(),
            &[Key("column"), Item(at), Key("of")],
            || "a derived column needs `of = { column = weight }`".to_owned(),
        );
        let over = match &column.over {
            None => Vec::new(),
            Some(OverSpec::Column(name)) => self.sum("over", [(name, &1.0)], at, spec),
            Some(OverSpec::Weights(weights)) => {
                self.require(
                    !weights.is_empty(),
                    &[Key("column"), Item(at), Key("over")],
                    || "`over` is empty, expected at least one column".to_owned(),
                );
                self.sum("over", weights, at, spec)
            }
        };
        let usual = if over.is_empty() { 0 } else { RATIO_DIGITS };
        ColumnKind::Derived {
            of,
            over,
            digits: column.digits.unwrap_or(usual),
        }
    }

    /// A weighted sum of columns further up.
    fn sum<'s>(
        &mut self,
        key: &'static str,
        weights: impl IntoIterator<Item = (&'s String, &'s f64)>,
        at: usize,
        spec: &ScenarioSpec,
    ) -> Vec<(usize, f64)> {
        let mut sum = Vec::new();
        for (name, weight) in weights {
            let path = [Key("column"), Item(at), Key(key), Key(name)];
            if let Some(source) = self.position(name, &path) {
                self.require(source < at, &path, || {
                    format!(
                        "`{name}` comes later; a derived column comes after the columns it is computed from"
                    )
                });
                let kind = spec.column[source].kind.as_str();
                let numeric = matches!(kind, "real" | "count" | "fraction" | "derived");
                self.require(numeric, &path, || {
                    format!("`{name}` is of kind `{kind}`, expected a numeric column")
                });
                self.range(*weight, -1e9, 1e9, &path);
                sum.push((source, *weight));
            }
        }
        sum
    }

    /// When a later moment may lie.
    fn business_hours(&mut self, column: &ColumnSpec, at: usize) -> BusinessHours {
        if let Some([from, to]) = column.within {
            self.require(
                from < to && to <= 24,
                &[Key("column"), Item(at), Key("within")],
                || format!("found [{from}, {to}], expected two hours from 0 to 24, the first before the second"),
            );
        }
        BusinessHours {
            hours: column.within,
            workdays: column.workdays,
            cut_off: column.cut_off,
        }
    }

    /// A moment after another one.
    pub(super) fn after(
        &mut self,
        column: &ColumnSpec,
        at: usize,
        spec: &ScenarioSpec,
    ) -> ColumnKind {
        let path = [Key("column"), Item(at), Key("after")];
        let name = column.after.as_deref().unwrap_or_default();
        let from = self.position(name, &path);
        if let Some(from) = from {
            self.require(from < at, &path, || {
                format!("`{name}` is not an earlier column, expected a timestamp further up")
            });
            let kind = spec.column[from].kind.as_str();
            self.require(kind == "timestamp", &path, || {
                format!("`{name}` is of kind `{kind}`, expected a timestamp")
            });
        }
        let unit = LAGS.iter().find(|(name, _)| *name == column.unit);
        if unit.is_none() {
            let says = format!(
                "found the unit `{}`, expected one of {}: the unit of the lag",
                column.unit,
                LAGS.map(|(name, _)| name).join(", ")
            );
            self.problem(&[Key("column"), Item(at), Key("unit")], says, None);
        }
        let mut lag = self.long_tail(column, at);
        let most = unit.map_or(f64::INFINITY, |(_, milliseconds)| MOST_LAG / milliseconds);
        if let Some(p95) = column.p95.filter(|p95| *p95 > most) {
            let says = format!("found a p95 of {p95}, expected at most {most}: ten years");
            self.problem(&[Key("column"), Item(at), Key("p95")], says, None);
        }
        if let Marginal::LongTail { digits, .. } = &mut lag {
            // A whole number of minutes would keep the seconds of the moment before.
            *digits = column.digits.unwrap_or(LAG_DIGITS);
        }
        ColumnKind::After {
            from: from.unwrap_or(0),
            lag,
            unit: unit.map_or(1.0, |(_, milliseconds)| *milliseconds),
            business_hours: self.business_hours(column, at),
        }
    }
}
