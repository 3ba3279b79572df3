//! Cells as the arrays that a Parquet column is written from.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use polars::prelude::{ArrowDataType, PolarsResult};
use polars_arrow::array::{
    Array, BinaryArray, BooleanArray, DictionaryArray, PrimitiveArray, Utf8ViewArray,
};
use polars_arrow::bitmap::Bitmap;
use polars_arrow::datatypes::TimeUnit;
use polars_arrow::offset::OffsetsBuffer;
use polars_arrow::types::NativeType;
use polars_parquet::write::Encoding;

use super::{Cells, Text};

/// How wide real numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reals {
    /// 64 bits: every number as it is.
    Double,
    /// 32 bits: seven digits.
    Single,
}

/// The first values of a column, by which it is told whether values repeat.
const FIRST: usize = 1024;
/// With more distinct ones among the first, a dictionary of a block saves no room.
const VARIED: usize = 1019;

/// The array of a column, and how it is written: where values hardly repeat, nobody looks for a
/// dictionary of them.
pub(super) fn to_array(cells: &Cells, reals: Reals) -> PolarsResult<(Box<dyn Array>, Encoding)> {
    Ok(match cells {
        Cells::Real(values) if reals == Reals::Single => {
            let array = numbers(ArrowDataType::Float32, values, |value| value as f32);
            (array, encoding(values, f64::to_bits))
        }
        Cells::Real(values) => {
            let array = numbers(ArrowDataType::Float64, values, |value| value);
            (array, encoding(values, f64::to_bits))
        }
        Cells::Whole(values) => {
            let array = numbers(ArrowDataType::Int64, values, |value| value);
            (array, encoding(values, |value| value as u64))
        }
        Cells::Time(values) => {
            let moment = ArrowDataType::Timestamp(TimeUnit::Millisecond, None);
            let array = numbers(moment, values, |value| value);
            (array, encoding(values, |value| value as u64))
        }
        Cells::Flag(values) => {
            let full = values.iter().all(Option::is_some);
            let flags = values.iter().map(|value| value.unwrap_or_default());
            let there = (!full).then(|| there(values));
            let array = BooleanArray::new(ArrowDataType::Boolean, flags.collect(), there);
            (array.boxed(), Encoding::Plain)
        }
        Cells::Text(values) => match dictionary(values)? {
            Some(array) => (array.boxed(), Encoding::RleDictionary),
            None => (texts(values)?.boxed(), Encoding::Plain),
        },
    })
}

/// Which values are there.
fn there<T>(values: &[Option<T>]) -> Bitmap {
    values.iter().map(Option::is_some).collect()
}

fn numbers<T: Copy + Default, N: NativeType>(
    data_type: ArrowDataType,
    values: &[Option<T>],
    number: impl Fn(T) -> N,
) -> Box<dyn Array> {
    // In one pass: most columns have no holes, and keep no book of them.
    let mut full = true;
    let plain = values.iter().map(|value| {
        full &= value.is_some();
        number(value.unwrap_or_default())
    });
    let plain: Vec<N> = plain.collect();
    PrimitiveArray::new(data_type, plain.into(), (!full).then(|| there(values))).boxed()
}

fn encoding<T: Copy>(values: &[Option<T>], bits: impl Fn(T) -> u64) -> Encoding {
    let mut first: Vec<u64> = values
        .iter()
        .take(FIRST)
        .flatten()
        .copied()
        .map(bits)
        .collect();
    first.sort_unstable();
    first.dedup();
    if first.len() > VARIED {
        Encoding::Plain
    } else {
        // Of whole numbers polars counts how many differ, and decides again.
        Encoding::RleDictionary
    }
}

/// Texts by their places in a list of them, in order of appearance; none where a list saves
/// nothing.
fn dictionary(values: &[Option<Text>]) -> PolarsResult<Option<DictionaryArray<u32>>> {
    // Only looked up, never walked through.
    let mut places: HashMap<&str, u32, FixedState> = HashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    let mut keys: Vec<u32> = Vec::with_capacity(values.len());
    let most = values.len() / 4 * 3;
    let mut full = true;
    for value in values {
        if texts.len() > most || (keys.len() == FIRST && texts.len() > VARIED) {
            return Ok(None);
        }
        keys.push(if let Some(text) = value {
            *places.entry(text).or_insert_with(|| {
                texts.push(text);
                texts.len() as u32 - 1
            })
        } else {
            full = false;
            0
        });
    }
    if texts.is_empty() {
        return Ok(None);
    }
    let there = (!full).then(|| there(values));
    let keys = PrimitiveArray::new(ArrowDataType::UInt32, keys.into(), there);
    let texts = Utf8ViewArray::from_slice_values(texts);
    DictionaryArray::try_from_keys(keys, texts.boxed(), false).map(Some)
}

/// Texts one after the other. Parquet knows from its schema that the bytes are text.
fn texts(values: &[Option<Text>]) -> PolarsResult<BinaryArray<i64>> {
    let mut bytes = Vec::with_capacity(16 * values.len());
    let mut ends = Vec::with_capacity(values.len() + 1);
    ends.push(0);
    let mut full = true;
    for value in values {
        full &= value.is_some();
        bytes.extend_from_slice(value.as_deref().unwrap_or_default().as_bytes());
        ends.push(bytes.len() as i64);
    }
    let ends = OffsetsBuffer::try_from(ends)?;
    let there = (!full).then(|| there(values));
    BinaryArray::try_new(ArrowDataType::LargeBinary, ends, bytes.into(), there)
}
