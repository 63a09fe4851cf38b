//! Pieces of pages to blocks of the document: captions and notes go to their tables, tables and paragraphs go on over pages.

use super::block::{Para, Piece, starts_item};
use super::line::Line;
use super::part::{Part, PartCell};
use crate::model::layout::{Furniture, Mark};

/// A table, whole.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) caption: Option<Para>,
    /// All its parts in one; the rows of titles are those of the first.
    pub(super) part: Part,
    pub(super) notes: Vec<Para>,
    /// The page on which it ends.
    last_page: u32,
}

/// A block before its text is set.
#[derive(Clone, Debug)]
pub(super) enum Raw {
    Para(Para),
    Table(Whole),
    Figure(Vec<Line>),
}

/// Blocks of the pages' pieces; `body` is the size of the running text. Captions and titles that a table repeats on each of its
/// pages become furniture.
pub(super) fn blocks(pages: Vec<Vec<Piece>>, body: f32, furniture: &mut Vec<Furniture>) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    for pieces in pages {
        let mut begins = true;
        // Whether the last thing on this page is a table that takes notes, and where it ends.
        let mut noted: Option<(usize, f32)> = None;
        for piece in pieces {
            match piece {
                Piece::Para(para) => {
                    if let Some((at, bottom)) = noted
                        && is_note(&para, bottom, body)
                        && let Some(Raw::Table(table)) = out.get_mut(at)
                    {
                        noted = Some((at, para.bottom()));
                        table.notes.push(para);
                        continue;
                    }
                    noted = None;
                    if begins && continue_paragraph(&mut out, &para) {
                        begins = false;
                        continue;
                    }
                    begins = false;
                    out.push(Raw::Para(para));
                }
                Piece::Part(mut part) => {
                    let bottom = part.area.y1;
                    let caption = caption(&mut out, &mut part);
                    noted = Some((place(&mut out, part, caption, furniture), bottom));
                }
                Piece::Figure(lines) => out.push(Raw::Figure(lines)),
            }
        }
    }
    out
}

/// Small print close under a table.
fn is_note(para: &Para, bottom: f32, body: f32) -> bool {
    let gap = para.top() - bottom;
    para.size < 0.93 * body && gap < 2.2 * para.size && gap > -para.size && !para.bold
}

/// Takes the caption of a table from the blocks above it: the paragraph directly above, bold or of few words.
fn caption(out: &mut Vec<Raw>, table: &mut Part) -> Option<Para> {
    if let Some(first) = table.caption.first() {
        return Some(Para { size: first.size, bold: first.bold, lines: std::mem::take(&mut table.caption) });
    }
    let Some(Raw::Para(para)) = out.last() else { return None };
    let gap = table.area.y0 - para.bottom();
    let close = para.page() == table.page && (-4.0..1.4 * para.size + 4.0).contains(&gap);
    let letters: usize = para.lines.iter().map(|l| l.text.len()).sum();
    let stops = para.last().ends_with(['.', ':', ';', ',']);
    let titles = para.bold || (letters < 120 && !stops && table.ruled);
    let beside = para.lines.iter().all(|l| l.area.x0 < table.area.x1 && l.area.x1 > table.area.x0 - 5.0);
    if !(close && titles && beside && para.lines.len() <= 3) {
        return None;
    }
    match out.pop() {
        Some(Raw::Para(para)) => Some(para),
        _ => None,
    }
}

/// Puts a table part where it belongs, and returns the place of its table.
fn place(out: &mut Vec<Raw>, part: Part, caption: Option<Para>, furniture: &mut Vec<Furniture>) -> usize {
    let earlier = out.iter().rposition(|raw| matches!(raw, Raw::Table(_)));
    if let Some(at) = earlier {
        let adjacent = at + 1 == out.len();
        if let Some(Raw::Table(table)) = out.get_mut(at)
            && goes_on(table, &part, caption.as_ref(), adjacent)
        {
            let again =
                caption.iter().flat_map(|c| &c.lines).chain(part.rows.iter().take(part.header).flatten().flat_map(|c| &c.lines));
            furniture.extend(again.map(|line| Furniture { page: line.page, text: line.text.clone() }));
            append(table, part);
            return at;
        }
    }
    let last_page = part.page;
    out.push(Raw::Table(Whole { caption, part, notes: Vec::new(), last_page }));
    out.len() - 1
}

/// Whether a part continues a table that stands before it.
fn goes_on(table: &Whole, part: &Part, caption: Option<&Para>, adjacent: bool) -> bool {
    if part.page > table.last_page + 1 || part.columns() != table.part.columns() || part.ruled != table.part.ruled {
        return false;
    }
    let titles = |p: &Part| p.rows.iter().take(p.header).flatten().map(|c| words(&c.lines)).collect::<Vec<_>>();
    let same = part.header > 0 && titles(part) == titles(&table.part);
    let next = adjacent && part.page == table.last_page + 1 && part.same_columns(&table.part);
    match (caption.map(title), table.caption.as_ref().map(title)) {
        (Some(here), Some(there)) if here == there => true,
        // A caption that says that it goes on is misprinted where the titles are those of the table before it.
        (Some(here), Some(_)) => next && same && caption.is_some_and(|c| words(&c.lines).len() > here.len()),
        (Some(_), None) => false,
        (None, _) => next && table.notes.is_empty() && (same || part.header == 0),
    }
}

