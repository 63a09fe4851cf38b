//! Addresses in running text, mended where spaces or line ends broke them.
//!
//! Software that lays out reports breaks long addresses in two ways: after a fixed number of characters, with a space put
//! in, and at line ends, after a hyphen for instance. Both leave traces that ordinary words after an address do not have:
//! pieces of exactly one length, and pieces that no language has as words.

use crate::model::document::Document;
use crate::model::passage::Passage;
use crate::model::report::Link;
use std::collections::BTreeSet;
use std::ops::Range;

const SCHEMES: &[&str] = &["https://", "http://", "ftp://", "www."];
/// Shorter pieces than this are no sign of a fixed width.
const NARROWEST: usize = 16;

/// Hardly any word is so long, and just as long as the piece before it.
const UNLIKELY: usize = 24;

/// The width at which the document's addresses are broken, if they are: several different first pieces of that length,
/// none longer, at least one of which visibly goes on.
pub(super) fn fixed_width<'a>(passages: impl Iterator<Item = &'a Passage>) -> Option<usize> {
    let mut firsts: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut goes_on = BTreeSet::new();
    for passage in passages {
        for (piece, start) in beginnings(passage.text()) {
            let text = passage.slice(start..piece.end);
            firsts.insert((text.chars().count(), text));
            let next = next_piece(passage.text(), &piece).map(|next| passage.slice(next));
            if next.is_some_and(|next| address_start(next).is_none() && is_telling(next)) && !text.ends_with(ENDS) {
                goes_on.insert(text.chars().count());
            }
        }
    }
    let width = firsts.last()?.0;
    let same = firsts.iter().filter(|(length, _)| *length == width).count();
    (same >= 2 && width >= NARROWEST && goes_on.contains(&width)).then_some(width)
}

/// The addresses of a passage; `width` is [`fixed_width`] of its document.
pub(super) fn links(document: &Document, passage: &Passage, width: Option<usize>) -> Vec<Link> {
    let mut links = Vec::new();
    for (piece, start) in beginnings(passage.text()) {
        let end = last_piece(document, passage, &piece, start, width).end;
        let trimmed = trim(passage.slice(start..end));
        let range = start..start + trimmed.len();
        let href: String = trimmed.split(' ').collect();
        let href = if href.starts_with("www.") { format!("http://{href}") } else { href };
        if href.rsplit_once("//").is_some_and(|(_, host)| host.contains('.'))
            && let Some(span) = passage.source(range.clone())
        {
            links.push(Link { href, range, span, mended: end > piece.end });
        }
    }
    links
}

/// The last piece of the address that begins at `start` in piece `first`. An address may be broken into several, none of which
/// is the beginning of another.
fn last_piece(document: &Document, passage: &Passage, first: &Range<usize>, start: usize, width: Option<usize>) -> Range<usize> {
    let mut width = width;
    // Pieces between two breaks of the fixed width, taken together, are a chunk.
    let mut chunk = passage.slice(start..first.end).chars().count();
    let first_chunk = chunk;
    let mut this = first.clone();
    while let Some(next) = next_piece(passage.text(), &this) {
        let text = passage.slice(this.clone());
        let following = passage.slice(next.clone());
        let length = following.chars().count();
        if address_start(following).is_some() || text.ends_with(ENDS) || !is_continuation(following) {
            break;
        }
        let full = width.is_some_and(|width| chunk == width);
        let fits = width.is_none_or(|width| chunk + length <= width);
        let hyphened = !full && fits && text.ends_with(HYPHENS) && !following.starts_with(char::is_uppercase);
        if hyphened && line_ends_between(document, passage, &this, &next) {
            chunk += length; // broken after a hyphen, as any word is
        } else if full && width.is_some_and(|width| length <= width) {
            chunk = length;
        } else if width.is_none() && (is_telling(following) || (length == first_chunk && length >= UNLIKELY)) {
            // Two pieces of one length in a row: the width is known now.
            width = (length == first_chunk && length >= NARROWEST).then_some(length);
            chunk = length;
        } else {
            break;
        }
        this = next;
    }
    this
}

/// What ends an address: no software breaks one there.
const ENDS: [char; 8] = [',', ';', ')', ']', '"', '”', '»', '>'];

/// What an address may be broken after at a line's end.
const HYPHENS: [char; 4] = ['-', '_', '=', '&'];

/// Whether a piece could be part of an address: no characters that addresses do not have, and no beginning of a sentence.
fn is_continuation(piece: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    piece.chars().all(allowed) && (!piece.starts_with(|c: char| c.is_ascii_uppercase()) || is_telling(piece))
}

