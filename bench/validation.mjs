// How long the checks take: one release on a warm engine, every release of a repository as `slipway validate` reads it, and
// the command as a process of its own. `npm run bench:validation [-- --repository DIR_OR_BUNDLE] [-- --runs N]`; milliseconds,
// and ratios to a piece of work for the processor in the same run, which travel better from machine to machine.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CHECKOUT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PROGRAM = join(CHECKOUT, 'bin', 'slipway.cjs');
const REAL = resolve(CHECKOUT, '../shared/real-config/config-history.bundle');
const WARM_UP = 10;
const GOALS = { release: 50, repository: 5_000 };

const { values } = parseArgs({
  options: {
    repository: { type: 'string', default: process.env.SLIPWAY_REAL_CONFIG ?? (existsSync(REAL) ? REAL : '') },
    runs: { type: 'string', default: '5' },
  },
});
const runs = Number(values.runs);
const scratch = mkdtempSync(join(tmpdir(), 'slipway-bench-'));

try {
  await main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function main() {
  const { directory, name } = repository();
  spawnSync(process.execPath, [PROGRAM, '--help']); // compiles what is not compiled yet
  const require = createRequire(import.meta.url);
  const { createValidationEngine } = require('../dist/validation');
  const { validateWorkingTree } = require('../dist/server/validate-working-tree');
  const whole = { directory, layout: undefined, packages: [], activeOnly: false };

  const samples = { yardstick: [], release: [], repository: [], cold: [], process: [] };
  let releases = 0;
  for (let run = 0; run < runs; run += 1) {
    const engine = createValidationEngine();
    samples.cold.push(await timed(() => validateWorkingTree(whole, engine)));
    samples.yardstick.push(await timed(yardstick));
    samples.repository.push(
      await timed(async () => (releases = (await validateWorkingTree(whole, engine)).releases.length)),
    );
    samples.yardstick.push(await timed(yardstick));
    samples.release.push(...(await releaseByRelease(engine, whole, validateWorkingTree)));
    samples.yardstick.push(await timed(yardstick));
    await engine.close();
    samples.process.push(
      await timed(() => spawnSync(process.execPath, [PROGRAM, 'validate', directory], { stdio: 'ignore' })),
    );
  }
  report(samples, { name, releases });
}

/** Where the repository is, as a working tree, and what it is called in the report. */
function repository() {
  const source = values.repository;
  if (source === '')
    return {
      directory: join(CHECKOUT, 'examples', 'config'),
      name: 'the bundled example (no other repository is there)',
    };
  if (statSync(source).isDirectory()) return { directory: source, name: 'the given repository' };
  const directory = join(scratch, 'repository');
  execFileSync('git', ['clone', '--quiet', '--branch', 'main', source, directory], { stdio: 'ignore' });
  return { directory, name: 'the given bundle' };
}

/** Each release with a manifest by itself, one after another, as a staging validates it: the request is built, then sent. */
async function releaseByRelease(engine, whole, validateWorkingTree) {
  const times = [];
  const recorded = [];
  // The requests that the whole repository makes, with their planned maps.
  await validateWorkingTree(whole, {
    ...engine,
    validate: (request) => {
      if (request.manifest !== null) recorded.push(request);
      return engine.validate(request);
    },
  });
  for (let round = 0; round < WARM_UP; round += 1)
    for (const request of recorded) {
      const took = await timed(() => engine.validate(request));
      if (round > 0) times.push(took);
    }
  return times;
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of a fixed piece of work on one core: hashing 64 MiB. */
function yardstick() {
  const bytes = Buffer.alloc(1 << 20, 1);
  const hash = createHash('sha1');
  for (let at = 0; at < 64; at += 1) hash.update(bytes);
  hash.digest();
}

function report(samples, { name, releases }) {
  const at = (key, part) => {
    const sorted = [...samples[key]].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  };
  const rows = [
    ['yardstick', 'sha1 of 64 MiB'],
    ['release', 'one release, warm', GOALS.release],
    ['repository', `all ${releases} releases, warm`, GOALS.repository],
    ['cold', `all ${releases} releases, first use`, GOALS.repository],
    ['process', 'slipway validate, as a process'],
  ];
  const heads = ['p50 ms', 'p99 ms', 'p50 x', 'p99 x', 'goal ms'];
  console.log(`${name}; ${cpus().length} processors, Node ${process.version}`);
  console.log(`${''.padEnd(34)}${heads.map((head) => head.padStart(10)).join('')}`);
  for (const [key, title, goal] of rows) {
    const [p50, p99] = [at(key, 0.5), at(key, 0.99)];
    const numbers = [p50, p99, p50 / at('yardstick', 0.5), p99 / at('yardstick', 0.5)].map((value) => value.toFixed(1));
    const verdict = goal === undefined ? '' : `${goal}${p50 <= goal ? '' : ' !'}`;
    console.log(title.padEnd(34) + [...numbers, verdict].map((value) => value.padStart(10)).join(''));
  }
}