fn words(lines: &[Line]) -> String {
    lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A caption's words without what stands in brackets at its end, as "(Cont.)" does.
fn title(caption: &Para) -> String {
    let text = words(&caption.lines);
    without_bracket(&text).to_lowercase()
}

fn without_bracket(text: &str) -> &str {
    let text = text.trim_end();
    match text.rfind('(') {
        Some(at) if at > 0 && text.ends_with(')') && text.len() - at < 20 => text[..at].trim_end(),
        _ => text,
    }
}

/// Adds a part to its table: its titles fall away, a row that the page's end split becomes one.
fn append(table: &mut Whole, part: Part) {
    table.last_page = part.page;
    let header = part.header;
    let mut rows: Vec<Vec<PartCell>> = part.rows.into_iter().skip(header).collect();
    if !rows.is_empty() && table.part.rows.len() > table.part.header {
        first_row(&mut table.part, &mut rows);
    }
    table.part.rows.extend(rows);
}

/// Joins the first row of a part with the last row of the table, wholly or its first cell alone.
fn first_row(whole: &mut Part, rows: &mut Vec<Vec<PartCell>>) {
    let last = whole.rows.len() - 1;
    let Some(open) = covering(whole, last, 0) else { return };
    let spanning = open.0 < last || whole.rows.iter().skip(whole.header).flatten().any(|c| c.rows > 1);
    let first = &rows[0];
    let Some(left) = first.iter().find(|c| c.column == 0) else { return };
    let left_goes_on = left.lines.is_empty() || repeats(&whole.rows[open.0][open.1], left);
    let unfinished = first
        .iter()
        .filter(|c| c.column > 0 && !c.lines.is_empty())
        .any(|cell| covering(whole, last, cell.column).is_some_and(|(r, c)| runs_on(&whole.rows[r][c].lines, &cell.lines)));
    let cut = !left.lines.is_empty() && is_cut(&whole.rows[open.0][open.1], &left.lines);
    // A first cell longer than the others leaves its rest alone on the next page.
    let alone =
        first.iter().all(|c| c.column == 0 || c.is_empty()) && whole.rows[last].iter().any(|c| c.column > 0 && !c.is_empty());
    if !(left_goes_on || cut && (unfinished || alone && first.len() > 1)) {
        return;
    }
    if left_goes_on && spanning && !unfinished {
        // Only the first cell goes on: the rows are new ones under it.
        let reach = left.rows;
        let (row, cell) = open;
        whole.rows[row][cell].rows = last + 1 - row + reach;
        rows[0].retain(|c| c.column != 0);
        return;
    }
    let reach = left.rows;
    let mut first = rows.remove(0);
    if left_goes_on {
        first.retain(|c| c.column != 0);
    }
    for cell in first {
        if let Some((r, c)) = covering(whole, last, cell.column) {
            let there = &mut whole.rows[r][c];
            there.lines.extend(cell.lines);
            if there.mark == Mark::None {
                there.mark = cell.mark;
            }
            there.rows += cell.rows - 1;
        }
    }
    if left_goes_on && reach > 1 {
        whole.rows[open.0][open.1].rows = last - open.0 + reach;
    }
}

/// The cell that covers a place, as row and index.
fn covering(part: &Part, row: usize, column: usize) -> Option<(usize, usize)> {
    (0..=row).rev().find_map(|r| {
        let cells = part.rows.get(r)?;
        let at = cells.iter().position(|c| (c.column..c.column + c.columns).contains(&column) && r + c.rows > row)?;
        Some((r, at))
    })
}

/// Whether a cell prints again what an earlier one says, but for a bracket at its end.
fn repeats(earlier: &PartCell, cell: &PartCell) -> bool {
    let (there, here) = (words(&earlier.lines), words(&cell.lines));
    without_bracket(&here) == there || without_bracket(&here) == without_bracket(&there) && here.len() > there.len()
}

/// Whether a text goes on in the next: it has no end, or the next has no beginning.
fn runs_on(before: &[Line], after: &[Line]) -> bool {
    let (Some(last), Some(first)) = (before.last(), after.first()) else { return false };
    let lower = first.text.chars().next().is_some_and(char::is_lowercase);
    lower || !last.text.trim_end().ends_with(['.', '!', '?', ')', '”', '"', '*', '†', '‡'])
}

/// Whether a first cell is cut: its second half begins in lower case or with a bracket, its first ends in a comma or a hyphen,
/// or without a full stop where the next word had no room.
fn is_cut(before: &PartCell, after: &[Line]) -> bool {
    let (Some(last), Some(first)) = (before.lines.last(), after.first()) else { return false };
    let inner = before.right - 5.0 - 0.45 * last.size;
    let full = last.area.x1 + first.first_word() + 0.3 * last.size > inner;
    let ended = last.text.ends_with(['.', '?', '!', ':', ']']);
    first.text.starts_with(|c: char| c.is_lowercase() || c == '[')
        || last.text.ends_with([',', '-', '(', '/'])
        || full && !ended && !first.text.starts_with(|c: char| c.is_ascii_digit()) && !starts_item(&first.text)
}

/// Adds a paragraph to the one that the end of the page before it cut.
fn continue_paragraph(out: &mut [Raw], para: &Para) -> bool {
    let lower = para.first().chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, '(' | '['));
    // A table or a figure can stand at the page's end or the next one's beginning, in the midst of a sentence.
    let found = out.iter_mut().rev().take(4).find_map(|raw| match raw {
        Raw::Para(before) => Some(before),
        _ => None,
    });
    let Some(before) = found else { return false };
    let open = !before.last().ends_with(['.', '!', '?', ':', ')', '”', '"']);
    // Headings may follow each other; only one that is cut goes on.
    if before.bold != para.bold
        || before.bold && !lower
        || (before.size - para.size).abs() > 0.6
        || before.page() + 1 != para.page()
        || !(open || lower)
    {
        return false;
    }
    let numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && starts_item(text);
    let item = numbered(para.first()) && !numbered(before.first());
    if !lower && (before.lines.len() < 2 || item) {
        return false;
    }
    before.lines.extend(para.lines.iter().cloned());
    true
}
