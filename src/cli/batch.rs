//! Work on many things at once, whose results come out in the order of the things, a fixed number of them in flight.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

/// So many results a worker may be ahead of the one that is waited for.
const AHEAD: usize = 2;
/// Stack of a worker, in bytes: as much as the main thread has.
const STACK: usize = 8 << 20;

/// What the workers tell.
pub(super) enum News<R> {
    /// Work on a thing began, by its index.
    Begun(usize),
    /// The result of a thing, in the order of the things; `None` if the work on it panicked.
    Done(usize, Option<R>),
}

/// How far the work has come.
struct Progress {
    next: usize,
    taken: usize,
    stopped: bool,
}

/// Does `work` on every item with so many workers, and gives what they tell to `hear`, on this thread.
///
/// # Errors
/// The first error of `hear`, or of the system if it has no more threads; no further work begins after it.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    workers: usize,
    work: impl Fn(&T) -> R + Sync,
    mut hear: impl FnMut(News<R>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let workers = workers.clamp(1, items.len().max(1));
    let window = workers * AHEAD;
    let progress = Mutex::new(Progress { next: 0, taken: 0, stopped: false });
    let changed = Condvar::new();
    let stop = || {
        lock(&progress).stopped = true;
        changed.notify_all();
    };
    std::thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        for _ in 0..workers {
            let tell = tell.clone();
            let (progress, changed, work) = (&progress, &changed, &work);
            let run = move || {
                while let Some(at) = next(progress, changed, items.len(), window) {
                    let Some(item) = items.get(at) else { break };
                    let _ = tell.send(News::Begun(at)); // nobody listens any more after an error
                    let done = catch_unwind(AssertUnwindSafe(|| work(item))).ok();
                    let _ = tell.send(News::Done(at, done));
                }
            };
            if let Err(error) = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run) {
                stop();
                return Err(error.into());
            }
        }
        drop(tell);
        let (mut waiting, mut taken) = (BTreeMap::new(), 0);
        for news in told {
            let heard = match news {
                News::Begun(at) => hear(News::Begun(at)),
                News::Done(at, result) => {
                    waiting.insert(at, result);
                    let mut heard = Ok(());
                    while heard.is_ok()
                        && let Some(result) = waiting.remove(&taken)
                    {
                        heard = hear(News::Done(taken, result));
                        taken += 1;
                        lock(&progress).taken = taken;
                        changed.notify_all();
                    }
                    heard
                }
            };
            if heard.is_err() {
                stop();
                return heard;
            }
        }
        Ok(())
    })
}

/// The next thing to work on, as soon as it is near enough to what is waited for; `None` if there is none.
fn next(progress: &Mutex<Progress>, changed: &Condvar, items: usize, window: usize) -> Option<usize> {
    let mut now = lock(progress);
    while !now.stopped && now.next < items && now.next >= now.taken + window {
        now = changed.wait(now).unwrap_or_else(PoisonError::into_inner);
    }
    if now.stopped || now.next >= items {
        return None;
    }
    now.next += 1;
    Some(now.next - 1)
}

fn lock(progress: &Mutex<Progress>) -> MutexGuard<'_, Progress> {
    progress.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_and_few_are_in_flight() {
        let items: Vec<usize> = (0..100).collect();
        let (flying, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |item: &usize| {
            most.fetch_max(flying.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // The first takes longest, so that the others must wait for it.
            std::thread::sleep(Duration::from_millis(if *item == 0 { 40 } else { (item * 7 % 3) as u64 }));
            item * item
        };
        let mut found = Vec::new();
        let heard = in_order(&items, 4, work, |news| {
            if let News::Done(at, result) = news {
                flying.fetch_sub(1, Ordering::SeqCst);
                assert_eq!(at, found.len());
                found.push(result.unwrap());
            }
            Ok(())
        });
        heard.unwrap();
        assert_eq!(found, items.iter().map(|i| i * i).collect::<Vec<_>>());
        assert!(most.load(Ordering::SeqCst) <= 4 * AHEAD + 1, "{} at once", most.load(Ordering::SeqCst));
    }

    #[test]
    fn an_error_ends_the_work_and_a_panic_does_not() {
        let done = AtomicUsize::new(0);
        let items: Vec<usize> = (0..1000).collect();
        let work = |_: &usize| done.fetch_add(1, Ordering::SeqCst);
        let stopped = in_order(&items, 2, work, |news| match news {
            News::Done(5, _) => anyhow::bail!("enough"),
            _ => Ok(()),
        });
        assert_eq!(stopped.unwrap_err().to_string(), "enough");
        assert!(done.load(Ordering::SeqCst) < 50);
        let mut results = Vec::new();
        let work = |item: &usize| if *item == 1 { panic!("on purpose") } else { *item };
        let heard = in_order(&[0, 1, 2], 2, work, |news| {
            if let News::Done(_, result) = news {
                results.push(result);
            }
            Ok(())
        });
        heard.unwrap();
        assert_eq!(results, [Some(0), None, Some(2)]);
    }
}
