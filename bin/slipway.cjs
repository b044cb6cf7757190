#!/usr/bin/env node
// Runs the `slipway` command of a checkout; compiles first when the sources are newer than what was compiled.
const { spawnSync } = require('node:child_process');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const stamp = join(root, 'dist', '.built');
const turn = join(root, 'dist', '.compiling');

function newest(directory) {
  let latest = statSync(directory).mtimeMs;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

function isStale() {
  const sources = join(root, 'src');
  return existsSync(sources) && (!existsSync(stamp) || statSync(stamp).mtimeMs < newest(sources));
}

/** Two commands that start together, say `npm start` and `npm run tour`, must not compile over each other. */
function takeTurn() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isLeft()) rmSync(turn, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/** Whether the turn belongs to nobody who still runs. */
function isLeft() {
  try {
    const age = Date.now() - statSync(turn).mtimeMs;
    const pid = Number(readFileSync(turn, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    return age > (pid > 0 ? 120_000 : 5_000);
  } catch (error) {
    return error.code === 'ESRCH' || error.code === 'ENOENT';
  }
}

function compile() {
  const started = new Date();
  console.error('slipway: compiling the sources, which takes half a minute after they have changed.');
  const tsc = require.resolve('typescript/bin/tsc');
  const built = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) {
    console.error('slipway: the sources do not compile; see above.');
    return false;
  }
  removeLeftovers(join(root, 'dist'), join(root, 'src'));
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started); // what was saved meanwhile is compiled next time
  return true;
}

/** What was compiled from a source that is gone: rules are found by their place, so a moved one would be found twice. */
function removeLeftovers(compiled, sources) {
  for (const entry of readdirSync(compiled, { withFileTypes: true })) {
    const [path, source] = [join(compiled, entry.name), join(sources, entry.name)];
    if (entry.isDirectory()) {
      if (existsSync(source)) removeLeftovers(path, source);
      else rmSync(path, { recursive: true });
    } else if (/\.js(\.map)?$/.test(entry.name) && !existsSync(source.replace(/\.js(\.map)?$/, '.ts'))) rmSync(path);
  }
}

if (isStale()) {
  takeTurn();
  const compiled = !isStale() || compile();
  rmSync(turn, { force: true });
  if (!compiled) process.exit(2);
}

require('../dist/cli/main.js');
