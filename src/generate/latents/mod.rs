//! The latents of every row.

pub(super) mod basis_functions;
pub(super) mod draw;
pub(super) mod entities;
pub(super) mod factor_marginal;
pub(super) mod memberships;
pub(super) mod time;
