import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shownCommands } from './fenced-blocks';

const CHECKOUT = join(__dirname, '..', '..');
const PAGES = [
  'README.md',
  'docs/operations.md',
  'docs/validation.md',
  'docs/validation-in-ci.md',
  'docs/inspecting.md',
  'docs/export-format.md',
  'CONTRIBUTING.md',
  'docs/drift.md',
];

/** Would run these tests from within these tests; continuous integration runs them all. */
const RUN_BY_CI = new Set(['npm ci && npm test', 'npm ci', 'npm run check', 'npm run fix', 'npx jest test/domain']);
const isServer = (line: string): boolean => /npm start|slipway serve/.test(line);

const work = mkdtempSync(join(tmpdir(), 'slipway-docs-'));
const dataDirectory = join(work, 'data');
const environment = { ...process.env, SLIPWAY_DATA_DIR: dataDirectory, SLIPWAY_PORT: '0' };
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the commands that the pages show', () => {
  it('work as they are shown', async () => {
    const source = ownRepository();
    for (const [at, page] of PAGES.entries()) {
      let url = '';
      const shown = (line: string): string =>
        line
          .replaceAll('/path/to/your/repository', source)
          .replaceAll(
            './my-data',
            join(work, `page-${String(at)}-${line.includes(' import ') ? String(++imports) : String(imports)}`),
          )
          .replaceAll('audit.jsonl', join(work, `audit-${String(at)}.jsonl`))
          .replaceAll('.slipway/', `${dataDirectory}/`)
          .replace('http://127.0.0.1:4000/graphql', url)
          .replace('http://127.0.0.1:4000', new URL(url === '' ? 'http://nowhere' : url).origin)
          .replace('--port 4000', '--port 0')
          .replace('npm ci && ', '');
      const lines = shownCommands(page).filter((line) => !RUN_BY_CI.has(line));
      const server = page === 'README.md' ? await serve('npm start') : null;
      url = server?.url ?? '';
      for (const line of lines) {
        if (server !== null && line === 'npm ci && npm start') continue; // it is running
        if (isServer(line)) await (await serve(shown(line))).stop();
        else expect({ line, ...run(shown(line)) }).toEqual({ line, status: 0, stderr: '' });
      }
      await server?.stop();
    }
  }, 120_000);
});

let imports = 0;

function run(line: string): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('bash', ['-c', line], { cwd: CHECKOUT, env: environment, encoding: 'utf8' });
  return { status, stderr: status === 0 ? '' : stderr };
}

/** Runs a command that serves until it says that it is ready. */
async function serve(line: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn('bash', ['-c', line], {
    cwd: CHECKOUT,
    env: environment,
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
}

/** A small configuration repository, as a user has one. */
function ownRepository(): string {
  const directory = join(work, 'own');
  cpSync(join(CHECKOUT, 'examples', 'config'), directory, { recursive: true });
  const git = (...args: string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', ...args], { cwd: directory });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'Begin');
  return directory;
}
