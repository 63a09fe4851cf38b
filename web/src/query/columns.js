// What the columns of a result hold: names with numbers can be bars, countries can be shown on a map.
const NUMBER = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/;
const COUNTRY = /\/id\/country\/([a-z]{3})$/;

export function columns(table) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map(read));
  const every = (column, holds) => rows.some((row) => row[column].text) && rows.every((row) => !row[column].text || holds(row[column]));
  const is = heads.map((_, column) => ({
    number: every(column, ({ number }) => Number.isFinite(number)),
    country: every(column, ({ country }) => country),
  }));
  const value = is.findLastIndex(({ number }) => number);
  const country = is.findIndex((each) => each.country);
  const named = is.map(({ number }, column) => ({ column, number, linked: every(column, ({ href }) => href) })).filter(({ number }) => !number);
  // Words are better names than addresses are; where they lead is what stands beside them.
  const name = (named.find(({ linked }) => !linked) || named[0])?.column ?? -1;
  const link = named.find(({ linked }) => linked)?.column ?? name;
  const called = (row) => ({ text: row[name].text || row[link].text, href: row[name].href || row[link].href });
  const at = (row) => ({ own: row[country].text, href: row[country].href, country: row[country].country });
  return {
    bars: value >= 0 && name >= 0 && {
      head: heads[value],
      rows: rows.filter((row) => row[value].text).map((row) => ({ ...called(row), value: row[value].number })),
    },
    countries: country >= 0 && {
      head: heads[value],
      rows: rows.filter((row) => row[country].text).map((row) => ({ ...called(row), ...at(row), value: value < 0 ? NaN : row[value].number })),
    },
  };
}

function read(cell) {
  const text = (cell.querySelector('a, span') || cell).textContent.trim(); // without the tag of a language
  const href = cell.querySelector('a')?.getAttribute('href') || '';
  const whole = cell.textContent.trim();
  return { text, href, number: NUMBER.test(whole) ? Number(whole) : NaN, country: href.match(COUNTRY)?.[1].toUpperCase() };
}
