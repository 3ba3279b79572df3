//! Turns cells into the arrays from which a Parquet column is written.

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

/// The precision of real numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reals {
    /// 64 bits: lossless.
    Double,
    /// 32 bits: seven digits.
    Single,
}

/// Number of leading values used to judge whether values repeat.
const FIRST: usize = 1024;
/// With more distinct values among these, a dictionary does not save space.
const VARIED: usize = 1019;
/// With more distinct real numbers in a block, a dictionary with its indices takes as much space as
/// the packed numbers.
const MOST_REALS: usize = 1 << 13;

/// The array of a column, and its encoding: where values rarely repeat, no dictionary is tried.
pub(super) fn to_array(cells: &Cells, reals: Reals) -> PolarsResult<(Box<dyn Array>, Encoding)> {
    Ok(match cells {
        Cells::Real(values) if reals == Reals::Single => {
            let array = numbers(ArrowDataType::Float32, values, |value| value as f32);
            (array, encoding(values, f64::to_bits))
        }
        Cells::Real(values) => {
            if let Some(array) = repeated(values)? {
                (array.boxed(), Encoding::RleDictionary)
            } else {
                let array = numbers(ArrowDataType::Float64, values, |value| value);
                (array, Encoding::Plain)
            }
        }
        Cells::Whole(values) => {
            let array = numbers(ArrowDataType::Int64, values, |value| value);
            (array, whole_encoding(values))
        }
        Cells::Time(values) => {
            let moment = ArrowDataType::Timestamp(TimeUnit::Millisecond, None);
            let array = numbers(moment, values, |value| value);
            (array, whole_encoding(values))
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

/// Which values are present.
fn there<T>(values: &[Option<T>]) -> Bitmap {
    values.iter().map(Option::is_some).collect()
}

fn numbers<T: Copy + Default, N: NativeType>(
    data_type: ArrowDataType,
    values: &[Option<T>],
    number: impl Fn(T) -> N,
) -> Box<dyn Array> {
    // In one pass: most columns have no missing values and need no bitmap.
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
        // For integers polars counts the distinct values and decides by itself.
        Encoding::RleDictionary
    }
}

/// How integers are encoded: as differences if they mostly increase, like times in order and
/// positions.
fn whole_encoding(values: &[Option<i64>]) -> Encoding {
    match encoding(values, |value| value as u64) {
        Encoding::Plain if wanders_little(values) => Encoding::DeltaBinaryPacked,
        other => other,
    }
}

/// Whether the total variation of the first numbers is only a few times their range: once for
/// sorted numbers, a third of their count for unordered ones.
fn wanders_little(values: &[Option<i64>]) -> bool {
    let first = || values.iter().take(FIRST).flatten().copied();
    let steps = first().zip(first().skip(1));
    // As floating-point numbers, which do not overflow.
    let way: f64 = steps.map(|(a, b)| (b as f64 - a as f64).abs()).sum();
    match (first().min(), first().max()) {
        (Some(least), Some(greatest)) => way <= 8.0 * (greatest as f64 - least as f64),
        _ => false,
    }
}

/// Real numbers as indices into a dictionary in order of appearance; none if a dictionary saves no
/// space. Most columns have so few digits that values repeat: packing indices then takes less time
/// and space than packing numbers.
fn repeated(values: &[Option<f64>]) -> PolarsResult<Option<DictionaryArray<u32>>> {
    const SLOT_BITS: u32 = 15;
    const EMPTY: u32 = u32::MAX;
    // Fibonacci hashing (Knuth 1998, section 6.4): 2 to the 64 over the golden ratio.
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let most = MOST_REALS.min(values.len() / 4 * 3);
    let mut slots = vec![EMPTY; 1 << SLOT_BITS];
    let mut reals: Vec<f64> = Vec::new();
    let mut keys: Vec<u32> = Vec::with_capacity(values.len());
    let mut full = true;
    for value in values {
        let Some(value) = value else {
            full = false;
            keys.push(0);
            continue;
        };
        let bits = value.to_bits();
        let mut slot = (bits.wrapping_mul(SPREAD) >> (u64::BITS - SLOT_BITS)) as usize;
        let key = loop {
            let key = slots[slot];
            if key == EMPTY {
                if reals.len() >= most || (keys.len() <= FIRST && reals.len() > VARIED) {
                    return Ok(None);
                }
                slots[slot] = reals.len() as u32;
                reals.push(*value);
                break slots[slot];
            }
            if reals[key as usize].to_bits() == bits {
                break key;
            }
            slot = (slot + 1) % slots.len();
        };
        keys.push(key);
    }
    if reals.is_empty() {
        return Ok(None);
    }
    let there = (!full).then(|| there(values));
    let keys = PrimitiveArray::new(ArrowDataType::UInt32, keys.into(), there);
    let reals = PrimitiveArray::new(ArrowDataType::Float64, reals.into(), None);
    DictionaryArray::try_from_keys(keys, reals.boxed(), false).map(Some)
}

/// Texts as indices into a dictionary in order of appearance; none if a dictionary saves nothing.
fn dictionary(values: &[Option<Text>]) -> PolarsResult<Option<DictionaryArray<u32>>> {
    // Used for lookups only, never iterated.
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

/// Concatenated texts. Parquet knows from its schema that the bytes are text.
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
