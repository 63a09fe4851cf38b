// The countries of a result on a map of the world: the more, the stronger. Where a country stands in one row with a number, that is what
// is shown of it; else in how many rows it stands.
import { world } from '../pictures/world.js';
import { html, key } from '../pictures/svg.js';

const SHADES = 5;

export function onMap({ head, rows }, words, topology, width) {
  const found = new Map();
  for (const row of rows) {
    const known = found.get(row.country);
    // What all rows of a country call it is its name; else it is called what its column has.
    const text = !known || known.text === row.text ? row.text : row.own;
    found.set(row.country, { ...row, text, count: (known?.count || 0) + 1 });
  }
  const numbers = head && [...found.values()].every(({ count, value }) => count === 1 && Number.isFinite(value));
  const amount = (row) => (numbers ? row.value : row.count);
  const all = [...found.values()].map(amount);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const shade = (value) => (high > low ? 1 + Math.round(((value - low) / (high - low)) * (SHADES - 1)) : SHADES);
  const what = numbers ? head : words.rows;
  const told = new Map([...found].map(([code, row]) =>
    [code, { href: row.href, title: `${row.text}: ${amount(row)}`, class: `shade-${shade(amount(row))}` }]));
  const steps = high > low ? [[1, low], [SHADES, high]] : [[SHADES, high]];
  return [
    html('p', { class: 'note' }, what),
    world(topology, width, what, told),
    key(steps.map(([step, value]) => [`country shade-${step}`, value])),
    html('p', { class: 'credit' }, words.credit),
  ];
}
