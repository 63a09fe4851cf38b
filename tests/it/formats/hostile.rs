//! Questionnaires changed in several ways at once: every question and answer is kept, and what is wrong is told.

use super::make::{Row, html, report, rows};
use super::set::{Rules, Style, questionnaire};
use super::{CONVERTER, FIXTURES, REPORTS, convert};
use forced_labour_graph::convert::Conversion;
use forced_labour_graph::model::report::{Report, Value};

/// A sequence of numbers that is the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below.max(1)
    }
}

/// A report under change, and the messages that its reading has to give: code, and the number in it.
struct Changed {
    rows: Vec<Row>,
    told: Vec<(&'static str, String)>,
}

fn number(row: &Row) -> Option<&str> {
    let Row::Question(question, _) = row else { return None };
    question.split_once(". ").map(|(number, _)| number).filter(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

impl Changed {
    /// A question with a number, at random, whose number no other one has and which the change before left alone.
    fn pick(&self, dice: &mut Dice) -> usize {
        let once = |at: &usize| {
            let own = number(&self.rows[*at]);
            own.is_some_and(|own| self.rows.iter().filter(|row| number(row) == Some(own)).count() == 1 && own != "98")
        };
        let all: Vec<usize> = (0..self.rows.len()).filter(once).collect();
        all[dice.below(all.len())]
    }

    fn change(&mut self, how: usize, dice: &mut Dice) {
        let at = self.pick(dice);
        match how {
            0 => self.rows.iter_mut().for_each(without_code),
            1 => self.rows.iter_mut().for_each(|row| checked(row, dice)),
            2 => {
                self.told.push(("repeated-question", number(&self.rows[at]).unwrap().to_owned()));
                self.rows.insert(at + 1, self.rows[at].clone());
            }
            3 => {
                let asked = "98. What is the budget of the labour inspectorate, and how many inspectors does it employ?";
                self.told.push(("unknown-question", "98".to_owned()));
                self.rows.insert(at + 1, Row::Question(asked.to_owned(), "Two million; seventy inspectors.".to_owned()));
            }
            _ => {
                let other = at + 1;
                if self.rows.get(other).is_some_and(|row| number(row).is_some()) {
                    self.rows.swap(at, other);
                }
            }
        }
    }
}

fn without_code(row: &mut Row) {
    let Row::Question(question, _) = row else { return };
    let parts: Vec<&str> =
        question.split_inclusive(']').map(|part| part.split_once('[').map_or(part, |(words, _)| words)).collect();
    *question = parts.concat().split_whitespace().collect::<Vec<_>>().join(" ");
}

/// Puts a check to a plain yes or no.
fn checked(row: &mut Row, dice: &mut Dice) {
    let Row::Question(_, answer) = row else { return };
    if ["Yes", "No", "Oui", "Non", "Sí"].contains(&answer.as_str()) {
        *answer = match dice.below(4) {
            0 => format!("[X] {answer}"),
            1 => format!("{answer}."),
            2 => answer.to_uppercase(),
            _ => format!("(x) {answer} ( ) ?"),
        };
    }
}

/// Text without spaces and hyphens, which a page may add where a line ends.
fn closed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"-○•".contains(*c)).collect()
}

fn assert_kept(made: &str, changed: &Changed, report: &Report, conversion: &Conversion) {
    let asked: Vec<(String, String)> = changed
        .rows
        .iter()
        .filter_map(|row| if let Row::Question(q, a) = row { Some((closed(q), closed(a))) } else { None })
        .collect();
    let found: Vec<(String, String)> =
        report.answers.iter().map(|a| (closed(a.question.text()), closed(a.text.text()))).collect();
    assert_eq!(asked, found, "{made}");
    for (code, number) in &changed.told {
        let told = conversion.diagnostics.iter().any(|d| d.code == *code && d.message.contains(&format!("`{number}")));
        assert!(told, "{made}: {code} {number} in {:#?}", conversion.diagnostics);
    }
    let yes_or_no = |text: &str| {
        ["yes", "no", "oui", "non", "sí"].contains(&text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase().as_str())
    };
    for answer in report.answers.iter().filter(|a| yes_or_no(a.text.text())) {
        assert!(matches!(answer.value, Value::Boolean { .. }), "{made} {}: {}", answer.key, answer.text.text());
    }
}

#[test]
fn changes_in_any_combination_lose_nothing() {
    let mexico = format!("{}/data/reports/mexico-2021-p029.es.txt", env!("CARGO_MANIFEST_DIR"));
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for source in [mexico, format!("{FIXTURES}/{}", REPORTS[0]), format!("{FIXTURES}/{}", REPORTS[1])] {
        let (document, _) = convert(&source, &std::fs::read(&source).unwrap());
        let mut as_is = rows(&document, &CONVERTER);
        for row in &mut as_is {
            if let Row::Question(_, answer) = row {
                *answer = answer.replace('○', "•"); // the font has no empty circle
            }
        }
        for n in 0..8 {
            let mut changed = Changed { rows: as_is.clone(), told: Vec::new() };
            let hows: Vec<usize> = (0..5).filter(|_| dice.below(2) == 0).collect();
            for how in &hows {
                changed.change(*how, &mut dice);
            }
            let style = Style {
                rules: if n % 4 == 0 { Rules::All } else { Rules::None },
                pad: 4.0,
                pitch: 12.0,
                bold_questions: n % 3 == 0,
                bold_headings: true,
                furniture: true,
            };
            let page = if n % 2 == 0 { questionnaire(&changed.rows, style) } else { html(&changed.rows).into_bytes() };
            let name = format!("changed.{}", if n % 2 == 0 { "pdf" } else { "html" });
            let (read, conversion) = convert(&name, &page);
            assert_kept(&format!("{source} with {hows:?} as {name}"), &changed, &report(&read, &CONVERTER), &conversion);
        }
    }
}
