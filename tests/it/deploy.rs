//! The systemd unit and the Dockerfile, by the tools that know them; where one is not there, its test says so and ends.

use crate::clients;
use crate::shared::tell;
use std::path::{Path, PathBuf};
use std::process::Command;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deploy").join(name)
}

/// What a tool says, and whether it is content; `None` where there is no such tool.
fn said(command: &mut Command) -> Option<(bool, String)> {
    let output = command.output().ok()?;
    let text = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}

#[test]
fn the_unit_is_one_that_systemd_takes_and_lets_do_little() {
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("flg.service");
    let text = std::fs::read_to_string(file("flg.service")).unwrap();
    assert!(text.contains("\nExecStart=/usr/local/bin/flg serve\n"));
    // It is verified with the program that there is here.
    std::fs::write(&unit, text.replace("/usr/local/bin/flg", env!("CARGO_BIN_EXE_flg"))).unwrap();
    let Some((good, verified)) = said(Command::new("systemd-analyze").arg("verify").arg(&unit)) else {
        tell("skipped: there is no systemd-analyze to verify `docs/deploy/flg.service`\n");
        return;
    };
    // What other units of this machine lack is none of ours.
    let ours: Vec<&str> = verified.lines().filter(|line| line.contains("flg.service")).collect();
    assert!(good && ours.is_empty(), "{verified}");
    // Tenths above the score that docs/operating.md tells.
    let security = ["security", "--offline=yes", "--threshold=15"];
    match said(Command::new("systemd-analyze").args(security).arg(&unit)) {
        Some((_, said)) if said.contains("unrecognized option") || said.contains("Unknown") => {
            tell("skipped: this systemd-analyze rates no unit offline\n");
        }
        Some((good, said)) => assert!(good, "{said}"),
        None => unreachable!("it was there just now"),
    }
    for setting in ["DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "StateDirectory=flg", "MemoryMax="] {
        assert!(text.contains(&format!("\n{setting}")), "{setting}");
    }
}

#[test]
fn the_image_is_built_as_its_linter_likes() {
    let Some(hadolint) = clients::installed("python/bin/hadolint") else { return };
    let (good, said) = said(Command::new(hadolint).args(["--failure-threshold", "style"]).arg(file("Dockerfile"))).unwrap();
    assert!(good && said.is_empty(), "{said}");
    // The linter bites.
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("Dockerfile");
    std::fs::write(&bad, "FROM debian\nRUN cd /tmp && apt-get install curl\n").unwrap();
    let hadolint = clients::installed("python/bin/hadolint").unwrap();
    assert!(!self::said(Command::new(hadolint).arg(&bad)).unwrap().0);
}

#[test]
fn the_image_runs_without_rights_and_is_made_of_what_there_is() {
    let text = std::fs::read_to_string(file("Dockerfile")).unwrap();
    let last = |word: &str| text.lines().rfind(|line| line.starts_with(word)).unwrap_or_default().to_owned();
    let user: u32 = last("USER ").trim_start_matches("USER ").parse().expect("a number, which needs no look-up");
    assert!(user > 0 && text.contains("HEALTHCHECK ") && text.contains("--profile dist"));
    // The compiler is the one that Cargo.toml asks for.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo: toml::Table = std::fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let version = cargo["package"]["rust-version"].as_str().unwrap();
    assert!(text.contains(&format!("FROM rust:{version}-")), "{version}");
    // What it is built from is there, and is all that the program takes in when it is built.
    let taken = std::fs::read_to_string(file("Dockerfile.dockerignore")).unwrap();
    let taken: Vec<&str> = taken.lines().filter_map(|line| line.strip_prefix('!')).collect();
    for path in taken.iter().filter(|path| !path.contains('*')) {
        assert!(root.join(path).exists(), "`{path}` is not there");
    }
    for needed in ["Cargo.toml", "Cargo.lock", "src", "data", "ontology", "queries", "web", "askama.toml"] {
        assert!(taken.contains(&needed), "`{needed}` is not taken");
    }
}
