//! Numbers in questions, and what they bound: "more than 5 million dollars", "at least 500", "between two and five".

use super::lattice::matches;
use super::tokens::{Token, spelt_out};
use super::words::{Words, group, phrases};

/// One end of what a number may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number, in decimal digits.
    pub number: String,
    /// Whether it may be the number itself.
    pub included: bool,
}

/// What a number may be; an open end is not bounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The lower end.
    pub from: Option<Bound>,
    /// The upper end.
    pub to: Option<Bound>,
    /// The code of the currency, of an amount of money.
    pub currency: Option<String>,
    /// The words of the question.
    pub words: (usize, usize),
}

impl Bounds {
    /// What the number is where it is not within; none where that is on both sides.
    #[must_use]
    pub fn inverted(&self) -> Option<Self> {
        let other = |bound: &Bound| Some(Bound { number: bound.number.clone(), included: !bound.included });
        let (from, to) = match (&self.from, &self.to) {
            (Some(from), None) => (None, other(from)),
            (None, Some(to)) => (other(to), None),
            _ => return None,
        };
        Some(Self { from, to, ..self.clone() })
    }
    /// The conditions on an expression of a query.
    pub(super) fn conditions(&self, expression: &str) -> String {
        let from = self.from.iter().map(|b| format!("{expression} {} {}", if b.included { ">=" } else { ">" }, b.number));
        let to = self.to.iter().map(|b| format!("{expression} {} {}", if b.included { "<=" } else { "<" }, b.number));
        from.chain(to).collect::<Vec<_>>().join(" && ")
    }
    /// In signs: `> 5000000 USD`.
    pub(super) fn shown(&self) -> String {
        let sign =
            |bound: &Bound, open: &str, closed: &str| format!("{} {}", if bound.included { closed } else { open }, bound.number);
        let text = match (&self.from, &self.to) {
            (Some(from), Some(to)) if from == to => format!("= {}", from.number),
            (Some(from), Some(to)) => format!("{} – {}", from.number, to.number),
            (from, to) => from.iter().map(|b| sign(b, ">", "≥")).chain(to.iter().map(|b| sign(b, "<", "≤"))).collect(),
        };
        self.currency.iter().fold(text, |text, code| text + " " + code)
    }
}

/// A number in words or digits.
struct Number {
    end: usize,
    digits: String,
    currency: Option<String>,
    /// Whether it is told by its form that it is a quantity, and no year or number of a law.
    plain: bool,
}

/// The quantities that a question names: from which word to which, and what.
pub fn find(tokens: &[Token], words: &Words) -> Vec<Bounds> {
    let reader = Reader { tokens, words };
    let mut found = Vec::new();
    for start in 0..tokens.len() {
        for (name, lower, included) in
            [("more", true, false), ("at-least", true, true), ("less", false, false), ("at-most", false, true)]
        {
            for at in reader.after(start, name) {
                let Some(number) = reader.number(at) else { continue };
                let bound = Some(Bound { number: number.digits, included });
                let (from, to) = if lower { (bound, None) } else { (None, bound) };
                reader.put(start, number.end, from, to, number.currency, &mut found);
            }
        }
        for at in reader.after(start, "exactly") {
            let Some(number) = reader.number(at) else { continue };
            let bound = Some(Bound { number: number.digits, included: true });
            reader.put(start, number.end, bound.clone(), bound, number.currency, &mut found);
        }
        for at in reader.after(start, "between") {
            reader.between(start, at, &mut found);
        }
        let Some(number) = reader.number(start) else { continue };
        let bound = Some(Bound { number: number.digits, included: true });
        for end in reader.after(number.end, "or-more") {
            reader.put(start, end, bound.clone(), None, number.currency.clone(), &mut found);
        }
        for end in reader.after(number.end, "or-less") {
            reader.put(start, end, None, bound.clone(), number.currency.clone(), &mut found);
        }
        if !number.plain || reader.counts(start, number.end) {
            reader.put(start, number.end, bound.clone(), bound, number.currency, &mut found);
        }
    }
    found
}

struct Reader<'a> {
    tokens: &'a [Token],
    words: &'a Words,
}

