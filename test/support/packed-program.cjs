/**
 * Preloaded into `bin/slipway.cjs` by tests, which start it many times: what a command loads is kept together after its first run.
 * Where it comes by NODE_OPTIONS it is loaded into `npm` and whatever else is run on the way as well, and leaves them alone.
 */
const { realpathSync } = require('node:fs');
const { join } = require('node:path');
const { usePackOfCommand } = require('./module-pack.cjs');

const PROGRAM = join(__dirname, '..', '..', 'bin', 'slipway.cjs');

function isProgram(entry) {
  try {
    return realpathSync(entry) === PROGRAM;
  } catch {
    return false; // no file: `node -e`
  }
}

const [, entry, command] = process.argv;
if (isProgram(entry)) {
  delete process.env.NODE_OPTIONS; // its own processes have less rights, and packs of their own
  usePackOfCommand(PROGRAM, command);
}
