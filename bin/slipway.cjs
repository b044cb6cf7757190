#!/usr/bin/env node
// Runs the `slipway` command of a checkout; compiles first when the sources are newer than what was compiled.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const stamp = join(root, 'dist', '.built');

function newest(directory) {
  let latest = statSync(directory).mtimeMs;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

if (existsSync(join(root, 'src')) && (!existsSync(stamp) || statSync(stamp).mtimeMs < newest(join(root, 'src')))) {
  const tsc = require.resolve('typescript/bin/tsc');
  const built = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) {
    console.error('slipway: the sources do not compile; see above.');
    process.exit(2);
  }
  writeFileSync(stamp, '');
}

require('../dist/cli/main.js');
