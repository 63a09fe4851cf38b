//! Rows for people: aligned columns, wide cells wrapped, or one record below the other where the columns would be too narrow.

use super::output::{Style, terminal_width};
use unicode_normalization::char::is_combining_mark;

/// Between two columns.
const GAP: &str = "  ";
/// Columns are wrapped no narrower than this; rather are rows shown as records.
const NARROWEST: usize = 14;
/// The width where there is no terminal.
const PAGE: usize = 120;

/// The width of the terminal that standard output goes to, else of a page.
pub(super) fn width() -> usize {
    terminal_width().filter(|columns| *columns >= NARROWEST).unwrap_or(PAGE)
}

/// The lines of a table.
pub(super) fn lines(head: &[String], rows: &[Vec<String>], width: usize, style: Style) -> Vec<String> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect()).collect();
    match widths(head, &rows, width) {
        Some(widths) => table(head, &rows, &widths, style),
        None => records(head, &rows, width, style),
    }
}

/// The width of each column, wide ones cut down so that all fit; `None` if that leaves them too narrow to be read.
fn widths(head: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let natural = |(at, name): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| columns(cell));
        cells.max().unwrap_or(0).max(columns(name)).max(1)
    };
    let natural: Vec<usize> = head.iter().enumerate().map(natural).collect();
    let mut room = width.saturating_sub(GAP.len() * head.len().saturating_sub(1));
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    // Narrow columns keep their width; the others share what is left.
    let mut order: Vec<usize> = (0..natural.len()).collect();
    order.sort_by_key(|at| natural[*at]);
    let mut widths = natural.clone();
    for (done, at) in order.iter().enumerate() {
        let share = room / (order.len() - done);
        widths[*at] = natural[*at].min(share);
        if widths[*at] < natural[*at].min(NARROWEST) {
            return None;
        }
        room -= widths[*at];
    }
    Some(widths)
}

fn table(head: &[String], rows: &[Vec<String>], widths: &[usize], style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    row(head, widths, &mut lines, &|text| style.strong(text));
    let tall = rows.iter().any(|cells| cells.iter().zip(widths).any(|(cell, width)| columns(cell) > *width));
    for (at, cells) in rows.iter().enumerate() {
        if tall && at > 0 {
            lines.push(String::new()); // where one ends and the next begins
        }
        row(cells, widths, &mut lines, &|text| text.to_owned());
    }
    lines
}

fn row(cells: &[String], widths: &[usize], lines: &mut Vec<String>, dress: &dyn Fn(&str) -> String) {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
    for line in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
        let mut text = String::new();
        let mut pending = 0;
        for (cell, width) in wrapped.iter().zip(widths) {
            let piece = cell.get(line).map_or("", String::as_str);
            if !piece.is_empty() {
                text.push_str(&" ".repeat(pending));
                text.push_str(&dress(piece));
                pending = 0;
            }
            pending += width - columns(piece) + GAP.len();
        }
        lines.push(text);
    }
}

/// A row as lines of `name  value`, rows parted by a blank line.
fn records(head: &[String], rows: &[Vec<String>], width: usize, style: Style) -> Vec<String> {
    let names = head.iter().map(|name| columns(name)).max().unwrap_or(0);
    let room = width.saturating_sub(names + GAP.len()).max(NARROWEST);
    let mut lines = Vec::new();
    for (at, cells) in rows.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
        }
        for (name, cell) in head.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            for (line, piece) in wrap(cell, room).into_iter().enumerate() {
                let fill = " ".repeat(names - if line == 0 { columns(name) } else { 0 });
                let name = if line == 0 { style.strong(name) } else { String::new() };
                lines.push(format!("{name}{fill}{GAP}{piece}"));
            }
        }
    }
    lines
}

/// A text in lines of at most `width` columns, broken between words where that is possible.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        let used = lines.last().map_or(0, |line| columns(line));
        if used > 0 {
            if used + 1 + columns(word) <= width {
                if let Some(line) = lines.last_mut() {
                    line.push(' ');
                    line.push_str(word);
                }
                continue;
            }
            lines.push(String::new());
        }
        while columns(word) > width {
            let (part, rest) = word.split_at(cut(word, width));
            if let Some(line) = lines.last_mut() {
                line.push_str(part);
            }
            lines.push(String::new());
            word = rest;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
    }
    if lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Where a word is cut so that its first part fills `width` columns: at least one character.
fn cut(word: &str, width: usize) -> usize {
    let mut used = 0;
    let end = word.char_indices().find(|(at, c)| {
        used += usize::from(!is_combining_mark(*c));
        used > width && *at > 0
    });
    end.map_or(word.len(), |(at, _)| at)
}

/// A cell on one line, without characters that steer a terminal.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How many columns a text takes; a mark stands on the letter before it.
fn columns(text: &str) -> usize {
    text.chars().filter(|c| !is_combining_mark(*c)).count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn text(head: &[&str], rows: &[&[&str]], width: usize) -> String {
        let strings = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| strings(row)).collect();
        lines(&strings(head), &rows, width, Style::default()).join("\n")
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let decomposed = "Me\u{301}xico";
        let shown = text(&["country", "n"], &[&[decomposed, "1"], &["España", "22"]], 80);
        assert_eq!(shown, format!("country  n\n{decomposed}   1\nEspaña   22"));
    }

    #[test]
    fn wide_cells_wrap_between_words_and_rows_stand_apart() {
        let quote = "financiado por el Departamento de Trabajo de los Estados Unidos";
        let shown = text(&["what", "quote"], &[&["SENDEROS", quote], &["Campos", "corto"]], 40);
        let expected = "what      quote\nSENDEROS  financiado por el Departamento\n          de Trabajo de los Estados\n          \
                        Unidos\n\nCampos    corto";
        assert_eq!(shown, expected);
        assert!(shown.lines().all(|line| line.chars().count() <= 40), "{shown}");
    }

    #[test]
    fn a_word_longer_than_its_column_is_cut() {
        assert_eq!(wrap("http://example.org/abc", 10), ["http://exa", "mple.org/a", "bc"]);
        assert_eq!(wrap("abcdefghij", 5), ["abcde", "fghij"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn too_many_columns_become_records() {
        let wide = "a cell that is rather wide";
        let shown = text(&["one", "second", "three"], &[&[wide, "", wide], &["x", "y", wide]], 30);
        assert_eq!(
            shown,
            "one     a cell that is rather\n        wide\nthree   a cell that is rather\n        wide\n\none     x\nsecond  y\nthree   a \
             cell that is rather\n        wide"
        );
    }

    #[test]
    fn a_cell_cannot_steer_the_terminal() {
        assert_eq!(text(&["x"], &[&["a\u{1b}[31mb\nc"]], 40), "x\na [31mb c");
    }
}
