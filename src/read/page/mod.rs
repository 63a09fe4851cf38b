//! Pages: lines with their places, made into headings, paragraphs and tables.
//!
//! Two kinds of file have pages. `pdf` draws them and takes down letters, rules and marks; `text` has nothing but letters, each
//! as many widths from the left and heights from the top as others stand before it. From there on both go the same way: lines
//! to paragraphs (`block`), pages to the whole (`assemble`), the whole to the text with its layout (`set`).

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
mod margins;
mod notes;
mod packed;
mod part;
mod pdf;
mod rows;
mod set;
mod sheet;
mod text;
mod usual;
mod words;

pub(super) use pdf::document as pdf;
pub use text::laid_out;

use crate::model::document::{Document, Source};
use crate::model::layout::{Block, Furniture, Layout};
use assemble::Raw;
use block::Para;
use flow::{Known, Usual};
use set::Setter;
use sheet::Sheet;
use words::Words;

/// The document of the pages of a source, once their furniture is taken out. `usual` are the columns of most tables without
/// rules; `noted` may change the blocks before they are set.
fn compose(
    source: Source,
    sheets: Vec<Sheet>,
    usual: Usual,
    mut furniture: Vec<Furniture>,
    noted: impl FnOnce(&mut [Raw]),
) -> Document {
    let body = block::body_size(&sheets);
    let mut known = Known { usual, ..Known::default() };
    let pieces = sheets.into_iter().map(|sheet| block::pieces(sheet, &mut known)).collect();
    let mut blocks = assemble::blocks(pieces, body, &mut furniture);
    noted(&mut blocks);
    let (setter, blocks) = set(&blocks, body);
    setter.document(source, Layout { blocks, furniture })
}

/// Sets blocks one after the other; the ranks of headings are told by all of them.
fn set(raw: &[Raw], body: f32) -> (Setter, Vec<Block>) {
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
    let mut setter = Setter::new(words);
    let blocks = raw.iter().map(|block| setter.block(block, level)).collect();
    (setter, blocks)
}
