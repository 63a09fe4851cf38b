//! Tables whose columns are divided by upright rules: a lattice, each of whose fields is a cell, or a part of one that is merged.

use super::grid::{Grid, GridCell, clustered};
use super::ink::{Area, Page, ShapeKind};

/// A rule is at most so thick, in points.
const THIN: f32 = 3.0;
/// Rules nearer than this are one; ends of rules nearer than this meet.
const NEAR: f32 = 2.5;
/// A rule shorter than this is a dot of a dotted one, or the corner of a frame.
const SHORT: f32 = 5.0;
/// A filled box darker than this is a title's ground.
const DARK: f32 = 0.25;
/// Most rules on a page that are looked at: a table has some hundred, a map has thousands.
const MOST: usize = 6_000;

/// A rule: where it runs, and from where to where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Rule {
    fn covers(&self, from: f32, to: f32) -> f32 {
        (self.to.min(to) - self.from.max(from)).max(0.0)
    }
}

/// The rules of a page, level and upright.
#[derive(Debug, Default)]
struct Rules {
    level: Vec<Rule>,
    upright: Vec<Rule>,
}

/// The lattices of a page.
pub(super) fn grids(page: &Page, words: &[Area]) -> Vec<Grid> {
    let rules = rules(page);
    if rules.level.len() + rules.upright.len() > MOST {
        return Vec::new();
    }
    let mut out: Vec<Grid> = groups(&rules).iter().filter_map(|group| grid(page, group, words)).collect();
    // A lattice in a cell of another is no table of its own.
    let areas: Vec<Area> = out.iter().map(|g| g.area).collect();
    let within = |a: Area| areas.iter().any(|o| *o != a && o.grown(1.0).holds(a.x0, a.y0) && o.grown(1.0).holds(a.x1, a.y1));
    out.retain(|grid| !within(grid.area));
    out
}

/// The level rules of a page, from the top; none where there are too many for tables.
pub(super) fn level_rules(page: &Page) -> Vec<Rule> {
    let rules = rules(page);
    if rules.level.len() + rules.upright.len() > MOST { Vec::new() } else { rules.level }
}

fn rules(page: &Page) -> Rules {
    let mut rules = Rules::default();
    let whole = |a: Area| a.width() > 0.97 * page.area.width() && a.height() > 0.9 * page.area.height();
    for shape in page.shapes.iter().filter(|s| s.dark >= 0.05 && !whole(s.area)) {
        let a = shape.area;
        let (x, y) = (f32::midpoint(a.x0, a.x1), f32::midpoint(a.y0, a.y1));
        match shape.kind {
            ShapeKind::Box if a.height() <= THIN && a.width() > a.height() => {
                rules.level.push(Rule { at: y, from: a.x0, to: a.x1 });
            }
            ShapeKind::Box if a.width() <= THIN => rules.upright.push(Rule { at: x, from: a.y0, to: a.y1 }),
            ShapeKind::Frame if a.width() > 8.0 && a.height() > 8.0 => {
                rules.level.extend([a.y0, a.y1].map(|at| Rule { at, from: a.x0, to: a.x1 }));
                rules.upright.extend([a.x0, a.x1].map(|at| Rule { at, from: a.y0, to: a.y1 }));
            }
            _ => {}
        }
    }
    rules.level = joined(rules.level);
    rules.upright = joined(rules.upright);
    rules
}

/// Rules with those that go on where another ends made one, and without what is too short.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut lanes: Vec<(f32, Vec<Rule>)> = Vec::new();
    for rule in rules {
        match lanes.last_mut() {
            Some((at, lane)) if rule.at - *at <= NEAR => lane.push(rule),
            _ => lanes.push((rule.at, vec![rule])),
        }
    }
    let mut out: Vec<Rule> = Vec::new();
    for (_, mut lane) in lanes {
        lane.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Rule> = None;
        for rule in lane {
            match &mut open {
                Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
                _ => out.extend(open.replace(rule)),
            }
        }
        out.extend(open);
    }
    out.retain(|rule| rule.to - rule.from > SHORT);
    out
}

/// Rules that meet.
fn groups(rules: &Rules) -> Vec<Rules> {
    let meet = |level: &Rule, upright: &Rule| {
        let on = |rule: &Rule, at: f32| at > rule.from - NEAR && at < rule.to + NEAR;
        on(level, upright.at) && on(upright, level.at)
    };
    let mut groups: Vec<Rules> = Vec::new();
    let mut left: Vec<Rule> = rules.level.clone();
    let mut uprights: Vec<Rule> = rules.upright.clone();
    while let Some(seed) = uprights.pop() {
        let mut group = Rules { level: Vec::new(), upright: vec![seed] };
        let (mut upright_done, mut level_done) = (0, 0);
        while upright_done < group.upright.len() || level_done < group.level.len() {
            if let Some(upright) = group.upright.get(upright_done).copied() {
                group.level.extend(left.extract_if(.., |level| meet(level, &upright)));
                upright_done += 1;
            }
            if let Some(level) = group.level.get(level_done).copied() {
                group.upright.extend(uprights.extract_if(.., |upright| meet(&level, upright)));
                level_done += 1;
            }
        }
        groups.push(group);
    }
    united(groups, &left)
}

