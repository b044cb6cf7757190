/** Before any test: compiles the sources, since processes that tests start with less than their own rights may not keep what they compile. */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { compile } = require('./compile-ts.cjs');

const SOURCES = join(__dirname, '..', '..', 'src');

module.exports = () => {
  for (const file of readdirSync(SOURCES, { recursive: true }))
    if (file.endsWith('.ts') && !file.endsWith('.d.ts')) compile(join(SOURCES, file));
};
