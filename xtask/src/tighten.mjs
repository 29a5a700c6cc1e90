// Tightens the site that Trunk has made: node tighten.mjs DIST TERSER WORDS, with wasm-opt on the PATH, which gets the words too.
// One style sheet instead of several, scripts without what only their reader needs, short names where the program and the script
// that binds it to the browser call each other by long ones, no difference between accesses to memory that
// makes none, and the program's functions in an order that compresses well.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { aligned, ranked, renamed } from './module.mjs';

const [dist, tools, ...words] = process.argv.slice(2);
const { minify } = createRequire(join(tools, 'package.json'))('terser');
const read = (name, encoding) => readFileSync(join(dist, name), encoding);
const names = readdirSync(dist);
let page = read('index.html', 'utf8');

const sheets = [...page.matchAll(/<link href=\.\/([^ >]+\.css) rel=stylesheet>/g)];
const boot = names.find((name) => /^boot-.*\.js$/.test(name));
const program = names.find((name) => name.endsWith('_bg.wasm'))?.slice(0, -'_bg.wasm'.length);
if (!sheets.length || !boot || !program) throw new Error('Trunk has named its files otherwise: see dist/index.html.');

// In the order of the page, which decides where two of them speak of one element.
const style = sheets.map(([, name]) => read(name, 'utf8')).join('');
const sheet = `page-${hash(style)}.css`;
sheets.forEach(([link, name], index) => {
  rmSync(join(dist, name));
  page = page.replace(link, index ? '' : link.replace(name, sheet));
});
writeFileSync(join(dist, sheet), style);

const starter = await minified(read(boot, 'utf8'));
replace({ [boot]: starter }, boot, `boot-${hash(starter)}.js`);

// Only names that wasm-bindgen has put a hash into: nothing else in the script can be called so.
const short = new Map();
const shorten = (name) => {
  if (!/_h?[0-9a-f]{16}/.test(name)) return name;
  if (!short.has(name)) short.set(name, `_${short.size.toString(36)}`);
  return short.get(name);
};
const module = ordered(aligned(renamed(read(`${program}_bg.wasm`), shorten)));
const binding = read(`${program}.js`, 'utf8').replace(/\b\w+_h?[0-9a-f]{16}\w*/g, (name) => short.get(name) ?? name);
// The page starts the program in one way only: without the other, nothing refers to it.
const bound = await minified(binding.replace('export { initSync, ', 'export { '));
replace({ [`${program}.js`]: bound, [`${program}_bg.wasm`]: module }, program, `pop3lab-${hash(module, bound)}`);

writeFileSync(join(dist, 'index.html'), page);

/** Writes files anew, under names that begin with `now` instead of `before`, and tells the page. */
function replace(files, before, now) {
  for (const [name, content] of Object.entries(files)) {
    rmSync(join(dist, name));
    writeFileSync(join(dist, name.replace(before, now)), content);
  }
  page = page.replaceAll(before, now);
}

/** What a file's name carries, so that a host may let it be kept for ever. */
function hash(...contents) {
  const sum = createHash('sha256');
  for (const content of contents) sum.update(content);
  return sum.digest('hex').slice(0, 16);
}

async function minified(script) {
  const { code } = await minify(script, { module: true, compress: { passes: 2 } });
  return code;
}

/** The module with like functions side by side. wasm-opt moves them, which takes new numbers in each call. */
function ordered(module) {
  const [from, to] = [join(dist, 'ranked.wasm'), join(dist, 'ordered.wasm')];
  writeFileSync(from, ranked(module));
  execFileSync('wasm-opt', ['--reorder-functions-by-name', ...words, from, '-o', to], { stdio: 'inherit' });
  const made = readFileSync(to);
  rmSync(from);
  rmSync(to);
  return made;
}
