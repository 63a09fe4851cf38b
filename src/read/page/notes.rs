//! Notes at the foot of a page: the raised number behind a word leads to one, which is set behind the text that it belongs to.

use super::assemble::Raw;
use super::ink::Page;
use super::line::Line;
use super::sheet::Sheet;
use std::collections::BTreeMap;

/// Marks of notes are kept as characters of the private area that no font of symbols uses, from this one on.
const MARK: u32 = 0xE100;
/// Stands before the first line of a note that was set behind a text.
pub(super) const BEGIN: char = '\u{E100}';
/// The highest number of a note that is looked for.
const MOST: u32 = 99;
/// The letters of a mark are smaller than those of its word by this share at least.
const SMALLER: f32 = 0.8;

/// The notes of a document by page and number.
pub(super) type Notes = BTreeMap<(u32, u32), Vec<Line>>;

/// Makes the raised numbers of a page that lead to a note on it into marks on the line of their words.
pub(super) fn mark(page: &mut Page) {
    let beginnings = beginnings(page);
    let mut at = 1;
    while at < page.glyphs.len() {
        let Some((number, length)) = raised(page, at) else {
            at += 1;
            continue;
        };
        let (y, size) = (page.glyphs[at - 1].y, page.glyphs[at - 1].size);
        let leads = beginnings.iter().any(|b| b.number == number && b.y > y + size && b.size < 0.95 * size);
        if let Some(mark) = char::from_u32(MARK + number).filter(|_| leads) {
            let start = u32::try_from(page.letters.len()).unwrap_or(u32::MAX);
            page.letters.push(mark);
            let end = u32::try_from(page.letters.len()).unwrap_or(u32::MAX);
            let last = page.glyphs[at + length - 1].x1;
            let glyph = &mut page.glyphs[at];
            (glyph.text, glyph.y, glyph.size, glyph.x1) = (start..end, y, size, last);
            page.glyphs.drain(at + 1..at + length);
        }
        at += 1;
    }
}

/// The number that is raised behind a word, and its digits.
fn raised(page: &Page, at: usize) -> Option<(u32, usize)> {
    let (word, first) = (page.glyphs.get(at.checked_sub(1)?)?, page.glyphs.get(at)?);
    let behind = first.x0 > word.x1 - 0.2 * word.size && first.x0 < word.x1 + 0.3 * word.size;
    let rise = (word.y - first.y) / word.size;
    let digit = |glyph: &super::ink::Glyph| page.text(glyph).parse::<u32>().ok().filter(|_| !glyph.space);
    let small = first.size < SMALLER * word.size && (0.15..0.6).contains(&rise);
    if word.space || digit(word).is_some() || !behind || !small {
        return None;
    }
    let same = |g: &&super::ink::Glyph| (g.y - first.y).abs() < 0.5 && (g.size - first.size).abs() < 0.5;
    let digits: Vec<u32> = page.glyphs[at..].iter().take_while(same).map_while(digit).take(3).collect();
    let number = digits.iter().fold(0, |number, digit| number * 10 + digit);
    (1..=MOST).contains(&number).then_some((number, digits.len()))
}

/// A number at the beginning of a line.
struct Beginning {
    number: u32,
    y: f32,
    /// The size of the letters behind it.
    size: f32,
}

fn beginnings(page: &Page) -> Vec<Beginning> {
    let left = page.glyphs.iter().filter(|g| !g.space && g.level).map(|g| g.x0).fold(f32::MAX, f32::min);
    let mut out = Vec::new();
    for at in 0..page.glyphs.len() {
        let first = &page.glyphs[at];
        if first.space || first.x0 > left + 30.0 {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &page.glyphs[before]);
        if before
            .is_some_and(|b| (b.y - first.y).abs() < first.size && b.x1 <= first.x0 + 1.0 && b.x1 > first.x0 - 3.0 * first.size)
        {
            continue;
        }
        let digits: String = page.glyphs[at..].iter().take(3).map(|g| page.text(g)).collect();
        let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
        let behind = page.glyphs[at + digits.len()..].iter().find(|g| !g.space);
        if let (Ok(number), Some(behind)) = (digits.parse(), behind) {
            out.push(Beginning { number, y: behind.y, size: behind.size });
        }
    }
    out
}

/// Takes the notes to which marks lead out of the lines of a page.
pub(super) fn take(sheet: &mut Sheet, notes: &mut Notes) {
    let marked = sheet.lines.iter().chain(sheet.parts.iter().flat_map(|p| p.rows.iter().flatten().flat_map(|c| &c.lines)));
    let marks: Vec<(u32, f32, f32)> =
        marked.flat_map(|line| line.text.chars().filter_map(number).map(|n| (n, line.baseline, line.size))).collect();
    let mut lines = std::mem::take(&mut sheet.lines);
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline).then(a.area.x0.total_cmp(&b.area.x0)));
    let mut open: Option<(u32, Line)> = None;
    for line in lines {
        let begins = marks.iter().find(|(number, y, size)| {
            let rest = line.text.strip_prefix(&number.to_string());
            rest.is_some_and(|r| r.starts_with([' ', '.', ')']) || r.starts_with(char::is_alphabetic))
                && line.baseline > y + size
                && line.size < 0.95 * size
        });
        let number = match (begins, &open) {
            (Some((number, ..)), _) => Some(*number),
            // It goes on close below, in letters of the same size.
            (None, Some((number, last))) => {
                let near = line.baseline - last.baseline < 1.6 * last.size && (line.size - last.size).abs() < 0.5;
                near.then_some(*number)
            }
            _ => None,
        };
        if let Some(number) = number {
            notes.entry((sheet.number, number)).or_default().push(line.clone());
            open = Some((number, line));
        } else {
            open = None;
            sheet.lines.push(line);
        }
    }
}

fn number(c: char) -> Option<u32> {
    u32::from(c).checked_sub(MARK).filter(|number| (1..=MOST).contains(number))
}

/// Takes the marks out of the text, and puts each note behind what it belongs to: `(1) What the note says`.
pub(super) fn set(blocks: &mut [Raw], notes: &Notes) {
    for block in blocks {
        match block {
            Raw::Para(para) => behind(&mut para.lines, notes),
            Raw::Table(table) => {
                let caption = table.caption.iter_mut().map(|p| &mut p.lines).chain(table.notes.iter_mut().map(|p| &mut p.lines));
                caption.chain(table.part.rows.iter_mut().flatten().map(|c| &mut c.lines)).for_each(|l| behind(l, notes));
            }
            Raw::Figure(lines) => behind(lines, notes),
        }
    }
}

fn behind(lines: &mut Vec<Line>, notes: &Notes) {
    let mut found = Vec::new();
    for line in lines.iter_mut() {
        found.extend(line.text.chars().filter_map(number).map(|number| (line.page, number)));
        line.text.retain(|c| number(c).is_none());
    }
    lines.retain(|line| !line.text.trim().is_empty());
    for key in found {
        let Some(note) = notes.get(&key) else { continue };
        let mut note = note.clone();
        if let Some(first) = note.first_mut() {
            let words = first.text.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c));
            first.text = format!("{BEGIN}({}) {words}", key.1);
        }
        lines.extend(note);
    }
}
