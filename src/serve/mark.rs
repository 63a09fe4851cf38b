//! Marking what was understood in a report's text: pieces of text, each with the statements whose words cover it.
//!
//! Evidence gives places as character offsets into the source text. Spans nest and overlap, which HTML elements cannot, so the
//! text is cut wherever one begins or ends, and each piece knows all that cover it, the closest first.

/// A stretch of text with the statements that rest on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The first character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The indices of the spans that cover it, the shortest first.
    pub by: Vec<usize>,
}

/// Cuts a text of `length` characters at the ends of all spans. Spans are `(start, end)` in characters; empty ones and those
/// that lie outside of the text are left out. The pieces cover the text without gaps, in order.
pub fn cut(length: usize, spans: &[(usize, usize)]) -> Vec<Covered> {
    let spans: Vec<(usize, usize, usize)> = spans
        .iter()
        .enumerate()
        .map(|(i, (start, end))| (*start, (*end).min(length), i))
        .filter(|(start, end, _)| start < end)
        .collect();
    let mut places: Vec<usize> = spans.iter().flat_map(|(start, end, _)| [*start, *end]).chain([0, length]).collect();
    places.sort_unstable();
    places.dedup();

    let mut opening = spans.clone();
    opening.sort_unstable();
    let mut opening = opening.into_iter().peekable();
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut pieces = Vec::with_capacity(places.len());
    for pair in places.windows(2) {
        let [start, end] = *pair else { continue };
        open.retain(|(_, last, _)| *last > start);
        while let Some(span) = opening.next_if(|(first, _, _)| *first <= start) {
            open.push(span);
        }
        let mut by: Vec<(usize, usize)> = open.iter().map(|(first, last, i)| (last - first, *i)).collect();
        by.sort_unstable();
        pieces.push(Covered { start, end, by: by.into_iter().map(|(_, i)| i).collect() });
    }
    pieces
}

/// A text without its white space, with the place of each character that is left.
struct Dense {
    chars: Vec<char>,
    places: Vec<usize>,
}

impl Dense {
    fn new(text: &[char]) -> Self {
        let (places, chars) = text.iter().enumerate().filter(|(_, c)| !c.is_whitespace()).map(|(i, c)| (i, *c)).unzip();
        Self { chars, places }
    }
}

/// Finds places of a source text in a part of it that was laid out anew: an answer, its line wraps folded. White space does not
/// count; where the same words stand several times, the one whose surroundings agree best is meant.
pub struct Places {
    source: Dense,
    part: Dense,
}

impl Places {
    /// Prepares a source text and a part of it.
    pub fn new(source: &str, part: &str) -> Self {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        Self { source: Dense::new(&chars(source)), part: Dense::new(&chars(part)) }
    }

    /// Where the characters `start..end` of the source stand in the part, in characters; `None` where they do not.
    pub fn find(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.source.places.partition_point(|place| *place < start);
        let last = self.source.places.partition_point(|place| *place < end);
        let words = self.source.chars.get(first..last).filter(|words| !words.is_empty())?;
        let agreement = |at: usize| {
            let before = self.source.chars[..first].iter().rev().zip(self.part.chars[..at].iter().rev());
            let after = self.source.chars[last..].iter().zip(self.part.chars[at + words.len()..].iter());
            before.take(AROUND).take_while(|(a, b)| a == b).count() + after.take(AROUND).take_while(|(a, b)| a == b).count()
        };
        let found = self.part.chars.windows(words.len()).enumerate().filter(|(_, window)| *window == words).map(|(at, _)| at);
        let at = found.max_by_key(|at| (agreement(*at), std::cmp::Reverse(*at)))?;
        Some((self.part.places[at], self.part.places[at + words.len() - 1] + 1))
    }
}

/// How far the surroundings of a passage are compared, in characters.
const AROUND: usize = 400;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_overlapping_spans_are_cut() {
        let pieces = cut(10, &[(0, 8), (2, 4), (3, 6), (9, 99), (5, 5)]);
        let shown: Vec<_> = pieces.iter().map(|p| (p.start, p.end, p.by.as_slice())).collect();
        let expected: Vec<(usize, usize, &[usize])> =
            vec![(0, 2, &[0]), (2, 3, &[1, 0]), (3, 4, &[1, 2, 0]), (4, 6, &[2, 0]), (6, 8, &[0]), (8, 9, &[]), (9, 10, &[3])];
        assert_eq!(shown, expected);
        assert_eq!(cut(3, &[]), vec![Covered { start: 0, end: 3, by: vec![] }]);
        assert_eq!(cut(0, &[(0, 1)]), vec![]);
    }

    #[test]
    fn words_are_found_across_line_wraps_by_their_surroundings() {
        let source = "82. Question\n\nLa STPS\n\nfirmó. El  INM y la\nSTPS actúan.";
        let part = "La STPS firmó. El INM y la STPS actúan.";
        let places = Places::new(source, part);
        let at = |words: &str, nth: usize| {
            let byte = source.match_indices(words).nth(nth).unwrap().0;
            let start = source[..byte].chars().count();
            (start, start + words.chars().count())
        };
        let shown = |(start, end): (usize, usize)| part.chars().skip(start).take(end - start).collect::<String>();
        let (start, end) = at("STPS", 0);
        assert_eq!(places.find(start, end).unwrap(), (3, 7));
        let (start, end) = at("STPS", 1);
        assert_eq!(places.find(start, end).unwrap(), (27, 31));
        let (start, end) = at("la\nSTPS", 0);
        assert_eq!(shown(places.find(start, end).unwrap()), "la STPS");
        assert_eq!(places.find(0, 3), None, "the question's number is not in the answer");
        assert_eq!(places.find(500, 600), None);
    }
}
