import { type Step } from '../../src/application';
import { gitIsThere } from '../git/real-git';
import { type KilledServer, startKilled } from '../server/support/killed-commands';

const STEPS: readonly Step[] = ['appended', 'objects written', 'ref moved', 'projected'];

const TEMPLATE = 'templates/document_generator';
const ROLE = 'roles/technical_architect';
const MEMBERS = [
  { package: ROLE, version: '1.1.0', path: 'role.prompt.txt' },
  { package: TEMPLATE, version: '1.1.0', path: 'template.prompt.txt' },
];

interface Moved {
  readonly activation: {
    readonly id: string;
    readonly pointer: Readonly<Record<string, string>>;
    readonly changes: readonly { readonly packageId: string; readonly toVersion: string | null }[];
  };
}

const killing = gitIsThere ? describe : describe.skip;

killing('a server that is killed while a set moves (needs git)', () => {
  let server: KilledServer;
  beforeAll(async () => {
    server = await startKilled();
    for (const { package: id, version, path } of MEMBERS) {
      const { draft } = await server.command<{ draft: { id: string } }>('startDraft', { package: id }, 'draft { id }');
      const changes = [{ path, content: 'Say what is known, and what is not.\n' }];
      await server.command('saveArtifacts', { draft: draft.id, changes }, 'draft { id }');
      const commit = { draft: draft.id, message: 'Say what is not known', changeType: 'MINOR' };
      await server.command('commitDraft', commit, 'release { id }');
      const stage = await server.command(
        'stageRelease',
        { package: id, version },
        'staged report { findings { message } }',
      );
      expect(stage).toMatchObject({ staged: true });
    }
  });
  afterAll(() => server.end());

  it.each(STEPS)('moves the whole set once, there and back, when it dies at "%s"', async (step) => {
    const releases = MEMBERS.map(({ package: id, version }) => ({ package: id, version }));
    const { activation } = await server.kill<Moved>(step, {
      mutation: 'activateReleases',
      selection: 'activation { id changes { packageId toVersion } }',
      input: { releases, reason: 'Both or none' },
      type: 'Activated',
    });
    expect(activation.changes).toEqual(
      releases.map(({ package: packageId, version }) => ({ packageId, toVersion: version })),
    );
    const { activation: reverted } = await server.kill<Moved>(step, {
      mutation: 'rollbackActivation',
      selection: 'activation { pointer }',
      input: { activation: activation.id, reason: 'Both back' },
      type: 'RolledBack',
    });
    expect(reverted.pointer).toMatchObject({ [ROLE]: '1.0.0', [TEMPLATE]: '1.0.0' });
  });

  it.each(STEPS)('deactivates a set once when it dies at "%s"', async (step) => {
    const packages = [ROLE, TEMPLATE];
    const { activation } = await server.kill<Moved>(step, {
      mutation: 'deactivate',
      selection: 'activation { pointer }',
      input: { packages, reason: 'Not needed' },
      type: 'Deactivated',
    });
    expect(Object.keys(activation.pointer)).toHaveLength(4);
    const releases = packages.map((id) => ({ package: id, version: '1.0.0' }));
    await server.command('activateReleases', { releases, reason: 'Needed after all' }, 'position');
  });

  it.each([
    ['appended', ROLE, '1.0.0'],
    ['objects written', ROLE, '1.1.0'],
    ['ref moved', TEMPLATE, '1.0.0'],
    ['projected', TEMPLATE, '1.1.0'],
  ] as const)('tags once when it dies at "%s"', async (step, id, version) => {
    const { tag } = await server.kill<{ tag: string }>(step, {
      mutation: 'tagRelease',
      selection: 'tag',
      input: { package: id, version },
      type: 'Tagged',
    });
    expect(server.git('cat-file', '-t', `refs/tags/${tag}`)).toBe('tag');
  });
});
