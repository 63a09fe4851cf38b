//! Running heads, footers and page numbers: what stands at the edge of several pages in the same place.

use super::line::Line;
use super::sheet::Sheet;
use crate::model::layout::Furniture;
use std::collections::{HashMap, HashSet};

/// Shares of a page's height within which heads and footers stand.
const HEAD: f32 = 0.13;
const FOOT: f32 = 0.1;
/// A head this near to a table is its caption, in points.
const CAPTION: f32 = 14.0;

/// Takes the furniture out of the pages.
pub(super) fn remove(sheets: &mut [Sheet]) -> Vec<Furniture> {
    let mut seen: HashMap<(String, i32), HashSet<u32>> = HashMap::new();
    for sheet in sheets.iter() {
        for line in margin(sheet) {
            seen.entry((key(line), place(line, sheet))).or_default().insert(sheet.number);
        }
    }
    let enough = (sheets.len() * 3 / 10).clamp(2, 6);
    // Where something repeats, whatever stands on the same line of other pages is furniture too: names alternate with titles.
    let places: HashSet<i32> = seen.iter().filter(|(_, pages)| pages.len() >= enough).map(|((_, place), _)| *place).collect();
    let mut furniture = Vec::new();
    for sheet in sheets {
        let taken: Vec<bool> = {
            let in_margin: HashSet<usize> = margin_indices(sheet).into_iter().collect();
            let same = |line: &Line| {
                let at = place(line, sheet);
                (-1..=1).any(|d| places.contains(&(at + d)))
            };
            sheet.lines.iter().enumerate().map(|(i, line)| in_margin.contains(&i) && same(line)).collect()
        };
        let mut taken = taken.into_iter();
        sheet.lines.retain(|line| {
            let take = taken.next().unwrap_or(false);
            if take {
                furniture.push(Furniture { page: line.page, text: line.text.clone() });
            }
            !take
        });
    }
    furniture
}

/// The words of a line without its numbers, which are another on every page.
fn key(line: &Line) -> String {
    line.text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().trim().to_lowercase()
}

/// Where a line stands, in steps of three points from the nearer edge; lines at the foot are negative.
#[allow(clippy::cast_possible_truncation)]
fn place(line: &Line, sheet: &Sheet) -> i32 {
    let height = sheet.area.height();
    if line.baseline < height / 2.0 { (line.baseline / 3.0) as i32 } else { -(((height - line.baseline) / 3.0) as i32) - 1 }
}

fn margin(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    margin_indices(sheet).into_iter().map(|i| &sheet.lines[i])
}

/// The lines in the head and foot margins that are no caption.
fn margin_indices(sheet: &Sheet) -> Vec<usize> {
    let height = sheet.area.height();
    let caption =
        |line: &Line| sheet.parts.iter().any(|p| p.area.y0 - line.baseline > -2.0 && p.area.y0 - line.baseline < CAPTION);
    let inside = |line: &Line| line.baseline < HEAD * height || line.baseline > (1.0 - FOOT) * height;
    sheet.lines.iter().enumerate().filter(|(_, l)| inside(l) && !caption(l)).map(|(i, _)| i).collect()
}
