//! Random folds for cross-validation.

use crate::random::Draws;

/// Number of folds of the certificate.
pub const FOLDS: usize = 3;

/// A fold from 0 for each of `rows` rows, at random, sizes differing by at most one.
///
/// If rows belong together (copies, one entity), draw folds of those units and give each row the
/// fold of its unit: a row whose copy is in the training set is not really held out.
///
/// ```
/// use drumlin::{learn::folds, random::Secret};
/// let mut folds = folds(7, 3, &mut Secret::demo(1).stream().draws());
/// folds.sort_unstable();
/// assert_eq!(folds, [0, 0, 0, 1, 1, 2, 2]);
/// ```
pub fn folds(rows: usize, count: usize, draws: &mut Draws) -> Vec<usize> {
    let mut folds = vec![0; rows];
    for (at, row) in draws.sample(rows, rows).into_iter().enumerate() {
        folds[row] = at % count.max(1);
    }
    folds
}
