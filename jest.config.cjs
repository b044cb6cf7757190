const { swcOptions } = require('./test/support/swc-options.cjs');

/** One fast transform that emits decorator metadata; `test/` mirrors `src/`. */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions()],
  },
  globalSetup: '<rootDir>/test/support/compile-sources.setup.cjs',
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/support/closing-line.reporter.cjs'],
};
