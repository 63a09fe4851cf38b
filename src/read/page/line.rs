//! Glyphs to lines: what stands on one baseline without a wide gap, as text with its spaces.

use super::ink::{Area, Glyph, Page};
use unicode_normalization::UnicodeNormalization;

/// A gap of this share of the font's size is a space, where letters are not spaced out.
const SPACE: f32 = 0.17;
/// A gap of this share of the font's size divides two lines that stand side by side.
const DIVIDE: f32 = 1.25;
/// So does a gap of this share between letters that were not drawn one after the other.
const APART: f32 = 0.4;

/// And so does a gap of this share before a letter that stands where other lines begin: it is the next column's first,
const BEGIN: f32 = 0.42;
/// if so many begin there,
const OFTEN: usize = 3;
/// and so near, in points.
const COLUMN: f32 = 0.6;

/// A piece of text on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) area: Area,
    pub(super) baseline: f32,
    /// The size of most of its letters in points.
    pub(super) size: f32,
    /// Whether its letters are bold.
    pub(super) bold: bool,
    pub(super) page: u32,
    /// The line of the source in which it stands, from 1; 0 where a source has no lines.
    pub(super) number: usize,
}

impl Line {
    /// The width of its first word in points, near enough.
    pub(super) fn first_word(&self) -> f32 {
        let letters = self.text.chars().count().max(1);
        let word = self.text.chars().take_while(|c| !c.is_whitespace() && *c != '-').count();
        #[allow(clippy::cast_precision_loss)]
        {
            self.area.width() * word as f32 / letters as f32
        }
    }
}

/// The lines of some glyphs of a page, by baseline, then from left to right. With `divide`, wide gaps divide lines.
pub(super) fn lines(page: &Page, glyphs: &[usize], divide: bool) -> Vec<Line> {
    let rows: Vec<Vec<usize>> = rows(page, glyphs).into_iter().map(|row| in_order(page, row)).collect();
    if !divide {
        return rows.iter().filter_map(|row| line(page, row)).collect();
    }
    let pieces: Vec<&[usize]> = rows.iter().flat_map(|row| divided(row, |before, next| divides(page, before, next))).collect();
    let mut starts: Vec<f32> = pieces.iter().filter_map(|piece| first_ink(page, piece)).collect();
    starts.sort_by(f32::total_cmp);
    let columns = |x: f32| starts.partition_point(|s| *s < x + COLUMN) - starts.partition_point(|s| *s < x - COLUMN);
    let begins = |before: &[usize], next: usize| {
        let glyph = &page.glyphs[next];
        gap(page, before, glyph).is_some_and(|gap| gap > BEGIN) && columns(glyph.x0) >= OFTEN
    };
    pieces.iter().flat_map(|piece| divided(piece, begins)).filter_map(|piece| line(page, piece)).collect()
}

/// A row in pieces, each of which begins where it is told.
fn divided(row: &[usize], begins: impl Fn(&[usize], usize) -> bool) -> Vec<&[usize]> {
    let mut out = Vec::new();
    let mut start = 0;
    for end in 1..=row.len() {
        if end == row.len() || begins(&row[start..end], row[end]) {
            out.push(&row[start..end]);
            start = end;
        }
    }
    out
}

fn first_ink(page: &Page, piece: &[usize]) -> Option<f32> {
    piece.iter().map(|i| &page.glyphs[*i]).find(|g| !g.space).map(|g| g.x0)
}

/// The gap before a glyph in sizes; `None` for a space, or where nothing stands before it.
fn gap(page: &Page, before: &[usize], next: &Glyph) -> Option<f32> {
    let last = before.iter().rev().map(|i| &page.glyphs[*i]).find(|g| !g.space).filter(|_| !next.space)?;
    Some((next.x0 - last.x1) / next.size.max(last.size))
}

/// Whether a line ends before a glyph, given those before it.
fn divides(page: &Page, before: &[usize], next: usize) -> bool {
    let next = &page.glyphs[next];
    let Some(gap) = gap(page, before, next) else { return false };
    let drawn = before.iter().rev().take(4).any(|i| page.glyphs[*i].turn + 1 == next.turn);
    gap > DIVIDE || !drawn && gap > APART
}

/// Glyphs by baseline, from the top.
fn rows(page: &Page, glyphs: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted: Vec<usize> = glyphs.iter().copied().filter(|i| page.glyphs[*i].level).collect();
    sorted.sort_by(|a, b| page.glyphs[*a].y.total_cmp(&page.glyphs[*b].y));
    let mut rows: Vec<(f32, f32, Vec<usize>)> = Vec::new();
    for index in sorted {
        let glyph = &page.glyphs[index];
        // A raised or lowered letter belongs to the line that it touches, so long as it is not a line of its own.
        match rows.last_mut() {
            Some((y, size, row)) if glyph.y - *y < 0.38 * size.max(glyph.size).min(1.6 * size.min(glyph.size)) => {
                if glyph.size > *size {
                    (*y, *size) = (glyph.y, glyph.size);
                }
                row.push(index);
            }
            _ => rows.push((glyph.y, glyph.size, vec![index])),
        }
    }
    rows.into_iter().map(|(_, _, row)| row).collect()
}

