//! Drawing a page in the mind: the interpreter of the PDF library calls, and what it would paint is written down.

use super::super::sign;
use super::ink::{Area, Glyph, Page, Shape, ShapeKind};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape as _, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use std::collections::HashMap;

/// Most glyphs and shapes on one page; a full page of small print has 10 000.
const MOST: usize = 400_000;
/// The share of its box that the ink of a bold letter covers at least, where no font says that it is bold.
const BOLD_INK: f64 = 0.27;

/// Interpretation was stopped: the page draws more than any page of a report.
pub(super) struct TooMuch;

/// A device that takes notes instead of painting.
pub(super) struct Recorder {
    pub(super) page: Page,
    clips: Vec<Area>,
    /// Opacity of the transparency groups around.
    groups: Vec<f32>,
    turn: u32,
    /// Share of ink, by glyph.
    ink: HashMap<u128, f64>,
}

#[allow(clippy::cast_possible_truncation)]
fn area(rect: Rect) -> Area {
    Area::new(rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32)
}

impl Recorder {
    pub(super) fn new(number: u32, area: Area) -> Self {
        let page = Page { number, area, ..Page::default() };
        Self { page, clips: vec![area.grown(1.0)], groups: Vec::new(), turn: 0, ink: HashMap::new() }
    }
    fn clip(&self) -> Area {
        self.clips.last().copied().unwrap_or(self.page.area)
    }
    fn next_turn(&mut self) -> u32 {
        self.turn += 1;
        if self.page.glyphs.len() + self.page.shapes.len() > MOST {
            // Unwinds without a panic's message; the caller takes it as an error.
            std::panic::resume_unwind(Box::new(TooMuch));
        }
        self.turn
    }
    /// How dark a paint is, or `None` if it cannot be seen through the groups around it.
    fn darkness(&self, paint: &Paint<'_>) -> Option<f32> {
        let around: f32 = self.groups.iter().product();
        match paint {
            Paint::Color(colour) => {
                let [r, g, b, a] = colour.to_rgba().components();
                (a * around > 0.05).then(|| (1.0 - (0.299 * r + 0.587 * g + 0.114 * b)).clamp(0.0, 1.0))
            }
            Paint::Pattern(_) => (around > 0.05).then_some(0.5),
        }
    }
    fn shape(&mut self, area: Area, kind: ShapeKind, dark: f32) {
        let turn = self.next_turn();
        let seen = area.meet(self.clip());
        if seen.width() > 0.0 && seen.height() > 0.0 {
            self.page.shapes.push(Shape { area: seen, kind, dark, turn });
        }
    }
    fn fill(&mut self, path: &BezPath, transform: Affine, dark: f32) {
        let mut drawing: Option<Rect> = None;
        if is_tick(&(transform * path.clone())) {
            return self.shape(area((transform * path.clone()).bounding_box()), ShapeKind::Tick, dark);
        }
        for part in parts(path) {
            let part = transform * part;
            let bounds = part.bounding_box();
            if is_rectangle(&part, bounds) {
                self.shape(area(bounds), ShapeKind::Box, dark);
            } else {
                drawing = Some(drawing.map_or(bounds, |d| d.union(bounds)));
            }
        }
        if let Some(bounds) = drawing {
            self.shape(area(bounds), ShapeKind::Drawing, dark);
        }
    }
    fn stroke(&mut self, path: &BezPath, transform: Affine, width: f32, dark: f32) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        let half = f64::from(width) * (a * d - b * c).abs().sqrt() / 2.0;
        let half = half.max(0.1);
        for part in parts(path) {
            let part = transform * part;
            let bounds = part.bounding_box();
            if bounds.width() < 0.5 || bounds.height() < 0.5 {
                self.shape(area(bounds.inflate(half, half)), ShapeKind::Box, dark);
            } else if is_rectangle(&part, bounds) {
                self.shape(area(bounds), ShapeKind::Frame, dark);
            } else {
                let kind = if is_tick(&part) { ShapeKind::Tick } else { ShapeKind::Drawing };
                self.shape(area(bounds), kind, dark);
            }
        }
    }
    /// The share of its box that a glyph's outline fills.
    fn ink(&mut self, glyph: &Drawn<'_>) -> f64 {
        let Drawn::Outline(outline) = glyph else { return 0.0 };
        *self.ink.entry(outline.identifier().cache_key()).or_insert_with(|| {
            let path = outline.outline();
            let bounds = path.bounding_box();
            path.area().abs() / bounds.area().max(1.0)
        })
    }
    fn glyph(&mut self, glyph: &Drawn<'_>, transform: Affine, advance: Option<f64>, bold: Option<bool>) {
        let origin = transform * Point::ZERO;
        let end = advance.map_or(origin, |a| origin + a * (linear(transform, Vec2::new(1.0, 0.0))));
        let up = linear(transform, Vec2::new(0.0, 1000.0));
        let size = up.hypot();
        let turn = self.next_turn();
        #[allow(clippy::cast_possible_truncation)]
        let (x0, x1, y, size) = (origin.x as f32, end.x as f32, origin.y as f32, size as f32);
        let seen = self.clip().grown(0.5).holds(f32::midpoint(x0, x1), y - 0.3 * size);
        if !seen || !(0.5..2000.0).contains(&size) || !x0.is_finite() || !y.is_finite() {
            return;
        }
        let start = self.page.letters.len();
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => push_letter(&mut self.page.letters, c),
            Some(BfString::String(s)) => s.chars().for_each(|c| push_letter(&mut self.page.letters, c)),
            None => {
                self.page.untold += 1;
                self.page.letters.push('\u{fffd}');
            }
        }
        let letters = &self.page.letters[start..];
        if letters.is_empty() {
            return;
        }
        let space = letters.trim().is_empty();
        let level = (up.x.abs() < 0.35 * up.y.abs()) && up.y < 0.0 && end.x >= origin.x;
        let range = u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(self.page.letters.len()).unwrap_or(u32::MAX);
        let bold = bold.unwrap_or_else(|| self.ink(glyph) > BOLD_INK);
        self.page.glyphs.push(Glyph { text: range, x0: x0.min(x1), x1: x1.max(x0), y, size, bold, level, space, turn });
    }
}

