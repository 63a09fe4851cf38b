// Drives the pages of a running server in Chromium, as readers do:
//   browser.mjs ADDRESS CHROMIUM                      tries every kind of page; says what is wrong and ends with 1
//   browser.mjs ADDRESS CHROMIUM --screenshots DIR    takes the pictures of the documentation instead
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, executablePath, mode, folder] = process.argv.slice(2);

// One page of each kind; the server has the bundled report, one on Ghana, and a thing whose names are full of markup.
const PAGES = {
  home: '/',
  search: '/search?q=trabajo',
  'search without result': '/search?q=xyzzy',
  ask: '/ask',
  answer: '/ask?q=Who%20funds%20SENDEROS%3F',
  refusal: '/ask?q=Who%20frobs%20SENDEROS%3F',
  comparison: '/ask?q=Compare%20Ghana%20and%20Mexico',
  compare: '/compare',
  coverage: '/coverage?form=ilo-p029-2021',
  funding: '/funding',
  timeline: '/timeline',
  map: '/map',
  queries: '/queries',
  query: '/queries/dol-agriculture',
  sparql: '/sparql',
  result: `/sparql?query=${encodeURIComponent('SELECT ?p ?name { ?p a flg:Programme ; skos:prefLabel ?name }')}`,
  list: '/page/list/Programme',
  programme: '/page/id/programme/senderos',
  organisation: '/page/id/organization/usa-dol',
  country: '/page/id/country/mex',
  sector: '/page/id/sector/agriculture',
  report: '/page/id/report/mex-2021-p029',
  'whole text': '/page/id/report/mex-2021-p029?text=whole',
  question: '/page/id/question/ilo-p029-2021/82',
  answered: '/page/id/answer/mex-2021-p029/82',
  ontology: '/page/ontology',
  dataset: '/page/dataset',
  releases: '/release/',
  release: '/release/tried/',
  'the past': '/release/tried/page/id/programme/senderos',
  markup: '/page/id/programme/hostile',
  nowhere: '/page/id/programme/there-is-none',
};
const SIZES = [{ width: 1280, height: 900 }, { width: 390, height: 844 }];
/// No page is larger, in bytes before it is packed, without its pictures and what draws them.
const LARGEST = 200_000;
const PICTURES = ['/static/pictures.js', '/static/map/'];
// What is fetched once the page stands, packed, takes no more either.
const LATER = ['/static/editor.js'];

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const faults = [];
const fault = (where, what) => faults.push(`${where}: ${what}`);

