// Elements of SVG, made of data: text is always text, never markup.
const NAMESPACE = 'http://www.w3.org/2000/svg';

export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// A group that leads where a thing has its page, and says in full what it is; without an address it only says so.
export function linked(href, title, attributes, ...children) {
  const kind = href ? 'a' : 'g';
  return svg(kind, { ...attributes, href: href || undefined }, svg('title', {}, title), ...children);
}

// What colours stand for: the class of each, and words.
export function key(entries) {
  return html('ul', { class: 'key' }, ...entries.map(([kind, words]) =>
    html('li', {}, svg('svg', { width: 12, height: 12, 'aria-hidden': 'true', class: kind }, svg('rect', { width: 12, height: 12, rx: 3 })), ` ${words}`)));
}

// Text in lines that fit a width, at most so many; what is cut ends with an ellipsis.
export function lines(text, width, most = 2, size = 13) {
  const fitting = Math.max(4, Math.floor(width / (size * 0.54)));
  const found = [''];
  for (const word of text.split(/\s+/)) {
    const last = found[found.length - 1];
    const longer = last ? `${last} ${word}` : word;
    if (longer.length <= fitting || !last) found[found.length - 1] = longer;
    else if (found.length < most) found.push(word);
    else {
      found[found.length - 1] = `${last} …`;
      break;
    }
  }
  return found.map((line) => (line.length > fitting + 1 ? `${line.slice(0, fitting - 1)}…` : line));
}

// Lines of text, the block centred at `y`.
export function label(found, { x, y, anchor = 'start', size = 13, ...attributes }) {
  const height = size * 1.2;
  const top = y - ((found.length - 1) * height) / 2;
  return svg('text', { 'text-anchor': anchor, 'dominant-baseline': 'central', 'font-size': size, ...attributes },
    ...found.map((line, i) => svg('tspan', { x, y: top + i * height }, line)));
}
