//! The file: whether it is whole, open and of a size to be read; then its pages, drawn one by one.

use super::draw::{Recorder, TooMuch};
use super::ink::{Area, Page};
use super::packed;
use hayro_interpret::hayro_syntax::object::Object;
use hayro_interpret::hayro_syntax::page::Page as Sheet;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most pages that are read; the longest reports have some hundred.
pub(super) const MOST_PAGES: usize = 3_000;
/// Most objects in a file.
const MOST_OBJECTS: usize = 2_000_000;

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It asks for a password.
    Locked,
    /// Its end is missing.
    Cut,
    /// It is no PDF inside, or a part of it cannot be read.
    Damaged(String),
    /// It is larger inside than any report.
    TooLarge(String),
    /// It has no pages.
    NoPages,
}

/// The pages of a file as they are drawn.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, Fault> {
    whole(bytes)?;
    packed::check(bytes)?;
    let pdf = catch_unwind(|| Pdf::new(bytes.to_vec()))
        .map_err(|_| Fault::Damaged("its structure cannot be made out".to_owned()))?
        .map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Locked,
            LoadPdfError::Decryption(_) => Fault::Damaged("its encryption cannot be made out".to_owned()),
            LoadPdfError::Invalid => Fault::Damaged("its structure cannot be made out".to_owned()),
        })?;
    if pdf.len() > MOST_OBJECTS {
        return Err(Fault::TooLarge(format!("{} objects; the limit is {MOST_OBJECTS}", pdf.len())));
    }
    let count = pdf.pages().len();
    if count == 0 {
        return Err(Fault::NoPages);
    }
    if count > MOST_PAGES {
        return Err(Fault::TooLarge(format!("{count} pages; the limit is {MOST_PAGES}")));
    }
    let cache = InterpreterCache::new();
    pdf.pages().iter().zip(1..).map(|(sheet, number)| page(sheet, number, &cache)).collect()
}

fn page<'a>(sheet: &Sheet<'a>, number: u32, cache: &InterpreterCache<'a>) -> Result<Page, Fault> {
    let (width, height) = sheet.render_dimensions();
    let area = Area::new(0.0, 0.0, width, height);
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        let has_content = sheet.raw().get::<Object<'_>>(b"Contents".as_slice()).is_some();
        if has_content && sheet.page_stream().is_none() {
            return None;
        }
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let start = Affine::new(sheet.initial_transform(true).as_coeffs());
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let mut context = Context::new(start, bounds, cache, sheet.xref(), settings);
        let mut recorder = Recorder::new(number, area);
        interpret_page(sheet, &mut context, &mut recorder);
        Some(recorder.page)
    }));
    match drawn {
        Ok(Some(mut page)) => {
            page.keep_visible();
            Ok(page)
        }
        Err(cause) if cause.is::<TooMuch>() => {
            Err(Fault::TooLarge(format!("page {number} draws more letters and shapes than can be read")))
        }
        Ok(None) | Err(_) => Err(Fault::Damaged(format!("page {number} cannot be read"))),
    }
}

/// Whether the end of the file is there: the last cross-reference table comes after the last object.
fn whole(bytes: &[u8]) -> Result<(), Fault> {
    let last = |needle: &[u8]| memchr::memmem::rfind(bytes, needle);
    let end = last(b"startxref").ok_or(Fault::Cut)?;
    match last(b" obj") {
        Some(object) if object > end => Err(Fault::Cut),
        _ => Ok(()),
    }
}
