// Names with numbers as bars, drawn as SVG; each leads where its name does.
import { html, lines, linked, svg } from '../pictures/svg.js';

const MOST = 60; // a chart of more bars is no chart
const WIDEST = 960; // pixels
const ROW = 28; // pixels from one bar to the next
const NAMES = 0.38; // the share of the width that names have
const NUMBERS = 74; // pixels that are kept for the numbers
const SIZE = 13;

export function bars({ head, rows }, available) {
  const width = Math.min(available, WIDEST);
  const shown = rows.slice(0, MOST);
  const left = width * NAMES;
  const [low, high] = [Math.min(0, ...shown.map((row) => row.value)), Math.max(0, ...shown.map((row) => row.value))];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (width - left - NUMBERS);
  const bar = ({ text, href, value }, i) => {
    const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
    const [name] = lines(text, left - 8, 1, SIZE);
    const beside = { y: i * ROW + ROW / 2, 'dominant-baseline': 'central', 'font-size': SIZE };
    return linked(href, `${text}: ${value}`, { class: 'bar' },
      svg('rect', { x: from, y: i * ROW + 4, width: Math.max(to - from, 1), height: ROW - 8, rx: 2 }),
      svg('text', { x: left - 8, 'text-anchor': 'end', ...beside }, name),
      svg('text', { x: to + 6, ...beside }, String(value)));
  };
  const height = shown.length * ROW;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': head }, ...shown.map(bar));
  const note = shown.length < rows.length ? [html('p', { class: 'note' }, `${shown.length} / ${rows.length}`)] : [];
  return [html('p', { class: 'note' }, head), drawing, ...note];
}
