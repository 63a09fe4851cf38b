// When things began and ended: bars between years. A date that is not stated is not drawn: a bar fades out towards it.
import { html, key, label, lines, linked, svg } from './svg.js';
import { rows } from './table.js';

const NARROW = 760;
const [HEAD, BAR, SIZE] = [26, 10, 12];
const MOST = 60; // bars; the others stand in the table
const OPEN = 0.8; // years that a bar fades over, where its other end is not stated

export function timeline(figure, width) {
  const all = rows(figure).map(span).filter(Boolean);
  const things = all.slice(0, MOST);
  if (!things.length) return [];
  const narrow = width < NARROW;
  const names = narrow ? 0 : Math.min(380, width * 0.36);
  const step = narrow ? 44 : 34;
  const first = Math.min(...things.map(({ from }) => from));
  const last = Math.max(...things.map(({ to }) => to));
  const scale = axis(Math.floor(first), Math.ceil(Math.max(last, first + 1)), names, width - 4);
  const height = HEAD + things.length * step + 6;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': figure.dataset.label },
    svg('defs', {}, ...[...new Set(things.map(({ kind }) => kind))].flatMap(fades)),
    svg('g', { class: 'axis', 'aria-hidden': 'true' }, ...scale.ticks.flatMap((year) => [
      svg('line', { x1: scale.x(year), x2: scale.x(year), y1: HEAD - 6, y2: height }),
      label([String(year)], { x: scale.x(year), y: 9, size: SIZE, anchor: side(scale.x(year), width), class: 'heading' }),
    ])),
    ...things.map((thing, i) => line(thing, scale, { y: HEAD + i * step, step, names, narrow, width })));
  const rest = all.length - things.length;
  return [key([...new Map(things.map(({ kind, kindName }) => [`k${kind}`, kindName]))]), drawing, ...(rest ? [html('p', { class: 'note' }, figure.dataset.rest.replace('{n}', rest))] : [])];
}

// A thing with the years that it lies between, as parts of years count.
function span({ what, kind, country = [], from = [], to = [] }) {
  const starts = from.map((entry) => begin(entry)).filter((at) => at !== null);
  const ends = to.map((entry) => end(entry)).filter((at) => at !== null);
  if (!starts.length && !ends.length) return null;
  const open = { start: !starts.length, end: !ends.length };
  const point = ['Ratification', 'Report'].includes(kind[0].class);
  const start = starts.length ? Math.min(...starts) : Math.min(...ends) - OPEN;
  const stop = ends.length ? Math.max(...ends) : Math.max(...starts) + OPEN;
  const dates = [from, to].map((entries) => entries.map(({ text }) => text).join(', '));
  const text = [...country, what[0]].map((entry) => entry.text).join(' · ');
  return { ...what[0], text, kind: kind[0].class, kindName: kind[0].text, from: start, to: Math.max(stop, start), open, point, dates: dates.join(' – '), why: (from[0] || to[0]).why };
}

function begin({ year, month }) {
  return year ? Number(year) + (month ? (Number(month) - 1) / 12 : 0) : null;
}

function end({ year, month }) {
  return year ? Number(year) + (month ? Number(month) / 12 : 1) : null;
}

// Years as far apart as their numbers need.
function axis(first, last, left, right) {
  const room = right - left - 8;
  const x = (year) => left + 4 + ((year - first) / (last - first)) * room;
  const step = [1, 2, 5, 10, 20, 50, 100].find((each) => (room * each) / (last - first) > 44) || 100;
  const ticks = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) ticks.push(year);
  return { x, ticks };
}

// Where a word of the axis has room.
function side(x, width) {
  if (x < 20) return 'start';
  return x > width - 20 ? 'end' : 'middle';
}

function line(thing, { x }, { y, step, names, narrow, width }) {
  const title = `${thing.text} (${thing.kindName}): ${thing.dates}`;
  const middle = narrow ? y + step - 12 : y + step / 2;
  const [from, to] = [x(thing.from), x(thing.to)];
  const text = narrow
    ? label(lines(thing.text, width - 4, 1, SIZE), { x: 0, y: y + 13, size: SIZE })
    : label(lines(thing.text, names - 16, 2, SIZE), { x: 0, y: middle, size: SIZE });
  const mark = thing.point
    ? svg(thing.kind === 'Report' ? 'circle' : 'path', thing.kind === 'Report' ? { cx: from, cy: middle, r: 5 } : { d: `M${from},${middle - 7}l7,7l-7,7l-7,-7z` })
    : svg('rect', { x: from, y: middle - BAR / 2, width: Math.max(4, to - from), height: BAR, rx: 3, fill: fill(thing) });
  return linked(thing.href, title, { class: `line k${thing.kind}` },
    svg('rect', { class: 'reach', x: 0, y, width, height: step }), text, mark);
}

function fill({ kind, open }) {
  if (!open.start && !open.end) return null;
  return `url(#fade-${kind}-${open.end ? 'end' : 'start'})`;
}

// A bar that fades towards an end that is not stated.
function fades(kind) {
  return ['end', 'start'].map((side) => svg('linearGradient', { id: `fade-${kind}-${side}`, x1: side === 'end' ? 0 : 1, x2: side === 'end' ? 1 : 0 },
    svg('stop', { class: `k${kind}`, offset: 0.2 }), svg('stop', { class: `k${kind}`, offset: 1, 'stop-opacity': 0.1 })));
}
