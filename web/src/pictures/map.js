// Maps: the countries of the world that reports are about, and a country with the places that reports name in it.
import { geoCentroid, geoMercator, geoPath } from 'd3-geo';
import { html, key, label, linked, svg } from './svg.js';
import { rows } from './table.js';
import { world } from './world.js';

const TALLEST = 560;
const CLUSTER = 400; // towns of a division that are drawn at most
const TOWN = 9; // its level: within all divisions

export function countries(figure, width, _, topology) {
  if (!topology) return [];
  const number = (row, role) => Number(row[role]?.[0]?.value || 0);
  const title = (row) => `${row.country[0].text}: ${number(row, 'reports')} ${figure.dataset.reports}, ${number(row, 'programmes')} ${figure.dataset.programmes}`;
  const kind = (row) => (number(row, 'reports') ? 'reported' : 'named');
  const all = rows(figure);
  const told = new Map(all.map((row) => [row.country[0].code, { href: row.country[0].href, title: title(row), class: kind(row) }]));
  const shown = new Set(all.map(kind));
  return [
    world(topology, width, figure.dataset.label, told),
    key([['reported', 'many'], ['named', 'few']].filter(([each]) => shown.has(each)).map(([each, word]) => [`country ${each}`, figure.dataset[word]])),
    html('p', { class: 'credit' }, figure.dataset.credit),
  ];
}

export function places(figure, width, _, country) {
  if (!country) return []; // of some small territories there is no map
  const index = new Map();
  const add = (name, mark) => index.set(fold(name), [...(index.get(fold(name)) || []), mark]);
  country.divisions.forEach(([name, from, to, level]) => add(name, { towns: country.towns.slice(from, to), level }));
  country.towns.forEach((town) => add(town[0], { towns: [town], level: TOWN }));
  const found = [];
  const [unknown, several] = [[], []];
  for (const row of rows(figure)) {
    const place = row.place[0];
    const marks = place.names.split('|').map((name) => index.get(fold(name))).find(Boolean) || [];
    // A division, one within it and its chief town may share a name: the widest has the others in.
    const widest = Math.min(...marks.map(({ level }) => level));
    const fitting = marks.filter(({ level }) => level === widest);
    if (fitting.length === 1) found.push({ place, ...fitting[0] });
    else (fitting.length ? several : unknown).push(place);
  }
  const parts = [];
  if (found.length) parts.push(drawing(figure, width, country, found), html('p', { class: 'credit' }, figure.dataset.credit));
  for (const [list, words] of [[unknown, figure.dataset.unknown], [several, figure.dataset.several]]) {
    if (list.length && found.length) parts.push(listed(words, list));
  }
  return parts;
}

// Names as they are compared: without accents, case and what stands between letters.
function fold(name) {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function listed(words, list) {
  const links = list.flatMap(({ href, text }, i) => [i ? ', ' : ' ', html('a', { href }, text)]);
  return html('p', { class: 'note' }, words, ...links);
}

function drawing(figure, width, { outline }, found) {
  const height = Math.min(TALLEST, Math.max(280, width * 0.62));
  const centre = geoCentroid(outline);
  const projection = geoMercator().rotate([-centre[0], 0]).fitExtent([[8, 8], [width - 8, height - 8]], outline);
  const path = geoPath(projection);
  const at = ([, longitude, latitude]) => projection([longitude, latitude]);
  const marks = found.map(({ place, towns, level }) => {
    const points = towns.map(at);
    const [x, y] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
    const town = level === TOWN;
    const high = Math.max(...points.map((point) => Math.abs(point[1] - y)));
    const shown = points.filter((_, i) => i % Math.ceil(points.length / CLUSTER) === 0);
    const right = x > width * 0.72;
    return linked(place.href, `${place.text}: ${place.value}`, { class: town ? 'place' : 'place division' },
      ...shown.map(([cx, cy]) => svg('circle', { cx, cy, r: town ? 5 : 2.2 })),
      label([place.text], { x: town ? x + (right ? -9 : 9) : x, y: town || high > 12 ? y : y - high - 12, anchor: town ? (right ? 'end' : 'start') : 'middle' }));
  });
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': figure.dataset.label, class: 'map' },
    svg('path', { class: 'outline', 'aria-hidden': 'true', d: path(outline) }), ...marks);
}
