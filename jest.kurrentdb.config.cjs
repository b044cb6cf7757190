const usual = require('./jest.config.cjs');

/**
 * A real KurrentDB: whole nodes on it, and faults; killed, frozen, cut off, set back, without its leader. One file after another:
 * each has a server.
 */
module.exports = {
  ...usual,
  testMatch: ['**/*.kurrent.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
