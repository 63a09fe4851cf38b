//! The picture of a page for those who share it: its title, what it is, and whose it is. It is made here, without a network, and
//! is the same each time.

mod letters;

use super::png::png;
use ab_glyph_rasterizer::{Rasterizer, point};
use hayro_interpret::kurbo::{Affine, BezPath, Circle, PathEl, Point, Rect, Shape as _};
use letters::{Letter, letters};
use std::io;
use std::sync::LazyLock;

/// The width and height of the picture, in pixels.
const WIDTH: u16 = 1200;
const HEIGHT: u16 = 630;
/// What is left free at the sides.
const MARGIN: f64 = 80.0;
/// The most lines that a title has.
const LINES: usize = 4;

const PAPER: [u8; 3] = [0xff, 0xff, 0xff];
/// The colours that are drawn with: those of the pages' icon, and that of titles.
const INKS: [[u8; 3]; 3] = [[0x0b, 0x55, 0x63], [0x2b, 0x82, 0x94], [0x1d, 0x29, 0x2c]];
/// Their places.
const DARK: u8 = 0;
const LIGHT: u8 = 1;
const INK: u8 = 2;
/// So many steps lie between the paper and an ink: with them, all colours are sixteen, which take half a byte each.
const STEPS: u8 = 5;

/// What is the same on every picture, drawn once.
static EMPTY: LazyLock<Plane> = LazyLock::new(|| {
    let mut plane = Plane { pixels: vec![0; usize::from(WIDTH) * usize::from(HEIGHT)] };
    plane.fill(&Rect::new(0.0, 0.0, 24.0, f64::from(HEIGHT)).to_path(0.1), DARK);
    icon(&mut plane);
    plane
});

/// All colours: the paper, then each ink from faint to full.
fn palette() -> Vec<[u8; 3]> {
    let mixed = |ink: [u8; 3], step: u8| {
        let mut colour = PAPER;
        for (channel, ink) in colour.iter_mut().zip(ink) {
            let mixed = (u16::from(*channel) * u16::from(STEPS - step) + u16::from(ink) * u16::from(step)) / u16::from(STEPS);
            *channel = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        colour
    };
    std::iter::once(PAPER).chain(INKS.into_iter().flat_map(|ink| (1..=STEPS).map(move |step| mixed(ink, step)))).collect()
}

/// What stands on a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Whose it is.
    pub site: String,
    /// What it is about.
    pub title: String,
    /// What that is.
    pub kind: String,
}

impl Card {
    /// The picture, as PNG.
    ///
    /// # Errors
    /// If its bytes cannot be packed.
    pub fn png(&self) -> io::Result<Vec<u8>> {
        let mut plane = EMPTY.clone();
        plane.write(&letters(&self.site, true), (MARGIN, 128.0), 40.0, DARK);
        plane.write(&letters(&self.kind, false), (MARGIN, 218.0), 34.0, LIGHT);
        let title = letters(&self.title, true);
        let fits = |size: f64| lines(&title, (f64::from(WIDTH) - 2.0 * MARGIN) / size);
        let size = [76.0, 64.0, 54.0, 46.0].into_iter().find(|size| fits(*size).len() <= LINES).unwrap_or(46.0);
        let mut all = fits(size);
        if all.len() > LINES {
            all.truncate(LINES);
            if let Some(last) = all.last_mut() {
                last.truncate(last.len().saturating_sub(2));
                last.extend(letters("…", true));
            }
        }
        for (line, y) in all.iter().zip(0_u8..) {
            plane.write(line, (MARGIN, 310.0 + f64::from(y) * size * 1.2), size, INK);
        }
        png(WIDTH.into(), &palette(), &plane.pixels)
    }
}

/// Letters as lines of a width, broken at spaces; inside of a word where that is wider.
fn lines(all: &[Letter], width: f64) -> Vec<Vec<Letter>> {
    let mut lines: Vec<Vec<Letter>> = vec![Vec::new()];
    let length = |line: &[Letter]| line.iter().map(|letter| letter.advance).sum::<f64>();
    for word in all.split_inclusive(|letter| letter.char == ' ') {
        let bare = word.iter().filter(|letter| letter.char != ' ').map(|letter| letter.advance).sum::<f64>();
        if lines.last().is_some_and(|line| !line.is_empty() && length(line) + bare > width) {
            lines.push(Vec::new());
        }
        for letter in word {
            if lines.last().is_some_and(|line| length(line) + letter.advance > width && letter.char != ' ') {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter.clone());
            }
        }
    }
    lines
}

