//! Whole jobs: each calls the layers below in order.

mod explore;

pub use explore::{Exploration, ExploreError, explore, explore_page};
