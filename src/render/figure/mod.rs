//! Figures: a [`Chart`](crate::chart::Chart) as inline SVG.
//!
//! Colours are CSS variables of the page (`var(--ink)`, `var(--rule)`, `var(--tone-first)`, …), so
//! the same figure works in light and dark mode and on paper. Series differ by shape and dash as
//! well as by colour. Only `pen` uses plotters.

mod frame;
mod legend;
mod marks;
mod pen;
mod scale;
mod svg;
mod text_width;
mod ticks;

pub use svg::{FigureSize, svg};
