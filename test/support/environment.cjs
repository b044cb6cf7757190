/**
 * Where tests run: in the realm of the worker itself, so that its test files can share what they load (`shared-modules.runtime.cjs`).
 * Jest's own environment, with a realm for each file, stays in use where files must not share: sources change while Jest
 * watches, and are compiled for each file where it measures coverage.
 */
const { ModuleMocker } = require('jest-mock');
const { TestEnvironment } = require('jest-environment-node');

class OneRealm {
  global = globalThis;
  // Made anew by each file; nobody uses false timers here.
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  #before = { exit: process.exit, console: globalThis.console, symbols: Object.getOwnPropertySymbols(globalThis) };

  async setup() {}

  /** What Jest puts around globals, and beside them under symbols, is of one file; what `fetch` keeps there cannot be deleted. */
  async teardown() {
    const { exit, console, symbols } = this.#before;
    process.exit = exit;
    globalThis.console = console;
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (!symbols.includes(symbol)) Reflect.deleteProperty(globalThis, symbol);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** None: the runtime compiles for the realm it runs in. */
  getVmContext() {
    return null;
  }
}

module.exports = function environmentFor(config, context) {
  const { watch, watchAll, collectCoverage } = config.globalConfig;
  return watch || watchAll || collectCoverage ? new TestEnvironment(config, context) : new OneRealm();
};
