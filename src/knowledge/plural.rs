//! How a language writes the plural of nouns.

use serde::Deserialize;

/// What nouns end with in the plural and not in the singular.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PluralEndings(Vec<String>);

impl PluralEndings {
    /// A folded word without each of the endings that it has: what it may be in the singular, the likeliest first.
    pub fn without<'w>(&'w self, word: &'w str) -> impl Iterator<Item = &'w str> {
        self.0.iter().filter(|ending| !ending.is_empty()).filter_map(|ending| word.strip_suffix(ending.as_str()))
    }

    /// Whether a folded word has one of them.
    pub fn end(&self, word: &str) -> bool {
        self.without(word).next().is_some()
    }

    /// Takes those of another language besides.
    pub fn add(&mut self, others: Self) {
        for ending in others.0 {
            if !self.0.contains(&ending) {
                self.0.push(ending);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_be_the_plural_of_several() {
        let endings = |all: &[&str]| PluralEndings(all.iter().map(|ending| (*ending).to_owned()).collect());
        let spanish = endings(&["s", "es"]);
        assert_eq!(spanish.without("sectores").collect::<Vec<_>>(), ["sectore", "sector"]);
        assert!(spanish.end("mareas") && !spanish.end("marea"));
        // A language without such endings has no plurals, and what says nothing ends nothing.
        assert!(!endings(&[]).end("mareas") && !endings(&[""]).end("mareas"));
        let mut all = spanish;
        all.add(endings(&["s", "x"]));
        assert!(all.end("reseaux"));
    }
}
