//! A progress bar, and Ctrl-C.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use drumlin::progress::{Interrupted, Progress};
use indicatif::{ProgressBar, ProgressStyle};

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// A progress bar on stderr, drawn only on a terminal.
pub(super) struct Bar(Mutex<ProgressBar>);

impl Bar {
    /// Watch for Ctrl-C: the first one asks the work to stop and clean up, the second one ends the
    /// process at once.
    pub(super) fn watching() -> Self {
        // A second handler in one process is refused, and the first one suffices.
        let _ = ctrlc::set_handler(|| {
            if STOP.swap(true, Ordering::SeqCst) {
                std::process::exit(2);
            }
        });
        Self(Mutex::new(ProgressBar::hidden()))
    }

    fn with(&self, act: impl FnOnce(&mut ProgressBar)) {
        // The bar stays usable after a panic in another thread.
        let mut bar = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        act(&mut bar);
    }

    /// Remove the bar, so that the next message starts on a clean line.
    pub(super) fn finish(&self) {
        self.with(|bar| bar.finish_and_clear());
    }
}

impl Progress for Bar {
    fn stage(&self, name: &str, total: u64) {
        let template = if total > 0 {
            "{msg:24} {bar:32} {human_pos}/{human_len} {eta:>4}"
        } else {
            "{msg} {spinner}"
        };
        self.with(|bar| {
            bar.finish_and_clear();
            *bar = if total > 0 {
                ProgressBar::new(total)
            } else {
                ProgressBar::new_spinner()
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_message(name.to_owned());
            bar.enable_steady_tick(std::time::Duration::from_millis(150));
        });
    }

    fn advance(&self, steps: u64) -> Result<(), Interrupted> {
        self.with(|bar| bar.inc(steps));
        if STOP.load(Ordering::SeqCst) {
            self.finish();
            return Err(Interrupted);
        }
        Ok(())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}
