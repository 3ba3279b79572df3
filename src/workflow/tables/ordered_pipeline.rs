//! Parts are made by many threads and consumed in order, one at a time.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::Scope;

/// Parts being made or waiting to be consumed, beyond one per thread.
const AHEAD: u64 = 2;

/// Make every part of `numbers` and pass it to `store`, in order.
///
/// Each thread consumes the next part if it is ready, or makes another one. No thread waits while
/// there is work, and the result does not depend on the number of threads. At most two more parts
/// than threads are in memory.
///
/// # Errors
/// The first error of `take`; parts being made at that time are dropped.
pub(crate) fn in_order<T: Send, S: Send, E: Send>(
    numbers: Range<u64>,
    store: S,
    make: impl Fn(u64) -> T + Sync,
    take: impl Fn(&mut S, T) -> Result<(), E> + Sync,
) -> Result<S, E> {
    let threads = rayon::current_num_threads() as u64;
    let line = OrderedPipeline {
        ahead: threads + AHEAD,
        state: Mutex::new(PipelineState {
            next: numbers.start,
            taken: numbers.start,
            end: numbers.end,
            waiting: BTreeMap::new(),
            busy: false,
            failed: None,
        }),
        store: Mutex::new(store),
        make,
        take,
    };
    rayon::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|scope| line.work(scope));
        }
    });
    let state = line.state.into_inner();
    match state.unwrap_or_else(PoisonError::into_inner).failed {
        Some(why) => Err(why),
        None => Ok(line
            .store
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)),
    }
}

struct OrderedPipeline<T, S, E, M, F> {
    ahead: u64,
    state: Mutex<PipelineState<T, E>>,
    store: Mutex<S>,
    make: M,
    take: F,
}

struct PipelineState<T, E> {
    /// The next part to be made.
    next: u64,
    /// The next part to be consumed.
    taken: u64,
    end: u64,
    /// Finished parts that wait for their turn.
    waiting: BTreeMap<u64, T>,
    /// Whether a thread is consuming a part.
    busy: bool,
    failed: Option<E>,
}

enum Task<T> {
    Make(u64),
    Take(T),
}

impl<T, S, E, M, F> OrderedPipeline<T, S, E, M, F>
where
    T: Send,
    S: Send,
    E: Send,
    M: Fn(u64) -> T + Sync,
    F: Fn(&mut S, T) -> Result<(), E> + Sync,
{
    /// Work until nothing is left to start; other threads may still be busy.
    fn work<'a>(&'a self, scope: &Scope<'a>) {
        while let Some(task) = self.task() {
            match task {
                Task::Make(number) => {
                    let made = (self.make)(number);
                    self.state().waiting.insert(number, made);
                }
                Task::Take(made) => {
                    let done = {
                        // Nobody is consuming: only one thread may at a time.
                        let store = self.store.lock();
                        (self.take)(&mut store.unwrap_or_else(PoisonError::into_inner), made)
                    };
                    let mut state = self.state();
                    state.taken += 1;
                    state.busy = false;
                    state.failed = done.err();
                    // A thread that stopped because too many parts were waiting may continue.
                    scope.spawn(move |scope| self.work(scope));
                }
            }
        }
    }

    fn task(&self) -> Option<Task<T>> {
        let mut state = self.state();
        let due = state.taken;
        if state.failed.is_some() {
            return None;
        }
        if !state.busy
            && let Some(made) = state.waiting.remove(&due)
        {
            state.busy = true;
            return Some(Task::Take(made));
        }
        let more = state.next < state.end && state.next < due + self.ahead;
        more.then(|| {
            state.next += 1;
            Task::Make(state.next - 1)
        })
    }

    fn state(&self) -> MutexGuard<'_, PipelineState<T, E>> {
        // Nothing that can panic runs while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    #[test]
    fn parts_arrive_in_order_and_few_are_ahead() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build();
        let (made, taken) = (AtomicU64::new(0), AtomicU64::new(0));
        let make = |number: u64| {
            made.fetch_add(1, Ordering::SeqCst);
            // Some take longer than others.
            (0..(number % 5) * 10_000).fold(number, |sum, x| std::hint::black_box(sum ^ x ^ x))
        };
        let take = |order: &mut Vec<u64>, number: u64| {
            let taken = taken.fetch_add(1, Ordering::SeqCst);
            assert!(made.load(Ordering::SeqCst) <= taken + 3 + AHEAD + 1);
            order.push(number);
            Ok::<_, ()>(())
        };
        let order = pool
            .unwrap()
            .install(|| in_order(4..60, Vec::new(), make, take));
        assert_eq!(order, Ok((4..60).collect()));
    }

    #[test]
    fn the_first_failure_ends_it() {
        let take = |(): &mut (), number: u64| if number < 7 { Ok(()) } else { Err(number) };
        assert_eq!(in_order(0..50, (), |number| number, take), Err(7));
        assert_eq!(in_order(9..9, (), |number| number, take), Ok(()));
    }
}
