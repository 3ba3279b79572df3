//! What each rater says of each item.

/// Ratings of items by raters; some may be missing. Categories are numbers: for names, number
/// them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    categories: Vec<f64>,
    raters: usize,
    /// Per item, the category of each rater. Items that nobody rated are gone.
    items: Vec<Vec<Option<usize>>>,
}

/// How much two different categories agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Not at all: categories without an order.
    Identity,
    /// Less the further apart their values are.
    Linear,
    /// Less by the square of how far apart their values are.
    Quadratic,
    /// Less by the number of pairs of categories from the one to the other: an order without
    /// distances.
    Ordinal,
}

impl Ratings {
    /// From one list of ratings per rater; a rating that is not finite is missing. `declared`
    /// categories count even where nobody uses them.
    ///
    /// ```
    /// use drumlin::measure::Ratings;
    /// let ratings = Ratings::new(&[[1.0, 3.0, f64::NAN], [1.0, 1.0, f64::NAN]], &[1.0, 2.0, 3.0]);
    /// assert_eq!((ratings.raters(), ratings.items()), (2, 2));
    /// assert_eq!(ratings.categories(), &[1.0, 2.0, 3.0]);
    /// ```
    ///
    /// # Panics
    /// When raters have lists of different lengths: the caller aligns them by item.
    pub fn new<R: AsRef<[f64]>>(raters: &[R], declared: &[f64]) -> Self {
        let length = raters.first().map_or(0, |rater| rater.as_ref().len());
        let mut categories: Vec<f64> = declared.to_vec();
        for rater in raters {
            assert_eq!(rater.as_ref().len(), length, "raters of other items");
            categories.extend(rater.as_ref());
        }
        // `-0.0` and `0.0` are one category.
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

    /// Number of items that somebody rated.
    pub fn items(&self) -> usize {
        self.items.len()
    }

    /// Whether fewer than two categories were used: there is nothing to disagree on, and measures
    /// say 1.
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

    /// The ratings without one item.
    pub(super) fn without(&self, item: usize) -> Self {
        let mut rest = self.clone();
        rest.items.remove(item);
        rest
    }
}

impl Weights {
    /// How much categories agree, from 0 to 1 (with themselves).
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
