import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, post } from '../server/support/graphql-client';
import { COMPILING_MS, scratch, serve, type Serving, slipway } from './support/run-slipway';

const { next } = scratch();
let directory: string;
let server: Serving;

beforeAll(async () => {
  directory = next('data');
  server = await serve(directory, ['--data-dir', directory, '--port', '0']);
}, COMPILING_MS);
afterAll(() => server.stop());

const token = (...args: readonly string[]) => slipway(['token', ...args, '--data-dir', directory]);
const as = (secret: string, query: string): Promise<Answer> => post({ url: server.url, token: secret }, query);
const START = 'mutation { startDraft(input: { package: "project_discovery" }) { draft { createdBy { id name } } } }';

async function create(
  actor: string,
  name: string,
  role: string,
): Promise<{ readonly id: string; readonly token: string }> {
  const { code, stdout } = await token('create', '--actor', actor, '--name', name, '--role', role, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as { id: string; token: string };
}

/** Names of the files of the data directory that hold a text. */
function filesWith(text: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map((entry) => entry.name);
}

it('a token that is made beside a running server signs its actor in, until it is revoked', async () => {
  const made = await create('tom.moseley', 'Tom Moseley', 'admin');
  expect((await as(made.token, START)).data).toEqual({
    startDraft: { draft: { createdBy: { id: 'tom.moseley', name: 'Tom Moseley' } } },
  });

  const listed = JSON.parse((await token('list', '--json')).stdout) as { id: string; revokedAt: string | null }[];
  expect(listed.map(({ id, revokedAt }) => [id, revokedAt])).toContainEqual([made.id, null]);
  expect((await token('list')).stdout).toContain('tom.moseley');

  expect(await token('revoke', made.id)).toMatchObject({ code: 0, stdout: `Revoked ${made.id}.\n` });
  const { status, errors } = await as(made.token, '{ viewer { roles } }');
  expect([status, errors[0]?.extensions.code]).toContain('UNAUTHENTICATED');
  expect(await token('revoke', made.id)).toMatchObject({ code: 1, stdout: '' });
  expect(await token('revoke', 'unknown')).toMatchObject({ code: 1, stdout: '' });
  expect((await token('list')).stdout).toMatch(new RegExp(`${made.id}.*revoked`));
});

it('a viewer reads and nothing else', async () => {
  const made = await create('vera', 'Vera Viewer', 'viewer');
  expect((await as(made.token, '{ viewer { roles permissions } }')).data).toEqual({
    viewer: { roles: ['viewer'], permissions: ['release:read', 'audit:read'] },
  });
  expect((await as(made.token, START)).errors[0]?.extensions.code).toBe('FORBIDDEN');
});

it('tokens are stored as hashes only; but for the admin token in its own file no file holds one', async () => {
  const made = await create('grep', 'Grep', 'admin');
  await as(made.token, START);
  expect(filesWith(made.token)).toEqual([]);
  expect(filesWith(server.token)).toEqual(['admin-token']);
});

it('prints the token alone for people', async () => {
  const { stdout } = await token('create', '--actor', 'ann', '--name', 'Ann', '--role', 'viewer');
  expect(stdout).toMatch(/^slw_\S+\n$/);
});