// What the page has loaded, and what the browser complained of.
function watch(page) {
  const seen = { bytes: 0, elsewhere: [], complaints: [], waiting: [] };
  page.on('response', (response) => {
    if (!response.url().startsWith(address)) seen.elsewhere.push(response.url());
    const kind = response.request().resourceType();
    const path = new URL(response.url()).pathname;
    if (LATER.some((each) => path.startsWith(each))) {
      seen.waiting.push(response.request().sizes().then(({ responseBodySize }) => {
        if (responseBodySize > LARGEST) seen.complaints.push(`${path} takes ${responseBodySize} bytes`);
      }, () => {}));
    } else if (kind !== 'image' && !PICTURES.some((each) => path.startsWith(each))) seen.waiting.push(response.body().then((body) => { seen.bytes += body.length; }, () => {}));
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('console', (message) => {
    const missing = message.text().includes('404') && message.text().includes('Failed to load resource');
    if (message.type() === 'error' && !missing) seen.complaints.push(message.text());
  });
  return seen;
}

async function look(page, name, where) {
  const seen = watch(page);
  const response = await page.goto(address + PAGES[name], { waitUntil: 'load' });
  const status = name === 'nowhere' ? 404 : 200;
  if (response.status() !== status) fault(where, `status ${response.status()}`);
  await Promise.all(seen.waiting);
  if (seen.bytes > LARGEST) fault(where, `${seen.bytes} bytes, of which ${LARGEST} are allowed`);
  if (seen.elsewhere.length) fault(where, `loads ${seen.elsewhere.join(', ')}`);
  for (const complaint of seen.complaints) fault(where, complaint);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) fault(where, `is ${wide} pixels wider than the window`);
  const blocking = await page.evaluate(() =>
    [...document.querySelectorAll('script[src]')].filter((s) => !s.defer && !s.async && s.type !== 'module').length);
  if (blocking) fault(where, `${blocking} scripts stand before the first paint`);
  await drawn(page, where);
  await edited(page, where);
  // What is folded is looked at too.
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  for (const violation of await accessibility(page)) fault(where, violation);
  page.removeAllListeners();
}

// Each picture of the page is drawn, with links that lead somewhere, in the window's width, and its table is folded below it.
async function drawn(page, where) {
  if (!(await page.locator('script[src^="/static/pictures.js"]').count())) return;
  for (const figure of await page.locator('figure[data-picture]').all()) {
    const kind = await figure.getAttribute('data-picture');
    await figure.scrollIntoViewIfNeeded();
    try {
      await figure.locator('.drawing svg').first().waitFor({ timeout: 10_000 });
    } catch {
      fault(where, `${kind} is not drawn`);
      continue;
    }
    const { links, dead, folded, wide, stops } = await figure.evaluate((element) => {
      const all = [...element.querySelectorAll('.drawing svg a')];
      return {
        links: all.length,
        dead: all.filter((a) => !a.getAttribute('href')?.match(/^(\/release\/[^/]+)?\/page\/|^#/)).map((a) => a.textContent),
        folded: !element.querySelector('details').open,
        wide: element.querySelector('.drawing').scrollWidth - element.clientWidth,
        stops: element.querySelectorAll('.drawing svg a[tabindex="0"]').length,
      };
    });
    if (!links) fault(where, `${kind} has no links`);
    if (dead.length) fault(where, `links of ${kind} lead nowhere: ${dead}`);
    if (!folded) fault(where, `the table of ${kind} is not folded`);
    if (wide > 0) fault(where, `${kind} is ${wide} pixels too wide`);
    if (stops !== 1) fault(where, `${kind} has ${stops} stops for the tabulator key`);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}

// What a reader does with pictures: go through one with keys, choose what the width of bands means, and follow a link.
async function pictures() {
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(address + PAGES.programme);
  if (!(await page.locator('script[src^="/static/pictures.js"]').count())) {
    console.log('skipped: nothing was bundled that draws pictures');
    return context.close();
  }
  const at = () => page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.locator('figure[data-picture=around] svg a[tabindex="0"]').focus();
  const first = await at();
  await page.keyboard.press('ArrowDown');
  const second = await at();
  assert.notEqual(second, first, 'an arrow key leads to the next thing');
  await page.keyboard.press('ArrowUp');
  assert.equal(await at(), first);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${first}`);

  await page.goto(address + PAGES.programme);
  const evidence = await page.locator('figure[data-picture=around] svg a.band').first().getAttribute('href');
  assert.match(evidence, /^\/page\/id\/report\/.*#c\d+$/, 'a line leads to the words that state it');
  await page.goto(address + evidence);
  assert.ok(await page.locator(`#${evidence.split('#')[1]}`).isVisible());

  await page.goto(address + PAGES.country);
  const units = page.locator('figure[data-picture=flow] .units button');
  if (await units.count()) {
    await units.nth(1).click();
    assert.equal(await units.nth(1).getAttribute('aria-pressed'), 'true');
    assert.ok(await page.locator('figure[data-picture=flow] svg .band').count());
  }
  // What is known of each place that is named is on the map, or said not to be.
  const places = page.locator('figure[data-picture=places]');
  await places.scrollIntoViewIfNeeded();
  await places.locator('svg').first().waitFor();
  const named = await places.locator('tbody td[data-role=place] a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const shown = await places.locator('.drawing a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  assert.deepEqual([...new Set(shown)].sort(), [...new Set(named)].sort());
  assert.ok(shown.includes('/page/id/place/mx-oax'));
  await context.close();
}

// The editor has come, wherever there is a form for queries in sight.
async function edited(page, where) {
  const form = page.locator('form.query[data-editor]');
  if (!(await form.count()) || !(await form.isVisible())) return;
  await form.scrollIntoViewIfNeeded();
  try {
    await form.locator('.cm-content').waitFor({ timeout: 10_000 });
  } catch {
    fault(where, 'the form is no editor');
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}

// What somebody does who asks in SPARQL: complete names of the graph, ask with the keyboard, look at the result in each way, begin with
// an example.
async function queries() {
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const seen = watch(page);
  await page.goto(address + PAGES.sparql);
  if (!(await page.locator('form.query[data-editor]').count())) {
    console.log('skipped: nothing was bundled that edits queries');
    return context.close();
  }
  const content = page.locator('.cm-content');
  const options = page.locator('.cm-tooltip-autocomplete li');
  const write = async (text) => {
    await content.waitFor();
    await content.focus();
    await page.keyboard.press('Control+a');
    // Chromium would put styles of its own where a selection is written over, which the policy of the pages forbids.
    await page.keyboard.press('Backspace');
    await page.keyboard.type(text);
  };
  const take = async (wanted) => {
    await options.filter({ hasText: wanted }).first().waitFor();
    // It is not taken before the list has stood for a moment, so that what is typed on is not lost.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
  };
  // A class by its label, in the words of the reader; a property by its short name; a variable that is there.
  await write('SELECT ?country (COUNT(DISTINCT ?thing) AS ?programmes) WHERE { ?thing a Program');
  await take('flg:Programme');
  await page.keyboard.type(' ; flg:countr');
  await take('flg:country');
  await page.keyboard.type(' ?coun');
  await take('?country');
  await page.keyboard.type(' } GROUP BY ?country');
  const written = await page.inputValue('#query-text').catch(() => page.$eval('#query-text', (field) => field.value));
  assert.match(written, /\?thing a flg:Programme ; flg:country \?country \}+ GROUP BY/);
  // The way out of the editor is the key that leads everywhere.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BUTTON');
  await write('SELECT ?country (COUNT(DISTINCT ?thing) AS ?programmes) WHERE { ?thing a flg:Programme ; flg:country ?country } GROUP BY ?country');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/sparql?query=**');
  const [table, chart, map] = ['Table', 'Chart', 'Map'].map((name) => page.locator('.ways button', { hasText: name }));
  assert.equal(await table.getAttribute('aria-pressed'), 'true');
  const [name, number] = await page.locator('.result tbody tr').first().locator('td').allTextContents();
  await chart.click();
  assert.ok(await page.locator('.result table').isHidden());
  const bar = page.locator('.result a.bar').first();
  await bar.waitFor();
  assert.equal(await bar.locator('title').textContent(), `${name.trim()}: ${number.trim()}`);
  await map.click();
  const country = page.locator('.result a.country[href="/page/id/country/mex"]');
  await country.waitFor();
  assert.match(await country.locator('title').textContent(), /: \d+$/);
  for (const violation of await accessibility(page)) fault('a result on a map', violation);
  await table.click();
  assert.ok(await page.locator('.result table').isVisible());
  // An example, with its parameters, and its query to go on from.
  await page.goto(address + PAGES.sparql);
  await page.click('#examples + .cards a[href="/queries/dol-agriculture"]');
  await page.waitForURL('**/queries/dol-agriculture');
  assert.ok(await page.locator('form.parameters input[name=country]').isVisible());
  await page.click('details summary');
  await content.waitFor();
  assert.match(await content.textContent(), /SELECT/);
  if (seen.elsewhere.length) fault('queries', `asks ${seen.elsewhere.join(', ')}`);
  for (const complaint of seen.complaints) fault('queries', complaint);
  await context.close();
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function accessibility(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter((violation) => ['serious', 'critical'].includes(violation.impact));
  return grave.map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`);
}

async function everyPage() {
  for (const viewport of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en' });
      const page = await context.newPage();
      for (const name of Object.keys(PAGES)) await look(page, name, `${name} at ${viewport.width}, ${colorScheme}`);
      await context.close();
    }
  }
}

// The picture that a page names for those who share it is one, and of the size that it is said to have.
async function sharedPicture() {
  const page = await browser.newPage();
  await page.goto(address + PAGES.programme);
  const [width, height, said] = await page.evaluate(async () => {
    const meta = (name) => document.querySelector(`meta[property="og:image${name}"]`).content;
    const picture = new Image();
    picture.src = meta('');
    await picture.decode();
    return [picture.naturalWidth, picture.naturalHeight, `${meta(':width')}×${meta(':height')}`];
  });
  assert.equal(`${width}×${height}`, said);
  await page.close();
}

// What is focused, as assistive technology names it.
const focused = (page) => page.evaluate(() => {
  const at = document.activeElement;
  return at.id || at.getAttribute('href') || at.textContent.trim();
});

async function tabTo(page, wanted) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === wanted) return;
  }
  assert.fail(`the keyboard does not reach ${wanted}`);
}

// The main paths with the keyboard alone.
async function keyboard() {
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en' });
  const page = await context.newPage();
  await page.goto(address + '/');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), '#main', 'the first stop is the way past the head');
  assert.ok(await page.isVisible('a.skip'));
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'main');

  await page.goto(address + '/');
  await tabTo(page, 'home-search');
  await page.keyboard.type('SENDEROS');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?**');
  await tabTo(page, '/page/id/programme/senderos');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/page/id/programme/senderos');
  assert.match(await page.title(), /SENDEROS/i);

  await page.goto(address + '/ask');
  await tabTo(page, 'ask-question');
  await page.keyboard.type('Who funds sende');
  await page.waitForSelector('.suggest li');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.match(await page.inputValue('#ask-question'), /senderos/i, 'a suggestion is taken with the keyboard');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ask?**');

  await page.goto(address + '/page/id/country/mex');
  const details = page.locator('.folded details').first();
  await details.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.ok(await details.locator('blockquote').first().isVisible(), 'quotes unfold with the keyboard');
  await context.close();
}

// The same without JavaScript.
async function withoutScripts() {
  const context = await browser.newContext({ viewport: SIZES[1], locale: 'es', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address + '/');
  assert.equal(await page.getAttribute('html', 'lang'), 'es', 'the language of the browser');
  await page.fill('#home-ask', '¿Quién financia SENDEROS?');
  await page.press('#home-ask', 'Enter');
  await page.waitForURL('**/ask?**');
  await page.waitForSelector('#answer');
  assert.match(await page.textContent('main'), /Departamento de Trabajo de los Estados Unidos/);
  await page.click('nav.languages a[lang=fr]');
  assert.equal(await page.getAttribute('html', 'lang'), 'fr');
  for (const path of [PAGES.country, PAGES.programme, PAGES.funding, PAGES.timeline, PAGES.map]) {
    await page.goto(address + path);
    assert.ok(await page.locator('figure[data-picture] table').first().isVisible(), `${path} has a table where a picture would be`);
  }
  await page.goto(address + PAGES.sparql);
  await page.fill('#query-text', 'SELECT ?p { ?p a flg:Programme }');
  await page.click('form.query button');
  await page.waitForURL('**/sparql?query=**');
  assert.ok(await page.locator('.result tbody tr').first().isVisible(), 'a plain form asks as well');
  await context.close();
}

// Values from data are text, whatever they hold.
async function markup() {
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en' });
  const page = await context.newPage();
  page.on('dialog', () => fault('markup', 'a script of the data ran'));
  for (const path of [PAGES.markup, '/page/list/Programme', '/page/id/country/mex', '/search?q=script', '/search?q=%3Cimg%20src%3Dx%3E']) {
    await page.goto(address + path, { waitUntil: 'load' });
    assert.equal(await page.locator('main img, main script:not([type="application/ld+json"]), main iframe').count(), 0, path);
    assert.equal(await page.locator('a[href^="javascript:" i], a[href^="data:" i]').count(), 0, path);
    assert.equal(await page.evaluate(() => window.owned), undefined, path);
  }
  await page.goto(address + PAGES.markup);
  assert.match(await page.textContent('h1'), /<script>window.owned = 1<\/script>/);
  await context.close();
}

async function screenshots() {
  const pictures = { home: '/', country: '/page/id/country/mex', senderos: PAGES.programme, coverage: PAGES.coverage, answer: PAGES.answer, funding: PAGES.funding };
  for (const [name, path] of Object.entries(pictures)) {
    for (const [viewport, ending] of [[SIZES[0], ''], [SIZES[1], '-small']]) {
      if (ending && name !== 'home' && name !== 'senderos') continue;
      const context = await browser.newContext({ viewport, locale: 'en', colorScheme: 'light' });
      const page = await context.newPage();
      await page.goto(address + path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(folder, `${name}${ending}.png`) });
      await context.close();
    }
  }
}

try {
  if (mode === '--screenshots') {
    await screenshots();
  } else {
    await everyPage();
    await sharedPicture();
    await keyboard();
    await pictures();
    await queries();
    await withoutScripts();
    await markup();
  }
} catch (error) {
  fault('driving the pages', error.message);
}
await browser.close();
for (const line of faults) console.error(line);
process.exitCode = faults.length ? 1 : 0;
