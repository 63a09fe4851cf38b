//! Sorts more lines than fit into memory: runs of them are sorted and written to temporary files, which are merged in the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek as _, Write as _};
use std::path::Path;

/// Bytes of lines that are held in memory.
const ROOM: usize = 64 << 20;

/// Lines to be sorted; none has a line end in it.
pub(crate) struct Sorter<'p> {
    folder: &'p Path,
    lines: Vec<String>,
    bytes: usize,
    room: usize,
    runs: Vec<BufReader<File>>,
}

impl<'p> Sorter<'p> {
    /// A sorter that writes runs to a folder.
    pub(crate) fn new(folder: &'p Path) -> Self {
        Self { folder, lines: Vec::new(), bytes: 0, room: ROOM, runs: Vec::new() }
    }

    /// Takes a line.
    pub(crate) fn push(&mut self, line: String) -> io::Result<()> {
        self.bytes += line.len() + size_of::<String>();
        self.lines.push(line);
        if self.bytes < self.room { Ok(()) } else { self.spill() }
    }

    /// Writes what is in memory to a file that goes away with the process, however that ends.
    fn spill(&mut self) -> io::Result<()> {
        self.lines.sort_unstable();
        let mut file = BufWriter::new(tempfile::tempfile_in(self.folder)?);
        for line in self.lines.drain(..) {
            writeln!(file, "{line}")?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(BufReader::new(file));
        self.bytes = 0;
        Ok(())
    }

    /// Shows all lines in their order, equal ones once.
    pub(crate) fn each<E: From<io::Error>>(mut self, mut see: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        self.lines.sort_unstable();
        let mut rest = std::mem::take(&mut self.lines).into_iter();
        let (count, mut runs) = (self.runs.len(), self.runs);
        // The lines in memory are the run after the last.
        let mut next = |run: usize| -> io::Result<Option<String>> {
            let Some(file) = runs.get_mut(run) else { return Ok(rest.next()) };
            let mut line = String::new();
            let there = file.read_line(&mut line)? > 0;
            line.truncate(line.trim_end_matches('\n').len());
            Ok(there.then_some(line))
        };
        let mut heap = BinaryHeap::new();
        for run in 0..=count {
            if let Some(line) = next(run)? {
                heap.push(Reverse((line, run)));
            }
        }
        let mut last: Option<String> = None;
        while let Some(Reverse((line, run))) = heap.pop() {
            if let Some(following) = next(run)? {
                heap.push(Reverse((following, run)));
            }
            if last.as_ref() != Some(&line) {
                see(&line)?;
                last = Some(line);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_into_memory_is_sorted_all_the_same() {
        let folder = std::env::temp_dir();
        for count in [0_u32, 1, 7, 5_000] {
            let mut sorter = Sorter { room: 10_000, ..Sorter::new(&folder) };
            // 7919 is a prime, so that each number comes once, in no order; and then all come again.
            let number = |n: u32| format!("{:05}", n.wrapping_mul(7919) % count.max(1));
            for n in 0..count * 2 {
                sorter.push(number(n)).unwrap();
            }
            assert_eq!(sorter.runs.len() > 2, count == 5_000);
            let mut found = Vec::new();
            let see = |line: &str| -> io::Result<()> {
                found.push(line.to_owned());
                Ok(())
            };
            sorter.each(see).unwrap();
            assert_eq!(found, (0..count).map(|n| format!("{n:05}")).collect::<Vec<_>>());
        }
    }
}
