// Who funds whom through whom: bands from funders to those who implement, and on to countries, as wide as the number of programmes, or as
// the sum that reports state for them in one currency.
import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { html, label, linked, lines, svg } from './svg.js';
import { rows } from './table.js';

const NODE = 12; // width of a node's bar
const NARROW = 640; // below it there is no room for a third column
const COUNT = '';

const chosen = new WeakMap(); // the unit that a reader chose for a figure

export function flow(figure, width, redraw) {
  const programmes = rows(figure);
  const units = currencies(programmes);
  const unit = chosen.get(figure) ?? COUNT;
  const columns = width < NARROW ? ['funder', 'implementer'] : ['funder', figure.dataset.through, figure.dataset.to].filter(Boolean);
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
  const nodes = new Map();
  const links = new Map();
  let left = 0;
  for (const programme of programmes) {
    const stated = (programme.amount || []).filter(({ currency }) => currency === unit);
    if (unit !== COUNT && stated.length !== 1) {
      left += 1;
      continue;
    }
    const value = unit === COUNT ? 1 : Number(stated[0].value);
    const places = columns.map((role) => ends(figure, programme[role] || [], role, unit));
    for (let i = 0; i + 1 < places.length; i++) {
      for (const from of places[i]) {
        for (const to of places[i + 1]) join(nodes, links, i, from, to, value, programme);
      }
    }
  }
  return { nodes: [...nodes.values()], links: [...links.values()], left };
}

// What stands in a column for a programme: each by itself where programmes are counted, all together where their sum is not divided.
function ends(figure, entries, role, unit) {
  if (!entries.length) return [{ text: figure.dataset.unknown, href: '', missing: true }];
  if (unit === COUNT || entries.length === 1) return entries;
  return [{ text: entries.map(({ text }) => text).join(' + '), href: '' }];
}

function join(nodes, links, column, from, to, value, programme) {
  const node = (end, at) => {
    const id = `${at} ${end.href || end.text}`;
    if (!nodes.has(id)) nodes.set(id, { ...end, id, column: at });
    return id;
  };
  const [source, target] = [node(from, column), node(to, column + 1)];
  const id = `${source}\n${target}`;
  if (!links.has(id)) links.set(id, { source, target, value: 0, programmes: [] });
  const link = links.get(id);
  link.value += value;
  link.programmes.push(programme);
}

function drawing(figure, data, columns, width, unit) {
  const deepest = Math.max(...columns.map((_, i) => data.nodes.filter(({ column }) => column === i).length));
  const height = Math.max(160, deepest * 34);
  const layout = sankey()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeWidth(NODE)
    .nodePadding(Math.min(18, (height * 0.6) / deepest))
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
    ...nodes.map((node) => bar(node, columns.length, gap, amount)));
}

function heading(figure, role, i, count, width) {
  const x = i === 0 ? 1 : i === count - 1 ? width - 1 : (width * i) / (count - 1) + NODE;
  return label([figure.dataset[role] || role], { x, y: 9, size: 12, anchor: i === count - 1 ? 'end' : 'start', class: 'heading' });
}

function bar(node, count, gap, amount) {
  const last = node.column === count - 1;
  const room = gap - NODE - 18;
  const share = count > 2 && node.column > 0 ? room * 0.5 : room * (count > 2 ? 0.9 : 0.48);
  const x = last ? node.x0 - 6 : node.x1 + 6;
  const text = lines(node.text, share, node.y1 - node.y0 > 26 ? 2 : 1);
  return linked(node.href, `${node.text}: ${amount(node.value)}`, { class: node.missing ? 'node missing' : 'node' },
    svg('rect', { x: node.x0, y: node.y0, width: NODE, height: Math.max(2, node.y1 - node.y0), rx: 2 }),
    label(text, { x, y: (node.y0 + node.y1) / 2, anchor: last ? 'end' : 'start' }));
}

function number(value) {
  return value.toLocaleString(document.documentElement.lang);
}
