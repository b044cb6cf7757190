import { join } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { discoveryDrafts, DISCOVERY } from './support/discovery-drafts';
import { driftOf, type SeenChange } from './support/drift-of-tests';
import { type Following } from './support/follow';
import { expectVerified, expectRecomputed, type Foreigner, foreigner, POINTER_FILE } from './support/foreign-work';
import { slipwayOfFile } from './support/running-slipway';

const slipway = slipwayOfFile({ lookEveryMs: 200 });
const { edited, commit } = discoveryDrafts(slipway);
const { seen, resolve, follow, readyz } = driftOf(slipway);

const described = gitIsThere ? describe : describe.skip;

described('somebody moves refs of a running server (needs git)', () => {
  let eve: Foreigner;
  let changes: Following<SeenChange>;
  /** Does something to the repository and answers what the subscription says of it. */
  const tellsOf = async (deed: () => unknown): Promise<SeenChange> => {
    await deed();
    const [change] = await changes.take(1);
    return change!;
  };
  const endsOf = async (): Promise<void> => {
    expect((await changes.take(1))[0]).toMatchObject({ transition: 'ENDED' });
  };
  const update = (...args: readonly string[]): string => slipway.git('update-ref', ...args);
  const at = (ref: string): string => slipway.git('rev-parse', ref);

  beforeAll(async () => {
    eve = foreigner(join(slipway.dataDirectory, 'repository.git'));
    changes = await follow();
    const release = await commit(await edited());
    await slipway.commands.stage({ package: DISCOVERY, version: release.version });
    await slipway.commands.tag({ package: DISCOVERY, version: release.version });
    await slipway.published();
  });
  afterEach(async () => {
    expect(await seen()).toEqual([]);
    expect((await readyz()).status).toBe(200);
    expect(changes.pending).toEqual([]);
    await slipway.published();
    await expectRecomputed(slipway.dataDirectory);
  });
  it('tells who edited the pointer and how, stops publishing but not deciding, and heals', async () => {
    const ours = at('main');
    const text = slipway.git('show', `main:${POINTER_FILE}`).replace('"1.4.0"', '"1.3.0"');
    const change = await tellsOf(() => eve.push({ [POINTER_FILE]: `${text}\n` }, { message: 'Back to 1.3.0' }));
    const foreign = at('main');
    expect(change).toMatchObject({
      transition: 'BEGAN',
      drift: {
        ref: 'refs/heads/main',
        place: 'LOCAL',
        kind: 'POINTER_EDITED',
        expected: ours,
        found: foreign,
        stopsPublishing: true,
        remedies: ['HEAL', 'ADOPT', 'QUARANTINE'],
      },
    });
    const author = { author: 'Tom Moseley', email: 'tom@example.com' };
    expect(change.drift.commits).toEqual([
      { id: foreign, ...author, subject: 'Back to 1.3.0', changedPaths: [POINTER_FILE] },
    ]);
    expect(change.drift.files).toEqual([
      {
        path: POINTER_FILE,
        change: 'MODIFIED',
        unified: expect.stringContaining('+  "project_discovery": "1.3.0"') as string,
      },
    ]);
    expect(await readyz()).toMatchObject({
      status: 503,
      body: {
        drift: { refs: [{ ref: 'refs/heads/main', found: foreign }] },
        publisher: { stopped: expect.stringContaining('slipway drift') as string },
      },
    });

    const moved = await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
    expect(moved.pointer).toMatchObject({ [DISCOVERY]: '1.4.1' });
    expect(at('main')).toBe(foreign);

    expect(await resolve('HEAL', { reason: 'Nobody asked for it' })).toEqual([
      { ref: 'refs/heads/main', kept: `refs/slipway/quarantine/${foreign}`, branch: null },
    ]);
    await endsOf();
    expect(at(`refs/slipway/quarantine/${foreign}`)).toBe(foreign);
    await slipway.published();
    expect(slipway.git('show', `main:${POINTER_FILE}`)).toContain('"project_discovery": "1.4.1"');
    expect(at('main~1')).toBe(ours);
    const { nodes } = (
      await slipway.ask('{ auditLog(actions: [DRIFT_RESOLVED]) { nodes { reason message commit actor { id } } } }')
    ).auditLog;
    expect(nodes).toMatchObject([{ reason: 'Nobody asked for it', commit: foreign, actor: { id: 'admin' } }]);
  });

  it('quarantines: the foreign work can be fetched from a branch', async () => {
    const change = await tellsOf(() => eve.push({ 'NOTES.md': 'Mine\n' }));
    expect(change.drift.kind).toBe('FOREIGN_COMMITS');
    const foreign = at('main');
    const branch = `quarantine/${foreign.slice(0, 12)}`;
    expect(await resolve('QUARANTINE', { ref: 'main' })).toMatchObject([{ branch: `refs/heads/${branch}` }]);
    await endsOf();
    eve.git('fetch', '--quiet', 'origin');
    expect(eve.git('show', `origin/${branch}:NOTES.md`)).toBe('Mine');
  });

  it.each(['back', 'away', 'elsewhere'])('finds main moved %s, and heals', async (whither) => {
    const ours = at('main');
    const kinds = { back: 'REWOUND', away: 'DELETED', elsewhere: 'REWRITTEN' };
    const change = await tellsOf(() => {
      if (whither === 'away') return update('-d', 'refs/heads/main');
      if (whither === 'back') return update('refs/heads/main', at('main~1'));
      return update(
        'refs/heads/main',
        slipway.git('commit-tree', '-m', 'Amended', '-p', at('main~1'), at('main^{tree}')),
      );
    });
    expect(change.drift).toMatchObject({ kind: kinds[whither as keyof typeof kinds], expected: ours });
    expect(change.drift.remedies).toEqual(whither === 'elsewhere' ? ['HEAL', 'QUARANTINE'] : ['HEAL']);
    await resolve('HEAL');
    await endsOf();
    expect(at('main')).toBe(ours);
  });

  it.each(['deleted', 'moved', 'replaced'])('finds the tag of a release %s, and heals', async (how) => {
    const tag = `refs/tags/${DISCOVERY}/v1.4.1`;
    const ours = at(tag);
    const change = await tellsOf(() => {
      if (how === 'deleted') return slipway.git('tag', '-d', `${DISCOVERY}/v1.4.1`);
      return how === 'moved'
        ? slipway.git('tag', '-f', `${DISCOVERY}/v1.4.1`, 'main')
        : slipway.git('tag', '-f', '-a', '-m', 'Better', `${DISCOVERY}/v1.4.1`, `${DISCOVERY}/v1.4.1^{commit}`);
    });
    expect(change.drift).toMatchObject({ ref: tag, expected: ours, stopsPublishing: true });
    expect(change.drift.kind).toBe(how === 'deleted' ? 'DELETED' : 'TAG_MOVED');
    await resolve('HEAL', { ref: tag });
    await endsOf();
    expect(at(tag)).toBe(ours);
  });

  it('tells of a foreign commit on a draft branch and goes on publishing', async () => {
    const draft = await edited();
    await commit(draft, { message: 'Mine' });
    await slipway.published();
    const ours = at(`draft/${draft}`);
    const change = await tellsOf(() => eve.push({ 'NOTES.md': 'Also mine\n' }, { branch: `draft/${draft}` }));
    expect(change.drift).toMatchObject({
      ref: `refs/heads/draft/${draft}`,
      kind: 'FOREIGN_COMMITS',
      stopsPublishing: false,
    });
    expect((await readyz()).status).toBe(200);
    await slipway.commands.rollback({ package: DISCOVERY });
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
    await slipway.published();
    await resolve('HEAL');
    await endsOf();
    expect(at(`draft/${draft}`)).toBe(ours);
    await slipway.commands.abandon(draft);
  });

  it('goes on by itself when the ref was moved back by hand', async () => {
    const ours = at('main');
    await tellsOf(() => eve.push({ 'NOTES.md': 'Mine\n' }));
    await slipway.commands.rollback({ package: DISCOVERY });
    update('refs/heads/main', ours);
    await endsOf();
    await slipway.published();
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
  });

  it('says that it sees nothing while main is no plain branch, and goes on when it is one again', async () => {
    const ours = at('main');
    update('refs/heads/elsewhere', ours);
    await slipway.restart(() => void slipway.git('symbolic-ref', 'refs/heads/main', 'refs/heads/elsewhere'));
    changes = await follow();
    const message = 'Git ref refs/heads/main exists but cannot be read.';
    await expect(seen()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await readyz()).body).toMatchObject({ drift: { failing: message }, publisher: { stopped: message } });
    slipway.git('symbolic-ref', '--delete', 'refs/heads/main');
    update('refs/heads/main', ours);
    update('-d', 'refs/heads/elsewhere');
    expect(await seen()).toEqual([]);
    expect((await readyz()).body).toMatchObject({ drift: { failing: null } });
    await slipway.commands.rollback({ package: DISCOVERY });
    await slipway.published();
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
  });

  it('sees no drift in a draft that has the name of an abandoned one, begun at another commit', async () => {
    const start = `mutation { startDraft(input: { package: "${DISCOVERY}", name: "again" }) { draft { id } } }`;
    const seenTwice = async () => [...(await seen()), ...(await seen())];
    await slipway.ask(start);
    expect(await seenTwice()).toEqual([]);
    await slipway.commands.abandon('again');
    await slipway.commands.rollback({ package: DISCOVERY });
    await slipway.published();
    await slipway.ask(start);
    expect(await seenTwice()).toEqual([]);
    await slipway.commands.abandon('again');
    await slipway.commands.activate({ [DISCOVERY]: '1.4.1' });
  });

  it('finds after a restart what happened while it was stopped', async () => {
    const ours = at('main');
    await slipway.restart(() => void eve.push({ 'NOTES.md': 'At night\n' }));
    expect(await seen()).toMatchObject([{ kind: 'FOREIGN_COMMITS', expected: ours }]);
    changes = await follow();
    await resolve('HEAL');
    await endsOf();
    await slipway.published();
    await expectVerified(slipway.dataDirectory);
  });

  it('refuses a remedy where nothing drifted, from a viewer, and one that does not fit', async () => {
    await expect(resolve('HEAL')).rejects.toMatchObject({ code: 'DRIFT_NOT_FOUND' });
    const { token } = slipway.token('viewer', 'val.viewer');
    const answer = await slipway.gql(
      'mutation { resolveDrift(input: { remedy: HEAL }) { resolved { ref } } }',
      {},
      token,
    );
    expect(answer.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const ours = at('main');
    await tellsOf(() => update('-d', 'refs/heads/main'));
    await expect(resolve('ADOPT')).rejects.toMatchObject({ code: 'DRIFT_NOT_RESOLVABLE' });
    update('refs/heads/main', ours);
    await endsOf();
  });
});
