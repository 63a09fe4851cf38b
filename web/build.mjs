// Makes `built/`, which becomes part of the binary: each `src/NAME.js` with all that it imports as `built/NAME.js` (and `NAME.css`, if it
// imports style sheets), the maps, and the licences of the libraries and data that went in. The same sources and lock file give the same
// bytes.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { DATA, geography } from './geography.mjs';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const BUILT = 'built';
const LICENCES = 'licences.txt';

for (const name of await readdir(BUILT)) {
  if (name !== '.gitignore') await rm(join(BUILT, name), { recursive: true });
}

const bundles = (await readdir('src')).filter((name) => name.endsWith('.js')).sort();
const { metafile } = await build({
  entryPoints: bundles.map((name) => join('src', name)),
  outdir: BUILT,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'linked',
  banner: Object.fromEntries(['js', 'css'].map((kind) => [kind, `/* The licences of the libraries in it: /static/${LICENCES} */`])),
  metafile: true,
  logLevel: 'warning',
});

await geography(join(BUILT, 'map'));

const inside = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
const data = DATA.map((name) => join('node_modules', name, '/'));
await writeFile(join(BUILT, LICENCES), await licences(new Set([...inside.map(library).filter(Boolean), ...data])));

// The package that a module is of, if it is not our own.
function library(path) {
  return path.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[0];
}

// The licences as the packages have them; a package without one is no library to ship.
async function licences(folders) {
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((file) => /^licen[cs]e(\.|$)/i.test(basename(file)));
    if (!file) throw new Error(`\`${name}\` ${version} has no file with its licence`);
    texts.push(`${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
