//! Running heads, footers and page numbers: what stands at the edge of several pages in the same place.

use super::ink::Area;
use super::line::Line;
use super::part::Part;
use super::rows::LEVEL;
use super::sheet::Sheet;
use crate::model::layout::Furniture;
use std::collections::{HashMap, HashSet};

/// Shares of a page's height within which heads and footers stand.
pub(super) const HEAD: f32 = 0.13;
pub(super) const FOOT: f32 = 0.1;
/// A line of fewer letters may stand in the same place of several pages by chance.
const LETTERS: usize = 8;
/// Most lines of a head or foot.
pub(super) const MOST: usize = 4;
/// A head this near to a table is its caption, in points.
const CAPTION: f32 = 14.0;

/// Takes the furniture out of the pages: lines in the margins that stand apart from the text in the same place as lines that
/// repeat, and whole lines that repeat on most pages.
pub(super) fn remove(sheets: &mut [Sheet]) -> Vec<Furniture> {
    let mut seen: HashMap<(String, i32), HashSet<u32>> = HashMap::new();
    let mut apart: HashMap<i32, HashSet<u32>> = HashMap::new();
    let margins: Vec<Vec<Margin>> = sheets.iter().map(margin).collect();
    for (sheet, lines) in sheets.iter().zip(&margins) {
        for line in lines {
            seen.entry((line.key.clone(), line.place)).or_default().insert(sheet.number);
        }
    }
    let enough = enough(sheets.len());
    let repeats = |line: &Margin| seen.get(&(line.key.clone(), line.place)).map_or(0, HashSet::len);
    for (sheet, lines) in sheets.iter().zip(&margins) {
        for line in lines.iter().filter(|line| line.apart && repeats(line) >= enough) {
            apart.entry(line.place).or_default().insert(sheet.number);
        }
    }
    // Where something repeats, whatever stands on the same line of other pages is furniture too: names alternate with titles.
    let places: HashSet<i32> = apart.iter().filter(|(_, pages)| pages.len() >= enough).map(|(place, _)| *place).collect();
    let mut furniture = Vec::new();
    titles(sheets, &mut furniture);
    for (sheet, lines) in sheets.iter_mut().zip(&margins) {
        let count = margins.len();
        let taken: HashSet<usize> = lines
            .iter()
            .filter(|line| {
                let same = (-1..=1).any(|d| places.contains(&(line.place + d)));
                let most = line.letters >= LETTERS && repeats(line) >= enough && repeats(line) * 10 >= count * 6;
                line.apart && same || most
            })
            .map(|line| line.index)
            .collect();
        let mut index = 0;
        sheet.lines.retain(|line| {
            let take = taken.contains(&index);
            index += 1;
            if take {
                furniture.push(Furniture { page: line.page, text: line.text.clone() });
            }
            !take
        });
    }
    furniture
}

/// Takes out the titles of columns that are a table of their own on each page, since only their ground is drawn.
fn titles(sheets: &mut [Sheet], furniture: &mut Vec<Furniture>) {
    let words =
        |part: &Part| part.rows.iter().flatten().flat_map(|c| &c.lines).map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ");
    let mut seen: HashMap<String, HashSet<u32>> = HashMap::new();
    for sheet in sheets.iter() {
        for part in sheet.parts.iter().filter(|p| p.rows.len() == 1) {
            seen.entry(words(part)).or_default().insert(sheet.number);
        }
    }
    let count = sheets.len();
    seen.retain(|_, pages| pages.len() >= 2 && pages.len() * 10 >= count * 6);
    let mut told: HashSet<String> = HashSet::new();
    for sheet in sheets.iter_mut() {
        sheet.parts.retain(|part| {
            let words = words(part);
            let again = part.rows.len() == 1 && seen.contains_key(&words) && !told.insert(words.clone());
            if again {
                furniture.push(Furniture { page: part.page, text: words });
            }
            !again
        });
    }
}

/// On so many pages furniture stands, of all that a document has.
pub(super) fn enough(pages: usize) -> usize {
    (pages * 3 / 10).clamp(2, 6)
}

/// The words of a line without numbers, which are another on every page.
pub(super) fn key(line: &str) -> String {
    let letters: String = line.chars().filter(|c| !c.is_ascii_digit()).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A line in a margin.
struct Margin {
    index: usize,
    /// The words of everything on its baseline without numbers, which are another on every page.
    key: String,
    letters: usize,
    place: i32,
    /// Whether more than the distance of lines is between it and the text.
    apart: bool,
}

/// Where a line stands, in steps of three points from the nearer edge; lines at the foot are negative.
#[allow(clippy::cast_possible_truncation)]
fn place(line: &Line, sheet: &Sheet) -> i32 {
    let height = sheet.area.height();
    if line.baseline < height / 2.0 { (line.baseline / 3.0) as i32 } else { -(((height - line.baseline) / 3.0) as i32) - 1 }
}

/// The lines in the head and foot margins that are no caption.
fn margin(sheet: &Sheet) -> Vec<Margin> {
    let height = sheet.area.height();
    let caption =
        |line: &Line| sheet.parts.iter().any(|p| p.area.y0 - line.baseline > -2.0 && p.area.y0 - line.baseline < CAPTION);
    let inside = |line: &Line| line.baseline < HEAD * height || line.baseline > (1.0 - FOOT) * height;
    let apart = apart(sheet);
    let of = |index: usize, line: &Line| {
        let level = sheet.lines.iter().filter(|l| (l.baseline - line.baseline).abs() < LEVEL);
        let words: Vec<&str> = level.map(|l| l.text.as_str()).collect();
        let key = key(&words.join(" "));
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        Margin { index, key, letters, place: place(line, sheet), apart: apart.contains(&index) }
    };
    let lines = sheet.lines.iter().enumerate().filter(|(_, l)| inside(l) && !caption(l));
    lines.map(|(index, line)| of(index, line)).collect()
}

/// The lines at the head and at the foot of a page, a few at most, behind which a space begins.
fn apart(sheet: &Sheet) -> HashSet<usize> {
    let mut order: Vec<usize> = (0..sheet.lines.len()).collect();
    order.sort_by(|a, b| sheet.lines[*a].baseline.total_cmp(&sheet.lines[*b].baseline));
    let mut levels: Vec<Vec<usize>> = Vec::new();
    for index in order {
        match levels.last_mut() {
            Some(level) if sheet.lines[index].baseline - sheet.lines[level[0]].baseline < LEVEL => level.push(index),
            _ => levels.push(vec![index]),
        }
    }
    let area = |level: &[usize]| level.iter().map(|i| sheet.lines[*i].area).reduce(Area::union).unwrap_or_default();
    let in_table = |from: f32, to: f32| sheet.parts.iter().any(|p| p.area.y0 < to && p.area.y1 > from);
    let mut out = HashSet::new();
    for foot in [false, true] {
        let mut open = Vec::new();
        for (i, level) in levels.iter().enumerate().take(MOST) {
            open.extend(level.iter().copied());
            let here = area(level);
            let size = level.iter().map(|l| sheet.lines[*l].size).fold(0.0, f32::max);
            let gap = |other: Area| if foot { here.y0 - other.y1 } else { other.y0 - here.y1 };
            let next = levels.get(i + 1).map_or(f32::MAX, |next| gap(area(next)));
            let reach = 0.6 * size;
            let table = if foot { in_table(here.y0 - reach, here.y0) } else { in_table(here.y1, here.y1 + reach) };
            if next >= reach && !table {
                out.extend(open);
                break;
            }
        }
        levels.reverse();
    }
    out
}
