//! What is still to be asked for, thing by thing: the page of a thing in each language, its documents, citations and pictures come one
//! after the other, because what was read for one of them serves the others.

use super::PublishError;
use crate::describe::layout::Laid;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Where a walk through a site is.
#[derive(Default)]
pub(super) struct Way {
    /// The addresses that wait, by what they are about. What a worker is at has an entry until nothing of it waits.
    ahead: HashMap<String, Vec<Laid>>,
    /// What nobody is at yet.
    order: Vec<String>,
    /// Files that are asked for, or were.
    seen: HashSet<String>,
    /// How many are being made.
    making: usize,
    /// Files of addresses that the graph does not speak of.
    unknown: BTreeSet<String>,
    failed: Option<PublishError>,
}

impl Way {
    /// Files that are made in another way, and not asked for.
    pub(super) fn own(&mut self, files: &[String]) {
        self.seen.extend(files.iter().cloned());
    }

    /// Notes an address that is to be asked for; says whether that is new.
    pub(super) fn add(&mut self, laid: Laid) -> bool {
        if self.seen.contains(&laid.file) {
            return false;
        }
        self.seen.insert(laid.file.clone());
        if self.failed.is_some() {
            return false;
        }
        let about = about(&laid.asked).to_owned();
        if let Some(waiting) = self.ahead.get_mut(&about) {
            waiting.push(laid);
        } else {
            self.order.push(about.clone());
            self.ahead.insert(about, vec![laid]);
        }
        true
    }

    /// The next address for a worker who is at something: of that as long as there is one, then of what nobody is at, then any.
    pub(super) fn next(&mut self, at: &mut Option<String>) -> Option<Laid> {
        let found = self.next_of(at).or_else(|| self.ahead.values_mut().find_map(Vec::pop));
        self.making += usize::from(found.is_some());
        found
    }

    fn next_of(&mut self, at: &mut Option<String>) -> Option<Laid> {
        loop {
            if let Some(about) = at {
                if let Some(laid) = self.ahead.get_mut(about).and_then(Vec::pop) {
                    return Some(laid);
                }
                self.ahead.remove(about);
            }
            *at = self.order.pop();
            at.as_ref()?;
        }
    }

    /// One of them was made; says whether that was the last.
    pub(super) fn made(&mut self) -> bool {
        self.making -= 1;
        self.is_over()
    }

    /// Whether nothing will come any more.
    pub(super) fn is_over(&self) -> bool {
        self.failed.is_some() || self.making == 0 && self.ahead.values().all(Vec::is_empty)
    }

    /// The graph does not speak of what has this file.
    pub(super) fn miss(&mut self, file: &str) {
        self.unknown.insert(file.to_owned());
    }

    /// The files of addresses that the graph does not speak of.
    pub(super) fn unknown(&self) -> &BTreeSet<String> {
        &self.unknown
    }

    /// Something went wrong: nothing more is asked for.
    pub(super) fn fail(&mut self, error: PublishError) {
        self.failed.get_or_insert(error);
        self.ahead.clear();
        self.order.clear();
    }

    /// What went wrong first.
    pub(super) fn failure(&mut self) -> Option<PublishError> {
        self.failed.take()
    }
}

/// What an address is about: its path without the first part, which says in what form, and without an ending or a query.
fn about(asked: &str) -> &str {
    let path = asked.split('?').next().unwrap_or_default().trim_start_matches('/');
    let rest = path.split_once('/').map_or(path, |(_, rest)| rest);
    let name = rest.rfind('/').map_or(0, |at| at + 1);
    let ending = rest.get(name..).and_then(|name| name.find('.')).map_or(rest.len(), |at| name + at);
    rest.get(..ending).unwrap_or(rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::describe::layout::lay;

    fn add(way: &mut Way, addresses: &[&str]) -> usize {
        addresses.iter().filter(|address| way.add(lay(address, "en").unwrap())).count()
    }

    #[test]
    fn all_of_a_thing_is_asked_for_together_and_each_once() {
        let mut way = Way::default();
        way.own(&["search/index.html".to_owned()]);
        assert_eq!(add(&mut way, &["/page/id/x/a", "/page/id/x/b", "/page/id/x/a", "/search"]), 2);
        let (mut one, mut other) = (None, None);
        let first = way.next(&mut one).unwrap();
        assert_eq!(first.asked, "/page/id/x/b");
        assert_eq!(way.next(&mut other).unwrap().asked, "/page/id/x/a");
        // What the page of `b` leads to comes before anything else, to whoever made that page.
        let more =
            ["/page/id/x/c", "/data/id/x/b.ttl", "/cite/id/x/b.csl.json?lang=es", "/card/id/x/b.png", "/page/id/x/b?lang=fr"];
        assert_eq!(add(&mut way, &more), 5);
        let of_b: BTreeSet<String> = (0..4).map(|_| way.next(&mut one).unwrap().asked).collect();
        let wanted = ["/data/id/x/b.ttl", "/cite/id/x/b.csl.json?lang=es", "/card/id/x/b.png", "/page/id/x/b?lang=fr"];
        assert_eq!(of_b, wanted.map(str::to_owned).into());
        assert_eq!(way.next(&mut one).unwrap().asked, "/page/id/x/c");
        // Whoever has nothing left takes from others.
        assert_eq!(add(&mut way, &["/data/id/x/c.ttl"]), 1);
        assert_eq!(way.next(&mut other).unwrap().asked, "/data/id/x/c.ttl");
        assert!(way.next(&mut other).is_none() && !way.is_over());
        assert_eq!((0..8).filter(|_| way.made()).count(), 1, "the last one ends it");
    }

    #[test]
    fn what_went_wrong_first_is_told_and_nothing_is_asked_for_any_more() {
        let mut way = Way::default();
        add(&mut way, &["/page/id/x/a"]);
        way.fail(PublishError::Interrupted);
        way.fail(PublishError::Broken("x".to_owned()));
        assert!(way.next(&mut None).is_none() && way.is_over());
        assert_eq!(add(&mut way, &["/page/id/x/b"]), 0);
        assert!(matches!(way.failure(), Some(PublishError::Interrupted)));
    }
}
