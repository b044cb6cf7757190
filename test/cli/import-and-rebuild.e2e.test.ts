import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { dataOf, post } from '../server/support/graphql-client';
import { datedRepository, FOUND } from '../server/support/irregular-history';
import { documentType, flatRepository, sourceRepository } from '../server/support/source-repository';
import { COMPILING_MS, scratch, serve, slipway } from './support/run-slipway';

const { next } = scratch();
beforeAll(() => slipway(['--help']), COMPILING_MS);

const withGit = gitIsThere ? describe : describe.skip;

/** Operations on a server that runs just for them. */
async function answered(directory: string, query: string): Promise<unknown> {
  const server = await serve(directory, ['--data-dir', directory, '--port', '0']);
  try {
    return dataOf(await post({ url: server.url, token: server.token }, query));
  } finally {
    expect(await server.stop()).toBe(0);
  }
}

withGit('slipway import (needs git)', () => {
  it('takes a repository over and leaves it as it was', async () => {
    const source = flatRepository(next('source'));
    const before = git(source, ['for-each-ref']);
    const directory = next('data');
    const { code, stdout } = await slipway(['import', source, '--data-dir', directory, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      commit: git(source, ['rev-parse', 'main']),
      releases: 7,
      active: 6,
      danglingPointers: [],
      notAdopted: [],
    });
    expect([git(source, ['for-each-ref']), git(source, ['status', '--porcelain'])]).toEqual([before, '']);
    const { packages } = (await answered(directory, '{ packages { nodes { id activeRelease { version } } } }')) as {
      packages: { nodes: unknown[] };
    };
    expect(packages.nodes).toHaveLength(6);
    expect(git(join(directory, 'repository.git'), ['rev-list', '--count', 'main'])).toBe('2');
  });

  it('says what it found in the history, only where it is asked for it', async () => {
    const source = datedRepository(next('source'));
    const [json, text, plain] = [
      await slipway(['import', source, '--history', '--data-dir', next('data'), '--json']),
      await slipway(['import', source, '--history', '--data-dir', next('data')]),
      await slipway(['import', source, '--data-dir', next('data'), '--json']),
    ];
    const { history } = JSON.parse(json.stdout) as { history: { findings: { rule: string }[] } };
    expect(history).toMatchObject({ commits: 9, since: { at: '2024-01-10T12:00:00.000Z' }, moves: 4 });
    expect(history.findings.map(({ rule }) => rule)).toEqual(FOUND);
    expect(text.stdout).toContain('History: 9 commits back to 2024-01-10, 4 moves of the pointer, 6 findings.');
    expect(text.stdout).toContain('  1 release-edited-after-activation');
    expect(text.stdout).toMatch(/^error \w{10}: The content of alpha 1\.0\.0 was changed after/m);
    expect(JSON.parse(plain.stdout)).not.toHaveProperty('history');
  });

  it('takes a bundle and the branch that is named', async () => {
    const source = flatRepository(next('source'));
    git(source, ['branch', 'release', 'main~1']);
    const bundle = next('history.bundle');
    git(source, ['bundle', 'create', '--quiet', bundle, '--all']);
    const directory = next('data');
    const ran = await slipway(['import', bundle, '--branch', 'release', '--data-dir', directory]);
    expect(ran).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('6 releases of 1 kind (document_types)') as string,
    });
    expect(git(join(directory, 'repository.git'), ['rev-parse', 'main'])).toBe(git(source, ['rev-parse', 'release']));
  });

  it('names the manifests that it cannot read', async () => {
    const path = 'document_types/alpha/releases/1.0.0/package.yaml';
    const source = sourceRepository(next('source'), [
      { [path]: 'doc_type_id: alpha\nrequired_inputs: [\n', '_active/active_releases.json': '{ "alpha": "1.0.0" }\n' },
    ]);
    const [json, text] = [
      await slipway(['import', source, '--data-dir', next('data'), '--json']),
      await slipway(['import', source, '--data-dir', next('data')]),
    ];
    const why = expect.any(String) as string;
    expect(JSON.parse(json.stdout)).toMatchObject({ releases: 1, unreadableManifests: [{ path, line: 3, why }] });
    expect(text.stdout).toMatch(`${path}:3: `);
  });

  it('is refused where the guardrails cannot be read, with their lines, and can be run again', async () => {
    const directory = next('data');
    const flawed = `guardrails:
  - id: no-drafts
    pattern: 'draft(?!s)'
    message: Finish it.
  - id: no-drafts
    pattern: draft
`;
    const source = sourceRepository(next('source'), [{ ...documentType('alpha', '1.0.0'), 'slipway.yaml': flawed }]);
    const refused = await slipway(['import', source, '--data-dir', directory]);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' });
    for (const said of [
      'slipway.yaml:3: ',
      'look-around',
      'slipway.yaml:5: ',
      'Two guardrails have the id',
      '`message`',
    ])
      expect(refused.stderr).toContain(said);

    const right = "guardrails: [{ id: no-drafts, pattern: 'draft', message: Finish it. }]\n";
    sourceRepository(source, [{ 'slipway.yaml': right }]);
    expect((await slipway(['import', source, '--data-dir', directory])).code).toBe(0);
  });

  it('makes nothing where the source or the layout is none', async () => {
    const directory = next('data');
    const layout = next('layout.yaml');
    writeFileSync(layout, 'defaultKind: things\nkinds: {}\n');
    const source = flatRepository(next('source'));
    for (const args of [[next('missing')], [source, '--layout', layout]]) {
      const { code, stderr } = await slipway(['import', ...args, '--data-dir', directory]);
      expect({ code, made: existsSync(directory) }).toEqual({ code: 1, made: false });
      expect(stderr).toMatch(/^slipway: .+\n$/);
    }
  });

  it('is refused where no release is at the place that was assumed', async () => {
    const source = sourceRepository(next('source'), [{ 'configs/alpha/1.0.0/package.yaml': 'version: 1.0.0\n' }]);
    const directory = next('data');
    const { code, stdout, stderr } = await slipway(['import', source, '--data-dir', directory]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const said of [
      'document_types/{id}/releases/{version}',
      '_active/active_releases.json',
      '--layout',
      'slipway.yaml',
      'slipway serve --empty',
    ])
      expect(stderr).toContain(said);
    const layout = next('layout.yaml');
    writeFileSync(
      layout,
      `defaultKind: configs
kinds: { configs: { path: 'configs/{id}/{version}', manifest: null } }
pointer: { path: live.json, form: flat }
`,
    );
    const ran = await slipway(['import', source, '--layout', layout, '--data-dir', directory]);
    expect(ran.stdout).toMatch(/^Adopted \w+: 1 release of 1 kind \(configs\), 0 active\.$/m);
    expect(ran.stdout).toContain('There is no pointer file at live.json: nothing is active.');
  });

  it('counts what is active apart from what has no directory', async () => {
    const source = sourceRepository(next('source'), [
      {
        'document_types/alpha/releases/1.0.0/package.yaml': 'doc_type_id: alpha\nversion: 1.0.0\n',
        '_active/active_releases.json': '{ "alpha": "1.0.0", "gone": "2.0.0" }\n',
      },
    ]);
    const ran = await slipway(['import', source, '--data-dir', next('data'), '--json']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      pointerFile: '_active/active_releases.json',
      active: 1,
      danglingPointers: [{ package: 'gone', version: '2.0.0' }],
    });
  });

  it('is refused where there is a log', async () => {
    const source = flatRepository(next('source'));
    const directory = next('data');
    await answered(directory, '{ viewer { roles } }');
    const main = git(join(directory, 'repository.git'), ['rev-parse', 'main']);
    const { code, stdout, stderr } = await slipway(['import', source, '--data-dir', directory]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Import into a new data directory');
    expect(git(join(directory, 'repository.git'), ['for-each-ref', '--format=%(objectname) %(refname)'])).toBe(
      `${main} refs/heads/main`,
    );
  });

  it('says what stands in the way and can be run again', async () => {
    const directory = next('data');
    const empty = next('empty');
    mkdirSync(empty);
    git(empty, ['init', '--quiet']);
    const text = next('text');
    writeFileSync(text, 'no repository\n');
    const undecided = sourceRepository(next('source'), [
      {
        '_active/active_releases.json': '{ "things": { "alpha": "1.0.0" } }\n',
        'a/alpha/releases/1.0.0/x': '',
        'b/alpha/releases/1.0.0/x': '',
      },
    ]);
    for (const source of [next('missing'), text, empty, undecided]) {
      const { code, stdout, stderr } = await slipway(['import', source, '--data-dir', directory]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^slipway: .+\n$/);
    }
    const layout = next('layout.yaml');
    writeFileSync(
      layout,
      `layout:
  defaultKind: things
  kinds: { things: { path: 'b/{id}/releases/{version}', manifest: null } }
  pointer: { path: _active/active_releases.json, form: sectioned }
`,
    );
    const ran = await slipway(['import', undecided, '--layout', layout, '--data-dir', directory]);
    expect(ran).toMatchObject({ code: 0 });
    expect(await answered(directory, '{ activeReleases { pointer } }')).toEqual({
      activeReleases: { pointer: { alpha: '1.0.0' } },
    });
  });
});

