//! The lists of a document: what stands before each of their entries, which only the program writes.

use super::super::list::{Numbering, number_of};
use super::parts::{attribute, elements, number};
use std::collections::HashMap;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    numbering: Numbering,
    start: i64,
    /// What is written, with `%1` for the number of the first level, and so on.
    pattern: String,
}

/// The lists of a document, and how far each was counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by the pattern that lists share.
    patterns: HashMap<String, HashMap<usize, Level>>,
    /// The pattern of each list, and where its levels start, if not where the pattern says.
    by_id: HashMap<String, (String, HashMap<usize, i64>)>,
    counts: HashMap<String, Vec<Option<i64>>>,
}

/// Lists have no more levels.
const DEEPEST: usize = 9;

impl Lists {
    /// What stands before the next entry of a list; `None` if nothing does.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let level = level.min(DEEPEST - 1);
        let (pattern, starts) = self.by_id.get(list)?;
        let levels = self.patterns.get(pattern)?;
        let this = levels.get(&level)?;
        let start = |at: usize| starts.get(&at).copied().or_else(|| levels.get(&at).map(|l| l.start)).unwrap_or(1);
        // Lists of one pattern count on, unless one of them starts anew.
        let key = if starts.is_empty() { pattern } else { list };
        let counts = self.counts.entry(key.to_owned()).or_insert_with(|| vec![None; DEEPEST]);
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        counts[level + 1..].fill(None);
        let mut written = match this.numbering {
            Numbering::Bullet => number_of(Numbering::Bullet, 0),
            Numbering::None => String::new(),
            _ => this.pattern.clone(),
        };
        for (at, count) in counts.iter().enumerate().take(level + 1) {
            let numbering = levels.get(&at).map_or(Numbering::Decimal, |l| l.numbering);
            let number = number_of(numbering, count.unwrap_or_else(|| start(at)));
            written = written.replace(&format!("%{}", at + 1), &number);
        }
        (!written.is_empty()).then_some(written)
    }
}

/// Reads the part with the lists.
pub(super) fn read(xml: &str) -> Result<Lists, quick_xml::Error> {
    let mut lists = Lists::default();
    // The pattern or list that is open, and the level in it.
    let (mut pattern, mut list, mut level) = (None, None, 0);
    elements(xml, |start| {
        let value = || attribute(start, "val").unwrap_or_default();
        match start.local_name().as_ref() {
            b"abstractNum" => (pattern, list) = (attribute(start, "abstractNumId"), None),
            b"num" => {
                (pattern, list) = (None, attribute(start, "numId"));
                lists.by_id.entry(list.clone().unwrap_or_default()).or_default();
            }
            b"abstractNumId" => {
                if let Some(list) = list.as_ref().and_then(|list| lists.by_id.get_mut(list)) {
                    list.0 = value();
                }
            }
            b"lvl" | b"lvlOverride" => level = number(start, "ilvl").unwrap_or(0),
            b"startOverride" => {
                if let Some(list) = list.as_ref().and_then(|list| lists.by_id.get_mut(list)) {
                    list.1.insert(level, number(start, "val").unwrap_or(1));
                }
            }
            name @ (b"start" | b"numFmt" | b"lvlText") => {
                let Some(pattern) = &pattern else { return };
                let new = || Level { numbering: Numbering::Decimal, start: 1, pattern: String::new() };
                let level = lists.patterns.entry(pattern.clone()).or_default().entry(level).or_insert_with(new);
                match name {
                    b"start" => level.start = number(start, "val").unwrap_or(1),
                    b"numFmt" => level.numbering = numbering(&value()),
                    _ => level.pattern = value(),
                }
            }
            _ => {}
        }
    })?;
    Ok(lists)
}

fn numbering(format: &str) -> Numbering {
    match format {
        "bullet" => Numbering::Bullet,
        "lowerLetter" => Numbering::Lower,
        "upperLetter" => Numbering::Upper,
        "lowerRoman" => Numbering::LowerRoman,
        "upperRoman" => Numbering::UpperRoman,
        "none" => Numbering::None,
        _ => Numbering::Decimal,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn entries_count_on_in_their_levels() {
        let xml = r#"<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="75"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
            <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
            <w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut lists = read(xml).unwrap();
        let entries = [("5", 0), ("5", 1), ("5", 1), ("6", 0), ("5", 0), ("5", 1), ("7", 0), ("9", 0), ("5", 99)];
        let of = entries.map(|(list, level)| lists.next(list, level).unwrap_or_default());
        assert_eq!(of, ["75.", "75.a)", "75.b)", "•", "76.", "76.a)", "1.", "", ""]);
    }
}
