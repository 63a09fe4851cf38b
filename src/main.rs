//! The `flg` command.

fn main() {}
