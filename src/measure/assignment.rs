//! The best one-to-one assignment of rows to columns.

use ndarray::ArrayView2;

/// The pairs of row and column with the largest sum of `worths`: as many as the shorter side has,
/// by row. Worths are finite.
///
/// The Hungarian method by shortest augmenting paths, in time rows² × columns for the shorter side
/// as rows: Kuhn (1955), doi:10.1002/nav.3800020109; Jonker & Volgenant (1987),
/// doi:10.1007/BF02278710.
pub(super) fn best_assignment(worths: ArrayView2<'_, f64>) -> Vec<[usize; 2]> {
    if worths.nrows() > worths.ncols() {
        let mut pairs: Vec<[usize; 2]> = best_assignment(worths.t())
            .into_iter()
            .map(|[column, row]| [row, column])
            .collect();
        pairs.sort_unstable();
        return pairs;
    }
    let (rows, columns) = worths.dim();
    // Position 0 of both is a stand-in: row and column numbers below count from 1.
    let mut of_row = vec![0.0; rows + 1];
    let mut of_column = vec![0.0; columns + 1];
    let mut owner = vec![0; columns + 1];
    for row in 1..=rows {
        owner[0] = row;
        let mut shortest = vec![f64::INFINITY; columns + 1];
        let mut before = vec![0; columns + 1];
        let mut done = vec![false; columns + 1];
        let mut at = 0;
        while owner[at] != 0 {
            done[at] = true;
            let from = owner[at];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in 1..=columns {
                if done[column] {
                    continue;
                }
                let cost = -worths[[from - 1, column - 1]] - of_row[from] - of_column[column];
                if cost < shortest[column] {
                    shortest[column] = cost;
                    before[column] = at;
                }
                if shortest[column] < step {
                    step = shortest[column];
                    next = column;
                }
            }
            if next == 0 {
                // Only where a worth is not finite: this row stays alone.
                at = 0;
                break;
            }
            for column in 0..=columns {
                if done[column] {
                    of_row[owner[column]] += step;
                    of_column[column] -= step;
                } else {
                    shortest[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            owner[at] = owner[before[at]];
            at = before[at];
        }
    }
    let mut pairs: Vec<[usize; 2]> = (1..=columns)
        .filter(|column| owner[*column] != 0)
        .map(|column| [owner[column] - 1, column - 1])
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use ndarray::{Array2, array};

    use super::*;

    #[test]
    fn the_largest_worth_is_given_up_when_the_sum_gains() {
        let worths = array![[9.0, 8.0, 0.0], [8.0, 1.0, 0.0]];
        assert_eq!(best_assignment(worths.view()), vec![[0, 1], [1, 0]]);
        assert_eq!(best_assignment(worths.t()), vec![[0, 1], [1, 0]]);
        assert!(best_assignment(Array2::zeros((0, 3)).view()).is_empty());
    }

    #[test]
    fn it_finds_the_best_of_all_permutations() {
        let mut draws = crate::random::Secret::demo(8).stream().draws();
        for _ in 0..50 {
            let worths = Array2::from_shape_fn((4, 4), |_| draws.between(-1.0, 1.0));
            let sum =
                |order: [usize; 4]| -> f64 { (0..4).map(|row| worths[[row, order[row]]]).sum() };
            let mut best = f64::NEG_INFINITY;
            for code in 0..256 {
                let order = [code % 4, code / 4 % 4, code / 16 % 4, code / 64];
                if (0..4).all(|column| order.contains(&column)) {
                    best = best.max(sum(order));
                }
            }
            let found: f64 = best_assignment(worths.view())
                .iter()
                .map(|pair| worths[*pair])
                .sum();
            assert!((found - best).abs() < 1e-12);
        }
    }
}
