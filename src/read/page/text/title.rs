//! Titles: text has no bold letters, but a heading's or a caption's words begin with capitals.

/// Words of fewer letters may be small in a title: "of", "and", "the".
const SHORT: usize = 4;

/// Whether a line is worded as a title: every longer word begins with a capital, and no sentence ends.
pub(super) fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let worded = |word: &str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first = letters.next();
        first.is_none_or(char::is_uppercase) || letters.count() + 1 < SHORT
    };
    // A citation ends a sentence, though its full stop stands before it.
    let cites = text.rsplit('(').next().is_some_and(|last| last.ends_with(')') && !last.contains(char::is_alphabetic));
    letters >= SHORT
        && begins
        && !text.ends_with(['.', ',', ';', ':', '?', '!', '*', '-'])
        && !cites
        && text.split_whitespace().all(worded)
}

/// Whether a line is a title with a number, as captions are: "Table 5. Agencies".
pub(super) fn is_numbered(text: &str) -> bool {
    let mut words = text.splitn(3, ' ');
    let (Some(kind), Some(number), Some(rest)) = (words.next(), words.next(), words.next()) else { return false };
    let named = kind.chars().count() > 2 && kind.starts_with(char::is_uppercase) && kind.chars().all(char::is_alphabetic);
    let digits = number.trim_end_matches(['.', ':']);
    let stopped = digits.len() < number.len() || rest.starts_with(['–', '—', '-', ':']);
    let counted = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    named && counted && stopped && rest.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// The width of a text as printed, in widths of a usual small letter: narrow letters take less than wide ones, which tells better
/// than their number whether another word had room on a line.
pub(super) fn width(text: &str) -> f32 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '’' | '|' | '!' => 0.5,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | ' ' => 0.65,
        'm' | 'w' | 'M' | 'W' | '—' | '%' | '@' => 1.55,
        c if c.is_uppercase() => 1.25,
        _ => 1.0,
    };
    text.chars().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_sentences() {
        for title in ["Labor Law Enforcement", "III. ENFORCEMENT OF LAWS", "Table 2. Work by Sector and Activity (Cont.)"] {
            assert!(is_title(title), "{title}");
        }
        for other in
            ["Inspectors visit mines", "of the Labor Code", "Mexico.", "Ministry of Labor (4,6)", "Yes", "Ministry of Work,"]
        {
            assert!(!is_title(other), "{other}");
        }
    }

    #[test]
    fn captions_have_a_number() {
        assert!(
            is_numbered("Table 5. Agencies Responsible") && is_numbered("Cuadro 3: Leyes") && is_numbered("Tableau 2 – Lois")
        );
        assert!(
            !is_numbered("Table 5 lists the agencies")
                && !is_numbered("In 2021, Mexico made")
                && !is_numbered("Article 3. of it")
        );
    }
}
