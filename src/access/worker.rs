//! The threads beside the requests: jobs, mail, the schedule. Each does one small step at a time,
//! claimed in the database, so that any number of servers may run them.

use crate::error::Result;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// A thread that stops when this is dropped, between two steps.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Pause of an idle worker, and of one that failed.
const IDLE: Duration = Duration::from_millis(500);
const TROUBLE: Duration = Duration::from_secs(2);

/// Runs steps for ever; a step answers whether there was anything to do.
pub fn start(name: &'static str, mut step: impl FnMut() -> Result<bool> + Send + 'static) -> Worker {
    let stop = Arc::new(AtomicBool::new(false));
    let stopping = Arc::clone(&stop);
    let work = move || {
        while !stopping.load(Ordering::Relaxed) {
            match catch_unwind(AssertUnwindSafe(&mut step)) {
                // Between two steps, others may write.
                Ok(Ok(true)) => std::thread::yield_now(),
                Ok(Ok(false)) => std::thread::sleep(IDLE),
                Ok(Err(error)) => {
                    tracing::warn!(worker = name, error = %error, "worker");
                    std::thread::sleep(TROUBLE);
                }
                // One bad row must not stop the others for ever.
                Err(_) => {
                    tracing::error!(worker = name, "a step panicked");
                    std::thread::sleep(TROUBLE);
                }
            }
        }
    };
    let thread = std::thread::Builder::new().name(name.into()).spawn(work).ok();
    Worker { stop, thread }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
