// Search on a site of files: the index is cut into small files, of which a search loads those that it needs. Words are found by how they
// begin, without regard to case and accents.
"use strict";
(() => {
  const list = document.querySelector("ol[data-index]");
  const status = document.querySelector("#find-status");
  const box = document.querySelector("#site-search");
  if (!list || !status || !box) return;
  const MOST = 60; // results that are shown
  const PAUSE = 120; // milliseconds without a key before a search begins
  const WHOLE = 3; // a word is taken for the beginning of others if it has so many letters, or is the last
  const index = new URL(list.dataset.index, location.href);
  const root = new URL("..", index).pathname.replace(/\/$/, "");
  const lang = document.documentElement.lang;
  const kept = new Map();
  let latest = 0;

  const load = (name) => {
    if (!kept.has(name)) {
      const asked = fetch(new URL(name, index)).then((answer) => {
        if (answer.status === 404) return null;
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      });
      kept.set(name, asked);
      asked.catch(() => kept.delete(name));
    }
    return kept.get(name);
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => {
    // Initials are one word, as in the index: U.S. is us.
    const joined = fold(text).replace(/(?<![\p{Alphabetic}\p{N}])(?:[a-z]\.){2,}/gu, (initials) => initials.replaceAll(".", ""));
    return joined.split(/[^\p{Alphabetic}\p{N}]+/u).filter(Boolean);
  };
  const shard = (word) => {
    const start = [...word].slice(0, 2).join("");
    return /^[a-z0-9]{1,2}$/.test(start) ? start : "_";
  };
  const numbers = (gaps) => {
    let at = 0;
    return gaps.map((gap) => (at += gap));
  };

  // What has a word, or one that begins so: things by number with how well they fit, and passages.
  async function having(word, last) {
    const part = await load(`words/${shard(word)}.json`);
    const things = new Map();
    const passages = new Map();
    const note = (to, number, score) => {
      if ((to.get(number) ?? 0) < score) to.set(number, score);
    };
    for (const [known, [named, told, said]] of Object.entries(part ?? {})) {
      const same = known === word;
      if (!same && !((last || word.length >= WHOLE) && known.startsWith(word))) continue;
      const near = same ? 1 : word.length / known.length;
      for (const number of numbers(named)) note(things, number, 4 * near);
      for (const number of numbers(told)) note(things, number, near);
      for (const number of numbers(said)) note(passages, number, near);
    }
    return { things, passages };
  }

  // Those that have all of the words; some of them, where nothing has all.
  function joined(maps, least) {
    const sums = new Map();
    for (const map of maps) {
      for (const [number, score] of map) {
        const [count, sum] = sums.get(number) ?? [0, 0];
        sums.set(number, [count + 1, sum + score]);
      }
    }
    return [...sums].filter(([, [count]]) => count >= least).map(([number, [count, sum]]) => ({ number, score: 10 * count + sum }));
  }

  async function find(text) {
    const about = await load("index.json");
    if (!about) throw new Error("no index");
    const small = new Set(about.small);
    const typed = words(text);
    const sought = typed.filter((word) => !small.has(word));
    const asked = sought.length ? sought : typed;
    if (!asked.length) return null;
    const found = await Promise.all(asked.map((word, at) => having(word, at === asked.length - 1)));
    let all = true;
    let results = [];
    for (const least of new Set([asked.length, asked.length - 1, 1])) {
      if (least < 1 || results.length) continue;
      all = least === asked.length;
      const things = joined(found.map((one) => one.things), least).map((one) => ({ ...one, kind: "things" }));
      const passages = joined(found.map((one) => one.passages), least).map((one) => ({ ...one, score: one.score - 3, kind: "passages" }));
      results = [...things, ...passages];
    }
    for (const one of results) if (one.kind === "things") one.score += (about.weights[one.number] ?? 0) / 50;
    results.sort((a, b) => b.score - a.score || a.kind.localeCompare(b.kind) || a.number - b.number);
    const shown = await Promise.all(results.slice(0, MOST).map(async (one) => {
      const part = await load(`${one.kind}/${Math.floor(one.number / about.chunk)}.json`);
      return { kind: one.kind, entry: part?.[one.number % about.chunk] };
    }));
    // What is called so comes first, then what its name begins with.
    const typedWhole = typed.join(" ");
    const close = ({ kind, entry }) => {
      if (kind !== "things") return 0;
      const names = [...Object.values(entry[2]), ...entry[3]].map((name) => words(name).join(" "));
      return Math.max(0, ...names.map((name) => (name.startsWith(typedWhole) ? typedWhole.length / name.length : 0)));
    };
    const ranked = shown.filter((one) => one.entry).map((one) => ({ ...one, close: close(one) }));
    ranked.sort((a, b) => b.close - a.close);
    return { about, total: results.length, all, asked, shown: ranked };
  }

  // The name in the language of the page, in the first that there is otherwise.
  const best = (labels) => {
    const code = labels[lang] !== undefined ? lang : Object.keys(labels)[0] ?? "";
    return { code, text: labels[code] ?? "" };
  };
  const make = (name, properties, ...inside) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  };
  const foreign = (element, code) => {
    if (code && code !== lang) element.lang = code;
    return element;
  };
  // The page stands in the folder of its language, if that has one.
  const prefix = location.pathname.startsWith(`${root}/${lang}/`) ? `/${lang}` : "";

  // A text with the words that were looked for marked in it.
  function marked(text, asked) {
    const out = document.createDocumentFragment();
    for (const piece of text.split(/((?:[\p{Alphabetic}\p{N}]|\p{M})+)/u)) {
      const folded = fold(piece);
      const hit = piece && asked.some((word) => folded === word || (word.length >= WHOLE && folded.startsWith(word)));
      out.append(hit ? make("mark", {}, piece) : piece);
    }
    return out;
  }

  function thing([path, kind, labels, others], { about, asked }) {
    const name = best(labels);
    const also = Object.values(labels).filter((text) => text !== name.text).concat(others);
    const fits = (text) => words(text).some((word) => asked.some((one) => word.startsWith(one)));
    const kinds = about.kinds[kind] ?? {};
    return make("li", {},
      foreign(make("h2", {}, make("a", { href: root + prefix + path }, marked(name.text, asked))), name.code),
      make("p", { className: "kind" }, [kinds[lang] ?? kinds.en ?? "", ...new Set(also.filter(fits))].filter(Boolean).slice(0, 5).join(" · ")));
  }

  function passage([path, text, code, report], { about, asked }) {
    const title = best(about.reports[report] ?? {});
    const quote = foreign(make("blockquote", {}, make("p", {}, marked(text, asked))), code);
    return make("li", {},
      make("div", { className: "evidence" }, quote,
        make("p", { className: "source" }, foreign(make("a", { href: root + prefix + path }, title.text), title.code))));
  }

  async function search() {
    const mine = ++latest;
    const text = box.value.trim();
    try {
      const found = text ? await find(text) : null;
      if (mine !== latest) return; // something else has been typed since
      if (!found) {
        list.replaceChildren();
        status.textContent = list.dataset.empty;
        return;
      }
      list.replaceChildren(...found.shown.map(({ kind, entry }) => (kind === "things" ? thing : passage)(entry, found)));
      const counts = { n: found.total, shown: found.shown.length };
      const told = found.total === 0 ? list.dataset.none : fill(found.total > found.shown.length ? list.dataset.shown : list.dataset.found, counts);
      status.textContent = found.all || found.total === 0 ? told : `${list.dataset.some} ${told}`;
    } catch {
      if (mine === latest) status.textContent = list.dataset.failed;
    }
  }

  let timer = 0;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const here = new URL(location.href);
    here.searchParams.set("q", box.value);
    history.pushState(null, "", here);
    search();
  });
  const asked = () => {
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    search();
  };
  window.addEventListener("popstate", asked);
  asked();
})();
