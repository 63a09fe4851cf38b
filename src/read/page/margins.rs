//! Rules at the edge of several pages in the same place: they part running heads and page numbers from the text, and belong to no
//! table, though one may end close to them.

use super::furniture::{self, FOOT, HEAD};
use super::ink::{Area, Page, ShapeKind};

/// A rule is at most so thick, in points.
const THIN: f32 = 3.0;
/// Ends and edges nearer than this meet.
const NEAR: f32 = 5.0;
/// What differs by less is in the same place on two pages.
const SAME: f32 = 1.0;
/// The share of the page's width that such a rule takes at least.
const WIDE: f32 = 0.5;
/// Most shapes on a page that are looked at: a map has thousands.
const MOST: usize = 6_000;

/// Takes the rules of running heads and feet away.
pub(super) fn clear(pages: &mut [Page]) {
    let found: Vec<Vec<Area>> = pages.iter().map(|page| rules(page).filter(|rule| edge(page, *rule)).collect()).collect();
    let enough = furniture::enough(pages.len()).max(pages.len() * 6 / 10);
    let again = |rule: &Area| found.iter().filter(|page| page.iter().any(|other| same(*rule, *other))).count() >= enough;
    let taken: Vec<Vec<Area>> = pages
        .iter()
        .zip(&found)
        .map(|(page, rules)| {
            let repeated: Vec<Area> = rules.iter().copied().filter(again).collect();
            repeated.iter().copied().filter(|rule| alone(page, *rule, &repeated)).collect()
        })
        .collect();
    for (page, taken) in pages.iter_mut().zip(taken) {
        if !taken.is_empty() {
            page.shapes.retain(|shape| !taken.contains(&shape.area));
        }
    }
}

/// The level rules of a page.
fn rules(page: &Page) -> impl Iterator<Item = Area> {
    let shapes: &[_] = if page.shapes.len() > MOST { &[] } else { &page.shapes };
    let thin = |area: &Area| area.height() <= THIN && area.width() > WIDE * page.area.width();
    shapes.iter().filter(|s| s.kind == ShapeKind::Box).map(|s| s.area).filter(thin)
}

/// Whether a rule stands in the head or the foot of a page.
fn edge(page: &Page, rule: Area) -> bool {
    let height = page.area.height();
    rule.y1 < HEAD * height || rule.y0 > (1.0 - FOOT) * height
}

fn same(a: Area, b: Area) -> bool {
    [a.x0 - b.x0, a.x1 - b.x1, a.y0 - b.y0, a.y1 - b.y1].iter().all(|d| d.abs() < SAME)
}

/// Whether nothing of a table meets a rule: no upright rule ends at it, no cell's box begins or ends there on the side of the text,
/// and no other rule, but for `others`, goes on beside it or has both its ends.
fn alone(page: &Page, rule: Area, others: &[Area]) -> bool {
    let head = rule.y1 < page.area.height() / 2.0;
    let meets = |area: Area| area.x0 < rule.x1 + NEAR && area.x1 > rule.x0 - NEAR;
    page.shapes.iter().filter(|s| matches!(s.kind, ShapeKind::Box | ShapeKind::Frame) && s.dark >= 0.05).all(|shape| {
        let area = shape.area;
        if area == rule || others.contains(&area) {
            return true;
        }
        if area.height() <= THIN {
            let level = (area.y0 - rule.y0).abs() < NEAR;
            let ends = (area.x0 - rule.x0).abs() < SAME && (area.x1 - rule.x1).abs() < SAME;
            return !(ends || level && meets(area));
        }
        let side = if head { area.y0 - rule.y1 } else { rule.y0 - area.y1 };
        let crosses = area.y0 < rule.y0 && area.y1 > rule.y1;
        let large = area.width() > 0.97 * page.area.width();
        large || !(meets(area) && (side.abs() < NEAR || crosses))
    })
}
