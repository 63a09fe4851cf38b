//! Makes patterns programs.

use super::{Class, First, Letters, NAMES, Program, Step, Unsuited};
use crate::extract::seats::head;
use regex_syntax::hir::{Class as Set, Hir, HirKind, Look, Repetition};

/// A pattern has no more steps.
const LONGEST: usize = 20_000;

impl Program {
    /// Makes a pattern a program. `names` are the codes of the classes that each of [`NAMES`] stands for.
    ///
    /// # Errors
    /// If the pattern has something that programs cannot do.
    pub(in crate::extract) fn new(pattern: &Hir, names: &[Vec<char>]) -> Result<Self, Unsuited> {
        let first = First { letters: Letters::Bytes([false; 256]), names: false, anywhere: false, text: false };
        let classes = names.iter().map(|codes| Class::new(codes.iter().map(|c| (*c, *c)))).collect();
        let groups = pattern.properties().explicit_captures_len() + 1;
        let mut program = Self { steps: Vec::new(), letters: String::new(), classes, groups, first };
        program.emit(pattern, names.len())?;
        program.steps.push(Step::Done);
        program.look_at_first();
        Ok(program)
    }

    fn emit(&mut self, hir: &Hir, names: usize) -> Result<(), Unsuited> {
        if self.steps.len() > LONGEST {
            return Err(Unsuited);
        }
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).map_err(|_| Unsuited)?;
                for piece in text.split_inclusive(|c| NAMES.contains(&c)) {
                    let name = piece.chars().next_back().filter(|c| NAMES.contains(c));
                    let letters = &piece[..piece.len() - name.map_or(0, char::len_utf8)];
                    if !letters.is_empty() {
                        let start = number(self.letters.len());
                        self.letters.push_str(letters);
                        self.steps.push(Step::Text(start, number(self.letters.len())));
                    }
                    if let Some(name) = name {
                        let set = u32::from(name) - u32::from(*NAMES.start());
                        (usize::try_from(set).is_ok_and(|set| set < names)).then_some(()).ok_or(Unsuited)?;
                        self.steps.push(Step::Name(set));
                    }
                }
            }
            HirKind::Class(set) => {
                let class = self.class(set)?;
                self.steps.push(Step::Class(class));
            }
            HirKind::Look(look) => self.steps.push(match look {
                Look::Start => Step::Begins,
                Look::End => Step::Ends,
                Look::WordAscii => Step::Edge,
                _ => return Err(Unsuited),
            }),
            HirKind::Repetition(repetition) => self.repeat(repetition, names)?,
            HirKind::Capture(capture) => {
                self.steps.push(Step::Keep(capture.index * 2));
                self.emit(&capture.sub, names)?;
                self.steps.push(Step::Keep(capture.index * 2 + 1));
            }
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.emit(part, names))?,
            HirKind::Alternation(ways) => {
                let mut ends = Vec::new();
                for (at, way) in ways.iter().enumerate() {
                    let either = self.steps.len();
                    if at + 1 < ways.len() {
                        self.steps.push(Step::Either(number(either + 1), 0));
                    }
                    self.emit(way, names)?;
                    if at + 1 < ways.len() {
                        ends.push(self.steps.len());
                        self.steps.push(Step::Go(0));
                        self.steps[either] = Step::Either(number(either + 1), number(self.steps.len()));
                    }
                }
                let end = number(self.steps.len());
                for at in ends {
                    self.steps[at] = Step::Go(end);
                }
            }
        }
        Ok(())
    }

    fn class(&mut self, set: &Set) -> Result<u32, Unsuited> {
        let class = match set {
            Set::Unicode(set) => Class::new(set.ranges().iter().map(|range| (range.start(), range.end()))),
            Set::Bytes(set) if set.is_ascii() => {
                Class::new(set.ranges().iter().map(|range| (range.start().into(), range.end().into())))
            }
            Set::Bytes(_) => return Err(Unsuited),
        };
        // Names that the parser has put together.
        if class.ascii == 0 && class.ranges.iter().all(|(first, _)| NAMES.contains(first)) {
            return Err(Unsuited);
        }
        self.classes.push(class);
        Ok(number(self.classes.len() - 1))
    }

    fn repeat(&mut self, repetition: &Repetition, names: usize) -> Result<(), Unsuited> {
        // What may be nothing could be repeated for ever.
        if repetition.max.is_none() && repetition.sub.properties().minimum_len() == Some(0) {
            return Err(Unsuited);
        }
        if let (HirKind::Class(set), true) = (repetition.sub.kind(), repetition.greedy) {
            let class = self.class(set)?;
            self.steps.push(Step::Many { class, least: repetition.min, most: repetition.max.unwrap_or(u32::MAX) });
            return Ok(());
        }
        let either = |go_on: usize, leave: usize| {
            let (go_on, leave) = (number(go_on), number(leave));
            if repetition.greedy { Step::Either(go_on, leave) } else { Step::Either(leave, go_on) }
        };
        for _ in 0..repetition.min {
            self.emit(&repetition.sub, names)?;
        }
        let Some(max) = repetition.max else {
            let again = self.steps.len();
            self.steps.push(Step::Done);
            self.emit(&repetition.sub, names)?;
            self.steps.push(Step::Go(number(again)));
            self.steps[again] = either(again + 1, self.steps.len());
            return Ok(());
        };
        let mut optional = Vec::new();
        for _ in repetition.min..max {
            optional.push(self.steps.len());
            self.steps.push(Step::Done);
            self.emit(&repetition.sub, names)?;
        }
        let end = self.steps.len();
        for at in optional {
            self.steps[at] = either(at + 1, end);
        }
        Ok(())
    }

    fn look_at_first(&mut self) {
        let inner = self.steps.iter().find(|step| !matches!(step, Step::Keep(_)));
        self.first.text = matches!(inner, Some(Step::Begins));
        let mut bytes = [false; 256];
        let mut seen = vec![false; self.steps.len()];
        let mut next = vec![0];
        while let Some(at) = next.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match self.steps[at] {
                Step::Text(start, _) => bytes[usize::from(self.letters.as_bytes()[start as usize])] = true,
                Step::Class(class) | Step::Many { class, .. } => {
                    if matches!(self.steps[at], Step::Many { least: 0, .. }) {
                        next.push(at + 1);
                    }
                    let class = &self.classes[class as usize];
                    let begins = |c: u8| if c.is_ascii() { class.has(c.into()) } else { !class.ranges.is_empty() };
                    bytes.iter_mut().zip(0..).for_each(|(byte, c)| *byte |= begins(c));
                }
                Step::Name(_) => self.first.names = true,
                Step::Either(one, other) => next.extend([one as usize, other as usize]),
                Step::Go(to) => next.push(to as usize),
                Step::Keep(_) | Step::Begins | Step::Ends | Step::Edge => next.push(at + 1),
                Step::Done => self.first.anywhere = true,
            }
        }
        self.first.letters = self.heads().map_or(Letters::Bytes(bytes), |all| {
            let mut heads = [false; 256];
            for head in all {
                heads[usize::from(head)] = true;
            }
            Letters::Heads(heads)
        });
    }

    /// The numbers of the three bytes with which a match can begin, where it does not begin with a name; `None` if they are too many, or
    /// not to be told.
    fn heads(&self) -> Option<Vec<u8>> {
        /// So many ways are followed, and so many characters of a class.
        const WAYS: usize = 4_096;
        const CHARACTERS: u32 = 4;
        let mut heads = Vec::new();
        let mut open = vec![(0, Vec::new())];
        let mut left = WAYS;
        while let Some((at, before)) = open.pop() {
            left = left.checked_sub(1)?;
            if let [a, b, c, ..] = before[..] {
                heads.push(head([a, b, c]));
                continue;
            }
            match self.steps[at] {
                Step::Text(start, end) => {
                    let letters = &self.letters.as_bytes()[start as usize..end as usize];
                    open.push((at + 1, [&before, letters].concat()));
                }
                Step::Class(class) | Step::Many { class, .. } => {
                    let few = &self.classes[class as usize];
                    if !few.ranges.is_empty() || few.ascii.count_ones() > CHARACTERS {
                        return None;
                    }
                    for c in (0..128_u8).filter(|c| few.has_ascii(*c)) {
                        let before = [&before, &[c][..]].concat();
                        if matches!(self.steps[at], Step::Many { most: 2.., .. }) {
                            open.push((at, before.clone()));
                        }
                        open.push((at + 1, before));
                    }
                    if matches!(self.steps[at], Step::Many { least: 0, .. }) {
                        open.push((at + 1, before));
                    }
                }
                // Names are told by their places; behind other letters their marks, or small words, could be any.
                Step::Name(_) if before.is_empty() => {}
                Step::Name(_) | Step::Done => return None,
                Step::Either(one, other) => open.extend([one, other].map(|to| (to as usize, before.clone()))),
                Step::Go(to) => open.push((to as usize, before)),
                Step::Keep(_) | Step::Begins | Step::Ends | Step::Edge => open.push((at + 1, before)),
            }
        }
        Some(heads)
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
