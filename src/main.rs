//! The `flg` command: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    forced_labour_graph::cli::main(std::env::args_os())
}
