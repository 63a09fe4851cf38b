//! The guide to adding things, followed to the letter: its files, its commands, and what it says comes of them.

use crate::cli::Desk;
use std::collections::BTreeSet;
use std::path::Path;

const GUIDE: &str = include_str!("../../docs/adding.md");

/// A block of the guide that is indented as code, and the words before it.
fn blocks(text: &str) -> Vec<(String, String)> {
    let (mut before, mut block, mut found) = (String::new(), String::new(), Vec::new());
    for line in text.lines().chain(["end"]) {
        match line.strip_prefix("    ") {
            Some(code) => {
                block.push_str(code);
                block.push('\n');
            }
            // A blank line goes on with a block, if the block goes on.
            None if line.is_empty() => block.push('\n'),
            None => {
                if block.trim().is_empty() {
                    before.push(' ');
                } else {
                    found.push((std::mem::take(&mut before), format!("{}\n", block.trim_matches('\n'))));
                }
                block.clear();
                before.push_str(line);
                before.push(' ');
            }
        }
    }
    found
}

/// The part of the guide under a heading.
fn part(heading: &str) -> &'static str {
    let start = GUIDE.find(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no part `{heading}`"));
    let part = &GUIDE[start + 3..];
    &part[..part.find("\n## ").unwrap_or(part.len())]
}

/// The file that the words before a block say it is: the last one that they name, if they end in a colon.
fn file_named(before: &str) -> Option<&str> {
    let words = before.trim_end().strip_suffix("`:")?;
    Some(&words[words.rfind('`')? + 1..])
}

/// The words of a command, as a shell parts them.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Writes the files and runs the commands of the worked example; gives what the last command printed.
fn follow(desk: &Desk) -> String {
    let mut printed = String::new();
    let mut seen = BTreeSet::new();
    for (before, block) in blocks(part("A worked example")) {
        let Some(file) = file_named(&before) else {
            printed = run(desk, &block);
            continue;
        };
        std::fs::create_dir_all(desk.path(file).parent().unwrap()).unwrap();
        let added = before.contains(&format!("dded to `{file}`"));
        assert_eq!(added, seen.contains(file), "`{file}` is said to be {}", if added { "there" } else { "new" });
        seen.insert(file.to_owned());
        let old = if added { std::fs::read_to_string(desk.path(file)).unwrap() + "\n" } else { String::new() };
        desk.write(file, old + &block);
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    printed
}

/// Runs the commands of a block, each of which says the lines that stand below it; one without any says nothing of note.
fn run(desk: &Desk, block: &str) -> String {
    let mut printed = String::new();
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ flg ").unwrap_or_else(|| panic!("`{line}` is no command of flg"));
        let command = words(command);
        let run = desk.flg(&command.iter().map(String::as_str).collect::<Vec<_>>());
        let mut expected = 0;
        while let Some(said) = lines.next_if(|line| !line.starts_with("$ ")) {
            assert!(run.err.contains(said), "`{said}` is not in what `{line}` says:\n{}", run.err);
            expected += 1;
        }
        let told = run.err.lines().filter(|line| line.contains("warning:") || line.starts_with("error:")).count();
        assert_eq!(told, expected, "{line}\n{}", run.err);
        assert_eq!(run.code, Some(i32::from(run.err.contains("error:"))), "{line}\n{}", run.err);
        printed = run.out;
    }
    printed
}

#[test]
fn the_worked_example_works_as_it_is_written() {
    let desk = Desk::new();
    let shown = follow(&desk);
    assert!(shown.contains("Sal Livre") && shown.contains("financiado pela"), "{shown}");
    let written = std::fs::read_to_string(desk.path("salinas.trig")).unwrap();
    assert!(written.contains("Sensibiliza"), "{written}");
    let query = "SELECT ?s ?p ?o { GRAPH <https://w3id.org/forced-labour-graph/graph/report/moz-2023-salinas> { ?s ?p ?o } }";
    let rows = desk.flg(&["query", "--execute", query, "--format", "csv"]).good().out;
    // What the text behind the commands says comes of them.
    let part = part("A worked example");
    let ends = &part[part.rfind("    $ ").unwrap()..];
    let named: Vec<&str> = ends.split('`').filter(|word| word.starts_with("id:")).collect();
    assert_eq!(named.len(), 3, "{ends}");
    for thing in named {
        let thing = thing.replace("id:", "https://w3id.org/forced-labour-graph/id/");
        assert!(rows.lines().any(|row| row.contains("programme/sal-livre") && row.contains(&thing)), "{thing} in {rows}");
    }
    assert!(!rows.lines().any(|row| row.contains("porto-aberto") && row.contains("fundedBy")), "{rows}");
    assert!(rows.contains("measure/information-education-awareness"), "{rows}");
}

#[test]
fn each_command_of_the_guide_and_each_of_its_flags_exists() {
    let desk = Desk::new();
    let general = desk.flg(&["--help"]).good().out;
    let inline = GUIDE.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " "));
    let lines = GUIDE.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| line.trim_start_matches("$ ").to_owned());
    let commands: BTreeSet<String> = inline.chain(lines).filter(|code| code.starts_with("flg ")).collect();
    assert!(commands.len() > 8, "{commands:#?}");
    for command in commands {
        let words = words(command.split('#').next().unwrap());
        let mut named = words.iter().skip(1);
        let verb = loop {
            match named.next().map(String::as_str) {
                Some("--knowledge") => assert!(named.next().is_some(), "{command}"),
                other => break other.unwrap_or_else(|| panic!("`{command}` does nothing")),
            }
        };
        let own = desk.flg(&[verb, "--help"]).good().out;
        for flag in words.iter().filter(|word| word.starts_with('-')) {
            let has = |help: &str| help.split([' ', ',', '\n', '[']).any(|word| word == flag);
            assert!(has(&own) || has(&general), "`{command}`: there is no {flag}");
        }
    }
}

#[test]
fn each_file_and_example_of_data_in_the_guide_is_well_formed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let paths = GUIDE.split('`').skip(1).step_by(2).filter(|code| {
        ["data/", "src/", "tests/", "docs/"].iter().any(|folder| code.starts_with(folder)) && !code.contains([' ', '{', '*'])
    });
    for path in paths {
        assert!(root.join(path).exists(), "`{path}` is not there");
    }
    let tables: Vec<String> = blocks(GUIDE).into_iter().map(|(_, block)| block).filter(|block| block.starts_with('[')).collect();
    assert!(tables.len() >= 4, "{tables:#?}");
    for table in tables {
        toml::from_str::<toml::Table>(&table).unwrap_or_else(|e| panic!("{e}\n{table}"));
    }
}