/// Groups with those that a heading across the table parts from them, where no frame ends a table: they have the same width and
/// stand close. `left` are the level rules that meet no upright one.
fn united(groups: Vec<Rules>, left: &[Rule]) -> Vec<Rules> {
    /// The height of a heading in points, at most.
    const HEADING: f32 = 60.0;
    let ends = |group: &Rules| {
        let level = group.level.iter();
        level.fold((f32::MAX, f32::MIN), |(from, to), rule| (from.min(rule.from), to.max(rule.to)))
    };
    let reach = |group: &Rules| {
        let level = group.level.iter();
        level.fold((f32::MAX, f32::MIN), |(top, low), rule| (top.min(rule.at), low.max(rule.at)))
    };
    let frameless = |group: &Rules| {
        let (from, to) = ends(group);
        !group.level.is_empty() && !group.upright.iter().any(|u| (u.at - from).abs() < NEAR || (u.at - to).abs() < NEAR)
    };
    let (mut open, mut out): (Vec<Rules>, Vec<Rules>) = groups.into_iter().partition(frameless);
    open.sort_by(|a, b| reach(a).0.total_cmp(&reach(b).0));
    let near = |a: f32, b: f32| (a - b).abs() < NEAR;
    let mut tables: Vec<Rules> = Vec::new();
    for group in open {
        let ((from, to), (top, low)) = (ends(&group), reach(&group));
        let Some(table) = tables.iter_mut().rfind(|t| near(ends(t).0, from) && near(ends(t).1, to)) else {
            tables.push(group);
            continue;
        };
        let above = reach(table).1;
        let mut between: Vec<Rule> =
            left.iter().filter(|r| near(r.from, from) && near(r.to, to) && r.at > above && r.at < top).copied().collect();
        between.sort_by(|a, b| a.at.total_cmp(&b.at));
        let steps: Vec<f32> = std::iter::once(above).chain(between.iter().map(|r| r.at)).chain([top]).collect();
        if low > above && steps.windows(2).all(|s| s[1] - s[0] < HEADING) {
            table.level.extend(between);
            table.level.extend(group.level);
            table.upright.extend(group.upright);
        } else {
            tables.push(group);
        }
    }
    out.extend(tables);
    out
}

/// The table of some rules, if they make one.
fn grid(page: &Page, group: &Rules, words: &[Area]) -> Option<Grid> {
    if group.level.is_empty() {
        return None;
    }
    // Where there is no frame, the rules' ends are the table's edges.
    let ends = |rules: &[Rule]| rules.iter().flat_map(|r| [r.from, r.to]).collect::<Vec<_>>();
    let edges = |rules: &[Rule], others: &[Rule]| {
        let ends = ends(others);
        let (low, high) = (ends.iter().copied().fold(f32::MAX, f32::min), ends.iter().copied().fold(f32::MIN, f32::max));
        clustered(rules.iter().map(|r| r.at).chain([low, high]).collect())
    };
    let xs = edges(&group.upright, &group.level);
    let ys = edges(&group.level, &group.upright);
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    if columns < 2 || rows < 1 || columns * rows > 40_000 {
        return None;
    }
    let divided = |rules: &[Rule], at: f32, from: f32, to: f32| {
        let covered: f32 = rules.iter().filter(|r| (r.at - at).abs() <= NEAR + 0.1).map(|r| r.covers(from, to)).sum();
        covered > 0.6 * (to - from)
    };
    // Fields with no rule between them are one cell, numbered by its first field.
    let mut cell: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column > 0 && !divided(&group.upright, xs[column], ys[row], ys[row + 1]) {
                unite(&mut cell, here - 1, here);
            }
            if row > 0 && !divided(&group.level, ys[row], xs[column], xs[column + 1]) {
                unite(&mut cell, here - columns, here);
            }
        }
    }
    let mut cells: Vec<GridCell> = Vec::new();
    for number in 0..columns * rows {
        let fields: Vec<usize> = (number..columns * rows).filter(|field| cell[*field] == number).collect();
        let (Some(first), Some(last)) = (fields.first(), fields.last()) else { continue };
        let left = fields.iter().map(|f| f % columns).min()?;
        let right = fields.iter().map(|f| f % columns).max()?;
        let (top, bottom) = (first / columns, last / columns);
        let area = Area::new(xs[left], ys[top], xs[right + 1], ys[bottom + 1]);
        cells.push(GridCell {
            area,
            row: top,
            rows: bottom + 1 - top,
            column: left,
            columns: right + 1 - left,
            dark: is_dark(page, area),
        });
    }
    let area = Area::new(xs[0], ys[0], xs[columns], ys[rows]);
    let filled = |c: &&GridCell| words.iter().any(|w| c.area.holds(f32::midpoint(w.x0, w.x1), f32::midpoint(w.y0, w.y1)));
    let written = cells.iter().filter(filled).count();
    let divided = cells.iter().filter(|c| c.columns < columns).count();
    // The lines of a chart divide empty fields; a part of a table that a page's end cut off may have one cell with words.
    let says = written * 3 >= cells.len() && written >= 1;
    (divided >= 2 && says && area.height() > 8.0).then_some(Grid { area, edges: xs, rows, cells })
}

/// Gives the fields of two cells the lower of their numbers.
fn unite(cell: &mut [usize], a: usize, b: usize) {
    let (low, high) = (cell[a].min(cell[b]), cell[a].max(cell[b]));
    if low != high {
        cell.iter_mut().filter(|c| **c == high).for_each(|c| *c = low);
    }
}

fn is_dark(page: &Page, cell: Area) -> bool {
    let covers = |a: Area| a.meet(cell).width() > 0.6 * cell.width() && a.meet(cell).height() > 0.6 * cell.height();
    page.shapes.iter().any(|s| s.kind == ShapeKind::Box && s.dark > DARK && s.area.height() > 8.0 && covers(s.area))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    #[test]
    fn rules_that_go_on_are_one() {
        let all = joined(vec![rule(10.0, 0.0, 20.0), rule(10.3, 21.0, 40.0), rule(10.0, 60.0, 61.0), rule(30.0, 0.0, 9.0)]);
        assert_eq!(all, [rule(10.0, 0.0, 40.0), rule(30.0, 0.0, 9.0)]);
    }
}
