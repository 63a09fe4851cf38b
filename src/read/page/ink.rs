//! What a page shows: glyphs with place and font, rectangles, rules, drawings and images. Only what can be seen is kept.

use std::ops::Range;

/// A rectangle in points; y grows downwards from the page's top.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

impl Area {
    /// A rectangle of two opposite corners.
    pub(super) fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }
    pub(super) fn width(self) -> f32 {
        self.x1 - self.x0
    }
    pub(super) fn height(self) -> f32 {
        self.y1 - self.y0
    }
    pub(super) fn holds(self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }
    /// The rectangle with each side moved outwards.
    pub(super) fn grown(self, by: f32) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }
    pub(super) fn union(self, other: Self) -> Self {
        Self { x0: self.x0.min(other.x0), y0: self.y0.min(other.y0), x1: self.x1.max(other.x1), y1: self.y1.max(other.y1) }
    }
    pub(super) fn meet(self, other: Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }
}

/// A letter as it is drawn.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Where its text is in [`Page::letters`].
    pub(super) text: Range<u32>,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The baseline.
    pub(super) y: f32,
    /// The font's size in points.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Whether it is written level from left to right.
    pub(super) level: bool,
    pub(super) space: bool,
    /// When it was drawn, among everything on the page.
    pub(super) turn: u32,
}

impl Glyph {
    /// The place that a letter of its size takes, near enough.
    pub(super) fn area(&self) -> Area {
        Area::new(self.x0, self.y - 0.75 * self.size, self.x1, self.y + 0.2 * self.size)
    }
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.x0, self.x1)
    }
}

/// A filled or stroked shape.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) area: Area,
    pub(super) kind: ShapeKind,
    /// How dark it is: 0 white, 1 black.
    pub(super) dark: f32,
    pub(super) turn: u32,
}

/// What kind of shape it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShapeKind {
    /// A filled rectangle, or a straight level or upright stroke.
    Box,
    /// The outline of a rectangle.
    Frame,
    /// A small drawing in the form of a check mark.
    Tick,
    /// Anything else that is drawn.
    Drawing,
    /// A picture made of pixels.
    Image,
}

/// A page as it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: u32,
    pub(super) area: Area,
    /// The text of all glyphs, in the order of drawing.
    pub(super) letters: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) shapes: Vec<Shape>,
    /// Glyphs whose letter the file does not tell.
    pub(super) untold: usize,
}

impl Page {
    /// The letters of a glyph.
    pub(super) fn text(&self, glyph: &Glyph) -> &str {
        self.letters.get(glyph.text.start as usize..glyph.text.end as usize).unwrap_or_default()
    }
    /// Takes away what is seen by nobody: glyphs outside of the page, painted over, or white on white.
    pub(super) fn keep_visible(&mut self) {
        let page = self.area;
        let shapes = &self.shapes;
        self.glyphs.retain(|glyph| {
            let (x, y) = (glyph.middle(), glyph.y - 0.3 * glyph.size);
            page.holds(x, y) && !shapes.iter().any(|s| s.kind == ShapeKind::Box && s.turn > glyph.turn && s.area.holds(x, y))
        });
    }
}
