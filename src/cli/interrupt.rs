//! Ctrl-C while reports are converted: what is being written is ended first. A second one ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Listens for Ctrl-C from now on. Where that cannot be done, Ctrl-C ends the program as ever.
pub(super) fn listen() {
    let listening = || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            while tokio::signal::ctrl_c().await.is_ok() {
                if ASKED.swap(true, Ordering::SeqCst) {
                    std::process::exit(INTERRUPTED);
                }
            }
        });
    };
    drop(std::thread::Builder::new().name("interrupt".to_owned()).spawn(listening));
}

/// Whether the work is to end.
pub(super) fn asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}
