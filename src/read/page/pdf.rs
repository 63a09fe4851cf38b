//! PDF: what a page draws, its letters with their places, its rules and its marks, made into paragraphs and tables.
//!
//! `hayro-interpret` draws the pages. It was compared with others on the 52 files of `../shared/corpus/dol-findings-*`, each asked
//! for the text of every file in turn, on one core. The reference of a library is what at least three of the others agree on: a
//! word, or two words that follow each other. Hyphens are those at a line's end that are left within words.
//!
//! | | words | neighbours | letters with accents | hyphens | check marks | CPU |
//! |---|---|---|---|---|---|---|
//! | this module | 96.5 % | 96.1 % | 2 895 | 15 | 49 of 50 tables | 1.4 s |
//! | `pdftotext` (Poppler 22.12) | 99.9 % | 94.5 % | 2 906 | 15 | 17 of 44 files | 1.8 s |
//! | `pdfium` 159.0 (`pypdfium2` 5.15) | 99.5 % | 99.2 % | 2 906 | 15 | 17 of 44 files | 1.5 s |
//! | `mupdf` (`pymupdf` 2.0) | 100 % | 100 % | 2 906 | 1 130 | 17 of 44 files | 1.6 s |
//! | `pdf-extract` 0.10 | 99.8 % | 99.9 % | 2 906 | 1 130 | 17 of 44 files | 3.3 s |
//! | `lopdf` 0.38, `extract_text` | 96.7 % | 95.0 % | 2 906 | 1 125 | 17 of 44 files | 1.2 s |
//!
//! This module leaves out running heads, feet and the titles that tables repeat, which the others print in the midst of the text:
//! these are the words that it lacks. The others follow the order of drawing, so that they agree with each other where rows and
//! columns are mixed; the measure cannot tell that from the order of reading. What decided is the last but one column: two
//! thirds of the files draw the check marks of their table of ratifications as paths, and only a library that hands on what is
//! drawn lets them be read. It is the same for the rules by which tables are told.

use super::super::ReadError;
use super::file::{self, Fault};
use super::ink::ShapeKind;
use super::{compose, furniture, margins, notes, sheet, usual};
use crate::model::document::{Document, Source};
use crate::model::id::sha256;

/// The document of a PDF file.
pub(in crate::read) fn document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut pages = file::pages(bytes).map_err(|fault| error(name, fault))?;
    let letters: usize = pages.iter().flat_map(|p| &p.glyphs).filter(|g| !g.space).count();
    if letters == 0 {
        let scanned = pages.iter().flat_map(|p| &p.shapes).any(|s| s.kind == ShapeKind::Image);
        return Err(if scanned { ReadError::Scan { name: name.to_owned() } } else { ReadError::Empty { name: name.to_owned() } });
    }
    if pages.iter().map(|p| p.untold).sum::<usize>() * 5 > letters {
        return Err(ReadError::Scan { name: name.to_owned() });
    }
    margins::clear(&mut pages);
    pages.iter_mut().for_each(notes::mark);
    let mut sheets: Vec<_> = pages.iter().map(sheet::sheet).collect();
    drop(pages);
    let mut notes = notes::Notes::new();
    for sheet in &mut sheets {
        notes::take(sheet, &mut notes);
    }
    let furniture = furniture::remove(&mut sheets);
    let source = Source { name: name.to_owned(), sha256: sha256(bytes) };
    let usual = usual::usual(&sheets);
    Ok(compose(source, sheets, usual, furniture, |blocks| notes::set(blocks, &notes)))
}

fn error(name: &str, fault: Fault) -> ReadError {
    let name = name.to_owned();
    match fault {
        Fault::Locked => ReadError::Locked { name },
        Fault::Cut => ReadError::Damaged { name, what: "its end is missing".to_owned() },
        Fault::Damaged(what) => ReadError::Damaged { name, what },
        Fault::TooLarge(what) => ReadError::Overfull { name, what },
        Fault::NoPages => ReadError::Damaged { name, what: "it has no pages".to_owned() },
    }
}
