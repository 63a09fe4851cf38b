//! Lines to paragraphs and headings; pages to their pieces in reading order.

use super::flow::{self, Known, Stretch};
use super::line::Line;
use super::part::Part;
use super::sheet::Sheet;
use std::collections::HashMap;

/// Lines that belong together: a paragraph or a heading.
#[derive(Clone, Debug)]
pub(super) struct Para {
    pub(super) lines: Vec<Line>,
    pub(super) size: f32,
    pub(super) bold: bool,
}

impl Para {
    pub(super) fn top(&self) -> f32 {
        self.lines.first().map_or(0.0, |l| l.area.y0)
    }
    pub(super) fn bottom(&self) -> f32 {
        self.lines.last().map_or(0.0, |l| l.area.y1)
    }
    pub(super) fn first(&self) -> &str {
        self.lines.first().map_or("", |l| &l.text)
    }
    pub(super) fn last(&self) -> &str {
        self.lines.last().map_or("", |l| &l.text)
    }
    pub(super) fn page(&self) -> u32 {
        self.lines.last().map_or(0, |l| l.page)
    }
}

/// A piece of a page.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Para(Para),
    Part(Part),
    Figure(Vec<Line>),
}

/// The size of most letters of the running text.
pub(super) fn body_size(sheets: &[Sheet]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for line in sheets.iter().flat_map(|s| &s.lines) {
        #[allow(clippy::cast_possible_truncation)]
        let key = (line.size * 4.0).round() as i32;
        *sizes.entry(key).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size));
    #[allow(clippy::cast_precision_loss)]
    most.map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// The pieces of a page in reading order.
pub(super) fn pieces(sheet: Sheet, known: &mut Known) -> Vec<Piece> {
    let Sheet { mut lines, parts, figures, .. } = sheet;
    let mut out = Vec::new();
    let mut parts: Vec<(f32, Piece)> = parts.into_iter().map(|p| (p.area.y0, Piece::Part(p))).collect();
    parts.extend(figures.into_iter().map(|(area, lines)| (area.y1, Piece::Figure(lines))));
    parts.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (top, piece) in parts {
        let (above, below): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|l| l.baseline < top + 2.0);
        text(&mut out, above, known);
        out.push(piece);
        lines = below;
    }
    text(&mut out, lines, known);
    out
}

fn text(out: &mut Vec<Piece>, lines: Vec<Line>, known: &mut Known) {
    for stretch in flow::stretches(lines, known) {
        match stretch {
            Stretch::Lines(lines) => out.extend(paragraphs(lines).into_iter().map(Piece::Para)),
            Stretch::Table(part) => {
                known.last = part.edges[..part.columns()].to_vec();
                out.push(Piece::Part(part));
            }
        }
    }
}

/// Divides lines, one under the other, into paragraphs.
fn paragraphs(lines: Vec<Line>) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::new();
    let right = lines.iter().map(|l| l.area.x1).fold(f32::MIN, f32::max);
    for line in lines {
        match out.last_mut() {
            Some(para) if continues(para, &line, right) => para.lines.push(line),
            _ => out.push(Para { size: line.size, bold: line.bold, lines: vec![line] }),
        }
    }
    out
}

fn continues(para: &Para, line: &Line, right: f32) -> bool {
    let (Some(first), Some(last)) = (para.lines.first(), para.lines.last()) else { return false };
    let step = line.baseline - last.baseline;
    let size = last.size.max(line.size);
    if step <= 0.0 || step > 1.55 * size || (last.size - line.size).abs() > 0.12 * size {
        return false;
    }
    // A heading under another one, a little smaller.
    if para.bold && line.bold && (last.size - line.size).abs() > 0.4 {
        return false;
    }
    // Paragraphs divided by a little more than the usual distance of lines.
    if para.lines.len() >= 2 {
        let usual = para.lines[1].baseline - first.baseline;
        if step > 1.25 * usual {
            return false;
        }
    }
    if para.bold != line.bold && (para.bold || last.area.x1 < 0.9 * right) {
        return false;
    }
    let room = last.area.x1 + line.first_word() + 0.5 * size < right;
    // Headings that stand one under the other, the higher in capitals.
    if para.bold && room && in_capitals(&last.text) && !in_capitals(&line.text) {
        return false;
    }
    if starts_item(&line.text) && (room || line.area.x0 <= first.area.x0 + 1.0) && (room || hanging(para)) {
        return false;
    }
    // A first line that is set in, after a line that had room for its first word.
    let indent = line.area.x0 - last.area.x0;
    let hangs = para.lines.len() == 1 && indent > 0.0;
    !(indent.abs() > 0.8 * size && room && !hangs)
}

/// Whether a text of some letters has only capitals.
fn in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 4 && !text.chars().any(char::is_lowercase)
}

/// Whether the lines after the first are set in.
fn hanging(para: &Para) -> bool {
    para.lines.len() >= 2 && para.lines[1].area.x0 > para.lines[0].area.x0 + 3.0 || starts_item(para.first())
}

/// Whether a text begins as an entry of a list: a bullet, a number, a letter with bracket or full stop, a mark of a note.
pub(super) fn starts_item(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let Some(first) = word.chars().next() else { return false };
    if "•●▪■○◦‣–—*†‡§¶".contains(first) {
        return true;
    }
    let label = word.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']']);
    label.len() < word.len()
        && !label.is_empty()
        && (label.len() <= 4 && label.chars().all(|c| c.is_ascii_digit() || c == '.') || label.chars().count() == 1)
}
