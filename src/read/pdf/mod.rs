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

mod assemble;
mod bands;
mod block;
mod draw;
mod file;
mod flow;
mod furniture;
mod grid;
mod ink;
mod lattice;
mod line;
mod notes;
mod packed;
mod part;
mod rows;
mod set;
mod sheet;
mod usual;
mod words;

use super::ReadError;
use crate::model::document::{Document, Source};
use crate::model::id::sha256;
use crate::model::layout::Layout;
use assemble::Raw;
use block::Para;
use file::Fault;
use flow::Known;
use ink::ShapeKind;
use words::Words;

/// The document of a PDF file.
pub(super) fn document(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut pages = file::pages(bytes).map_err(|fault| error(name, fault))?;
    let letters: usize = pages.iter().flat_map(|p| &p.glyphs).filter(|g| !g.space).count();
    if letters == 0 {
        let scanned = pages.iter().flat_map(|p| &p.shapes).any(|s| s.kind == ShapeKind::Image);
        return Err(if scanned { ReadError::Scan { name: name.to_owned() } } else { ReadError::Empty { name: name.to_owned() } });
    }
    if pages.iter().map(|p| p.untold).sum::<usize>() * 5 > letters {
        return Err(ReadError::Scan { name: name.to_owned() });
    }
    pages.iter_mut().for_each(notes::mark);
    let mut sheets: Vec<_> = pages.iter().map(sheet::sheet).collect();
    drop(pages);
    let mut notes = notes::Notes::new();
    for sheet in &mut sheets {
        notes::take(sheet, &mut notes);
    }
    let mut furniture = furniture::remove(&mut sheets);
    let body = block::body_size(&sheets);
    let mut known = Known { usual: usual::usual(&sheets), ..Known::default() };
    let pieces = sheets.into_iter().map(|sheet| block::pieces(sheet, &mut known)).collect();
    let mut blocks = assemble::blocks(pieces, body, &mut furniture);
    notes::set(&mut blocks, &notes);
    let (text, pages, blocks) = set(&blocks, body);
    let source = Source { name: name.to_owned(), sha256: sha256(bytes) };
    Ok(Document::new(source, text, pages).with_layout(Layout { blocks, furniture }))
}

fn set(raw: &[Raw], body: f32) -> (String, Vec<crate::model::document::Page>, Vec<crate::model::layout::Block>) {
    let mut words = Words::default();
    for block in raw {
        match block {
            Raw::Para(para) => para.lines.iter().for_each(|l| words.add(&l.text)),
            Raw::Table(table) => {
                let cells = table.part.rows.iter().flatten().flat_map(|c| &c.lines);
                cells.for_each(|l| words.add(&l.text));
            }
            Raw::Figure(_) => {}
        }
    }
    let style = |para: &Para| {
        let letters: usize = para.lines.iter().map(|l| l.text.chars().filter(|c| c.is_alphabetic()).count()).sum();
        let heading = letters > 1 && para.lines.len() <= 3 && (para.bold && para.size > 0.93 * body || para.size > 1.15 * body);
        #[allow(clippy::cast_possible_truncation)]
        heading.then(|| (-(para.size * 2.0).round() as i32, !para.bold))
    };
    let mut styles: Vec<(i32, bool)> =
        raw.iter().filter_map(|b| if let Raw::Para(para) = b { style(para) } else { None }).collect();
    styles.sort_unstable();
    styles.dedup();
    let level = |para: &Para| {
        let at = styles.iter().position(|s| Some(*s) == style(para))?;
        u8::try_from(at + 1).ok()
    };
    let mut setter = set::Setter::new(words);
    let blocks = raw.iter().map(|block| setter.block(block, level)).collect();
    let (text, pages) = setter.finish();
    (text, pages, blocks)
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
