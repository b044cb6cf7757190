// How long an activation takes until it is durable, until a subscriber has it, and until it is a commit on main.
// `npm run bench:activation [-- --moves N] [-- --directory DIR]`; milliseconds, and ratios to a 4 KiB write and fsync on
// the same disk in the same run, which travel better from machine to machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, watch, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'slipway.cjs');
const PACKAGE = 'project_discovery';
const WARM_UP = 20;

const { values } = parseArgs({
  options: { moves: { type: 'string', default: '200' }, directory: { type: 'string', default: tmpdir() } },
});
const moves = Number(values.moves);
const scratch = mkdtempSync(join(values.directory, 'slipway-bench-'));

try {
  report(await measure());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function measure() {
  const server = await start(join(scratch, 'data'));
  try {
    await server.ask(`mutation { stageRelease(input: { package: "${PACKAGE}", version: "1.3.0" }) { staged } }`);
    const subscriber = await server.follow('subscription { activations { id } }');
    const published = await server.follow('subscription { activations(published: true) { id } }');
    const main = followMain(server.gitdir);
    const samples = [];
    for (let move = 0; move < WARM_UP + moves; move += 1) {
      const fsync = yardstick();
      const version = move % 2 === 0 ? '1.3.0' : '1.4.0';
      const input = `{ releases: [{ package: "${PACKAGE}", version: "${version}" }], reason: "Measured" }`;
      const moved = main.next();
      const began = performance.now();
      const answered = server
        .ask(`mutation { activateReleases(input: ${input}) { activation { id } } }`)
        .then(({ activateReleases }) => ({ id: activateReleases.activation.id, at: performance.now() }));
      const [answer, told, onMain, publishedAt] = await Promise.all([
        answered,
        subscriber.next(),
        moved,
        published.next(),
      ]);
      if (told.item.id !== answer.id || publishedAt.item.id !== answer.id) throw new Error('Another move was told of.');
      if (move < WARM_UP) continue;
      samples.push({
        fsync,
        answer: answer.at - began,
        subscriber: told.at - began,
        commit: onMain - began,
        published: publishedAt.at - began,
      });
    }
    main.close();
    await Promise.all([subscriber.close(), published.close()]);
    return samples;
  } finally {
    await server.stop();
  }
}

/** A server in a process of its own, on the bundled example. */
async function start(dataDirectory) {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--data-dir', dataDirectory, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise((resolve) =>
    lines.on('line', (line) => line.startsWith('Slipway is ready at ') && resolve(line.split(' ').at(-1))),
  );
  const url = await Promise.race([ready, closed.then(() => Promise.reject(new Error('The server did not start.')))]);
  const authorization = `Bearer ${readFileSync(join(dataDirectory, 'admin-token'), 'utf8').trim()}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return {
    gitdir: join(dataDirectory, 'repository.git'),
    ask: async (query) => {
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
      const { data, errors } = await response.json();
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    follow: (query) => follow(url.replace('http', 'ws'), authorization, query),
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/** A subscription; `next` answers its next item and when it came. */
async function follow(url, authorization, query) {
  let connected;
  const acknowledged = new Promise((resolve) => (connected = resolve));
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { Authorization: authorization },
    on: { connected },
  });
  await acknowledged;
  const waiting = [];
  client.subscribe(
    { query },
    {
      next: ({ data, errors }) => {
        if (errors !== undefined) throw new Error(JSON.stringify(errors));
        waiting.shift()?.({ item: data.activations, at: performance.now() });
      },
      error: (error) => {
        throw error;
      },
      complete: () => undefined,
    },
  );
  // The server begins to follow when it has read the request, which nothing acknowledges.
  await new Promise((resolve) => setTimeout(resolve, 200));
  return { next: () => new Promise((resolve) => waiting.push(resolve)), close: () => client.dispose() };
}

/** `next` answers when `main` has moved: when a reader of the repository sees the new commit. */
function followMain(gitdir) {
  const file = join(gitdir, 'refs', 'heads', 'main');
  const waiting = [];
  let tip = readFileSync(file, 'utf8');
  const watcher = watch(dirname(file), () => {
    const now = readFileSync(file, 'utf8');
    if (now === tip) return;
    tip = now;
    waiting.shift()?.(performance.now());
  });
  return { next: () => new Promise((resolve) => waiting.push(resolve)), close: () => watcher.close() };
}

/** Milliseconds to write 4 KiB to a new file and bring them to the disk. */
function yardstick() {
  const bytes = Buffer.alloc(4096, 1);
  const file = join(scratch, 'yardstick');
  const began = performance.now();
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, bytes);
  fsyncSync(descriptor);
  closeSync(descriptor);
  const took = performance.now() - began;
  rmSync(file);
  return took;
}

function report(samples) {
  const at = (key, part) => {
    const sorted = samples.map((sample) => sample[key]).sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  };
  const names = {
    fsync: 'write and fsync 4 KiB',
    answer: 'call -> durable answer',
    subscriber: 'call -> subscriber',
    commit: 'call -> commit on main',
    published: 'call -> published subscriber',
  };
  console.log(`${samples.length} activations, one after another, Node ${process.version}`);
  console.log(`${''.padEnd(30)}${['p50 ms', 'p99 ms', 'p50 x', 'p99 x'].map((head) => head.padStart(10)).join('')}`);
  for (const [key, name] of Object.entries(names)) {
    const [p50, p99] = [at(key, 0.5), at(key, 0.99)];
    const ratios = [p50 / at('fsync', 0.5), p99 / at('fsync', 0.99)];
    console.log(name.padEnd(30) + [p50, p99, ...ratios].map((value) => value.toFixed(2).padStart(10)).join(''));
  }
}
