//! Long work reports progress and can be interrupted between steps.
//!
//! A stage of work takes a [`Progress`] and calls [`Progress::advance`] at points where stopping
//! is safe. The binary draws a bar and watches for Ctrl-C behind it; tests pass [`Silent`].

use thiserror::Error;

/// An observer of long work.
pub trait Progress: Sync {
    /// Begin a stage of `total` steps.
    fn stage(&self, name: &str, total: u64);

    /// `steps` more steps of the current stage are done.
    ///
    /// # Errors
    /// [`Interrupted`] when the person asked to stop: give up now, the caller cleans up.
    fn advance(&self, steps: u64) -> Result<(), Interrupted>;
}

/// The person asked to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("interrupted")]
pub struct Interrupted;

/// No observer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _name: &str, _total: u64) {}

    fn advance(&self, _steps: u64) -> Result<(), Interrupted> {
        Ok(())
    }
}
