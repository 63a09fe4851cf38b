// What can be put in at a place of a query: variables that it has, prefixes, classes behind `a`, and properties, by their short names or by
// what they are called in the reader's language; those that are used most first. All of it is told by the server itself.
const WORD = /[?$]?[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*/u;
const KEYWORDS = [
  'ASK', 'BIND', 'BY', 'CONSTRUCT', 'COUNT', 'DESCRIBE', 'DISTINCT', 'EXISTS', 'FILTER', 'FROM', 'GRAPH', 'GROUP BY', 'HAVING', 'LIMIT', 'MINUS',
  'NOT EXISTS', 'OFFSET', 'OPTIONAL', 'ORDER BY', 'PREFIX', 'SELECT', 'SERVICE', 'UNION', 'VALUES', 'WHERE',
];

const AGAIN = 2000; // milliseconds until the server, still counting, is asked again
const TIMES = 30;

export function completions(address) {
  let known;
  const ask = async () => {
    for (let left = TIMES; left; left--) {
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok) return answer.json();
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
    return { prefixes: {}, classes: [], properties: [] };
  };
  const asked = ask().then((terms) => { known = terms; });
  return async (context) => {
    const word = context.matchBefore(WORD);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const text = context.state.doc.toString();
    if (/^[?$]/.test(word.text)) return { from: word.from, options: variables(text, word.text), validFor: /^[?$][\w]*$/ };
    if (!known) await asked;
    const { prefixes, classes, properties } = known;
    const before = context.state.sliceDoc(Math.max(0, word.from - 40), word.from);
    const isClass = /(?:^|[\s;])(?:a|rdf:type)\s+$/.test(before);
    const options = isClass ? classes.map(option('class')) : [...properties.map(option('property')), ...classes.map(option('class'))];
    if (!isClass) {
      options.push(...KEYWORDS.map((label) => ({ label, boost: -20 })));
      options.push(...Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, boost: -10 })));
    }
    return { from: word.from, options, filter: true, validFor: /^[\p{L}\p{N}_:-]*$/u };
  };
}

// A name in the reader's language is found as well as the short name, which is what is put in.
function option(kind) {
  return ({ name, label, count }, at) => ({
    label: `${name} ${label}`, displayLabel: name, apply: name, type: kind, detail: name.startsWith('<') ? `(${count})` : `${label} (${count})`, boost: Math.max(-9, 30 - at / 3),
  });
}

function variables(text, typed) {
  const found = new Set(text.match(/[?$][A-Za-z_]\w*/g) || []);
  found.delete(typed);
  return [...found].map((label) => ({ label, type: 'variable' }));
}
