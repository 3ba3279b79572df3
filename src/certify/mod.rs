//! The certificate: is there one correct clustering, and do the columns carry signal?
//!
//! The numbers of an analysis view (rows × columns) become [`Statistics`], and statistics become a
//! [`Verdict`]: a list of reasons, each with the statistic, its value and its threshold. Nothing
//! here depends on where a view comes from; a [`FactorTruth`] adds further measurements.
//!
//! *Too clear* needs separation, never stability alone: one elongated cluster is split the same way
//! every time. *Meaningless* means that columns do not predict each other; *dull* means that
//! pairwise correlation explains the table.

mod certificate;
mod depth;
mod error;
mod reference;
mod statistics;
mod verdict;
mod view;

pub use certificate::Certificate;
pub use depth::Depth;
pub use error::CertifyError;
pub use reference::Reference;
pub use statistics::{
    Agreement, AgreementMap, ColumnPairs, Curve, Declared, Density, FactorTruth, KSelection,
    Meaning, Oracle, PAIR_EXCESS, PAIR_VALLEY, PREDICTABLE, PositiveControl, SeparatedCopy,
    Separation, SplitPair, Stability, Statistics, Vote, Within, compute_statistics, levels, within,
};
pub use verdict::{Reason, ReasonKind, Verdict, judge};
pub(crate) use view::blocks;
pub use view::{LeftOut, LeftOutReason, Step, VIEW_ROWS, View, ViewColumn};
