import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { git, gitIsThere } from '../git/real-git';
import { dataOf, post } from '../server/support/graphql-client';
import { begin, COMPILING_MS, scratch, serve, type Serving, slipway } from './support/run-slipway';

const CHECKOUT = join(__dirname, '..', '..');
const { next } = scratch();

const running: Serving[] = [];
async function serving(...args: Parameters<typeof serve>): Promise<Serving> {
  const server = await serve(...args);
  running.push(server);
  return server;
}
beforeAll(() => slipway(['--help']), COMPILING_MS);
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop('SIGKILL');
});

async function ask(server: Serving, query: string): Promise<unknown> {
  return dataOf(await post({ url: server.url, token: server.token }, query));
}

/** Every file below a directory with its size and time, but for what Git and the tests themselves write. */
function listing(directory: string, below = ''): readonly string[] {
  return readdirSync(join(directory, below), { withFileTypes: true })
    .filter(({ name }) => !['.git', 'node_modules', 'dist'].includes(name))
    .flatMap((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? listing(directory, path) : [`${path} ${statSync(join(directory, path)).size}`];
    });
}

describe('slipway serve', () => {
  it('prints the address, the token once, and a query that is answered', async () => {
    const directory = next('data');
    const first = await serving(directory, ['--data-dir', directory, '--port', '0']);
    expect(first.printed[0]).toBe('Adopted the bundled example from examples/config.');
    expect(first.printed.filter((line) => line.startsWith('Slipway is ready at '))).toHaveLength(1);
    expect(first.printed.join('\n')).toContain(first.token);
    expect(first.printed.some((line) => line.includes(`curl -s ${first.url}`))).toBe(true);
    expect(await ask(first, '{ activeReleases { pointer } }')).toHaveProperty(
      'activeReleases.pointer.project_discovery',
      '1.4.0',
    );
    expect(await first.stop('SIGTERM')).toBe(0);

    const second = await serving(directory, ['--data-dir', directory, '--port', '0']);
    expect(second.printed.join('\n')).not.toContain(second.token);
    expect(second.printed[0]).toMatch(/^Slipway is ready/);
    expect(await second.stop('SIGINT')).toBe(0);
  });

  it('ends in order when it is told to before it is ready', async () => {
    const directory = next('data');
    const stopped = begin(['--data-dir', directory, '--port', '0']);
    while (!existsSync(join(directory, 'repository.git'))) await pause(5);
    expect(await stopped.stop()).toBe(0);
    expect(existsSync(join(directory, 'lock.pid'))).toBe(false);
    const again = await serving(directory, ['--data-dir', directory, '--port', '0']);
    expect(await ask(again, '{ viewer { roles } }')).toEqual({ viewer: { roles: ['admin'] } });
  });

  it('keeps the data directory and the admin token to their owner', async () => {
    const directory = next('data');
    await serving(directory, ['--data-dir', directory, '--port', '0', '--empty']);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'admin-token')).mode & 0o777).toBe(0o600);
  });

  it('takes directory and port from the environment, and says them in JSON', async () => {
    const directory = next('data');
    const env = { SLIPWAY_DATA_DIR: directory, SLIPWAY_PORT: '0' };
    const server = await serving(directory, ['--json'], { env });
    const [, facts] = server.printed;
    expect(JSON.parse(facts ?? '')).toEqual({ url: server.url, adminToken: server.token });
  });

  it('writes nothing outside the data directory', async () => {
    const directory = next('data');
    const elsewhere = next('elsewhere');
    mkdirSync(elsewhere);
    const before = listing(CHECKOUT);
    const server = await serving(directory, ['--data-dir', directory, '--port', '0'], { cwd: elsewhere });
    await ask(server, 'mutation { startDraft(input: { package: "project_discovery" }) { draft { id } } }');
    expect(await server.stop()).toBe(0);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(listing(CHECKOUT)).toEqual(before);
  });

  it('begins an empty repository when asked to', async () => {
    const directory = next('data');
    const server = await serving(directory, ['--data-dir', directory, '--port', '0', '--empty']);
    expect(server.printed[0]).toBe('Began an empty repository.');
    const tour = await slipway(['tour', '--data-dir', directory]);
    expect(tour).toMatchObject({
      code: 1,
      stderr: 'slipway: The tour needs the bundled example: start a server on a new data directory.\n',
    });
    expect(await ask(server, '{ packages { totalCount } activeReleases { pointer } }')).toEqual({
      packages: { totalCount: 0 },
      activeReleases: { pointer: {} },
    });
    if (gitIsThere) {
      const files = git(join(directory, 'repository.git'), ['ls-tree', '-r', '--name-only', 'main']);
      expect(files).toBe('_active/active_releases.json');
    }
  });

  it('begins with the layout of a file', async () => {
    const directory = next('data');
    const layout = next('layout.yaml');
    writeFileSync(
      layout,
      `defaultKind: prompts
kinds:
  prompts: { path: 'library/{id}/v/{version}', manifest: null }
pointer: { path: live.json, form: flat }
`,
    );
    const args = ['--data-dir', directory, '--port', '0', '--empty', '--layout', layout];
    const server = await serving(directory, args);
    await ask(
      server,
      `mutation { startDraft(input: { package: "greeting", create: true, name: "first" }) { draft { id } }
         saveArtifacts(input: { draft: "first", changes: [{ path: "prompt.txt", content: "Hello.\\n" }] }) { draft { id } }
         commitDraft(input: { draft: "first", message: "Greet" }) { release { version } }
         stageRelease(input: { package: "greeting", version: "1.0.0" }) { staged }
         activateReleases(input: { releases: [{ package: "greeting", version: "1.0.0" }], reason: "Ready" }) { position } }`,
    );
    expect(await server.stop()).toBe(0);
    if (!gitIsThere) return;
    const gitdir = join(directory, 'repository.git');
    const files = git(gitdir, ['ls-tree', '-r', '--name-only', 'main']).split('\n');
    expect(files).toEqual(['library/greeting/v/1.0.0/prompt.txt', 'live.json']);
    expect(JSON.parse(git(gitdir, ['show', 'main:live.json']))).toEqual({ greeting: '1.0.0' });
  });

  it('refuses a data directory that another server has', async () => {
    const directory = next('data');
    const first = await serving(directory, ['--data-dir', directory, '--port', '0', '--empty']);
    for (const command of [
      ['serve', '--port', '0'],
      ['import', CHECKOUT],
    ]) {
      const second = await slipway([...command, '--data-dir', directory]);
      expect(second).toMatchObject({ code: 1, stdout: '' });
      expect(second.stderr).toContain(directory);
      expect(second.stderr).toMatch(/another process|in use|already/i);
    }
    expect(await ask(first, '{ viewer { roles } }')).toEqual({ viewer: { roles: ['admin'] } });
  });

  it('refuses a port that is taken, and leaves the data directory free', async () => {
    const first = await serving(...onPort(next('data')));
    const directory = next('data');
    const { port } = new URL(first.url);
    expect(await slipway(['serve', '--empty', '--data-dir', directory, '--port', port])).toMatchObject({
      code: 1,
      stderr: `slipway: Port ${port} is taken. Give another with --port, or 0 for any free one.\n`,
    });
    expect(await (await serving(...onPort(directory))).stop()).toBe(0);
  });
});

function onPort(directory: string): [string, readonly string[]] {
  return [directory, ['--data-dir', directory, '--port', '0', '--empty']];
}
