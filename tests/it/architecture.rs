//! The order of the house: imports point down the list of `docs/architecture.md`, the stages know nothing of each other, one
//! file prints, and no file grows too long. The rules are tried on made-up sources as well, so that they are known to bite.

use std::fs;
use std::path::{Path, PathBuf};

/// Files of `src/` have fewer lines.
const LONGEST: usize = 400;
/// The one file that prints.
const PRINTS: &str = "cli/output.rs";
/// What prints, or gives a hand to print with.
const PRINTERS: [&str; 7] = ["print!", "println!", "dbg!", "io::stdout", "io::stderr", "stdout()", "stderr()"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The order and the stages, as the documentation lists them.
struct House {
    /// Modules from the lowest to the highest.
    order: Vec<String>,
    /// Modules that never import each other.
    stages: Vec<String>,
}

impl House {
    fn read() -> Self {
        let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
        let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        let rows = text.lines().filter(|line| line.starts_with("| `"));
        let order: Vec<String> = rows.filter_map(|row| quoted(row).into_iter().next()).collect();
        let stages = text.split_once("the stages").and_then(|(_, rest)| rest.split_once("never import each other"));
        let stages = quoted(stages.expect("the documentation names the stages").0);
        assert!(order.len() > 8 && stages.len() > 4, "{order:?} {stages:?}");
        assert!(stages.iter().all(|stage| order.contains(stage)), "{stages:?} are not all in {order:?}");
        Self { order, stages }
    }

    /// What a file of a module imports against the rules; `file` is its path in `src/`.
    fn wrong_imports(&self, file: &str, source: &str) -> Vec<String> {
        let module = top(file);
        let depth = file.matches('/').count() + usize::from(!file.ends_with("/mod.rs"));
        let place = |module: &str| self.order.iter().position(|m| m == module);
        let Some(own) = place(module) else { return vec![format!("`{module}` is not in docs/architecture.md")] };
        let mut wrong = Vec::new();
        let code = code(source);
        let up = imports(&code, &"super::".repeat(depth)).into_iter();
        // `super::*` of a module inside of the file leads to the file itself, not to the root.
        let up = up.filter(|(_, import)| place(import).is_some());
        for (line, import) in imports(&code, "crate::").into_iter().chain(up) {
            let stage = |name: &str| self.stages.iter().any(|s| s == name);
            let said = match place(&import) {
                _ if import == module => continue,
                None => "which is not in the list",
                Some(_) if stage(&import) && stage(module) => "another stage",
                Some(other) if other > own => "which stands below it in the list",
                Some(_) => continue,
            };
            wrong.push(format!("src/{file}:{line}: `{module}` imports `{import}`, {said}"));
        }
        wrong
    }
}

/// The top module of a file.
fn top(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// The top modules that code names behind `path`, which leads to the root, each with its line.
fn imports(code: &str, path: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(path) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | ':')) {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        found.extend(heads(&code[at + path.len()..]).into_iter().map(|name| (line, name)));
    }
    found
}

