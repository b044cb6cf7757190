const { swcOptions } = require('./test/support/swc-options.cjs');

/** One fast transform that emits decorator metadata; `test/` mirrors `src/`. */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  runtime: require.resolve('./test/support/shared-modules.runtime.cjs'),
  transform: {
    '^.+\\.ts$': ['@swc/jest', swcOptions()],
  },
  globalSetup: '<rootDir>/test/support/files-in-memory.setup.cjs',
  globalTeardown: '<rootDir>/test/support/files-in-memory.teardown.cjs',
  testSequencer: '<rootDir>/test/support/slow-first.sequencer.cjs',
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/support/closing-line.reporter.cjs'],
};
