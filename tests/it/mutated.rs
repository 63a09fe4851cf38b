//! Mutated copies of the report that is shipped: whatever is done to it, nothing panics, nothing takes for ever, and what is
//! converted is sound.
//!
//! `FLG_MUTANTS=5000` tries so many; without it, as many as take some half a minute.

use crate::evidence::every_quote_stands_at_its_place;
use crate::sample::{TEXT, converter, recognise};
use forced_labour_graph::convert::ConvertError;
use forced_labour_graph::graph::canonical::canonical;
use forced_labour_graph::read;
use oxigraph::io::{RdfFormat, RdfParser};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::time::{Duration, Instant};

/// No conversion may take longer; one of the report as it is takes a small part of it, even on a busy machine.
const LONGEST: Duration = Duration::from_mins(1);

/// A change to a text. Places are taken modulo the number of lines or bytes.
#[derive(Clone, Debug)]
enum Mutation {
    /// Deletes so many lines.
    Delete(usize, usize),
    /// Writes so many lines once more, somewhere else.
    Copy(usize, usize, usize),
    /// Swaps two lines.
    Swap(usize, usize),
    /// Joins a line with the next ones.
    Join(usize, usize),
    /// Cuts the text at a byte.
    Cut(usize),
    /// Leaves out the text before a byte.
    Behead(usize),
    /// Inserts a text in a line, at a byte that may be inside of a character.
    Insert(usize, String),
    /// Replaces every occurrence of a text.
    Replace(&'static str, &'static str),
    /// Overwrites bytes.
    Bytes(usize, Vec<u8>),
    /// Sets a line in capitals.
    Capitals(usize),
}

impl Mutation {
    fn apply(&self, text: &mut Vec<u8>) {
        let lines = |text: &[u8]| text.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        let mut all = lines(text);
        let count = all.len().max(1);
        let byte = |at: usize| at % (text.len() + 1);
        match self {
            Self::Delete(at, n) => drop(all.drain(at % count..(at % count + n).min(all.len()))),
            Self::Copy(at, n, to) => {
                let copied = all[at % count..(at % count + n).min(all.len())].to_vec();
                let to = to % count;
                drop(all.splice(to..to, copied));
            }
            Self::Swap(a, b) if !all.is_empty() => all.swap(a % count, b % count),
            Self::Join(at, n) => {
                let end = (at % count + n).min(all.len());
                for line in &mut all[at % count..end] {
                    line.retain(|b| *b != b'\n');
                }
            }
            Self::Cut(at) => return text.truncate(byte(*at)),
            Self::Behead(at) => return drop(text.drain(..byte(*at))),
            Self::Insert(at, new) => {
                let at = byte(*at);
                return drop(text.splice(at..at, new.bytes()));
            }
            Self::Replace(old, new) => {
                *text = String::from_utf8_lossy(text).replace(old, new).into_bytes();
                return;
            }
            Self::Bytes(at, new) => {
                let at = byte(*at);
                let end = (at + new.len()).min(text.len());
                return drop(text.splice(at..end, new.iter().copied()));
            }
            Self::Capitals(at) => {
                if let Some(line) = all.get_mut(at % count) {
                    *line = String::from_utf8_lossy(line).to_uppercase().into_bytes();
                }
            }
            Self::Swap(..) => {}
        }
        *text = all.concat();
    }
}

