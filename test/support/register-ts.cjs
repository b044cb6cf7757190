/**
 * Lets plain node run TypeScript of this repository, compiled exactly as the tests are: `node -r test/support/register-ts.cjs FILE.ts`.
 * For tests that start, and kill, processes of their own.
 */
const { compile } = require('./compile-ts.cjs');

require('reflect-metadata');

require.extensions['.ts'] = (module, filename) => module._compile(compile(filename), filename);

// What compiles is loaded now, should it be needed: a process that confines itself after this could not load it any more.
if (process.argv[1]?.endsWith('.ts')) compile(process.argv[1]);
