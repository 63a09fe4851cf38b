// A result as a chart and on a map, on the choice of whoever reads, in the place of the table that says the same. Which of them there are
// is told by what stands in the columns.
import { bars } from './chart.js';
import { columns } from './columns.js';
import { onMap } from './map.js';
import { walk } from '../pictures/frame.js';
import { html } from '../pictures/svg.js';

export function prepare(section) {
  const table = section.querySelector('table');
  const found = table && columns(table);
  if (!found) return;
  const scroll = table.closest('.scroll');
  const { table: rows, chart, map, world } = section.dataset;
  const ways = [{ text: rows, shown: scroll }];
  if (found.bars) ways.push(drawing(chart, async (width) => bars(found.bars, width)));
  if (found.countries && world) {
    let known;
    ways.push(drawing(map, async (width) => {
      known ||= fetch(world).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))));
      return onMap(found.countries, section.dataset, await known, width);
    }));
  }
  if (ways.length === 1) return;
  const choice = html('p', { class: 'ways', role: 'group', 'aria-label': section.dataset.ways });
  scroll.before(choice);
  let place = scroll;
  for (const way of ways) {
    if (way.shown !== scroll) place.after(way.shown);
    place = way.shown;
    way.button = html('button', { type: 'button' }, way.text);
    way.button.addEventListener('click', () => choose(ways, way));
    choice.append(way.button);
  }
  choose(ways, ways[0]);
}

function choose(ways, chosen) {
  for (const way of ways) {
    way.shown.hidden = way !== chosen;
    way.button.setAttribute('aria-pressed', String(way === chosen));
  }
}

// A place that is drawn anew when its width changes, so too when it is shown.
function drawing(text, draw) {
  const shown = html('div', { class: 'picture chart', hidden: '' });
  let width = 0;
  new ResizeObserver(async () => {
    const now = Math.floor(shown.clientWidth);
    if (!now || now === width) return;
    width = now;
    try {
      const parts = await draw(now);
      if (width !== now) return;
      shown.replaceChildren(...parts);
      shown.querySelectorAll('svg').forEach(walk);
    } catch (error) {
      width = 0;
      shown.replaceChildren(html('p', { class: 'note' }, error.message));
    }
  }).observe(shown);
  return { text, shown };
}