/// What people and machines put into texts: markup, patterns, signs that mean something to a stage, and long runs.
#[allow(clippy::too_many_lines)] // a list
fn inserted() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "\u{c}",
        "\n\u{c}\n",
        "\r",
        "\r\n\r\n",
        "\u{0}",
        "\u{feff}",
        "\u{200b}",
        "\u{202e}",
        "\u{301}",
        "\u{ad}",
        "\u{85}",
        "\u{2028}",
        "<script>alert(1)</script>",
        "<b>",
        "&nbsp;",
        "](x)",
        "{{ x }}",
        "\\",
        "\\n",
        "\"",
        "'",
        "`",
        "\t",
        "⟨c12⟩",
        "\u{e000}",
        "⟩⟨",
        "(?<x>[a-z",
        "(((((",
        "*+?{99999}",
        "\\p{L}|$^",
        ".*.*.*.*",
        "[1.1",
        "[1.1]",
        "[99.99.99.99z]",
        "[[[[[1]]]]]",
        "]]]]",
        "61. ",
        "\n\n62. \n\n",
        "\n86.",
        "75.f.",
        "999.z) ",
        "\n\n88. [9.2]\n\n",
        "a) ,b) ,g)",
        "=> => =>",
        "=>",
        "○ ○ ○",
        "https://",
        "https:// \n",
        "https://a.b/%",
        "www.",
        "http://[::1]/",
        "https://ñandú.example/ñ ",
        "https://x.example/\u{301}",
        "STPS (STPS) (STPS)",
        "(OIT) (",
        "\n()\n",
        "ONG ",
        "financiado por ",
        "financiado por el financiado por",
        "a través de",
        "de 2020 a de 2021",
        "de abril de 99999 a",
        "641 641.641,64 ",
        "en 2020-2024-2020",
        "USD 1.000.000,00 ",
        "-5 %",
        "II",
        "İıẞŉ",
        "Guatemala - 2021",
        "\n\nMexico - 2021\n\n",
        "Mexico - 0000",
        "México",
        "🇲🇽",
        "e\u{301}\u{301}\u{301}",
        "ﬁ",
        "Ⅷ",
        "ǅ",
        "𝔘𝔫𝔦",
    ]);
    let run = (
        select(vec![
            "(",
            "[",
            "{",
            "<",
            "a",
            " ",
            "STPS ",
            "la OIT y ",
            "([",
            "¿",
            "\n",
            "\u{c}",
            "61. ",
            "[1.1]",
            "a) ",
            "\u{301}",
            "1",
            "https://a.b/c ",
            "de ",
            ", ",
        ]),
        1..3000_usize,
    );
    prop_oneof![
        4 => odd.prop_map(str::to_owned),
        1 => run.prop_map(|(unit, n)| unit.repeat(n)),
        1 => "\\PC{1,40}",
        1 => any::<Vec<char>>().prop_map(|chars| chars.into_iter().take(60).collect()),
    ]
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = || any::<prop::sample::Index>().prop_map(|index| index.index(1_000_000));
    let pairs = select(vec![
        ("Mexico - 2021", "Côte d'Ivoire – 2019"),
        ("Mexico - 2021", "Mexico \n\n2021"),
        ("\n\n", "\n"),
        ("\n", "\n\n"),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("\n", "\n\u{c}"),
        ("\n", "\u{2028}"),
        ("\n", " "),
        (" ", "\u{a0}"),
        (" ", "  "),
        ("[", "("),
        ("]", ""),
        (". ", ".\n"),
        ("(", "(("),
        (")", ""),
        (",", ""),
        (".", ""),
        ("de ", ""),
        ("la ", "LA "),
        ("a", "A"),
        ("é", "e\u{301}"),
        ("Sí", "No"),
        ("Sí", "Tal vez"),
        ("STPS", "S.T.P.S."),
        ("STPS", "Σς"),
        ("financiado", "no financiado"),
        ("2020", "20200"),
        ("https://", "https:// "),
        ("/", "/ "),
        ("a) ", ""),
        ("=>", ""),
        ("México", "Estado de México"),
    ]);
    prop_oneof![
        4 => (at(), 1..40_usize).prop_map(|(at, n)| Mutation::Delete(at, n)),
        3 => (at(), 1..40_usize, at()).prop_map(|(at, n, to)| Mutation::Copy(at, n, to)),
        3 => (at(), at()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        2 => (at(), 1..60_usize).prop_map(|(at, n)| Mutation::Join(at, n)),
        1 => at().prop_map(Mutation::Cut),
        1 => at().prop_map(Mutation::Behead),
        8 => (at(), inserted()).prop_map(|(at, text)| Mutation::Insert(at, text)),
        4 => pairs.prop_map(|(old, new)| Mutation::Replace(old, new)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Mutation::Bytes(at, bytes)),
        1 => at().prop_map(Mutation::Capitals),
    ]
}

