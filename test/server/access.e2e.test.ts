import { buildSlipwaySchema } from '../../src/graphql';
import { newToken } from '../../src/server/identity/token-text';
import { furtherReleases } from './support/further-release';
import { slipwayOfFile } from './support/running-slipway';
import { rootOperations } from './support/schema-operations';

const slipway = slipwayOfFile();
const schema = buildSlipwaySchema();
const MUTATIONS = rootOperations(schema, 'mutation');
const QUERIES = rootOperations(schema, 'query');
const SUBSCRIPTIONS = rootOperations(schema, 'subscription');
const UNAUTHENTICATED = { extensions: { code: 'UNAUTHENTICATED' } };

let viewer = '';
beforeAll(() => {
  viewer = slipway.token('viewer', 'vera.reader').token;
});

const head = async (): Promise<unknown> =>
  (await slipway.ask('{ events(first: 1) { totalCount } drafts { totalCount } }')) as unknown;

it('knows every operation of the contract', () => {
  expect(MUTATIONS.map(({ name }) => name).sort()).toEqual([
    'abandonDraft',
    'activateReleases',
    'commitDraft',
    'deactivate',
    'discardChanges',
    'resolveDrift',
    'rollback',
    'rollbackActivation',
    'saveArtifacts',
    'stageRelease',
    'startDraft',
    'tagRelease',
  ]);
  expect(QUERIES).toHaveLength(22);
  expect(SUBSCRIPTIONS).toHaveLength(4);
});

describe.each([
  ['no token', null],
  ['a token that is none', 'admin'],
  ['a well-formed token that nobody was given', newToken()],
])('with %s', (_, token) => {
  it.each([...MUTATIONS, ...QUERIES])('$name is refused', async ({ query }) => {
    const { data, errors } = await slipway.gql(query, {}, token);
    expect(errors).toMatchObject([UNAUTHENTICATED]);
    expect(Object.values((data ?? {}) as object).every((value) => value === null)).toBe(true);
  });

  it('plain reads are refused and health is answered', async () => {
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    const status = async (path: string): Promise<number> =>
      (await fetch(new URL(path, slipway.url), { headers })).status;
    expect(await status('/active_releases.json')).toBe(401);
    expect(await status('/releases/project_discovery/1.4.0/package.yaml')).toBe(401);
    expect(await status('/healthz')).toBe(200);
    expect(await status('/readyz')).toBe(200);
  });

  it('a socket is closed', async () => {
    const following = await slipway.subscribe('subscription { activations { id } }', {}, token);
    expect(await following.ended).toMatchObject({ code: 4403 });
  });
});

describe('a viewer', () => {
  it.each(MUTATIONS)('may not $name', async ({ query }) => {
    const before = await head();
    const { errors } = await slipway.gql(query, {}, viewer);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', permission: expect.any(String) } }]);
    expect(await head()).toEqual(before);
  });

  it.each(QUERIES)('may ask for $name', async ({ query }) => {
    const { errors } = await slipway.gql(query, {}, viewer);
    expect(errors.filter(({ extensions }) => ['FORBIDDEN', 'UNAUTHENTICATED'].includes(extensions.code))).toEqual([]);
  });

  it.each(SUBSCRIPTIONS)('may follow $name', async ({ name, query }) => {
    const following = await slipway.subscribe(query, {}, viewer);
    const { activeReleases } = await slipway.ask('{ activeReleases { pointer } }');
    expect(activeReleases.pointer).toHaveProperty('implementation_plan');
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.commands.activate({ implementation_plan: '1.0.0' });
    await slipway.published();
    if (name === 'driftChanged') slipway.git('update-ref', '-d', 'refs/heads/main');
    expect(await following.take(1)).toHaveLength(1);
    if (name === 'driftChanged') await slipway.ask('mutation { resolveDrift(input: { remedy: HEAL }) { __typename } }');
    await following.stop();
  });

  it('may read plainly, and is told what it may do', async () => {
    const response = await fetch(new URL('/active_releases.json', slipway.url), {
      headers: { authorization: `Bearer ${viewer}` },
    });
    expect(response.status).toBe(200);
    const { data } = await slipway.gql('{ viewer { actor { id name } roles permissions } }', {}, viewer);
    expect(data.viewer).toEqual({
      actor: { id: 'vera.reader', name: 'Vera Reader' },
      roles: ['viewer'],
      permissions: ['release:read', 'audit:read'],
    });
  });
});

it('refuses a token from the moment it is revoked, also on a socket that is open', async () => {
  const { id, token } = slipway.token('admin', 'tom.moseley');
  const { data } = await slipway.gql(
    'mutation { deactivate(input: { packages: ["implementation_plan"], reason: "try" }) { activation { actor { id name } } } }',
    {},
    token,
  );
  expect(data.deactivate.activation.actor).toEqual({ id: 'tom.moseley', name: 'Tom Moseley' });
  const following = await slipway.subscribe<{ id: string }>('subscription { activations { id } }', {}, token);
  slipway.revoke(id);
  expect((await slipway.gql('{ viewer { actor { id } } }', {}, token)).errors).toMatchObject([UNAUTHENTICATED]);
  const plain = await fetch(new URL('/active_releases.json', slipway.url), {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(plain.status).toBe(401);
  await slipway.commands.activate({ implementation_plan: '1.0.0' });
  expect(await following.ended).toMatchObject({ code: 4403 });
  expect(following.pending).toEqual([]);
});

it('names the actor of the token in every event', async () => {
  const { further } = furtherReleases(slipway);
  await further('project_discovery');
  const { auditLog } = await slipway.ask(
    '{ auditLog(first: 2) { nodes { actor { id } event { actor { id } metadata } } } }',
  );
  for (const { actor, event } of auditLog.nodes as {
    actor: object;
    event: { actor: object; metadata: { actor: object } };
  }[])
    expect([actor, event.actor, event.metadata.actor]).toMatchObject([
      { id: 'admin' },
      { id: 'admin' },
      { id: 'admin' },
    ]);
});
