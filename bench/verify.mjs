// How fast `slipway verify` is, and what memory it takes. `npm run bench:verify [-- --sizes 1000,10000,100000]
// [-- --directory DIR] [-- --loose]`; the ratio is to the SHA-256 of the same bytes in the same run, which travels better
// from machine to machine than seconds; processor time is that of all programs together. With --loose the objects lie in single files, as a server writes them.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeHistory } from './verify/make-history.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PROGRAM = join(ROOT, 'bin', 'slipway.cjs');
const POLL_MS = 20;
const TICKS_PER_SECOND = 100;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    directory: { type: 'string', default: tmpdir() },
    loose: { type: 'boolean', default: false },
  },
});

execFileSync(process.execPath, [PROGRAM, '--help'], { stdio: ['ignore', 'ignore', 'inherit'] }); // compiles where needed
console.log(`Node ${process.version}, ${String(availableParallelism())} processors`);
console.log('events     objects    seconds  processor  events/s  slipway MiB  git MiB  bytes MiB  x sha256');
for (const size of values.sizes.split(',').map(Number)) {
  const scratch = mkdtempSync(join(values.directory, 'slipway-bench-'));
  try {
    const dataDirectory = join(scratch, 'data');
    const made = await makeHistory({ root: ROOT, dataDirectory, events: size });
    if (values.loose) unpack(join(dataDirectory, 'repository.git'), scratch);
    const { bytes, seconds: yardstick } = await hashAll(dataDirectory);
    const { seconds, cpu, own, git } = await verify(dataDirectory);
    const rate = Math.round(made.events / seconds);
    const cells = [made.events, made.objects, seconds.toFixed(1), cpu.toFixed(1), rate, own, git];
    const widths = [11, 11, 9, 11, 10, 13, 9];
    const row = cells.map((cell, index) => String(cell).padEnd(widths[index])).join('');
    console.log(`${row}${String(Math.round(bytes / 2 ** 20)).padEnd(11)}${(seconds / yardstick).toFixed(1)}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Runs the command and watches the peak of its memory, and of the git programs it starts. */
async function verify(dataDirectory) {
  const began = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'verify', '--json', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  const peaks = { own: 0, git: 0, cpu: 0 };
  const timer = setInterval(() => {
    peaks.cpu = Math.max(peaks.cpu, processorSeconds(child.pid));
    peaks.own = Math.max(peaks.own, peakMiB(child.pid));
    peaks.git = Math.max(
      peaks.git,
      childrenOf(child.pid).reduce((sum, pid) => sum + peakMiB(pid), 0),
    );
  }, POLL_MS);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`verify found what is not there:\n${printed}`);
  return { seconds, ...peaks };
}

function peakMiB(pid) {
  try {
    return Math.round(
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    );
  } catch {
    return 0; // it has ended, or the system tells nothing
  }
}

/** Of a process and of its children that have ended. */
function processorSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      .split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}

/** The yardstick: every byte of the data directory read and hashed once. */
async function hashAll(directory) {
  const began = performance.now();
  let bytes = 0;
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name);
    if (/-(wal|shm)$/.test(name) || !statSync(path).isFile()) continue;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  }
  return { bytes, seconds: (performance.now() - began) / 1000 };
}

function unpack(gitdir, scratch) {
  const packs = join(gitdir, 'objects', 'pack');
  const [name] = readdirSync(packs).filter((file) => file.endsWith('.pack'));
  const aside = join(scratch, name);
  renameSync(join(packs, name), aside);
  for (const file of readdirSync(packs)) rmSync(join(packs, file), { force: true });
  execFileSync('git', ['--git-dir', gitdir, 'unpack-objects', '-q'], {
    input: readFileSync(aside),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  rmSync(aside);
}
