import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shownCommands } from './fenced-blocks';

const CHECKOUT = join(__dirname, '..', '..');
const PACKED = join(CHECKOUT, 'test', 'support', 'packed-program.cjs');

/** Would run these tests from within these tests; continuous integration runs them all. */
const RUN_BY_CI = new Set(['npm ci && npm test', 'npm ci', 'npm run check', 'npm run fix', 'npx jest test/domain']);
/** What starts a server; where a page begins with it, the server runs until the end of the page. */
const START = 'npm ci && npm start';
const BY_NPX = 'npx slipway ';
const isServer = (line: string): boolean => /npm start|slipway serve/.test(line);

interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Runs the commands that pages show, page by page on one data directory, and expects each to end well and without complaint.
 * The first `npx slipway` with options shows that npx finds the program and hands them on, for which it takes two seconds each
 * time; the others run the same program without it.
 */
export async function runShownCommands(pages: readonly string[]): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'slipway-docs-'));
  const shell = shellIn(join(work, 'data'));
  try {
    const source = ownRepository(join(work, 'own'));
    // Commands that name no data directory look at one that a server was started on.
    if (!shownCommands(pages[0] ?? '').includes(START)) await (await shell.serve('npm start')).stop();
    let isFound = false;
    const withoutNpx = (line: string): string => {
      if (!isFound && line.startsWith(BY_NPX) && line.includes(' --')) {
        isFound = true;
        return line;
      }
      return line.replace(BY_NPX, 'node bin/slipway.cjs ');
    };
    for (const [at, page] of pages.entries()) {
      const lines = shownCommands(page).filter((line) => !RUN_BY_CI.has(line));
      const server = lines.includes(START) ? await shell.serve('npm start') : null;
      let imports = 0;
      const asRun = (line: string): string => {
        if (line.includes(' import ')) imports += 1;
        return withoutNpx(line)
          .replaceAll('/path/to/your/repository', source)
          .replaceAll('./my-data', join(work, `page-${String(at)}-${String(imports)}`))
          .replaceAll('audit.jsonl', join(work, `audit-${String(at)}.jsonl`))
          .replaceAll('.slipway/', `${join(work, 'data')}/`)
          .replace('http://127.0.0.1:4000', new URL(server?.url ?? 'http://nowhere').origin)
          .replace('--port 4000', '--port 0');
      };
      for (const line of lines) {
        if (line === START) continue; // it is running
        if (isServer(line)) await (await shell.serve(asRun(line))).stop();
        else expect({ line, ...shell.run(asRun(line)) }).toEqual({ line, status: 0, stderr: '' });
      }
      await server?.stop();
    }
    expect(isFound).toBe(true);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Shell {
  /** Runs a command to its end. */
  run(line: string): { readonly status: number | null; readonly stderr: string };
  /** Runs a command that serves until it says that it is ready. */
  serve(line: string): Promise<Served>;
}

function shellIn(dataDirectory: string): Shell {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${JSON.stringify(PACKED)}`,
    SLIPWAY_DATA_DIR: dataDirectory,
    SLIPWAY_PORT: '0',
    SLIPWAY_VERIFY_EVERY: '0',
  };
  return {
    run: (line) => {
      const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: CHECKOUT, env, encoding: 'utf8' });
      return { status, stderr: status === 0 ? '' : stderr };
    },
    serve: async (line) => {
      const child = spawn('bash', ['-c', line], {
        cwd: CHECKOUT,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = once(child, 'exit');
      for await (const text of createInterface({ input: child.stdout })) {
        const ready = /^Slipway is ready at (\S+)$/.exec(text);
        if (ready?.[1] === undefined) continue;
        return {
          url: ready[1],
          stop: async () => {
            process.kill(-(child.pid ?? 0), 'SIGTERM'); // npm and the server below it
            await gone;
          },
        };
      }
      throw new Error(`${line} ended before it was ready`);
    },
  };
}

/** A small configuration repository, as a user has one. */
function ownRepository(directory: string): string {
  cpSync(join(CHECKOUT, 'examples', 'config'), directory, { recursive: true });
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], { cwd: directory });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Begin');
  return directory;
}