/// Whether a piece is part of an address by its own looks: characters inside of it that no word has.
fn is_telling(piece: &str) -> bool {
    let inner = trim(piece);
    let dotted = inner.split_once('.').is_some_and(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_alphanumeric()) && after.starts_with(|c: char| c.is_ascii_lowercase())
    });
    let mixed = inner.chars().any(|c| c.is_ascii_digit()) && inner.chars().any(|c| c.is_ascii_lowercase());
    inner.is_ascii()
        && (inner.contains(['_', '?', '=', '&', '%'])
            || dotted
            || (inner.contains('/') && (mixed || inner.matches('/').count() > 1)))
}

/// Without the punctuation of the sentence that an address ends.
fn trim(address: &str) -> &str {
    let mut text = address;
    loop {
        let cut = text.trim_end_matches(['.', ',', ';', ':', '!', '\'', '"', '”', '’', '»', '…', '>']);
        let cut = match cut.strip_suffix([')', ']']) {
            Some(inner)
                if cut.matches('(').count() + cut.matches('[').count() < cut.matches(')').count() + cut.matches(']').count() =>
            {
                inner
            }
            _ => cut,
        };
        if cut.len() == text.len() {
            return text;
        }
        text = cut;
    }
}

/// The pieces of a text, which are its stretches without spaces, in which an address begins, and where in the text it does.
fn beginnings(text: &str) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let behind = text.as_bytes().get(from..)?;
            // Each address has one of these in its scheme, and hardly any other piece has.
            let sign = memchr::memchr2(b':', b'.', behind)?;
            from += sign + 1;
            if !behind[sign..].starts_with(b"://") && !behind[..sign].ends_with(b"www") {
                continue;
            }
            let piece = memchr::memrchr(b' ', &text.as_bytes()[..from]).map_or(0, |space| space + 1)..piece_end(text, from);
            from = piece.end;
            if let Some(start) = address_start(&text[piece.clone()]) {
                return Some((piece.clone(), piece.start + start));
            }
        }
    })
}

/// The piece behind another.
fn next_piece(text: &str, piece: &Range<usize>) -> Option<Range<usize>> {
    (piece.end < text.len()).then(|| piece.end + 1..piece_end(text, piece.end + 1))
}

/// Where a piece ends in which a place lies.
fn piece_end(text: &str, from: usize) -> usize {
    memchr::memchr(b' ', &text.as_bytes()[from..]).map_or(text.len(), |length| from + length)
}

/// Where in a piece an address begins.
fn address_start(piece: &str) -> Option<usize> {
    let start = SCHEMES.iter().filter_map(|scheme| piece.find(scheme)).min()?;
    let before = piece.get(..start)?.chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && c != '@').then_some(start)
}

/// Whether a line of the source ends between a piece and the next one.
fn line_ends_between(document: &Document, passage: &Passage, this: &Range<usize>, next: &Range<usize>) -> bool {
    let places = passage.source(this.clone()).zip(passage.source(next.clone()));
    places.is_some_and(|(this, next)| {
        next.start < this.end || document.text.get(this.end..next.start).is_none_or(|gap| gap.contains('\n'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Source, Span};

    fn hrefs(text: &str) -> Vec<String> {
        let document = Document::new(Source { name: "t".into(), sha256: String::new() }, text.into(), vec![]);
        let passage = Passage::of(&document, &[Span::new(0, text.len())]);
        let width = fixed_width(std::iter::once(&passage));
        links(&document, &passage, width).into_iter().map(|l| l.href).collect()
    }

    #[test]
    fn words_after_an_address_are_left_alone() {
        assert_eq!(hrefs("en https://www.ilo.org/abc y otros"), ["https://www.ilo.org/abc"]);
        assert_eq!(hrefs("(véase www.ilo.org/x.) Por otra"), ["http://www.ilo.org/x"]);
        assert_eq!(hrefs("https://a.example/2020/ 24 personas y/o 3 grupos"), ["https://a.example/2020/"]);
        assert_eq!(hrefs("https://a.example/x, https://b.example/y; fin"), ["https://a.example/x", "https://b.example/y"]);
        assert_eq!(hrefs("nada http:// ni correo a@www.example"), Vec::<String>::new());
    }

    #[test]
    fn a_single_broken_address_is_mended_by_the_looks_of_its_pieces() {
        assert_eq!(
            hrefs("liga: https://www.ejemplo.org/documentos/infor\nme_2020.pdf Por otra parte"),
            ["https://www.ejemplo.org/documentos/informe_2020.pdf"]
        );
    }

    #[test]
    fn a_fixed_width_tells_plain_pieces() {
        let text = "uno https://www.example.org/a/long/addre ss/of_some?kind=that is\ndos https://www.example.org/another/one/ of-pieces y más";
        assert_eq!(hrefs(text)[0], "https://www.example.org/a/long/address/of_some?kind=that");
    }
}