describe('slipway rebuild', () => {
  it('makes the same rows again, and all of them where the file is gone or damaged', async () => {
    const directory = next('data');
    const query = '{ auditLog { nodes { id action commit } } activations { nodes { id commit pointer } } }';
    await answered(
      directory,
      'mutation { deactivate(input: { packages: ["implementation_plan"], reason: "Test" }) { position } }',
    );
    const before = await answered(directory, query);
    const rebuild = async () =>
      JSON.parse((await slipway(['rebuild', '--json', '--data-dir', directory])).stdout) as Rebuilt;

    const first = await rebuild();
    expect(first.digest).toBe(first.digestBefore);
    expect(first.events).toBeGreaterThan(8);
    expect((await slipway(['rebuild', '--data-dir', directory])).stdout).toContain('The rows are the same as before.');
    expect(await answered(directory, query)).toEqual(before);

    for (const name of readdirSync(directory)) if (name.startsWith('read-model')) rmSync(join(directory, name));
    expect((await rebuild()).digest).toBe(first.digest);
    expect(await answered(directory, query)).toEqual(before);

    writeFileSync(join(directory, 'read-model.db'), 'no database\n'.repeat(1000));
    expect((await rebuild()).digest).toBe(first.digest);
    expect(await answered(directory, query)).toEqual(before);
    expect(statSync(join(directory, 'events.db')).isFile() && existsSync(join(directory, 'admin-token'))).toBe(true);
  });
});

interface Rebuilt {
  readonly events: number;
  readonly digest: string;
  readonly digestBefore: string;
}
