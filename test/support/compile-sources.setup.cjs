/**
 * Before any test: compiles the sources, and packs what the validator's child process loads, since processes that tests start
 * with less than their own rights may not keep what they compile.
 */
const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { compile } = require('./compile-ts.cjs');
const { isPacked } = require('./module-pack.cjs');

const SOURCES = join(__dirname, '..', '..', 'src');
const CHILD = join(SOURCES, 'validation', 'child', 'main.ts');

module.exports = () => {
  for (const file of readdirSync(SOURCES, { recursive: true }))
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) compile(join(SOURCES, file));
  // It ends with its input.
  if (!isPacked(CHILD)) spawnSync(process.execPath, ['-r', require.resolve('./register-packed-ts.cjs'), CHILD]);
};
