// Drives a site of files in Chromium, as readers do, from a server that knows nothing but files:
//   site.mjs ADDRESS CHROMIUM
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [address, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const faults = [];
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // A word that begins as no other has no file.
    const missing = message.text().includes('404') && message.text().includes('Failed to load resource');
    if (message.type() === 'error' && !missing) faults.push(message.text());
  });
  page.on('request', (request) => { if (!request.url().startsWith(address)) faults.push(`loads ${request.url()}`); });
  const titles = () => page.locator('#find-results > li h2').allTextContents();
  const settled = (words) => page.waitForFunction((words) => document.querySelector('#find-status').textContent.includes(words), words);

  // From the box of any page to the results, by the keyboard.
  await page.goto(`${address}/page/id/country/mex/`);
  await page.fill('#site-search', 'senderos');
  await page.press('#site-search', 'Enter');
  await settled('Results');
  assert.match(page.url(), /\/graph\/search\/\?q=senderos$/);
  assert.equal((await titles())[0], 'SENDEROS');
  assert.equal(await page.inputValue('#site-search'), 'senderos');
  assert.ok(await page.locator('#find-results mark').count() > 0, 'nothing is marked');

  // While something is typed: beginnings of words, without accents, acronyms; then a word that nothing has.
  for (const [typed, found] of [['mexico', 'Mexico'], ['MEXIC', 'Mexico'], ['usdol', 'United States Department of Labor'], ['world visi', 'World Vision']]) {
    await page.fill('#site-search', typed);
    await page.waitForFunction((found) => document.querySelector('#find-results h2')?.textContent === found, found);
  }
  await page.fill('#site-search', 'azucarero');
  await page.waitForSelector('#find-results blockquote');
  assert.match(await page.locator('#find-results blockquote').first().textContent(), /azucarero/);
  await page.fill('#site-search', 'xyzzy');
  await settled('Nothing has these words');
  assert.deepEqual(await titles(), []);

  // A result leads to its page; in another language, to the page in that language. Names that are markup are text.
  await page.goto(`${address}/es/search/?q=senderos`);
  await settled('Resultados');
  await page.locator('#find-results h2 a').first().click();
  assert.match(page.url(), /\/graph\/es\/page\/id\/programme\/senderos\/$/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'es');
  await page.goto(`${address}/search/?q=${encodeURIComponent('alert sons')}`);
  await settled('Results');
  assert.match(await page.locator('#find-results').textContent(), /<script>alert\('x'\)<\/script>/);

  // The languages of a page are one click away, and canonical names lead to pages.
  await page.goto(`${address}/id/country/mex/`);
  await page.waitForURL(`${address}/page/id/country/mex/`);
  await page.locator('nav.languages a[hreflang=fr]').click();
  assert.match(page.url(), /\/graph\/fr\/page\/id\/country\/mex\/$/);
  assert.equal(await page.locator('h1').textContent(), 'Mexique');
  assert.equal(await page.locator('form[action*="ask"], form[action*="sparql"]').count(), 0);
} finally {
  await browser.close();
}
assert.deepEqual(faults, []);
