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
  // What a failed test left open, a server or a node, must not hold up the run for ever.
  forceExit: true,
};
