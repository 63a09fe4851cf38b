// Draws the pictures of a page from the tables that stand in their places. Without this script the tables say the same.
import { around } from './pictures/around.js';
import { flow } from './pictures/flow.js';
import { prepare } from './pictures/frame.js';
import { countries, places } from './pictures/map.js';
import { timeline } from './pictures/timeline.js';

const KINDS = { around, countries, flow, places, timeline };

for (const figure of document.querySelectorAll('figure[data-picture]')) {
  const draw = KINDS[figure.dataset.picture];
  if (draw) prepare(figure, draw);
}
