// Content negotiation for a site of files at Netlify: the canonical names of things lead to their pages, data or citations, as the
// client likes best (RFC 9110, section 12), and documents have their media types. Written by `flg publish`.
const SITE = __SITE__;

// The weight of a media type: that of the most specific range that covers it.
function weight(accept, type) {
  let best = [-1, 0];
  for (const entry of accept) {
    const rank = entry.range === type ? 2 : entry.range === "*/*" ? 0 : entry.range === `${type.split("/")[0]}/*` ? 1 : -1;
    if (rank > best[0]) best = [rank, entry.weight];
  }
  return best[1];
}

function read(header) {
  return header.split(",").map((entry) => {
    const [range, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const number = q === undefined ? 1 : Number.parseFloat(q.split("=")[1]);
    return { range, weight: Number.isFinite(number) ? Math.min(Math.max(number, 0), 1) : 0 };
  }).filter((entry) => entry.range);
}

// The form that a client likes best, of those that it accepts the first; the page where it says nothing, or accepts none.
export function choose(header) {
  const accept = read(header ?? "");
  let best = { weight: 0, form: SITE.forms[0] };
  for (const form of accept.length ? SITE.forms : []) {
    const [first, ...others] = form.types;
    const named = others.filter((type) => accept.some((entry) => entry.range === type));
    const most = Math.max(...[first, ...named].map((type) => weight(accept, type)));
    if (most > best.weight) best = { weight: most, form };
  }
  return best.form;
}

// Where a name leads, or nothing if the path is none.
export function see(path, accept) {
  if (!path.startsWith(`${SITE.folder}/`)) return undefined;
  const rest = path.slice(SITE.folder.length + 1).replace(/\/$/, "");
  if (!/^(id\/.+|ontology|dataset)$/.test(rest)) {
    const dot = /^(ontology|dataset)\./.test(rest);
    if (!dot) return undefined;
  }
  const place = (form, name) => (form.folder === "page" ? `${SITE.folder}/page/${name}/` : `${SITE.folder}/${form.folder}/${name}.${form.ending}`);
  const ending = SITE.forms.find((form) => rest.endsWith(`.${form.ending}`));
  if (ending) return { place: place(ending, rest.slice(0, -ending.ending.length - 1)), varies: false };
  return { place: place(choose(accept), rest), varies: true };
}

export default async (request, context) => {
  const path = new URL(request.url).pathname;
  const led = see(path, request.headers.get("accept"));
  if (led) {
    const headers = { location: led.place };
    if (led.varies) headers.vary = "Accept";
    return new Response(null, { status: 303, headers });
  }
  const answer = await context.next();
  const form = SITE.forms.find((one) => one.folder !== "page" && path.endsWith(`.${one.ending}`));
  if (answer.status === 200 && form) answer.headers.set("content-type", form.sent);
  return answer;
};

export const config = { path: SITE.paths };
