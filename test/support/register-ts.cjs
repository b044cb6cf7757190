/**
 * Lets plain node run TypeScript of this repository, compiled exactly as the tests are: `node -r test/support/register-ts.cjs FILE.ts`.
 * For tests that start, and kill, processes of their own.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const [, options] = require('../../jest.config.cjs').transform['^.+\\.ts$'];

require('reflect-metadata');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, swcrc: false });
  module._compile(code, filename);
};