impl Reader<'_> {
    /// Where the phrases of a group end that stand at a word.
    fn after(&self, at: usize, name: &str) -> Vec<usize> {
        let all = phrases(group(&self.words.number, name));
        all.iter().filter(|words| matches(self.tokens, at, words)).map(|words| at + words.len()).collect()
    }

    /// Whether a bare number can say how many of something there are: it is no year, something stands behind it, and neither an
    /// article before it nor a capital, as in "Convention 182".
    fn counts(&self, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| self.tokens.get(at));
        let defined = before.is_some_and(|token| {
            token.capital || phrases(&self.words.articles).iter().any(|words| words.as_slice() == [token.text.as_str()])
        });
        let digits = self.tokens.get(start).is_some_and(|token| token.text.bytes().all(|byte| byte.is_ascii_digit()));
        let year = digits && self.tokens.get(start).is_some_and(|token| token.text.len() == 4);
        let next = self.tokens.get(end).is_some_and(|token| token.text.starts_with(char::is_alphabetic) && !token.capital);
        digits && next && !defined && !year
    }

    /// The quantity, and the same with "of" before it: "a budget of more than …".
    fn put(
        &self,
        start: usize,
        end: usize,
        from: Option<Bound>,
        to: Option<Bound>,
        currency: Option<String>,
        found: &mut Vec<Bounds>,
    ) {
        let bounds = Bounds { from, to, currency, words: (start, end) };
        let before = start.checked_sub(1).filter(|before| self.after(*before, "filler").contains(&start));
        if let Some(before) = before {
            found.push(Bounds { words: (before, end), ..bounds.clone() });
        }
        found.push(bounds);
    }

    fn between(&self, start: usize, at: usize, found: &mut Vec<Bounds>) {
        let Some(low) = self.number(at) else { return };
        for next in self.after(low.end, "to") {
            let Some(high) = self.number(next) else { continue };
            // Years are no quantities.
            if low.plain && high.plain && low.digits.len() == 4 && high.digits.len() == 4 {
                continue;
            }
            // "Between 5 and 10 million": the scale of the one is that of the other.
            let missing = if low.plain { high.digits.len() - high.digits.trim_end_matches('0').len() } else { 0 };
            let scaled = low.digits.clone() + &"0".repeat(if missing >= 6 { 6 } else { 0 });
            let bound = |number: String| Some(Bound { number, included: true });
            self.put(start, high.end, bound(scaled), bound(high.digits), high.currency.or(low.currency.clone()), found);
        }
    }

    /// The number that begins at a word, with its scale and currency.
    fn number(&self, at: usize) -> Option<Number> {
        let (mut currency, first) = match self.currency(at) {
            Some((code, end)) => (Some(code), end),
            None => (None, at),
        };
        let token = self.tokens.get(first).filter(|token| !token.iri)?;
        let sign = |c: char| !c.is_ascii_digit();
        let bare = token.text.trim_start_matches(sign);
        if !bare.is_empty() && bare.len() < token.text.len() {
            let mark = token.text.strip_suffix(bare).unwrap_or_default();
            currency = Some(self.currency_of(mark)?);
        }
        let mut end = first + 1;
        let (whole, fraction) = match digits(bare) {
            Some((mut whole, fraction)) => {
                // 5 000 000
                while fraction.is_empty()
                    && whole.len() <= 9
                    && let Some(next) = self.tokens.get(end)
                    && next.text.len() == 3
                    && next.text.bytes().all(|b| b.is_ascii_digit())
                {
                    whole.push_str(&next.text);
                    end += 1;
                }
                (whole, fraction)
            }
            None => (self.spelt(&token.text)?, String::new()),
        };
        let mut zeros = 0;
        for (name, more) in [("thousand", 3), ("million", 6), ("billion", 9)] {
            if let Some(after) = self.after(end, name).into_iter().max() {
                zeros += more;
                end = after;
            }
        }
        if currency.is_none() {
            let starts = self.after(end, "filler").into_iter().chain([end]);
            if let Some((code, after)) = starts.filter_map(|start| self.currency(start)).max_by_key(|(_, after)| *after) {
                currency = Some(code);
                end = after;
            }
        }
        let plain = zeros == 0 && currency.is_none();
        Some(Number { end, digits: scaled(&whole, &fraction, zeros), currency, plain })
    }

    /// The currency whose name stands at a word.
    fn currency(&self, at: usize) -> Option<(String, usize)> {
        let named = |(code, names): (&String, &Vec<String>)| {
            let all = phrases(names);
            let longest = all.iter().filter(|words| matches(self.tokens, at, words)).map(Vec::len).max()?;
            Some((code.clone(), at + longest))
        };
        self.words.currency.iter().filter_map(named).max_by_key(|(_, end)| *end)
    }

    /// The currency of a sign that is written together with its number.
    fn currency_of(&self, mark: &str) -> Option<String> {
        let has = |names: &Vec<String>| phrases(names).iter().any(|words| words.as_slice() == [mark]);
        self.words.currency.iter().find(|(_, names)| has(names)).map(|(code, _)| code.clone())
    }

    /// A number in letters: its place in the list.
    fn spelt(&self, text: &str) -> Option<String> {
        let ones = group(&self.words.number, "ones");
        ones.iter().position(|pattern| spelt_out(pattern).iter().any(|word| word == text)).map(|at| (at + 1).to_string())
    }
}

