// Who funds whom through whom: bands from funders to those who implement, and on to countries, as wide as the number of programmes, or as
// the sum that reports state for them in one currency.
import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { html, label, linked, lines, svg } from './svg.js';
import { rows } from './table.js';

const NODE = 12; // width of a node's bar
const NARROW = 640; // below it there is no room for a third column
const MOST = 16; // nodes of a column; the smaller ones are one node together
const COUNT = '';

const COLOURS = { funder: 'c0', programme: 'c1', implementer: 'c2', country: 'c3' };

const chosen = new WeakMap(); // the unit that a reader chose for a figure

export function flow(figure, width, redraw) {
  const programmes = rows(figure);
  const units = currencies(programmes);
  const unit = chosen.get(figure) ?? COUNT;
  const all = figure.dataset.columns.split(' ');
  const columns = width < NARROW ? [all[0], all[all.length - 1]] : all;
  const { nodes, links, left } = graph(figure, programmes, columns, unit);
  const parts = [];
  if (units.length) parts.push(choice(figure, units, unit, redraw));
  if (links.length) parts.push(drawing(figure, { nodes, links }, columns, width, unit));
  if (left) parts.push(html('p', { class: 'note' }, figure.dataset.left.replace('{n}', left)));
  return parts;
}

// The currencies in which amounts are stated, the most frequent first.
function currencies(programmes) {
  const counts = new Map();
  for (const { amount = [] } of programmes) {
    for (const { currency } of amount) counts.set(currency, (counts.get(currency) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
}

function choice(figure, units, unit, redraw) {
  const buttons = [COUNT, ...units].map((each) => {
    const button = html('button', { type: 'button', 'aria-pressed': String(each === unit) }, each || figure.dataset.count);
    button.addEventListener('click', () => {
      chosen.set(figure, each);
      redraw();
      [...figure.querySelectorAll('.units button')].find((other) => other.textContent === button.textContent)?.focus();
    });
    return button;
  });
  return html('div', { class: 'units', role: 'group', 'aria-label': figure.dataset.unit }, ...buttons);
}

// Bands between neighbouring columns. Amounts are never divided: several funders of one sum are one node together.
function graph(figure, programmes, columns, unit) {
  const flows = [];
  let left = 0;
  for (const programme of programmes) {
    const stated = (programme.amount || []).filter(({ currency }) => currency === unit);
    if (unit !== COUNT && stated.length !== 1) {
      left += 1;
      continue;
    }
    const value = unit === COUNT ? 1 : Number(stated[0].value);
    flows.push({ programme, value, places: columns.map((role) => ends(figure, programme[role] || [], unit)) });
  }
  const large = columns.map((_, i) => largest(flows, i));
  const nodes = new Map();
  const links = new Map();
  const node = (end, column) => {
    const shown = large[column].has(name(end)) ? end : { text: figure.dataset.others, href: '', missing: true };
    const id = `${column} ${name(shown)}`;
    if (!nodes.has(id)) nodes.set(id, { ...shown, id, column });
    return id;
  };
  for (const { programme, value, places } of flows) {
    for (let i = 0; i + 1 < places.length; i++) {
      // Of what is summed up, a programme counts once.
      const pairs = new Set(places[i].flatMap((from) => places[i + 1].map((to) => `${node(from, i)}\n${node(to, i + 1)}`)));
      for (const pair of pairs) {
        const [source, target] = pair.split('\n');
        if (!links.has(pair)) links.set(pair, { source, target, value: 0, programmes: [] });
        links.get(pair).value += value;
        links.get(pair).programmes.push(programme);
      }
    }
  }
  return { nodes: [...nodes.values()], links: [...links.values()], left };
}

function name(end) {
  return end.href || end.text;
}

// The names of a column through which most flows.
function largest(flows, column) {
  const sums = new Map();
  for (const { value, places } of flows) {
    for (const end of places[column]) sums.set(name(end), (sums.get(name(end)) || 0) + value);
  }
  const sorted = [...sums].sort((a, b) => b[1] - a[1]).map(([each]) => each);
  return new Set(sorted.length > MOST + 1 ? sorted.slice(0, MOST) : sorted);
}

// What stands in a column for a programme: each by itself where programmes are counted, all together where their sum is not divided.
function ends(figure, entries, unit) {
  if (!entries.length) return [{ text: figure.dataset.unknown, href: '', missing: true }];
  if (unit === COUNT || entries.length === 1) return entries;
  return [{ text: entries.map(({ text }) => text).join(' + '), href: '' }];
}

function drawing(figure, data, columns, width, unit) {
  const deepest = Math.max(...columns.map((_, i) => data.nodes.filter(({ column }) => column === i).length));
  const height = Math.max(160, deepest * (width < NARROW ? 44 : 38));
  const layout = sankey()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeWidth(NODE)
    .nodePadding(Math.min(24, (height * 0.6) / deepest))
    .extent([[1, 26], [width - 1, height - 6]]);
  const { nodes, links } = layout(data);
  const band = sankeyLinkHorizontal();
  const gap = width / (columns.length - 1);
  const amount = (value) => (unit === COUNT ? number(value) : `${number(value)} ${unit}`);
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': figure.dataset.label },
    ...columns.map((role, i) => heading(figure, role, i, columns.length, width)),
    svg('g', { class: 'bands' }, ...links.map((link) => {
      const names = [...new Set(link.programmes.map(({ programme }) => programme?.[0]?.text).filter(Boolean))];
      const title = `${link.source.text} → ${link.target.text}: ${amount(link.value)}\n${names.join('\n')}`;
      const only = link.programmes.length === 1 ? link.programmes[0].programme?.[0] : null;
      const why = only?.href || `#${link.programmes[0].element.id}`;
      return linked(why, title, { class: 'band', tabindex: -1 },
        svg('path', { d: band(link), 'stroke-width': Math.max(1.5, link.width) }));
    })),
    ...nodes.map((node) => bar(node, columns, gap, amount)));
}

function heading(figure, role, i, count, width) {
  const x = i === 0 ? 1 : i === count - 1 ? width - 1 : (width * i) / (count - 1) + NODE;
  return label([figure.dataset[role] || role], { x, y: 9, size: 12, anchor: i === count - 1 ? 'end' : 'start', class: 'heading' });
}

function bar(node, columns, gap, amount) {
  const count = columns.length;
  const last = node.column === count - 1;
  const room = gap - NODE - 18;
  const share = count > 2 && node.column > 0 ? room * 0.5 : room * (count > 2 ? 0.9 : 0.48);
  const x = last ? node.x0 - 6 : node.x1 + 6;
  const text = lines(node.text, share);
  return linked(node.href, `${node.text}: ${amount(node.value)}`, { class: node.missing ? 'node missing' : `node ${COLOURS[columns[node.column]]}` },
    svg('rect', { x: node.x0, y: node.y0, width: NODE, height: Math.max(2, node.y1 - node.y0), rx: 2 }),
    label(text, { x, y: (node.y0 + node.y1) / 2, anchor: last ? 'end' : 'start' }));
}

function number(value) {
  return value.toLocaleString(document.documentElement.lang);
}