/// A row from left to right. Letters that were drawn one after another stay so, even where kerning overlaps them; a letter
/// drawn twice in the same place, to look bold, is kept once.
fn in_order(page: &Page, mut row: Vec<usize>) -> Vec<usize> {
    row.sort_by_key(|i| page.glyphs[*i].turn);
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for index in row {
        let glyph = &page.glyphs[index];
        let follows = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            let last = &page.glyphs[*last];
            glyph.x0 > last.x0 - 0.3 * glyph.size && glyph.x0 < last.x1 + DIVIDE * glyph.size
        });
        match runs.last_mut() {
            Some(run) if follows => run.push(index),
            _ => runs.push(vec![index]),
        }
    }
    let place = |run: &[usize]| page.glyphs[run[0]].x0;
    runs.sort_by(|a, b| place(a).total_cmp(&place(b)));
    let woven = runs.windows(2).any(|pair| {
        let end = pair[0].last().map_or(0.0, |i| page.glyphs[*i].x1);
        place(&pair[1]) < end - 0.5 * page.glyphs[pair[1][0]].size
    });
    let mut row: Vec<usize> = runs.into_iter().flatten().collect();
    if woven {
        row.sort_by(|a, b| page.glyphs[*a].x0.total_cmp(&page.glyphs[*b].x0));
    }
    let mut kept: Vec<usize> = Vec::with_capacity(row.len());
    for index in row {
        let glyph = &page.glyphs[index];
        let twice = kept.iter().rev().take(3).any(|k| {
            let k = &page.glyphs[*k];
            (k.x0 - glyph.x0).abs() < 0.12 * glyph.size
                && (k.y - glyph.y).abs() < 0.12 * glyph.size
                && (k.turn.abs_diff(glyph.turn) > 1 || k.x1 - k.x0 > 0.2 * k.size)
                && page.text(k) == page.text(glyph)
        });
        if !twice {
            kept.push(index);
        }
    }
    kept
}

fn line(page: &Page, row: &[usize]) -> Option<Line> {
    let inked: Vec<&Glyph> = row.iter().map(|i| &page.glyphs[*i]).filter(|g| !g.space).collect();
    let first = inked.first()?;
    let threshold = SPACE.max(usual_gap(&inked) + 0.12);
    let mut text = String::new();
    let mut area = first.area();
    let (mut bold, mut last): (usize, Option<&Glyph>) = (0, None);
    let mut space = false;
    for index in row {
        let glyph = &page.glyphs[*index];
        let letters = page.text(glyph);
        if glyph.space {
            space = true;
            continue;
        }
        let wide = last.is_some_and(|l| (glyph.x0 - l.x1) / glyph.size.max(l.size) > threshold);
        if (space || wide) && !text.is_empty() {
            text.push(' ');
        }
        space = false;
        push(&mut text, letters, last.is_some_and(|l| glyph.x0 < l.x1 - 0.15 * glyph.size));
        area = area.union(glyph.area());
        bold += usize::from(glyph.bold);
        last = Some(glyph);
    }
    let size = usual_size(&inked);
    let baseline = inked.iter().find(|g| (g.size - size).abs() < 0.1).map_or(first.y, |g| g.y);
    let text: String = text.nfc().collect();
    let text = text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(Line {
        text,
        area,
        baseline,
        size,
        bold: bold * 10 >= inked.len() * 8,
        page: page.number,
        number: 0,
    })
}

/// Adds letters; an accent that was drawn over a letter, as a sign of its own, is put on it.
fn push(text: &mut String, letters: &str, over: bool) {
    let mark = |c: char| {
        Some(match c {
            '\u{b4}' => '\u{301}',
            '`' => '\u{300}',
            '\u{a8}' => '\u{308}',
            '\u{2c6}' => '\u{302}',
            '\u{2dc}' => '\u{303}',
            '\u{b8}' => '\u{327}',
            '\u{2c7}' => '\u{30c}',
            _ => return None,
        })
    };
    if over {
        if let Some(accent) = letters.chars().next().and_then(mark)
            && text.chars().last().is_some_and(char::is_alphabetic)
        {
            text.push(accent);
            return;
        }
        if let Some(accent) = text.chars().last().and_then(mark)
            && letters.chars().next().is_some_and(char::is_alphabetic)
        {
            text.pop();
            text.push_str(letters);
            text.push(accent);
            return;
        }
    }
    text.push_str(letters);
}

/// The gap between letters that is usual in a line, in sizes: above nothing only where letters are spaced out.
fn usual_gap(inked: &[&Glyph]) -> f32 {
    if inked.len() < 6 {
        return 0.0;
    }
    let mut gaps: Vec<f32> = inked.windows(2).map(|w| (w[1].x0 - w[0].x1) / w[1].size).collect();
    gaps.sort_by(f32::total_cmp);
    gaps[gaps.len() / 2].clamp(0.0, 0.6)
}

fn usual_size(inked: &[&Glyph]) -> f32 {
    let mut sizes: Vec<f32> = inked.iter().map(|g| g.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes[sizes.len() / 2]
}
