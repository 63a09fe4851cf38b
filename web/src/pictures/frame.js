// What all pictures have in common: a place above the table, drawn anew when its width changes, with the table folded below it; files
// that a picture needs, fetched when it comes near; and keys.
import { html } from './svg.js';

const NEAR = '600px'; // so far below the window a picture is made ready

export function prepare(figure, draw) {
  const { src } = figure.dataset;
  if (!src) {
    show(figure, draw);
    return;
  }
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    try {
      const answer = await fetch(src);
      if (answer.ok) show(figure, draw, await answer.json());
    } catch {
      // The table stands there.
    }
  }, { rootMargin: NEAR });
  seen.observe(figure);
}

function show(figure, draw, data) {
  const place = html('div', { class: 'drawing' });
  const table = figure.querySelector('details');
  figure.insertBefore(place, table);
  const anew = redrawn(place, (width) => draw(figure, width, () => anew(), data));
  if (place.firstChild) table.open = false;
}

// Draws in a place, and again whenever its width changes; nothing is drawn while it is not shown. What it gives draws anew.
export function redrawn(place, draw) {
  let width = 0;
  const redraw = () => {
    const now = Math.floor(place.clientWidth);
    if (!now || now === width) return;
    width = now;
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    place.replaceChildren(...draw(now));
    place.querySelectorAll('svg').forEach(walk);
    if (focused) place.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  };
  redraw();
  new ResizeObserver(redraw).observe(place);
  return () => {
    width = 0;
    redraw();
  };
}

// A drawing is one stop of the tabulator key; arrow keys lead from link to link.
function walk(drawing) {
  const links = [...drawing.querySelectorAll('a:not(.band)')];
  links.forEach((link, i) => link.setAttribute('tabindex', i ? -1 : 0));
  drawing.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = links.indexOf(event.target.closest('a'));
    if (!step || at < 0) return;
    event.preventDefault();
    const next = links[(at + step + links.length) % links.length];
    links[at].setAttribute('tabindex', -1);
    next.setAttribute('tabindex', 0);
    next.focus();
  });
}
