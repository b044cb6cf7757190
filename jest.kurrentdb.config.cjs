const usual = require('./jest.config.cjs');

/** A real KurrentDB under faults: killed, frozen, cut off, set back, without its leader. One file after another: each has a server. */
module.exports = {
  ...usual,
  testMatch: ['**/kurrentdb/**/*.kurrent.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
