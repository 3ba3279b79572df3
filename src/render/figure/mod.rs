//! Figures: a [`Chart`](crate::chart::Chart) as inline SVG.
//!
//! Colours are variables of the page (`var(--ink)`, `var(--rule)`, `var(--tone-first)`, …), so one
//! figure serves light, dark and paper. Series differ by shape and dash as well as by colour.
//! Only `pen` names plotters.

mod frame;
mod legend;
mod marks;
mod pen;
mod scale;
mod svg;
mod text_width;
mod ticks;

pub use svg::{FigureSize, svg};