/// The digits before and behind the decimal sign; signs between thousands are left out.
fn digits(text: &str) -> Option<(String, String)> {
    const MOST: usize = 15;
    if text.is_empty() || text.len() > MOST || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> = text.split(['.', ',']).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    match parts.as_slice() {
        [whole] => Some(((*whole).to_owned(), String::new())),
        [whole, fraction] if fraction.len() != 3 => Some(((*whole).to_owned(), (*fraction).to_owned())),
        [_, rest @ ..] if rest.iter().all(|part| part.len() == 3) => Some((parts.concat(), String::new())),
        _ => None,
    }
}

/// A number times a power of ten.
fn scaled(whole: &str, fraction: &str, zeros: usize) -> String {
    let mut padded = fraction.to_owned();
    while padded.len() < zeros {
        padded.push('0');
    }
    let (more, rest) = padded.split_at(zeros);
    let whole = format!("{whole}{more}");
    let whole = whole.trim_start_matches('0');
    let rest = rest.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tokens::tokens;
    use super::super::words::words;
    use super::*;

    fn longest(question: &str, lang: &str) -> String {
        let mut all = find(&tokens(question), words(lang).unwrap());
        all.sort_by_key(|bounds| bounds.words.1 - bounds.words.0);
        all.pop().map(|bounds| bounds.shown()).unwrap_or_default()
    }

    #[test]
    fn quantities_are_what_they_say() {
        for (question, lang, shown) in [
            ("more than 5 million dollars", "en", "> 5000000 USD"),
            ("over US$2.5 million", "en", "> 2500000 USD"),
            ("at least $5,000,000", "en", "≥ 5000000 USD"),
            ("fewer than three", "en", "< 3"),
            ("500 or more", "en", "≥ 500"),
            ("between 5 and 10 million dollars", "en", "5000000 – 10000000 USD"),
            ("exactly two", "en", "= 2"),
            ("más de 2,5 millones de dólares", "es", "> 2500000 USD"),
            ("a lo sumo diez mil", "es", "≤ 10000"),
            ("moins de 10 000 000 d'euros", "fr", "< 10000000 EUR"),
            ("au moins trois", "fr", "≥ 3"),
            ("plus de 1,5 million de dollars", "fr", "> 1500000 USD"),
            ("between 2019 and 2021", "en", ""),
            ("Convention 182", "en", ""),
            ("the 2 projects", "en", ""),
            ("who trained 700 officials", "en", "= 700"),
        ] {
            assert_eq!(longest(question, lang), shown, "{question}");
        }
        let over = find(&tokens("over 500"), words("en").unwrap()).pop().unwrap();
        assert_eq!(over.inverted().unwrap().shown(), "≤ 500");
        assert_eq!(over.conditions("?n"), "?n > 500");
    }
}
