const usual = require('./jest.config.cjs');

/** Faults: processes killed, disks full, files damaged. Bounded in time by its size; figures go to `.faults/figures.json`. */
module.exports = {
  ...usual,
  // Disks are meant here: temporary files stay where the system keeps them.
  globalSetup: '<rootDir>/test/support/compile-sources.setup.cjs',
  globalTeardown: undefined,
  testMatch: ['**/faults/**/*.fault.ts'],
  testTimeout: process.env.SLIPWAY_FAULTS === 'long' ? 3_600_000 : 120_000,
  reporters: [
    'default',
    '<rootDir>/test/faults/support/figures.reporter.cjs',
    '<rootDir>/test/support/closing-line.reporter.cjs',
  ],
};
