// The rows of the table that stands in a picture's place, as data. A cell tells its role; what it names stands in entries, each a link
// to a thing and, behind it, a link to the words that state it.

export function rows(figure) {
  return [...figure.querySelectorAll('tbody tr')].map((row) => {
    const found = { element: row };
    for (const cell of row.querySelectorAll('[data-role]')) found[cell.dataset.role] = entries(cell);
    return found;
  });
}

function entries(cell) {
  return [...cell.querySelectorAll('.entry')].map((entry) => {
    const link = entry.querySelector('a:not(.why)');
    return {
      ...entry.dataset,
      text: (link || entry.querySelector('.name') || entry).textContent.trim(),
      href: link?.getAttribute('href') || '',
      why: entry.querySelector('a.why')?.getAttribute('href') || '',
    };
  });
}
