//! Tables as they are read: rows of cells, of which some take several columns or reach down into further rows.

/// A table that is being read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) caption: String,
    pub(super) rows: Vec<Vec<GridCell>>,
    /// How many columns the widest row has.
    pub(super) columns: usize,
    /// Cells that reach down: column, columns, and how many rows they still take.
    reaching: Vec<(usize, usize, usize)>,
    /// How many cells there are, those from above included.
    cells: usize,
}

/// A cell.
#[derive(Debug, Default)]
pub(super) struct GridCell {
    /// The first column that it takes, from 0.
    pub(super) column: usize,
    /// How many columns it takes.
    pub(super) columns: usize,
    /// Whether it is the title of a column or row.
    pub(super) title: bool,
    /// Whether it began in an earlier row.
    pub(super) above: bool,
    /// Its paragraphs.
    pub(super) paragraphs: Vec<String>,
}

/// No table is wider; what says it is has a slip of the pen in it.
const WIDEST: usize = 200;
/// So many rows a cell reaches down at most.
const DEEPEST: usize = 10_000;
/// So many cells are shown in each row that they reach; a table that has more is no table for readers.
const MOST: usize = 200_000;

impl Grid {
    /// A table with a caption.
    pub(super) fn captioned(caption: String) -> Self {
        Self { caption, ..Self::default() }
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.end_row();
        self.rows.push(Vec::new());
    }

    /// Begins a cell that takes so many columns, and so many rows from here on.
    pub(super) fn cell(&mut self, columns: usize, rows: usize, title: bool) {
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let mut column = self.next_column();
        while let Some((at, wide, _)) = self.reaching.iter().copied().find(|(at, wide, _)| (*at..at + wide).contains(&column)) {
            self.push(GridCell { column: at, columns: wide, above: true, ..GridCell::default() });
            column = at + wide;
        }
        let columns = columns.clamp(1, WIDEST);
        self.push(GridCell { column, columns, title, ..GridCell::default() });
        if rows > 1 {
            // One more, since the end of this row takes one away.
            self.reaching.push((column, columns, rows.min(DEEPEST)));
        }
    }

    /// A cell that goes on from the row above.
    pub(super) fn merged(&mut self, columns: usize) {
        let column = self.next_column();
        self.push(GridCell { column, columns: columns.clamp(1, WIDEST), above: true, ..GridCell::default() });
    }

    /// Leaves columns free.
    pub(super) fn skip(&mut self, columns: usize) {
        if columns > 0 {
            self.cell(columns, 1, false);
        }
    }

    /// Adds a paragraph to the last cell.
    pub(super) fn paragraph(&mut self, text: String) {
        if self.rows.last().is_none_or(Vec::is_empty) {
            self.cell(1, 1, false);
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()).filter(|cell| !cell.above) {
            cell.paragraphs.push(text);
        }
    }

    /// Ends the last row: what reaches into it from above and stands right of its cells is added.
    pub(super) fn end_row(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let next = self.next_column();
        let last = self.rows.len();
        let mut right: Vec<(usize, usize)> =
            self.reaching.iter().filter(|(at, ..)| *at >= next).map(|(at, wide, _)| (*at, *wide)).collect();
        right.sort_unstable();
        for (column, columns) in right {
            self.push(GridCell { column, columns, above: true, ..GridCell::default() });
        }
        debug_assert_eq!(last, self.rows.len());
        self.reaching.retain_mut(|(_, _, rows)| {
            *rows -= 1;
            *rows > 0
        });
    }

    fn next_column(&self) -> usize {
        self.rows.last().and_then(|row| row.last()).map_or(0, |cell| cell.column + cell.columns)
    }

    fn push(&mut self, cell: GridCell) {
        if cell.above && self.cells > MOST {
            return;
        }
        self.cells += 1;
        self.columns = self.columns.max(cell.column + cell.columns);
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_reach_down_push_others_aside() {
        let mut grid = Grid::default();
        grid.row();
        grid.cell(1, 2, true);
        grid.cell(2, 1, true);
        grid.row();
        grid.cell(1, 1, false);
        grid.cell(1, 2, false);
        grid.row();
        grid.cell(1, 1, false);
        grid.end_row();
        let rows: Vec<Vec<_>> =
            grid.rows.iter().map(|row| row.iter().map(|c| (c.column, c.columns, c.above)).collect()).collect();
        assert_eq!(
            rows,
            [
                vec![(0, 1, false), (1, 2, false)],
                vec![(0, 1, true), (1, 1, false), (2, 1, false)],
                vec![(0, 1, false), (2, 1, true)]
            ]
        );
        assert_eq!(grid.columns, 3);
    }
}
