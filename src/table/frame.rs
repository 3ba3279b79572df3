//! Conversion to and from polars.

use polars::prelude::{
    AnyValue, BooleanChunked, DataFrame, DataType, Float64Chunked, Int64Chunked, IntoColumn,
    IntoSeries, NamedFrom, NewChunkedArray, PlSmallStr, PolarsResult, Schema, Series, TimeUnit,
};

use super::arrays::Reals;
use super::{Cells, Column, Table, Text};

/// The table as polars holds it.
pub(super) fn to_frame(table: &Table) -> PolarsResult<DataFrame> {
    let columns = table
        .columns()
        .iter()
        .map(|column| to_series(column).map(IntoColumn::into_column))
        .collect::<PolarsResult<Vec<_>>>()?;
    DataFrame::new(table.rows(), columns)
}

/// The schema that tables with these columns are written with.
pub(super) fn schema(table: &Table, reals: Reals) -> Schema {
    table
        .columns()
        .iter()
        .map(|column| {
            let data_type = data_type(&column.cells, reals);
            (column.name.as_str().into(), data_type)
        })
        .collect()
}

/// A polars frame as a table. Types without an equivalent are kept as text.
pub(super) fn from_frame(frame: &DataFrame) -> PolarsResult<Option<Table>> {
    let columns = frame
        .columns()
        .iter()
        .map(|column| {
            let series = column.as_materialized_series();
            Ok(Column {
                name: series.name().to_string(),
                cells: to_cells(series)?,
            })
        })
        .collect::<PolarsResult<Vec<_>>>()?;
    Ok(Table::new(columns))
}

fn data_type(cells: &Cells, reals: Reals) -> DataType {
    match cells {
        Cells::Real(_) if reals == Reals::Single => DataType::Float32,
        Cells::Real(_) => DataType::Float64,
        Cells::Whole(_) => DataType::Int64,
        Cells::Flag(_) => DataType::Boolean,
        Cells::Time(_) => DataType::Datetime(TimeUnit::Milliseconds, None),
        Cells::Text(_) => DataType::String,
    }
}

fn to_series(column: &Column) -> PolarsResult<Series> {
    let name = PlSmallStr::from_str(&column.name);
    match &column.cells {
        Cells::Real(values) => Ok(match without_holes(values) {
            Some(values) => Float64Chunked::from_vec(name, values).into_series(),
            None => Series::new(name, values.as_slice()),
        }),
        Cells::Whole(values) => Ok(whole(name, values)),
        Cells::Flag(values) => Ok(match without_holes(values) {
            Some(values) => {
                BooleanChunked::from_iter_values(name, values.into_iter()).into_series()
            }
            None => Series::new(name, values.as_slice()),
        }),
        Cells::Time(values) => {
            whole(name, values).cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
        }
        Cells::Text(values) => {
            let texts: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
            Ok(Series::new(name, texts.as_slice()))
        }
    }
}

fn whole(name: PlSmallStr, values: &[Option<i64>]) -> Series {
    match without_holes(values) {
        Some(values) => Int64Chunked::from_vec(name, values).into_series(),
        None => Series::new(name, values),
    }
}

/// The values themselves if none is missing, as in most columns: polars then takes them as they are
/// and needs no bitmap.
fn without_holes<T: Copy + Default>(values: &[Option<T>]) -> Option<Vec<T>> {
    let mut full = true;
    let plain = values.iter().map(|value| {
        full &= value.is_some();
        value.unwrap_or_default()
    });
    let plain = plain.collect();
    full.then_some(plain)
}

fn to_cells(series: &Series) -> PolarsResult<Cells> {
    let data_type = series.dtype().clone();
    if data_type == DataType::Boolean {
        return Ok(Cells::Flag(series.bool()?.iter().collect()));
    }
    if data_type.is_integer() {
        // Unsigned 64-bit values above i64::MAX would become missing, so those are kept as
        // floating-point numbers.
        let whole = series.cast(&DataType::Int64)?;
        if whole.null_count() == series.null_count() {
            return Ok(Cells::Whole(whole.i64()?.iter().collect()));
        }
    }
    if data_type.is_numeric() {
        let real = series.cast(&DataType::Float64)?;
        let values = real.f64()?.iter();
        return Ok(Cells::Real(
            values
                .map(|value| value.filter(|x| x.is_finite()))
                .collect(),
        ));
    }
    match data_type {
        DataType::String => Ok(Cells::Text(
            series
                .str()?
                .iter()
                .map(|value| value.map(Text::from))
                .collect(),
        )),
        DataType::Datetime(..) | DataType::Date => {
            let moments = series
                .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?
                .cast(&DataType::Int64)?;
            Ok(Cells::Time(moments.i64()?.iter().collect()))
        }
        _ => Ok(Cells::Text(
            series
                .iter()
                .map(|value| match value {
                    AnyValue::Null => None,
                    other => Some(Text::from(other.to_string())),
                })
                .collect(),
        )),
    }
}
