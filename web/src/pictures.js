// Draws the pictures of a page from the tables that stand in their places. Without this script the tables say the same.
import { flow } from './pictures/flow.js';
import { prepare } from './pictures/frame.js';

const KINDS = { flow };

for (const figure of document.querySelectorAll('figure[data-picture]')) {
  const draw = KINDS[figure.dataset.picture];
  if (draw) prepare(figure, draw);
}
