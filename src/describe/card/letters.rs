//! The shapes of letters, from the fonts that the reader of PDF files brings with it: so no other font and no other library has to.
//!
//! What gives the outlines of a PDF's letters is given a PDF with the text on one line.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings,
    SoftMask, interpret_page,
};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use unicode_normalization::UnicodeNormalization as _;

/// The size at which letters are asked for: units to an em.
const EM: f64 = 1_000.0;

/// A letter at size 1: the baseline is at 0, and up is up.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// The character that it was asked for.
    pub(super) char: char,
    /// Its outline, from its own left end.
    pub(super) outline: Arc<BezPath>,
    /// How far the next one is.
    pub(super) advance: f64,
}

/// Outlines and advances by code, and whether they are bold.
type Shapes = HashMap<(u8, bool), (Arc<BezPath>, f64)>;

/// Those that were asked for before; there are a few hundred at most.
static KNOWN: LazyLock<RwLock<Shapes>> = LazyLock::new(RwLock::default);

/// The letters of a text; none if the font cannot be read.
pub(super) fn letters(text: &str, bold: bool) -> Vec<Letter> {
    let codes: Vec<(char, u8)> = text.chars().map(|char| (char, code(char))).collect();
    let known = |shapes: &Shapes| -> Option<Vec<Letter>> {
        let letter = |(char, code): &(char, u8)| {
            let (outline, advance) = shapes.get(&(*code, bold))?;
            Some(Letter { char: *char, outline: Arc::clone(outline), advance: *advance })
        };
        codes.iter().map(letter).collect()
    };
    if let Some(letters) = known(&KNOWN.read().unwrap_or_else(PoisonError::into_inner)) {
        return letters;
    }
    let all: BTreeSet<u8> = codes.iter().map(|(_, code)| *code).collect();
    let new = shapes(&all.into_iter().collect::<Vec<_>>(), bold);
    let mut shapes = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    shapes.extend(new);
    known(&shapes).unwrap_or_default()
}

/// The shapes of these codes; none if the font cannot be read.
fn shapes(codes: &[u8], bold: bool) -> Shapes {
    // The last letter's advance is told by where a full stop behind it begins.
    let line = [codes, b"."].concat();
    let file = pdf(&line, bold);
    let drawn = catch_unwind(|| drawn(file)).ok().flatten().unwrap_or_default();
    if drawn.len() != line.len() {
        return Shapes::new();
    }
    let shape = |(code, pair): (&u8, &[(f64, BezPath)])| {
        let [(x, outline), (next, _)] = pair else { return None };
        let outline = Affine::scale(1.0 / EM) * Affine::translate((-x, 0.0)) * outline;
        Some(((*code, bold), (Arc::new(outline), (next - x) / EM)))
    };
    codes.iter().zip(drawn.windows(2)).filter_map(shape).collect()
}

/// A character in Windows' code for Western Europe; without its accent if that is not there, or a question mark.
fn code(c: char) -> u8 {
    const HIGH: &[(char, u8)] = &[
        ('€', 0x80),
        ('…', 0x85),
        ('Š', 0x8a),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('š', 0x9a),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    let known = |c: char| match c {
        ' '..='~' | '\u{a0}'..='ÿ' => u8::try_from(u32::from(c)).ok(),
        _ => HIGH.iter().find(|(high, _)| *high == c).map(|(_, code)| *code),
    };
    let plain = || c.to_string().nfd().next().and_then(known);
    known(c).or_else(plain).unwrap_or(b'?')
}

/// A file of one page with these characters on one line, which begins at the origin.
fn pdf(codes: &[u8], bold: bool) -> Vec<u8> {
    let font = if bold { "Helvetica-Bold" } else { "Helvetica" };
    let mut digits = String::new();
    for code in codes {
        let _ = write!(digits, "{code:02x}"); // to a string, which takes all that is written here
    }
    let content = format!("BT /F {EM} Tf <{digits}> Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 1000 1000]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>".to_owned(),
        format!("<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>"),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let (count, start) = (objects.len() + 1, file.len());
    let _ = write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

/// Where each letter of a file begins, and its outline there.
fn drawn(file: Vec<u8>) -> Option<Vec<(f64, BezPath)>> {
    let pdf = Pdf::new(file).ok()?;
    let page = pdf.pages().iter().next()?;
    let cache = InterpreterCache::new();
    let everywhere = Rect::new(-1e9, -1e9, 1e9, 1e9);
    let mut context = Context::new(Affine::IDENTITY, everywhere, &cache, page.xref(), InterpreterSettings::default());
    let mut pen = Pen::default();
    interpret_page(page, &mut context, &mut pen);
    Some(pen.0)
}

/// Takes the outlines of letters down.
#[derive(Default)]
struct Pen(Vec<(f64, BezPath)>);

impl<'a> Device<'a> for Pen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let outline = match &**glyph {
                Glyph::Outline(outline) => transform * outline.outline(),
                Glyph::Type3(_) => BezPath::new(),
            };
            self.0.push(((transform * Point::ZERO).x, outline));
        }
    }
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use hayro_interpret::kurbo::Shape as _;

    #[test]
    fn letters_have_their_shapes_and_widths() {
        let plain = letters("iM ñ", false);
        let [i, m, space, n] = plain.as_slice() else { panic!("{plain:?}") };
        assert!(i.advance < m.advance && m.advance > 0.7, "{} {}", i.advance, m.advance);
        assert!(space.outline.elements().is_empty() && space.advance > 0.2);
        let height = |letter: &Letter| letter.outline.bounding_box().y1;
        assert!(height(m) > 0.6 && height(m) < 0.8, "{}", height(m));
        let bare = letters("n", false);
        assert!(height(n) > height(&bare[0]) + 0.1, "the tilde is missing");
        assert!(letters("M", true)[0].outline.area().abs() > m.outline.area().abs() * 1.1, "bold is no bolder");
        assert_eq!(letters("ł中", false).len(), 2, "what the font lacks is replaced, not lost");
    }
}