/// The pages' icon, at the upper right.
fn icon(plane: &mut Plane) {
    let enlarged = Affine::translate((980.0, 60.0)) * Affine::scale(4.5);
    let nodes = [Point::new(9.0, 9.0), Point::new(23.0, 13.0), Point::new(13.0, 24.0)];
    for (from, to) in nodes.iter().zip(nodes.iter().cycle().skip(1)) {
        let along = (*to - *from).normalize() * 1.5;
        let aside = hayro_interpret::kurbo::Vec2::new(-along.y, along.x);
        let mut bar = BezPath::new();
        bar.move_to(*from + aside);
        bar.line_to(*to + aside);
        bar.line_to(*to - aside);
        bar.line_to(*from - aside);
        bar.close_path();
        plane.fill(&(enlarged * bar), LIGHT);
    }
    for node in nodes {
        plane.fill(&(enlarged * Circle::new(node, 4.5).to_path(0.01)), DARK);
    }
}

/// What is drawn on: for each pixel the place of its colour.
#[derive(Clone)]
struct Plane {
    pixels: Vec<u8>,
}

impl Plane {
    /// Writes letters from a point on, left to right; what would stand outside is left out.
    fn write(&mut self, letters: &[Letter], (mut x, y): (f64, f64), size: f64, ink: u8) {
        let mut all = BezPath::new();
        for letter in letters {
            if x + letter.advance * size > f64::from(WIDTH) {
                break;
            }
            let place = Affine::translate((x, y)) * Affine::scale_non_uniform(size, -size);
            all.extend(place * &*letter.outline);
            x += letter.advance * size;
        }
        self.fill(&all, ink);
    }

    /// Fills a shape; only the part of the plane is looked at that it lies in.
    fn fill(&mut self, shape: &BezPath, ink: u8) {
        let whole = Rect::new(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
        let bounds = shape.bounding_box().intersect(whole).expand();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // they are pixels of the plane
        let [left, top, width, height] =
            [bounds.x0, bounds.y0, bounds.width(), bounds.height()].map(|pixels| pixels.max(0.0) as usize);
        if width == 0 || height == 0 {
            return;
        }
        let mut rasterizer = Rasterizer::new(width, height);
        #[allow(clippy::cast_possible_truncation)] // they are pixels
        let at = |p: Point| {
            let (x, y) = (p.x - bounds.x0, p.y - bounds.y0);
            point(x.clamp(0.0, bounds.width() - 0.01) as f32, y.clamp(0.0, bounds.height() - 0.01) as f32)
        };
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        for element in shape.elements() {
            match *element {
                PathEl::MoveTo(to) => start = to,
                PathEl::LineTo(to) => rasterizer.draw_line(at(last), at(to)),
                PathEl::QuadTo(by, to) => rasterizer.draw_quad(at(last), at(by), at(to)),
                PathEl::CurveTo(by, and, to) => rasterizer.draw_cubic(at(last), at(by), at(and), at(to)),
                PathEl::ClosePath => rasterizer.draw_line(at(last), at(start)),
            }
            last = element.end_point().unwrap_or(start);
        }
        rasterizer.for_each_pixel_2d(|x, y, covered| {
            // Most of what a line of letters lies in is paper.
            if covered < 0.4 / f32::from(STEPS) {
                return;
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // it is one of a few steps
            let step = (covered.clamp(0.0, 1.0) * f32::from(STEPS)).round() as u8;
            let place = (top + y as usize) * usize::from(WIDTH) + left + x as usize;
            let pixel = self.pixels.get_mut(place).filter(|_| step > 0 && left + (x as usize) < usize::from(WIDTH));
            if let Some(pixel) = pixel {
                let colour = ink * STEPS + step;
                // At the edge of what lies on something else, that stays where it is the most of the pixel.
                let below = if *pixel == 0 { 0 } else { (*pixel - 1) % STEPS + 1 };
                if step >= below || step > STEPS / 2 {
                    *pixel = colour;
                }
            }
        });
    }
}
