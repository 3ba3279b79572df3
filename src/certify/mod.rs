//! The certificate: is there a grouping that everyone would find, and is there meaning?
//!
//! Numbers of an analysis view (rows × columns) become [`Statistics`], and statistics become a
//! [`Verdict`]: a list of reasons, each with the statistic, its value and its threshold. Nothing
//! here knows where a view comes from; with a [`Truth`] beside it, more is measured.
//!
//! *Too clear* needs separation, never stability alone: one long cloud is cut in two the same way
//! every time. *Meaningless* is a table whose columns tell nothing of each other; *dull* is one
//! that pairwise correlation explains.

mod agreement;
mod certificate;
mod control;
mod declared;
mod density;
mod depth;
mod error;
mod meaning;
mod measured;
mod numbers;
mod oracle;
mod partitions;
mod reference;
mod sample;
mod separation;
mod stability;
mod statistics;
mod subspace;
mod verdict;
mod view;

pub use agreement::{Agreement, AgreementMap};
pub use certificate::Certificate;
pub use control::{Control, Pushed};
pub use declared::{Declared, Within, levels, within};
pub use density::Density;
pub use depth::Depth;
pub use error::CertifyError;
pub use meaning::{Meaning, PREDICTABLE};
pub use measured::measure;
pub use numbers::{GroupNumbers, Vote};
pub use oracle::{Oracle, Truth};
pub use reference::Reference;
pub use separation::{Curve, Separation};
pub use stability::Stability;
pub use statistics::Statistics;
pub use subspace::{PAIR_EXCESS, PAIR_VALLEY, Pairs, SplitPair};
pub use verdict::{Reason, ReasonKind, Verdict, judge};
pub(crate) use view::blocks;
pub use view::{LeftOut, Step, VIEW_ROWS, View, ViewColumn, Why};
