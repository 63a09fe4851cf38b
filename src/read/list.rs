//! The numbers and bullets that programs put before the entries of lists, which are not in their text.

/// How the entries of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    Bullet,
    Decimal,
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
    None,
}

/// What stands before an entry of a list: `•`, `3.`, `c)`.
pub(super) fn marker(numbering: Numbering, number: i64) -> String {
    let ending = match numbering {
        Numbering::Bullet | Numbering::None => "",
        Numbering::Decimal => ".",
        _ => ")",
    };
    number_of(numbering, number) + ending
}

/// A number as it is written; in digits where it cannot be written otherwise.
pub(super) fn number_of(numbering: Numbering, number: i64) -> String {
    const ROMAN: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let letters = || {
        let mut rest = number;
        let mut letters = Vec::new();
        while rest > 0 {
            let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
            letters.insert(0, char::from(b'a' + letter));
            rest = (rest - 1) / 26;
        }
        letters.into_iter().collect::<String>()
    };
    let roman = || {
        let mut rest = number;
        let mut written = String::new();
        for (value, sign) in ROMAN {
            while rest >= value {
                written.push_str(sign);
                rest -= value;
            }
        }
        written
    };
    match numbering {
        Numbering::None => String::new(),
        Numbering::Bullet => "•".to_owned(),
        Numbering::Lower if number > 0 => letters(),
        Numbering::Upper if number > 0 => letters().to_uppercase(),
        Numbering::LowerRoman if (1..4000).contains(&number) => roman(),
        Numbering::UpperRoman if (1..4000).contains(&number) => roman().to_uppercase(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_numbered_as_programs_number_them() {
        let of = |numbering, numbers: &[i64]| numbers.iter().map(|n| marker(numbering, *n)).collect::<Vec<_>>().join(" ");
        assert_eq!(of(Numbering::Decimal, &[1, 75]), "1. 75.");
        assert_eq!(of(Numbering::Lower, &[1, 26, 27, 0]), "a) z) aa) 0)");
        assert_eq!(of(Numbering::UpperRoman, &[4, 1999, i64::MAX]), format!("IV) MCMXCIX) {})", i64::MAX));
        assert_eq!(of(Numbering::Bullet, &[7]), "•");
    }
}
