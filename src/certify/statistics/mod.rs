//! Everything measured on an analysis view.

mod agreement;
mod compute;
mod declared;
mod density;
mod k_selection;
mod meaning;
mod oracle;
mod pairs;
mod partitions;
mod positive_control;
mod sample;
mod separation;
mod stability;

pub use agreement::{Agreement, AgreementMap};
pub(crate) use compute::{STEPS, compute_with_progress};
pub use compute::{Statistics, compute_statistics};
pub use declared::{Declared, Within, levels, within};
pub use density::Density;
pub use k_selection::{KSelection, Vote};
pub use meaning::{Meaning, PREDICTABLE};
pub use oracle::{FactorTruth, Oracle};
pub use pairs::{ColumnPairs, PAIR_EXCESS, PAIR_VALLEY, SplitPair};
pub use positive_control::{PositiveControl, SeparatedCopy};
pub use separation::{Curve, Separation};
pub use stability::Stability;
