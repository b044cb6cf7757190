/**
 * Before any test: compiles the sources, and packs what the validator's child process loads, since processes that tests start
 * with less than their own rights may not keep what they compile.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { compile } = require('./compile-ts.cjs');
const { isPacked } = require('./module-pack.cjs');

const SOURCES = join(__dirname, '..', '..', 'src');
const CHILD = join(SOURCES, 'validation', 'child', 'main.ts');
/** What `bin/slipway.cjs` has compiled, if it ran before. */
const COMPILED_CHILD = join(SOURCES, '..', 'dist', 'validation', 'child', 'main.js');

module.exports = () => {
  for (const file of readdirSync(SOURCES, { recursive: true }))
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) compile(join(SOURCES, file));
  pack(CHILD, './register-packed-ts.cjs');
  if (existsSync(COMPILED_CHILD)) pack(COMPILED_CHILD, './packed-child.cjs');
};

/** Starts it once, with all rights. It ends with its input. */
function pack(child, preloaded) {
  if (!isPacked(child)) spawnSync(process.execPath, ['-r', require.resolve(preloaded), child]);
}
