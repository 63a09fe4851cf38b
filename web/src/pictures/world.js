// The countries of the world, with those that something is told of.
import { geoEqualEarth, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import { linked, svg } from './svg.js';

// `told` has, for the code of a country, where it leads, what it is called there, and the class that colours it.
export function world(topology, width, label, told) {
  const shapes = feature(topology, topology.objects.countries);
  const projection = geoEqualEarth().fitWidth(width, { type: 'Sphere' });
  const path = geoPath(projection);
  const height = Math.ceil(path.bounds({ type: 'Sphere' })[1][1] * 0.88); // without the far south, where no country is
  const known = (code) => code && told.get(code);
  const link = (country, shape) => linked(country.href, country.title, { class: `country ${country.class}` }, shape);
  const area = (shape) => path.area(shape);
  const plain = shapes.features.filter(({ id }) => !known(id));
  // Small ones are drawn last, so that they lie on top.
  const drawn = shapes.features.filter(({ id }) => known(id)).sort((a, b) => area(b) - area(a))
    .map((shape) => link(known(shape.id), svg('path', { d: path(shape) })));
  const marks = Object.entries(topology.points).filter(([code]) => known(code)).map(([code, at]) => {
    const [cx, cy] = projection(at);
    return link(known(code), svg('circle', { cx, cy, r: width < 500 ? 3.5 : 4.5 }));
  });
  return svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label, class: 'map' },
    svg('g', { class: 'land', 'aria-hidden': 'true' }, svg('path', { d: path({ type: 'FeatureCollection', features: plain }) })),
    ...drawn,
    svg('path', { class: 'borders', 'aria-hidden': 'true', d: path(mesh(topology, topology.objects.countries, (a, b) => a !== b)) }),
    ...marks);
}
