//! The command line as its user meets it: the real binary, in a folder of its own.

mod add;
mod ask;
mod backup;
mod bad_input;
mod build;
mod check;
mod config;
mod convert;
mod folder;
mod help;
mod kill;
mod log;
mod search;
mod server;
mod show;
mod stop;
mod token;

pub(crate) use server::{Server, client};
pub(crate) use token::token;

use forced_labour_graph::graph::canonical::canonical_nquads;
use forced_labour_graph::store::{Embedded, Pattern, Store};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What a run of the binary said, and how it ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// Makes sure that it ended well.
    pub(crate) fn good(self) -> Self {
        assert_eq!(self.code, Some(0), "{}\n{}", self.out, self.err);
        self
    }
    /// Makes sure that the input was refused, with all of these words, and a remedy.
    pub(crate) fn refused(self, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        assert!(self.err.contains("hint: "), "{}", self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
    /// Makes sure that it failed for want of something that the message alone explains.
    pub(crate) fn refused_without_hint(self, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(1), "{}\n{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        self
    }
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.out))
    }
}

/// A working folder.
pub(crate) struct Desk(TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    /// A folder with the store that `flg build` makes.
    pub(crate) fn with_store() -> Self {
        static BUILT: OnceLock<Desk> = OnceLock::new();
        let built = BUILT.get_or_init(|| {
            let desk = Desk::new();
            desk.flg(&["build", "--quiet"]).good();
            desk
        });
        let desk = Self::new();
        copy(&built.path(".flg"), &desk.path(".flg"));
        desk
    }
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flg"));
        command.current_dir(self.0.path()).args(arguments);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FLG_") || name.to_string_lossy().to_lowercase().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
        command
    }
    pub(crate) fn flg(&self, arguments: &[&str]) -> Run {
        ended(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }
    pub(crate) fn flg_with(&self, input: &[u8], arguments: &[&str]) -> Run {
        let streams = self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut running = streams.unwrap();
        running.stdin.take().unwrap().write_all(input).unwrap();
        ended(running.wait_with_output().unwrap())
    }
    /// All that the store holds, in canonical form.
    pub(crate) fn content(&self) -> String {
        canonical_nquads(Embedded::open(&self.path(".flg/store")).unwrap().quads(Pattern::default()).unwrap())
    }
}

pub(crate) fn ended(output: std::process::Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The report that comes with the program.
pub(crate) fn report() -> String {
    std::fs::read_to_string(REPORT).unwrap()
}

pub(crate) const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports/mexico-2021-p029.es.txt");

/// The same report with one answer changed: the number of people whom a training reached.
pub(crate) fn changed() -> String {
    let text = report();
    assert_eq!(text.matches("641").count(), 1, "the number to change stands in the report once");
    text.replace("641", "777")
}

/// The same report, of another year: another report.
pub(crate) fn of_another_year() -> String {
    report().replacen("Mexico - 2021", "Mexico - 2022", 1)
}
