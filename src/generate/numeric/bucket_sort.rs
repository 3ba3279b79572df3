//! Sorting numbers without far outliers.

/// Sort like `sort_by(f64::total_cmp)`: into buckets of equal width, then within each. Without far
/// outliers buckets are small, and this takes a fifth of the time.
pub(crate) fn sort(values: &mut Vec<f64>) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let density = values.len() as f64 / (high - low);
    if !density.is_finite() || values.iter().any(|value| value.is_nan()) {
        values.sort_unstable_by(f64::total_cmp);
        return;
    }
    // Never falling in the value, so no number lands behind a larger one's cell.
    let cell = |value: f64| ((value - low) * density) as usize;
    let mut places = vec![0_u32; values.len() + 2];
    for value in values.iter() {
        places[cell(*value) + 1] += 1;
    }
    let mut sum = 0;
    for place in &mut places {
        sum += *place;
        *place = sum;
    }
    let mut sorted = vec![0.0; values.len()];
    for value in values.iter() {
        let place = &mut places[cell(*value)];
        sorted[*place as usize] = *value;
        *place += 1;
    }
    // By now each place is the end of its cell.
    let mut start = 0;
    for end in places {
        let end = end as usize;
        if end - start > 1 {
            sorted[start..end].sort_unstable_by(f64::total_cmp);
        }
        start = end;
    }
    *values = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Secret;

    #[test]
    fn numbers_rise_whatever_they_are() {
        let mut draws = Secret::demo(8).stream().draws();
        let mut normals: Vec<f64> = (0..5000).map(|_| draws.normal()).collect();
        normals.extend([0.0, -0.0, 1e9, 0.0]);
        let few = vec![3.0, 1.0, 2.0, 1.0];
        let odd = vec![1.0, f64::INFINITY, f64::NAN, -1.0];
        for values in [normals, few, odd, vec![2.0; 9], vec![1.0], Vec::new()] {
            let (mut ours, mut theirs) = (values.clone(), values);
            sort(&mut ours);
            theirs.sort_unstable_by(f64::total_cmp);
            let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&ours), bits(&theirs));
        }
    }
}
