// What all pictures have in common: a place above the table, drawn anew when its width changes, and the table folded below it.
import { html } from './svg.js';

export function prepare(figure, draw) {
  const place = html('div', { class: 'drawing' });
  const table = figure.querySelector('details');
  figure.insertBefore(place, table);
  let width = 0;
  const redraw = () => {
    const now = Math.floor(place.clientWidth);
    if (!now || now === width) return;
    width = now;
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    place.replaceChildren(...draw(figure, width, redrawn));
    if (focused) place.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  };
  const redrawn = () => {
    width = 0;
    redraw();
  };
  new ResizeObserver(redraw).observe(place);
  redraw();
  if (place.firstChild) table.open = false;
}
