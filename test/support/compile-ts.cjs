/**
 * Compiles a TypeScript file of this repository as the tests are compiled, once: what came out is kept on disk until the file, its
 * place, the options or the compiler change. A process that a test starts would spend a third of its start compiling the same
 * sources again. One entry per source: the cache grows no larger than the sources.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { version } = require('@swc/core/package.json');
const { mutationFor } = require('./mutation.cjs');
const { swcOptions } = require('./swc-options.cjs');

const PROJECT = join(__dirname, '..', '..');
const CACHE = join(PROJECT, 'node_modules', '.cache', 'slipway-compiled-tests');
// Nobody reads the maps: Node would, if it were asked to.
const COMPILED = { ...swcOptions(), sourceMaps: false, swcrc: false };
const COMPILER = JSON.stringify([version, COMPILED]);

/** The JavaScript of a source. */
exports.compile = (filename) => {
  const mutation = mutationFor(relative(PROJECT, filename));
  const source = mutation.applyTo(readFileSync(filename, 'utf8'));
  const key = createHash('sha256')
    .update(JSON.stringify([COMPILER, filename, source]))
    .digest('hex');
  const entry = join(CACHE, `${relative(PROJECT, filename)}${mutation.suffix}.js`);
  return kept(entry, key) ?? keep(entry, key, transform(source, filename));
};

function transform(source, filename) {
  // Native code, loaded only where there is something to compile.
  const { transformSync } = require('@swc/core');
  return transformSync(source, { ...COMPILED, filename }).code;
}

/** The first line of an entry says what it was made from, and the last that it is whole. */
function kept(entry, key) {
  let text;
  try {
    text = readFileSync(entry, 'utf8');
  } catch {
    return null;
  }
  const [head, tail] = [`// ${key}\n`, `\n// ${key}`];
  return text.startsWith(head) && text.endsWith(tail) ? text.slice(head.length, -tail.length) : null;
}

/** Written aside and put in place at once: others read and write the same entry at the same time. */
function keep(entry, key, code) {
  // A confined process may not write; nor does it need to.
  if (process.permission !== undefined && !process.permission.has('fs.write', entry)) return code;
  const aside = `${entry}.${randomUUID()}`;
  try {
    mkdirSync(dirname(entry), { recursive: true });
    writeFileSync(aside, `// ${key}\n${code}\n// ${key}`);
    renameSync(aside, entry);
  } catch {
    // Nothing is lost but time.
    rmSync(aside, { force: true });
  }
  return code;
}
