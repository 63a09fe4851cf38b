// A result as a chart and on a map, on the choice of whoever reads, in the place of the table that says the same. Which of them there are
// is told by what stands in the columns.
import { bars } from './chart.js';
import { columns } from './columns.js';
import { onMap } from './map.js';
import { redrawn } from '../pictures/frame.js';
import { html } from '../pictures/svg.js';

export function prepare(section) {
  const table = section.querySelector('table');
  const found = table && columns(table);
  if (!found) return;
  const scroll = table.closest('.scroll');
  const { table: rows, chart, map, world } = section.dataset;
  const ways = [{ text: rows, shown: scroll }];
  if (found.bars) ways.push(drawing(chart, (width) => bars(found.bars, width)));
  if (found.countries && world) {
    const load = async () => {
      const answer = await fetch(world);
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.json();
    };
    ways.push(drawing(map, (width, topology) => onMap(found.countries, section.dataset, topology, width), load));
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
  chosen.begin?.();
}

// A place in which something is drawn once it is chosen, with what it needs for that.
function drawing(text, draw, load) {
  const shown = html('div', { class: 'picture chart', hidden: '' });
  let begun = false;
  const begin = async () => {
    if (begun) return;
    begun = true;
    try {
      const data = await load?.();
      redrawn(shown, (width) => draw(width, data));
    } catch (error) {
      begun = false; // it may be there the next time
      shown.replaceChildren(html('p', { class: 'note' }, error.message));
    }
  };
  return { text, shown, begin };
}
