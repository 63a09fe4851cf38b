// The neighbourhood of a thing: programmes, who funds them, who carries them out, where. Columns from left to right where there is room;
// on a narrow page one list, with arcs at its side.
import { label, lines, linked, svg } from './svg.js';
import { rows } from './table.js';

const NARROW = 680;
const MOST = 12; // nodes of a column; the others stand in the table
const SWEEPS = 6; // how often columns are put in the order of their neighbours
const [HEIGHT, SPACE, HEAD] = [40, 10, 28];

export function around(figure, width) {
  const { columns, edges } = graph(figure);
  if (!edges.length) return [];
  const drawing = width < NARROW ? list(figure, columns, edges, width) : layers(figure, columns, edges, width);
  return [drawing];
}

function graph(figure) {
  const nodes = new Map();
  const edges = [];
  const node = (entry) => {
    const id = `${entry.column} ${entry.href || entry.text}`;
    if (!nodes.has(id)) nodes.set(id, { ...entry, id, column: Number(entry.column), near: [] });
    return nodes.get(id);
  };
  for (const { from, relation, to } of rows(figure)) {
    const [a, b] = [node(from[0]), node(to[0])];
    if (a.near.includes(b)) continue;
    a.near.push(b);
    b.near.push(a);
    edges.push({ from: a, to: b, relation: relation[0].text, why: to[0].why });
  }
  const columns = [0, 1, 2, 3].map((i) => kept(figure, [...nodes.values()].filter(({ column }) => column === i)));
  const shown = new Set(columns.flat());
  return { columns: arranged(columns), edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

// The nodes of a column that most is said of, the one that the page is about among them.
function kept(figure, nodes) {
  const rank = (node) => (node.href === figure.dataset.this ? Infinity : node.near.length);
  return nodes.sort((a, b) => rank(b) - rank(a)).slice(0, MOST);
}

// Each column in the order of the places of its neighbours, so that few lines cross.
function arranged(columns) {
  const place = () => columns.forEach((nodes) => nodes.forEach((node, i) => { node.place = (i + 0.5) / nodes.length; }));
  const mean = (node) => node.near.reduce((sum, { place: at }) => sum + (at ?? 0.5), 0) / (node.near.length || 1);
  place();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const nodes of sweep % 2 ? [...columns].reverse() : columns) {
      const means = new Map(nodes.map((node) => [node, mean(node)]));
      nodes.sort((a, b) => means.get(a) - means.get(b));
      place();
    }
  }
  return columns;
}

function layers(figure, columns, edges, width) {
  const filled = columns.filter((nodes) => nodes.length);
  const gap = Math.min(90, width * 0.08);
  const box = Math.min(300, (width - gap * (filled.length - 1)) / filled.length);
  const step = filled.length > 1 ? (width - box - 2) / (filled.length - 1) : 0;
  const deepest = Math.max(...filled.map((nodes) => nodes.length));
  const height = HEAD + deepest * (HEIGHT + SPACE);
  filled.forEach((nodes, i) => nodes.forEach((node, k) => {
    node.x = 1 + i * step;
    node.y = HEAD + ((k + 0.5) * (height - HEAD)) / nodes.length;
    node.width = box;
  }));
  const curve = ({ from, to }) => {
    const [left, right] = from.x < to.x ? [from, to] : [to, from];
    const [x0, x1] = [left.x + left.width, right.x];
    const bend = Math.max(24, (x1 - x0) / 2);
    return `M${x0},${left.y}C${x0 + bend},${left.y} ${x1 - bend},${right.y} ${x1},${right.y}`;
  };
  return drawn(figure, { width, height, edges, curve, nodes: filled.flat(), heads: filled.map((nodes) => ({ column: nodes[0].column, x: nodes[0].x, y: 10 })) });
}

function list(figure, columns, edges, width) {
  const gutter = 54;
  const heads = [];
  let y = 0;
  for (const nodes of columns.filter((column) => column.length)) {
    heads.push({ column: nodes[0].column, x: gutter, y: y + 16 });
    y += HEAD + 4;
    for (const node of nodes) {
      Object.assign(node, { x: gutter, y: y + HEIGHT / 2, width: width - gutter - 2 });
      y += HEIGHT + 6;
    }
    y += 8;
  }
  const curve = ({ from, to }) => {
    const reach = gutter - Math.min(gutter - 4, 14 + Math.abs(to.y - from.y) / 12);
    return `M${gutter},${from.y}C${reach},${from.y} ${reach},${to.y} ${gutter},${to.y}`;
  };
  return drawn(figure, { width, height: y, edges, curve, nodes: columns.flat(), heads });
}

function drawn(figure, { width, height, edges, curve, nodes, heads }) {
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': figure.dataset.label });
  const band = new Map(edges.map((edge) => [edge, linked(edge.why, `${edge.from.text} – ${edge.relation} – ${edge.to.text}`,
    { class: `band tie c${edge.to.column}`, tabindex: -1 },
    svg('path', { class: 'reach', d: curve(edge) }), svg('path', { d: curve(edge) }))]));
  const box = new Map(nodes.map((node) => [node, boxed(figure, node)]));
  drawing.append(...heads.map(({ column, x, y }) => label([figure.dataset[`column-${column}`]], { x, y, size: 12, class: 'heading' })),
    svg('g', {}, ...band.values()), ...box.values());
  // What belongs together stands out while it is pointed at.
  const mark = (node) => {
    drawing.classList.toggle('marked', Boolean(node));
    for (const [each, element] of box) element.classList.toggle('near', each === node || Boolean(node?.near.includes(each)));
    for (const [{ from, to }, element] of band) element.classList.toggle('near', from === node || to === node);
  };
  for (const [node, element] of box) {
    for (const event of ['pointerenter', 'focus']) element.addEventListener(event, () => mark(node));
    for (const event of ['pointerleave', 'blur']) element.addEventListener(event, () => mark(null));
  }
  return drawing;
}

function boxed(figure, node) {
  const here = node.href === figure.dataset.this;
  return linked(node.href, node.text, { class: `box c${node.column}${here ? ' here' : ''}`, 'aria-current': here ? 'page' : null },
    svg('rect', { x: node.x, y: node.y - HEIGHT / 2, width: node.width, height: HEIGHT, rx: 5 }),
    svg('rect', { class: 'edge', x: node.x, y: node.y - HEIGHT / 2, width: 4, height: HEIGHT, rx: 2 }),
    label(lines(node.text, (node.width - 20) * (here ? 0.9 : 1)), { x: node.x + 12, y: node.y }));
}
