//! Runs programs.

use super::{Groups, Program, Step};
use crate::extract::seats::Seats;

/// What is to be tried, or put back, if a way leads nowhere.
enum Way {
    Try {
        step: usize,
        at: usize,
    },
    /// The same with one character less, down to a place.
    Less {
        step: usize,
        at: usize,
        least: usize,
    },
    Restore {
        place: usize,
        to: Option<usize>,
    },
}

/// A search under way.
pub(super) struct Run<'a> {
    program: &'a Program,
    sentence: &'a Seats<'a>,
    ways: Vec<Way>,
    kept: Vec<Option<usize>>,
    /// So many steps may still be made.
    left: usize,
}

impl<'a> Run<'a> {
    pub(super) fn new(program: &'a Program, sentence: &'a Seats<'a>) -> Self {
        /// A search takes a few hundred steps; what takes many more is better left to an automaton.
        const FEW: usize = 4_096;
        const FOR_A_BYTE: usize = 32;
        const MOST: usize = 1 << 21;
        /// So many ways are open at a time, usually.
        const USUAL: usize = 64;
        let left = (FEW + FOR_A_BYTE * sentence.text.len()).min(MOST);
        Self { program, sentence, ways: Vec::with_capacity(USUAL), kept: vec![None; program.groups * 2], left }
    }

    /// Whether the program matches from a place on; `None` if that is not told in the steps that are left.
    pub(super) fn matches_at(&mut self, start: usize) -> Option<bool> {
        let text = self.sentence.text;
        let (mut step, mut at) = (0, start);
        loop {
            self.left = self.left.checked_sub(1)?;
            let goes_on = match self.program.steps[step] {
                Step::Text(start, end) => {
                    let letters = &self.program.letters.as_bytes()[start as usize..end as usize];
                    let here = text.as_bytes()[at..].starts_with(letters);
                    at += if here { letters.len() } else { 0 };
                    here
                }
                Step::Class(class) => {
                    let next = self.program.classes[class as usize].length(text, at);
                    at += next.unwrap_or(0);
                    next.is_some()
                }
                Step::Many { class, least, most } => {
                    let class = &self.program.classes[class as usize];
                    let (start, mut count, mut enough) = (at, 0, at);
                    while count < most
                        && let Some(length) = class.length(text, at)
                    {
                        at += length;
                        count += 1;
                        if count == least {
                            enough = at;
                        }
                    }
                    self.left = self.left.checked_sub((at - start) / 4)?;
                    if at > enough && count >= least {
                        self.ways.push(Way::Less { step: step + 1, at, least: enough });
                    }
                    count >= least
                }
                Step::Name(class) => {
                    let seat = self.sentence.name_from(at).filter(|seat| self.program.classes[class as usize].has(seat.code));
                    if let Some(seat) = seat {
                        let later = seat.ends().skip(1).collect::<Vec<_>>();
                        self.ways.extend(later.into_iter().rev().map(|at| Way::Try { step: step + 1, at }));
                        at = seat.ends().next().unwrap_or(at);
                    }
                    seat.is_some()
                }
                Step::Either(one, other) => {
                    // A way that another letter begins is not gone: most of the many ways of a pattern are left so.
                    if self.stands(one as usize, at) {
                        if self.stands(other as usize, at) {
                            self.ways.push(Way::Try { step: other as usize, at });
                        }
                        step = one as usize;
                    } else {
                        step = other as usize;
                    }
                    continue;
                }
                Step::Go(to) => {
                    step = to as usize;
                    continue;
                }
                Step::Keep(place) => {
                    let place = place as usize;
                    self.ways.push(Way::Restore { place, to: self.kept[place] });
                    self.kept[place] = Some(at);
                    true
                }
                Step::Begins => at == 0,
                Step::Ends => at == text.len(),
                Step::Edge => self.sentence.is_word_before(at) != self.sentence.is_word_at(at),
                Step::Done => {
                    self.kept[1] = Some(at);
                    return Some(true);
                }
            };
            if goes_on {
                step += 1;
                continue;
            }
            loop {
                match self.ways.pop() {
                    None => return Some(false),
                    Some(Way::Restore { place, to }) => self.kept[place] = to,
                    Some(Way::Try { step: other, at: there }) => {
                        (step, at) = (other, there);
                        break;
                    }
                    Some(Way::Less { step: other, at: there, least }) => {
                        let fewer = text[..there].chars().next_back().map_or(there, |c| there - c.len_utf8());
                        if fewer > least {
                            self.ways.push(Way::Less { step: other, at: fewer, least });
                        }
                        (step, at) = (other, fewer);
                        break;
                    }
                }
            }
        }
    }

    /// Whether the first letter that a step asks for, if it asks for one, stands at a place.
    fn stands(&self, step: usize, at: usize) -> bool {
        match self.program.steps[step] {
            Step::Text(start, _) => self.sentence.text.as_bytes().get(at) == self.program.letters.as_bytes().get(start as usize),
            _ => true,
        }
    }

    /// The groups of a match that began at a place.
    pub(super) fn groups(&self, start: usize) -> Groups {
        let mut groups: Groups = self.kept.chunks_exact(2).map(|pair| pair[0].zip(pair[1])).collect();
        groups[0] = self.kept[1].map(|end| (start, end));
        groups
    }
}