/// The first names of a path, or of each path of a group: `a` of `a::b`, `a` and `c` of `{a::b, c::{d, e}}`.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        text.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '*')).collect::<String>()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut depth, mut start) = (0, 0);
    let mut found = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                found.push(name(&group[start..at]));
                start = at + 1;
            }
            '}' => {
                found.push(name(&group[start..at]));
                break;
            }
            _ => {}
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// Source text with comments and literals blanked; lines keep their numbers.
fn code(source: &str) -> String {
    let all: Vec<char> = source.chars().collect();
    let at = |i: usize| all.get(i).copied().unwrap_or(' ');
    let mut out = String::with_capacity(source.len());
    let mut i = 0;
    while i < all.len() {
        let end = match at(i) {
            '/' if at(i + 1) == '/' => (i..all.len()).find(|j| at(*j) == '\n').unwrap_or(all.len()),
            '/' if at(i + 1) == '*' => comment_end(&all, i),
            '"' => string_end(&all, i),
            'r' if !word(&all, i) => raw_end(&all, i + 1).unwrap_or(i),
            '\'' if at(i + 1) == '\\' => (i + 3..all.len()).find(|j| at(*j) == '\'').map_or(all.len(), |j| j + 1),
            '\'' if at(i + 2) == '\'' => i + 3,
            _ => i,
        };
        if end == i {
            out.push(at(i));
            i += 1;
        } else {
            out.extend(all[i..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            i = end;
        }
    }
    out
}

/// Whether a character goes on a word; the `b` of a raw byte string does not count.
fn word(all: &[char], i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).and_then(|j| all.get(j)).copied().unwrap_or(' ');
    let part = |c: char| c.is_alphanumeric() || c == '_';
    part(before(1)) && (before(1) != 'b' || part(before(2)))
}

fn comment_end(all: &[char], start: usize) -> usize {
    let mut depth = 0;
    let mut i = start;
    while i + 1 < all.len() {
        match (all[i], all[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    all.len()
}

fn string_end(all: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < all.len() && all[i] != '"' {
        i += 1 + usize::from(all[i] == '\\');
    }
    (i + 1).min(all.len())
}

/// The end of a raw string whose hashes or quotation mark begin at `from`; `None` if none begins there.
fn raw_end(all: &[char], from: usize) -> Option<usize> {
    let hashes = all[from.min(all.len())..].iter().take_while(|c| **c == '#').count();
    if all.get(from + hashes) != Some(&'"') {
        return None;
    }
    let closing: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let body = from + hashes + 1;
    let length = all.get(body..)?.windows(closing.len()).position(|w| w == closing.as_slice());
    Some(length.map_or(all.len(), |length| body + length + closing.len()))
}

/// Where a file prints though it is not the one that may.
fn prints(file: &str, source: &str) -> Vec<String> {
    if file == PRINTS {
        return Vec::new();
    }
    let code = code(source);
    let lines = code.lines().enumerate();
    let printing = lines.filter(|(_, line)| PRINTERS.iter().any(|p| line.contains(p)));
    printing.map(|(i, line)| format!("src/{file}:{}: prints: {}", i + 1, line.trim())).collect()
}

/// Whether a file is too long.
fn too_long(file: &str, source: &str) -> Option<String> {
    let lines = source.lines().count();
    (lines >= LONGEST).then(|| format!("src/{file} has {lines} lines: look for the second thing in it"))
}

/// Every Rust file of `src/`: its path there, and its text.
fn sources() -> Vec<(String, String)> {
    let mut open: Vec<PathBuf> = vec![root().join("src")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "only {} files", found.len());
    found
}

#[test]
fn imports_point_down_and_stages_never_meet() {
    let house = House::read();
    let inside = |(file, _): &(String, String)| file != "main.rs" && file != "lib.rs";
    let files = sources().into_iter().filter(inside);
    let wrong: Vec<String> = files.flat_map(|(file, source)| house.wrong_imports(&file, &source)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_list() {
    let house = House::read();
    let lib = code(&fs::read_to_string(root().join("src/lib.rs")).unwrap());
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.trim().strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(declared.len() > 8, "{declared:?}");
    for module in declared {
        assert!(house.order.iter().any(|m| m == module), "`{module}` is not in docs/architecture.md");
    }
}

#[test]
fn one_file_prints() {
    let found: Vec<String> = sources().iter().flat_map(|(file, source)| prints(file, source)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let output = fs::read_to_string(root().join("src").join(PRINTS)).unwrap();
    assert!(PRINTERS.iter().any(|p| code(&output).contains(p)), "src/{PRINTS} does not print either: the test is blind");
}

#[test]
fn files_stay_short() {
    let found: Vec<String> = sources().iter().filter_map(|(file, source)| too_long(file, source)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn violations_are_found() {
    let house = House::read();
    for (file, source, words) in [
        ("model/x.rs", "use crate::store::Store;", "below"),
        ("form/mod.rs", "use crate::read::document;", "another stage"),
        ("check/x.rs", "fn f() { let _ = crate::graph::quads(x); }", "another stage"),
        ("graph/x.rs", "use crate::{model::id, serve::{self, view}};", "`serve`"),
        ("graph/x.rs", "use crate::{\n    model::id,\n    cli,\n};", "`cli`"),
        ("convert.rs", "use super::serve;", "below"),
        ("form/x.rs", "use super::super::extract::Extractor;", "another stage"),
        ("link/x.rs", "use crate::*;", "not in the list"),
        ("gossip/x.rs", "", "not in docs/architecture.md"),
        // Behind a quotation mark and a lifetime, there is code again.
        ("model/x.rs", "const Q: char = '\"'; fn f<'a>(x: &'a str) -> &'a str { crate::serve::f(x) }", "below"),
    ] {
        let found = house.wrong_imports(file, source);
        assert!(found.iter().any(|said| said.contains(words)), "{file}: {source}: {found:?}");
    }
    for (file, source) in [
        ("serve/x.rs", "use crate::{model::{id, vocab}, store::Store};"),
        ("form/x.rs", "use super::links::x; use crate::form::values; use crate::knowledge::form::Form;"),
        ("form/x.rs", "//! [`crate::serve`] shows it. /* use crate::cli; */\nconst S: &str = \"use crate::cli;\";"),
        ("form/x.rs", "const R: &str = r#\"say \"crate::cli\" \"#; const B: &[u8] = br\"crate::cli\"; let x = '\\'';"),
        ("form/x.rs", "macro_rules! m { () => { $crate::cli::f() } }"),
    ] {
        assert_eq!(house.wrong_imports(file, source), Vec::<String>::new(), "{file}: {source}");
    }
    assert_eq!(prints("form/x.rs", "fn f() {\n    println!(\"x\");\n}").len(), 1);
    assert_eq!(prints("store/x.rs", "let mut out = std::io::stdout().lock();").len(), 1);
    assert!(prints("form/x.rs", "// println!(\"x\")\nlet s = \"eprintln!\"; let fingerprint = 1;").is_empty());
    assert!(prints(PRINTS, "println!(\"x\")").is_empty());
    assert!(too_long("x.rs", &"\n".repeat(LONGEST)).is_some() && too_long("x.rs", &"\n".repeat(LONGEST - 1)).is_none());
}
