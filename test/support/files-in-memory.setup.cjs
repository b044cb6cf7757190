/**
 * Before any test: compiles the sources, and has the temporary files of all tests in memory where the system has a place for them.
 * The repositories and logs of the tests are synced to disk a hundred thousand times, and nobody cuts their power: what must hold
 * on a disk is tried by `npm run test:faults`, which stays on one.
 */
const { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } = require('node:fs');
const { join } = require('node:path');
const compileSources = require('./compile-sources.setup.cjs');

const MEMORY = '/dev/shm';
const NAME = 'slipway-tests-';
/** More than all tests keep at once; containers often have 64 MiB there. */
const ENOUGH_BYTES = 2 ** 30;

module.exports = () => {
  compileSources();
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  for (const name of readdirSync(MEMORY)) if (name.startsWith(NAME) && !runs(name.slice(NAME.length))) remove(name);
  process.env.TMPDIR = join(MEMORY, `${NAME}${process.pid}`);
  mkdirSync(process.env.TMPDIR);
};

module.exports.end = () => remove(`${NAME}${process.pid}`);

function hasRoom() {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES;
}

/** Whether the tests that began a directory go on; those that were killed could not remove it. */
function runs(pid) {
  return existsSync(join('/proc', pid));
}

function remove(name) {
  rmSync(join(MEMORY, name), { recursive: true, force: true });
}