/// Whether a run is bold; `None` if its font does not tell.
fn weight(glyph: &Drawn<'_>) -> Option<bool> {
    let Drawn::Outline(outline) = glyph else { return Some(false) };
    let data = outline.font_data()?;
    let name = data.postscript_name.unwrap_or_default();
    let named = ["Bold", "Black", "Heavy", "bold"].iter().any(|w| name.contains(w));
    Some(named || data.weight.is_some_and(|w| w >= 600))
}

/// Adds a letter in its plain form: ligatures are taken apart, every space is a space.
pub(super) fn push_letter(out: &mut String, c: char) {
    match c {
        '\u{fb00}' => out.push_str("ff"),
        '\u{fb01}' => out.push_str("fi"),
        '\u{fb02}' => out.push_str("fl"),
        '\u{fb03}' => out.push_str("ffi"),
        '\u{fb04}' => out.push_str("ffl"),
        '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
        '\u{ad}' => out.push('\u{ad}'),
        c if c.is_whitespace() => out.push(' '),
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}' => {}
        c if c.is_control() => {}
        c => out.push(sign(c)),
    }
}

fn linear(transform: Affine, v: Vec2) -> Vec2 {
    (transform * v.to_point()) - (transform * Point::ZERO)
}

/// The closed or open parts of a path.
fn parts(path: &BezPath) -> impl Iterator<Item = BezPath> + '_ {
    let elements = path.elements();
    let starts: Vec<usize> =
        elements.iter().enumerate().filter(|(_, e)| matches!(e, PathEl::MoveTo(_))).map(|(i, _)| i).collect();
    (0..starts.len()).map(move |i| {
        let end = starts.get(i + 1).copied().unwrap_or(elements.len());
        BezPath::from_vec(elements[starts[i]..end].to_vec())
    })
}

