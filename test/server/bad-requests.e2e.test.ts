import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE } from './support/hostile-texts';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile();
const READS = `query ($text: ID!, $string: String!, $search: String!) {
  package(id: $text) { id }
  release(package: $text, version: $string) { id }
  missing: release(package: "project_discovery", version: $string) { id }
  draft(id: $text) { id }
  activation(id: $text) { id }
  event(id: $text) { id }
  validationReport(id: $text) { id }
  inside: release(package: "project_discovery", version: "1.4.0") { artifact(path: $string) { path } }
  packages(search: $search) { totalCount }
  ofKind: packages(kind: $string) { nodes { id } totalCount }
  releases(package: $text, kind: $string) { nodes { id } totalCount }
  drafts(package: $text) { nodes { id } }
  auditLog(package: $text, actor: $text) { nodes { id } totalCount }
  activations(package: $text, actor: $text) { nodes { id } totalCount }
  events(package: $text, actor: $text) { nodes { id } totalCount }
}`;

it('answers questions about what cannot exist with nothing', async () => {
  for (const text of [
    ...HOSTILE.id,
    ...HOSTILE.version,
    ...HOSTILE.path,
    ...HOSTILE.line,
    '%',
    "'; DROP TABLE releases; --",
    'x'.repeat(1_000),
  ]) {
    const { data, errors } = await slipway.gql(READS, { text, string: text, search: text.replace(/\p{Cc}/gu, '') });
    expect({ text: text.slice(0, 40), errors }).toEqual({ text: text.slice(0, 40), errors: [] });
    const { package: one, release, missing, draft, activation, event, validationReport, inside } = data;
    expect([one, release, missing, draft, activation, event, validationReport, inside.artifact]).toEqual(
      Array(8).fill(null),
    );
  }
});

it.each([
  ['is longer than any name', 'x'.repeat(60_000)],
  ['is NUL', '\0'],
  ['has a line break', 'project\n'],
])('refuses to search for a text that %s', async (_what, s) => {
  const { errors } = await slipway.gql('query ($s: String) { packages(search: $s) { totalCount } }', { s });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'search' } }]);
});

it.each([
  ['{ activeReleases(at: "yesterday") { revision } }', 'at'],
  ['{ activations(from: 5) { totalCount } }', 'from'],
  ['query ($x: DateTime = "2026-02-30T00:00:00Z") { activeReleases(at: $x) { revision } }', 'x'],
])('names the field of a malformed value in the document %s', async (query, field) => {
  const { errors } = await slipway.gql(query);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

it.each([
  ['packages', 'packages(after: $after) { nodes { id } }'],
  ['releases', 'releases(after: $after) { nodes { id } }'],
  ['drafts', 'drafts(after: $after) { nodes { id } }'],
  ['auditLog', 'auditLog(after: $after) { nodes { id } }'],
  ['activations', 'activations(after: $after) { nodes { id } }'],
])('refuses cursors of %s that are none', async (_, field) => {
  for (const after of [
    '',
    'x',
    '////',
    'bnVsbA',
    Buffer.from('[1,2,3]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    '\u0000',
    'x'.repeat(10_000),
  ]) {
    const { errors } = await slipway.gql(`query ($after: String) { ${field} }`, { after });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'after' } }]);
  }
});

it('refuses moments that are none', async () => {
  for (const at of [
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '',
    '2026-01-01T25:00:00Z',
  ]) {
    const { errors } = await slipway.gql('query ($at: DateTime) { activeReleases(at: $at) { revision } }', { at });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'at' } }]);
  }
});

describe('a request', () => {
  const send = async (
    body: string,
    headers: Record<string, string> = {},
    token: string | null = slipway.adminToken,
  ) => {
    const response = await fetch(slipway.url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      json: JSON.parse(text) as { errors?: { extensions: object }[]; error?: object },
    };
  };

  it.each([
    ['that is no JSON', '{"query": '],
    ['that is empty', ''],
    ['that is a list', '[{"query": "{ viewer { roles } }"}]'],
    ['without a query', '{}'],
    ['whose query is no text', '{"query": 5}'],
    ['whose variables are no object', '{"query": "{ viewer { roles } }", "variables": "x"}'],
    ['that would change prototypes', '{"query": "{ viewer { roles } }", "__proto__": {"x": 1}}'],
  ])('%s is refused in JSON, without a stack', async (_, body) => {
    const { status, text } = await send(body);
    expect(status).toBe(400);
    expect(text).not.toMatch(/node_modules|\.ts:|at /);
  });

  it('of a form or plain text is refused: a page of another site could send it', async () => {
    const body = '{"query": "{ viewer { roles } }"}';
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect([400, 415]).toContain((await send(body, { 'content-type': type })).status);
  });

  it('that is too large is refused, from strangers much sooner', async () => {
    const padded = (bytes: number): string =>
      JSON.stringify({ query: '{ viewer { roles } }', variables: { pad: 'x'.repeat(bytes) } });
    expect(await send(padded(200_000))).toMatchObject({ status: 200 });
    expect((await send(padded(200_000), {}, null)).status).toBe(413);
    expect((await send(padded(21 * 1024 * 1024))).status).toBe(413);
  });

  it('whose query is too deep, too long, or too broad is refused', async () => {
    const nested = (levels: number): string =>
      levels === 0 ? 'id' : `package { releases { nodes { ${nested(levels - 1)} } } }`;
    const deep = await slipway.gql(`{ releases { nodes { ${nested(6)} } } }`);
    expect(deep.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    const fragments = ['A', 'B', 'C', 'D', 'E'].map(
      (name, n, names) =>
        `fragment ${name} on Release { package { releases { nodes { ...${names[n + 1] ?? 'Last'} } } } }`,
    );
    const hidden = await slipway.gql(
      `{ releases { nodes { ...A } } } ${fragments.join(' ')} fragment Last on Release { package { id } }`,
    );
    expect(hidden.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    const long = await slipway.gql(
      `{ ${Array.from({ length: 2_000 }, (_, n) => `a${n}: viewer { roles }`).join(' ')} }`,
    );
    expect(long.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
    const circle = await slipway.gql('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(circle.errors[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  });
});

it('masks what nobody foresaw, with a correlation id that stands in the log', async () => {
  const { release } = await slipway.ask(
    '{ release(package: "project_discovery", version: "1.3.0") { artifact(path: "package.yaml") { blob } } }',
  );
  const blob = release.artifact.blob as string;
  await slipway.restart();
  rmSync(join(slipway.dataDirectory, 'repository.git', 'objects', blob.slice(0, 2), blob.slice(2)));
  const { data, errors } = await slipway.gql(
    '{ release(package: "project_discovery", version: "1.3.0") { artifact(path: "package.yaml") { content } } }',
  );
  expect(data).toEqual({ release: { artifact: null } });
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL', correlationId: expect.any(String) } }]);
  expect(JSON.stringify(errors)).not.toContain(blob);
  expect(JSON.stringify(errors)).not.toContain(slipway.dataDirectory);
  const { correlationId } = errors[0]!.extensions;
  const logged = slipway.logged.filter(({ facts }) => facts['correlationId'] === correlationId);
  expect(logged).toHaveLength(1);
  expect(String(logged[0]!.facts['err'])).toContain(blob);
  const plain = await fetch(new URL('/releases/project_discovery/1.3.0/package.yaml', slipway.url), {
    headers: { authorization: `Bearer ${slipway.adminToken}` },
  });
  expect(plain.status).toBe(500);
  expect(await plain.json()).toMatchObject({ error: { code: 'INTERNAL' } });
});