fn mutated() -> impl Strategy<Value = Vec<Mutation>> {
    prop::collection::vec(mutation(), 1..6)
}

fn apply(mutations: &[Mutation]) -> Vec<u8> {
    let mut text = TEXT.as_bytes().to_vec();
    for mutation in mutations {
        mutation.apply(&mut text);
    }
    text
}

/// Tries so many cases, or as many as the environment asks for; a panic is a failure, and its case is made small.
fn try_many(cases: u32, check: impl Fn(&[u8]) -> Result<(), TestCaseError>) {
    let asked = std::env::var("FLG_MUTANTS").ok().and_then(|n| n.parse().ok());
    let config =
        Config { cases: asked.unwrap_or(cases), failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    // The same cases every time, unless more of them are wanted.
    let mut runner = match asked {
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        Some(_) => TestRunner::new(config),
    };
    match runner.run(&mutated(), |mutations| check(&apply(&mutations))) {
        Ok(()) => {}
        Err(TestError::Fail(reason, mutations)) => {
            let path = std::env::temp_dir().join("flg-mutant.txt");
            std::fs::write(&path, apply(&mutations)).unwrap();
            panic!("{reason}\n{mutations:?}\nthe text is in {}", path.display());
        }
        Err(TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// A message is one that a person can use.
fn check_message(message: &str) -> Result<(), TestCaseError> {
    prop_assert!(message.starts_with("`mutant.txt`") && message.contains("\nhint: "), "{}", message);
    prop_assert!(message.len() < 2000, "{}", message);
    Ok(())
}

#[test]
fn no_mutant_stops_recognition() {
    try_many(600, |bytes| {
        let document = match read::document("mutant.txt", bytes) {
            Ok(document) => document,
            Err(error) => return check_message(&error.to_string()),
        };
        let started = Instant::now();
        let (report, _) = match recognise(&document) {
            Ok(report) => report,
            Err(error) => return check_message(&error.to_string()),
        };
        prop_assert!(started.elapsed() < LONGEST, "it took {:?}", started.elapsed());
        let mut keys: Vec<&str> = report.answers.iter().map(|a| a.key.as_str()).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        prop_assert_eq!(count, keys.len(), "a key is used twice");
        for answer in &report.answers {
            for link in &answer.links {
                let source: String = document.slice(link.span).split_whitespace().collect();
                prop_assert!(link.href.ends_with(&source), "{} is not {}", link.href, source);
            }
        }
        Ok(())
    });
}

#[test]
fn no_mutant_stops_conversion_and_what_comes_out_is_sound() {
    converter();
    try_many(60, |bytes| {
        let Ok(document) = read::document("mutant.txt", bytes) else { return Ok(()) };
        let started = Instant::now();
        let converted = converter().convert(&document);
        prop_assert!(started.elapsed() < LONGEST, "it took {:?}", started.elapsed());
        let conversion = match converted {
            Ok(conversion) => conversion,
            // What comes out of any text passes the checks: they are there for mistakes of ours.
            Err(ConvertError::Invalid { violations, .. }) => {
                return Err(TestCaseError::fail(format!("it fails the checks: {violations:#?}")));
            }
            Err(ConvertError::Check { source, .. }) => return Err(TestCaseError::fail(format!("{source}"))),
            Err(error) => return check_message(&error.to_string()),
        };
        let left_out: Vec<_> = conversion.diagnostics.iter().filter(|d| d.code == "statement-left-out").collect();
        prop_assert!(left_out.is_empty(), "a statement breaks a shape: {left_out:#?}");
        every_quote_stands_at_its_place(&conversion, &document);
        // What is written can be read again: no IRI, language tag or text is malformed.
        let text = canonical(&conversion.statements);
        let again: Vec<_> = RdfParser::from_format(RdfFormat::NQuads)
            .for_slice(text.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| TestCaseError::fail(format!("{error}")))?;
        prop_assert_eq!(again.len(), conversion.statements.len());
        Ok(())
    });
}
