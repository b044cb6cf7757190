import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { discoveryFile, exampleFile } from './support/bundled-example';
import { discoveryDrafts } from './support/discovery-drafts';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const { edited, commit } = discoveryDrafts(slipway);
const { further } = furtherReleases(slipway);

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${new URL(slipway.url).origin}${path}`, {
    headers: { authorization: `Bearer ${slipway.adminToken}`, ...headers },
  });

/** Sends a path as it is: `fetch` would fold its dots. */
async function getRaw(path: string): Promise<{ status: number | undefined; body: string }> {
  const headers = { authorization: `Bearer ${slipway.adminToken}` };
  const [response] = (await once(request(slipway.url, { path, headers }).end(), 'response')) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

describe('the active pointer', () => {
  it('is the file on main, with an ETag that changes with it', async () => {
    await slipway.published();
    const first = await get('/active_releases.json');
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(await first.text()).toBe(exampleFile('_active/active_releases.json'));
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
    expect(first.headers.get('cache-control')).not.toContain('immutable');
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('/active_releases.json', { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }

    const version = await further('project_discovery');
    const move = await slipway.commands.activate({ project_discovery: version });
    await slipway.published();
    const changed = await get('/active_releases.json', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(await changed.json()).toEqual(move.pointer);
    expect(await (await get('/active_releases.json')).text()).toBe(
      `${slipway.git('show', 'main:_active/active_releases.json')}\n`,
    );
  });
});

describe('a file of a release', () => {
  it('is the bytes as stored, for ever', async () => {
    const response = await get('/releases/project_discovery/1.4.0/package.yaml');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(discoveryFile('package.yaml'));
    expect(response.headers.get('cache-control')).toMatch(/\bimmutable\b/);
    expect(response.headers.get('cache-control')).toMatch(/\bmax-age=31536000\b/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = response.headers.get('etag') ?? '';
    const again = await get('/releases/project_discovery/1.4.0/package.yaml', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('has a type that is shown and never run', async () => {
    const id = await edited();
    await slipway.commands.save(id, [
      { path: 'page.html', content: '<script>alert(1)</script>' },
      { path: 'notes.md', content: '# Notes\n' },
    ]);
    const { version } = await commit(id, { changeType: 'MINOR' });
    await slipway.commands.stage({ package: 'project_discovery', version });
    const typeOf = async (path: string): Promise<string | null> =>
      (await get(`/releases/project_discovery/${version}/${path}`)).headers.get('content-type');
    expect(await typeOf('schemas/output.schema.json')).toBe('application/json; charset=utf-8');
    expect(await typeOf('package.yaml')).toBe('text/plain; charset=utf-8');
    expect(await typeOf('prompts/task.prompt.txt')).toBe('text/plain; charset=utf-8');
    expect(await typeOf('notes.md')).toBe('text/plain; charset=utf-8');
    expect(await typeOf('page.html')).toBe('application/octet-stream');
  });

  it('of a kind with its name in the id is found, its slash encoded or not', async () => {
    const role = exampleFile('prompts/roles/technical_architect/releases/1.0.0/role.prompt.txt');
    for (const id of ['roles/technical_architect', 'roles%2Ftechnical_architect'])
      expect(await (await get(`/releases/${id}/1.0.0/role.prompt.txt`)).text()).toBe(role);
  });

  it('that is only committed is not served, and is from the moment it is staged', async () => {
    const draft = await edited();
    const { version } = await commit(draft, { changeType: 'MINOR' });
    const path = `/releases/project_discovery/${version}/package.yaml`;
    expect((await get(path)).status).toBe(404);
    await slipway.commands.stage({ package: 'project_discovery', version });
    expect((await get(path)).status).toBe(200);
  });

  it.each([
    '/releases/nothing/1.0.0/package.yaml',
    '/releases/project_discovery/9.9.9/package.yaml',
    '/releases/project_discovery/1.4.0/nothing.txt',
    '/releases/project_discovery/1.4.0/prompts',
    '/releases/project_discovery/1.4.0/',
    '/releases/project_discovery/1.4.0',
    '/releases/project_discovery/1.4.0/../1.3.0/package.yaml',
    '/releases/project_discovery/1.4.0/%2e%2e/1.3.0/package.yaml',
    '/releases/project_discovery/1.4.0/..%2f..%2f..%2f..%2fadmin-token',
    '/releases/project_discovery/1.4.0//package.yaml',
    '/releases/project_discovery/1.4.0/package.yaml%00.txt',
    '/releases/__proto__/1.0.0/x',
    '/releases/PROJECT_DISCOVERY/1.4.0/package.yaml',
    '/releases/',
  ])('is not found at %s', async (path) => {
    const { status, body } = await getRaw(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'RELEASE_NOT_FOUND', message: expect.any(String) } });
  });
});

it.each([
  '/releases/project_discovery/1.4.0/package.yaml%ff',
  '/releases/project_discovery/%',
  '/nothing',
  '/graphql/x',
])('a place that no route has is refused in the words of every refusal: %s', async (path) => {
  const { status, body } = await getRaw(path);
  expect([400, 404]).toContain(status);
  expect(JSON.parse(body)).toEqual({ error: { code: 'BAD_USER_INPUT', message: expect.any(String) } });
});

describe('health', () => {
  it('is answered to anyone', async () => {
    const origin = new URL(slipway.url).origin;
    const alive = await fetch(`${origin}/healthz`);
    expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }]);
    await slipway.published();
    const ready = await fetch(`${origin}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      projections: { caughtUp: true, stopped: null },
      publisher: { stopped: null },
    });
  });
});

describe('x-slipway-min-position', () => {
  const ask = (position: string) =>
    slipway.gql('{ activeReleases { position pointer } }', {}, slipway.adminToken, {
      'x-slipway-min-position': position,
    });

  it('lets a query see what the position names', async () => {
    const { position, pointer } = await slipway.commands.deactivate(['implementation_plan']);
    const { data, errors } = await ask(position);
    expect(errors).toEqual([]);
    expect(data.activeReleases).toEqual({ position, pointer });
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
  });

  it('is refused for a position of another log, ahead of this one, or none', async () => {
    const { activeReleases } = await slipway.ask('{ activeReleases { position } }');
    const ahead = (activeReleases.position as string).replace('-0000', '-0fff');
    for (const position of ['000000000000-0000000000000001', ahead, 'nonsense', '0'])
      expect((await ask(position)).errors).toMatchObject([{ extensions: { code: 'POSITION_UNKNOWN' } }]);
  });
});
