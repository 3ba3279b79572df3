//! The certificate: is there one correct clustering, and do the columns carry signal?
//!
//! Numbers of an analysis view (rows × columns) become [`Statistics`], and statistics become a
//! [`Verdict`]: a list of reasons, each with the statistic, its value and its threshold. Nothing
//! here knows where a view comes from; with a [`FactorTruth`], more is measured.
//!
//! *Too clear* needs separation, never stability alone: one elongated cloud is cut in two the same way
//! every time. *Meaningless* is a table whose columns do not predict each other; *dull* is one that
//! pairwise correlation explains.

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
