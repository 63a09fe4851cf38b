//! What a site is when the program that writes it is killed, the disk is full, two write at once, or others have files in it.

use super::{Path, files, text, write};
use crate::cli::Desk;
use crate::shared::tell;
use forced_labour_graph::store::Embedded;
use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PUBLISH: [&str; 5] = ["publish", "--out", "site", "--base-url", "https://user.example.org/graph"];

/// A desk with a small graph, published.
fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path(".flg")).unwrap();
    add(&desk, "senderos", "SENDEROS");
    desk.flg(&PUBLISH).good();
    desk
}

/// Adds a programme to the graph of a desk.
fn add(desk: &Desk, local: &str, name: &str) {
    let store = Embedded::open_or_create(&desk.path(".flg/store")).unwrap();
    write(&store, "source/tst", &format!("<id/programme/{local}> a flg:Programme ; skos:prefLabel \"{name}\"@es ."));
}

/// What the files of a folder hold.
fn held(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).into_iter().map(|(name, (bytes, _))| (name, bytes)).collect()
}

/// Begins to publish, and is at it when it has written a file into the new site.
fn begun(desk: &Desk, file: &str) -> Child {
    let mut running = desk.command(&PUBLISH).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (there, since) = (desk.path(".site.flg-new").join(file), Instant::now());
    while !there.exists() {
        assert!(since.elapsed() < Duration::from_mins(5), "it does not begin");
        assert!(running.try_wait().unwrap().is_none(), "it has ended before it wrote `{file}`");
        std::thread::sleep(Duration::from_millis(1));
    }
    running
}

#[test]
fn a_run_that_is_killed_leaves_the_old_site_and_the_next_one_ends_it() {
    let desk = desk();
    let old = held(&desk.path("site"));
    add(&desk, "luz", "Luz");
    for file in ["", "static", "page/id/programme"] {
        let mut running = begun(&desk, file);
        running.kill().unwrap(); // SIGKILL
        running.wait().unwrap();
        assert!(held(&desk.path("site")) == old, "killed when `{file}` was there: the old site is not what it was");
    }
    assert!(desk.path(".site.flg-new").exists(), "a killed process cannot clear away what it has written");
    desk.flg(&PUBLISH).good();
    assert!(text(&desk.path("site"), "page/id/programme/luz/index.html").contains("Luz"));
    let mut left: Vec<_> = std::fs::read_dir(desk.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".flg", "site"], "nothing is left beside it");
}

#[test]
fn of_two_that_write_the_same_site_the_second_is_told() {
    let desk = desk();
    add(&desk, "luz", "Luz");
    let mut first = begun(&desk, "static");
    desk.flg(&PUBLISH).refused(&["another `flg publish` is writing", "site`\nhint: wait until it has ended"]);
    assert!(first.wait().unwrap().success(), "the first is not disturbed");
    assert!(desk.path("site/page/id/programme/luz/index.html").is_file());
    let again = desk.flg(&PUBLISH).good();
    assert!(again.out.starts_with("Nothing has changed"), "{}", again.out);
}

#[test]
fn a_full_disk_is_told_and_the_old_site_stays() {
    let desk = desk();
    let old = held(&desk.path("site"));
    // A disk of its own that the old site fits on, and not much more.
    let bytes: usize = old.values().map(|bytes| bytes.len().div_ceil(4096) * 4096).sum();
    let mount = format!("mount -t tmpfs -o size={}k tmpfs disk", bytes / 1024 + 256);
    std::fs::create_dir(desk.path("disk")).unwrap();
    let alone = |script: &str| {
        let mut command = Command::new("unshare");
        command.current_dir(desk.path(".")).args(["--user", "--map-root-user", "--mount", "sh", "-ec", script]);
        command.env("FLG", desk.command(&[]).get_program()).stdin(Stdio::null()).output()
    };
    if !alone(&mount).is_ok_and(|done| done.status.success()) {
        tell("no disk can be mounted here: what a full one does is not tested\n");
        return;
    }
    add(&desk, "luz", "Luz");
    let script = format!(
        "{mount}; cp -a site disk/site
         if \"$FLG\" publish --force --out disk/site --base-url https://example.org; then exit 7; fi
         diff -r site disk/site >&2; ls -A disk"
    );
    let done = alone(&script).unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{:?}: {out}\n{err}", done.status);
    assert!(
        err.contains("cannot write `") && err.contains("hint: check that there is room") && err.contains("No space left"),
        "{err}"
    );
    assert_eq!(out, "site\n", "the old site is there, and nothing beside it");
}

#[test]
fn what_others_keep_in_a_site_stays_whole() {
    let desk = desk();
    let site = desk.path("site");
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(&site).args(who).args(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    // Then all is packed, and folders that Git needs are empty.
    git(&["gc", "--quiet"]);
    std::fs::write(site.join("page/notes.txt"), "mine").unwrap();
    std::fs::create_dir(site.join("drafts")).unwrap();
    add(&desk, "luz", "Luz");
    desk.flg(&PUBLISH).good();
    assert_eq!(std::fs::read_to_string(site.join("page/notes.txt")).unwrap(), "mine");
    assert!(site.join("drafts").is_dir());
    let changed = git(&["status", "--porcelain", "--untracked-files=all"]);
    let new = "?? page/id/programme/luz/index.html";
    assert!(changed.lines().any(|line| line == new), "{changed}");
    // What the new programme does not change is not touched.
    assert!(
        !changed.contains(" page/ontology/index.html") && !changed.contains("page/id/programme/senderos/index.html"),
        "{changed}"
    );
    git(&["fsck", "--strict"]);
}