/// Whether a path is an upright rectangle: all its points are corners of its bounds.
fn is_rectangle(path: &BezPath, bounds: Rect) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.2;
    let corner = |p: &Point| (near(p.x, bounds.x0) || near(p.x, bounds.x1)) && (near(p.y, bounds.y0) || near(p.y, bounds.y1));
    let count = path.elements().len();
    (4..=7).contains(&count)
        && path.elements().iter().all(|e| match e {
            PathEl::MoveTo(p) | PathEl::LineTo(p) => corner(p),
            PathEl::ClosePath => true,
            _ => false,
        })
}

/// Whether a path is a check mark: small, its lowest point left of the middle, its highest at the right end, nothing in the
/// upper left and the lower right corner, where a cross or a circle has something.
fn is_tick(path: &BezPath) -> bool {
    let bounds = path.bounding_box();
    let (width, height) = (bounds.width(), bounds.height());
    if !(3.0..=24.0).contains(&width) || !(3.0..=24.0).contains(&height) || !(0.5..=2.2).contains(&(width / height)) {
        return false;
    }
    let points: Vec<(f64, f64)> = path
        .elements()
        .iter()
        .filter_map(PathEl::end_point)
        .map(|p| ((p.x - bounds.x0) / width, (p.y - bounds.y0) / height))
        .collect();
    let pick = |key: fn(&(f64, f64)) -> f64| points.iter().copied().min_by(|a, b| key(a).total_cmp(&key(b)));
    let (Some(top), Some(low), Some(left)) = (pick(|p| p.1), pick(|p| -p.1), pick(|p| p.0)) else { return false };
    points.len() >= 3
        && top.0 > 0.7
        && (0.1..0.65).contains(&low.0)
        && (0.3..0.92).contains(&left.1)
        && !points.iter().any(|p| (p.0 < 0.4 && p.1 < 0.25) || (p.0 > 0.72 && p.1 > 0.7))
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(dark) = self.darkness(&props.paint) else { return };
        if props.blend_mode != BlendMode::Normal && dark < 0.1 {
            return; // changes nothing, and hides nothing
        }
        match mode {
            DrawMode::Fill(_) => self.fill(path, props.transform, dark),
            DrawMode::Stroke(stroke) => self.stroke(path, props.transform, stroke.line_width, dark),
            DrawMode::FillAndStroke(_, stroke) => {
                self.fill(path, props.transform, dark);
                self.stroke(path, props.transform, stroke.line_width, dark);
            }
            DrawMode::Invisible => {}
        }
    }
    fn push_clip_path(&mut self, clip: &ClipPath) {
        let bounds = area(clip.path.bounding_box());
        self.clips.push(self.clip().meet(bounds));
    }
    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }
    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups.push(opacity);
    }
    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let glyphs = run.glyphs();
        let (Some(first), Some(_)) = (glyphs.first(), self.darkness(&props.paint)) else { return };
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let bold = weight(first);
        let shapes = glyphs.iter().map(|g| {
            let t = props.transform * g.transform();
            linear(t, Vec2::new(1.0, 0.0)).hypot() / linear(t, Vec2::new(0.0, 1.0)).hypot().max(1e-9)
        });
        // A substitute font is stretched letter by letter to the widths that the file gives; text can also be stretched as
        // a whole. Only the second changes how far a letter reaches.
        let (low, high) = shapes.fold((f64::MAX, 0.0_f64), |(l, h), s| (l.min(s), h.max(s)));
        let by_letter = high - low > 0.01 || (glyphs.len() == 1 && high > 1.0);
        for glyph in glyphs {
            let transform = props.transform * glyph.transform();
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(type3) => type3.advance_width(),
            };
            let mut advance = advance.map(f64::from);
            if by_letter {
                let wide = linear(transform, Vec2::new(1.0, 0.0)).hypot();
                let high = linear(transform, Vec2::new(0.0, 1.0)).hypot();
                advance = advance.map(|a| a * high / wide.max(1e-9));
            }
            self.glyph(glyph, transform, advance, bold);
        }
    }
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let unit = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let bounds = (props.transform * unit.to_path(0.1)).bounding_box();
        self.shape(area(bounds), ShapeKind::Image, 0.5);
    }
}
