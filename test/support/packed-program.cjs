/**
 * Preloaded into `bin/slipway.cjs` by tests, which start it many times: what a command loads is kept together after its first run.
 * Where it comes by NODE_OPTIONS it is loaded into `npm` and whatever else is run on the way as well, and leaves them alone.
 */
const childProcess = require('node:child_process');
const { realpathSync } = require('node:fs');
const { join } = require('node:path');
const { usePackOfCommand } = require('./module-pack.cjs');

const PROGRAM = join(__dirname, '..', '..', 'bin', 'slipway.cjs');
const VALIDATOR = join(__dirname, '..', '..', 'dist', 'validation', 'child', 'main.js');
const PACKED_CHILD = join(__dirname, 'packed-child.cjs');

function isProgram(entry) {
  try {
    return realpathSync(entry) === PROGRAM;
  } catch {
    return false; // no file: `node -e`
  }
}

/** Has the processes that check content preload their pack: they inherit no environment that could say so. */
function packValidators() {
  const { spawn } = childProcess;
  childProcess.spawn = (file, args, options) => {
    const isValidator = Array.isArray(args) && args.at(-1) === VALIDATOR;
    return spawn(file, isValidator ? ['-r', PACKED_CHILD, ...args] : args, options);
  };
}

const [, entry, command] = process.argv;
if (isProgram(entry)) {
  delete process.env.NODE_OPTIONS; // its own processes have less rights, and packs of their own
  packValidators();
  usePackOfCommand(PROGRAM, command);
}
