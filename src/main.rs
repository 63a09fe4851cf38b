//! The `flg` command: arguments in, exit code out.

use std::process::ExitCode;

/// A report is understood in many small strings; the system's allocator takes a sixth of the time for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    forced_labour_graph::cli::main(std::env::args_os())
}
