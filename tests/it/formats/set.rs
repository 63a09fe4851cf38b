//! Questionnaires set on pages as word processors set them: two columns, cells that wrap, rows that go on over pages.

use super::make::Row;
use crate::pdf::paper::{pdf, text};
use std::fmt::Write as _;
use unicode_normalization::UnicodeNormalization;

/// Widths of the letters of Helvetica from the space on, in thousandths of its size.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const SIZE: f32 = 10.0;
/// The left ends of the two columns, and the right end of the second.
const COLUMNS: [f32; 3] = [71.0, 241.0, 524.0];
/// The first baseline of a page, and the last that may be used.
const TOP: f32 = 760.0;
const BOTTOM: f32 = 80.0;

/// What is drawn around the cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rules {
    None,
    /// A frame around each cell.
    All,
    /// Rules between rows and columns, without a frame around the table.
    Inner,
}

/// How a questionnaire is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) rules: Rules,
    /// The space above and below the text of a cell.
    pub(super) pad: f32,
    /// The distance of an answer's lines; a question's are 12 points apart.
    pub(super) pitch: f32,
    pub(super) bold_questions: bool,
    pub(super) bold_headings: bool,
    /// Running head and foot.
    pub(super) furniture: bool,
}

/// The page under way.
struct Press {
    style: Style,
    pages: Vec<Vec<u8>>,
    page: Vec<u8>,
    y: f32,
}

/// A PDF file of the rows of a report.
pub(super) fn questionnaire(rows: &[Row], style: Style) -> Vec<u8> {
    let mut press = Press { style, pages: Vec::new(), page: Vec::new(), y: TOP };
    press.begin();
    for row in rows {
        match row {
            Row::Title(line) if line.is_empty() => {}
            Row::Title(line) => {
                press.row(&[(0, 2, "F2", wrapped(line, 400.0), 14.0)], Rules::None);
                press.y -= 8.0;
            }
            Row::Heading(line) => {
                let (font, narrow) = weight(style.bold_headings);
                press.row(&[(0, 2, font, wrapped(line, width(0, 2) * narrow), 12.0)], style.rules);
            }
            Row::Question(question, answer) => {
                let (font, narrow) = weight(style.bold_questions);
                let question = wrapped(question, width(0, 1) * narrow);
                let answer = wrapped(answer, width(1, 1));
                press.row(&[(0, 1, font, question, 12.0), (1, 1, "F1", answer, style.pitch)], style.rules);
            }
        }
    }
    press.end();
    pdf(&press.pages)
}

/// The font of a weight, and how much of a line its letters may fill as the light ones are counted: bold ones are wider.
fn weight(bold: bool) -> (&'static str, f32) {
    if bold { ("F2", 0.9) } else { ("F1", 1.0) }
}

/// The room for text in some columns.
fn width(from: usize, columns: usize) -> f32 {
    COLUMNS[from + columns] - COLUMNS[from] - 10.0
}

impl Press {
    fn begin(&mut self) {
        self.y = TOP;
        if self.style.furniture {
            let number = self.pages.len() + 1;
            self.page.extend(text("F1", 8.0, 71.0, 805.0, "Annual review of the Declaration"));
            self.page.extend(text("F1", 8.0, 290.0, 40.0, &format!("- {number} -")));
        }
    }
    fn end(&mut self) {
        self.pages.push(std::mem::take(&mut self.page));
    }
    /// Sets a row of cells: first column, columns, font, lines, and their distance. Cell after cell is drawn.
    fn row(&mut self, cells: &[(usize, usize, &str, Vec<String>, f32)], rules: Rules) {
        let mut left: Vec<&[String]> = cells.iter().map(|c| c.3.as_slice()).collect();
        loop {
            let first = self.y - self.style.pad - SIZE;
            if first < BOTTOM {
                self.end();
                self.begin();
                continue;
            }
            let mut low = first;
            for ((column, _, font, _, pitch), lines) in cells.iter().zip(&mut left) {
                let mut y = first;
                while let Some((line, rest)) = lines.split_first() {
                    if y < BOTTOM {
                        break;
                    }
                    self.page.extend(text(font, SIZE, COLUMNS[*column] + 5.0, y, line));
                    low = low.min(y);
                    *lines = rest;
                    y -= pitch;
                }
            }
            let bottom = low - 3.0 - self.style.pad;
            let (page, y) = (&mut self.page, self.y);
            let mut rule = |x0: f32, y0: f32, x1: f32, y1: f32| {
                let mut path = String::new();
                let _ = writeln!(path, "0.5 w {x0} {y0} m {x1} {y1} l S");
                page.extend(path.into_bytes());
            };
            for (column, columns, ..) in cells.iter().filter(|_| rules != Rules::None) {
                let (x0, x1) = (COLUMNS[*column], COLUMNS[column + columns]);
                rule(x0, bottom, x1, bottom);
                if rules == Rules::All {
                    rule(x0, y, x1, y);
                    rule(x0, y, x0, bottom);
                    rule(x1, y, x1, bottom);
                } else if *column > 0 {
                    rule(x0, y, x0, bottom);
                }
            }
            self.y = bottom;
            if left.iter().all(|lines| lines.is_empty()) {
                return;
            }
            self.end();
            self.begin();
        }
    }
}

fn wide(text: &str) -> f32 {
    let letter = |c: char| {
        let base = c.nfd().next().unwrap_or(c);
        let at = u32::from(base).checked_sub(32).and_then(|at| usize::try_from(at).ok());
        f32::from(at.and_then(|at| WIDTHS.get(at)).copied().unwrap_or(556))
    };
    text.chars().map(letter).sum::<f32>() * SIZE / 1000.0
}

/// A text in lines; a word that is wider than a line is broken anywhere.
fn wrapped(text: &str, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        let joined = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if wide(&joined) <= room {
            *last = joined;
            continue;
        }
        if !last.is_empty() {
            lines.push(String::new());
        }
        for c in word.chars() {
            let last = lines.last_mut().unwrap();
            if wide(&format!("{last}{c}")) > room {
                lines.push(c.to_string());
            } else {
                last.push(c);
            }
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
