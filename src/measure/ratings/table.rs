//! The table of ratings: items by raters.

/// Ratings of items by raters; some may be missing. Categories are numbers: encode names as
/// numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    categories: Vec<f64>,
    raters: usize,
    /// The category from each rater, per item. Items that nobody rated are dropped.
    items: Vec<Vec<Option<usize>>>,
}

/// How much credit two different categories get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// None: categories without an order.
    Identity,
    /// Linear: less the further apart their values are.
    Linear,
    /// Quadratic: less by the squared distance of their values.
    Quadratic,
    /// Less by the number of pairs of categories between the two: an order without distances.
    Ordinal,
}

impl Ratings {
    /// From one list of ratings per rater; a rating that is not finite is missing. Categories that
    /// are `declared` count even if nobody uses them.
    ///
    /// ```
    /// use drumlin::measure::Ratings;
    /// let ratings = Ratings::new(&[[1.0, 3.0, f64::NAN], [1.0, 1.0, f64::NAN]], &[1.0, 2.0, 3.0]);
    /// assert_eq!((ratings.raters(), ratings.items()), (2, 2));
    /// assert_eq!(ratings.categories(), &[1.0, 2.0, 3.0]);
    /// ```
    ///
    /// # Panics
    /// When the lists of raters differ in length: the caller aligns them by item.
    pub fn new<R: AsRef<[f64]>>(raters: &[R], declared: &[f64]) -> Self {
        let length = raters.first().map_or(0, |rater| rater.as_ref().len());
        let mut categories: Vec<f64> = declared.to_vec();
        for rater in raters {
            assert_eq!(rater.as_ref().len(), length, "raters of other items");
            categories.extend(rater.as_ref());
        }
        // `-0.0` and `0.0` are the same category.
        let mut categories: Vec<f64> = categories.iter().map(|value| value + 0.0).collect();
        categories.retain(|value| value.is_finite());
        categories.sort_unstable_by(f64::total_cmp);
        categories.dedup_by(|next, kept| *next <= *kept);
        let code = |value: f64| {
            let at = categories.partition_point(|category| *category < value);
            value.is_finite().then_some(at)
        };
        let items = (0..length).map(|item| {
            let of_item = raters.iter().map(|rater| code(rater.as_ref()[item]));
            of_item.collect::<Vec<_>>()
        });
        Self {
            items: items
                .filter(|item| item.iter().any(Option::is_some))
                .collect(),
            categories,
            raters: raters.len(),
        }
    }

    /// The categories, ascending.
    pub fn categories(&self) -> &[f64] {
        &self.categories
    }

    /// Number of raters.
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// Number of items with at least one rating.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// Whether fewer than two categories were used: there is nothing to disagree on, and measures
    /// give 1.
    pub fn trivial(&self) -> bool {
        let mut used = self.items.iter().flatten().flatten();
        let first = used.next();
        used.all(|category| Some(category) == first)
    }

    /// How many raters put each item into each category.
    pub(super) fn counts(&self) -> Vec<Vec<f64>> {
        let count = |item: &Vec<Option<usize>>| {
            let mut counts = vec![0.0; self.categories.len()];
            for category in item.iter().flatten() {
                counts[*category] += 1.0;
            }
            counts
        };
        self.items.iter().map(count).collect()
    }

    /// The ratings with one item removed.
    pub(super) fn without(&self, item: usize) -> Self {
        let mut rest = self.clone();
        rest.items.remove(item);
        rest
    }
}

impl Weights {
    /// Agreement weights of pairs of categories, from 0 to 1 (1 on the diagonal).
    pub(super) fn matrix(self, categories: &[f64]) -> Vec<Vec<f64>> {
        let q = categories.len();
        let reach = match (categories.first(), categories.last()) {
            (Some(low), Some(high)) => high - low,
            _ => 0.0,
        };
        let steps = |from: usize, to: usize| {
            let between = from.abs_diff(to) as f64;
            between * (between + 1.0) / 2.0
        };
        let agree = |k: usize, l: usize| {
            if k == l {
                return 1.0;
            }
            let apart = (categories[k] - categories[l]).abs() / reach;
            match self {
                Self::Identity => 0.0,
                Self::Linear => 1.0 - apart,
                Self::Quadratic => 1.0 - apart * apart,
                Self::Ordinal => 1.0 - steps(k, l) / steps(0, q - 1),
            }
        };
        (0..q)
            .map(|k| (0..q).map(|l| agree(k, l)).collect())
            .collect()
    }
}
