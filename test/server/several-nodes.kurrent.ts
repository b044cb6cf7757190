import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '../../src/server/config';
import { git, gitIsThere } from '../git/real-git';
import { describeWithServer, freePort, NEEDS_SERVER } from '../eventstore/kurrentdb/support/real-server';
import { startGitHttpServer } from '../git/remote/git-http-server';
import { until } from '../git/remote/pushed-story';
import { DISCOVERY } from './support/discovery-drafts';
import { addressOf, remoteAt, type SharedLog, startSharedLog } from './support/shared-log';
import { type RunningSlipway } from './support/running-slipway';

const TASK = 'prompts/task.prompt.txt';
const POINTER = '{ activeReleases { pointer } }';

interface Readiness {
  readonly publisher: { readonly retrying: string | null; readonly stopped: string | null; readonly joining: boolean };
  readonly remote: { readonly state: string; readonly drift: readonly unknown[]; readonly failing: string | null };
}

(gitIsThere ? describeWithServer : describe.skip)(`several nodes on one KurrentDB (needs git)${NEEDS_SERVER}`, () => {
  let log: SharedLog;
  let a: RunningSlipway;
  let b: RunningSlipway;
  let texts = 0;

  beforeAll(async () => {
    log = await startSharedLog();
    // Both find an empty log and begin it with the same commit.
    [a, b] = await Promise.all([log.node('a'), log.node('b')]);
  });
  afterAll(async () => {
    await Promise.all([a.close(), b.close()]);
    await log.dispose();
  });

  const mainOf = (node: RunningSlipway): string => node.git('rev-parse', 'main');
  const readiness = async (node: RunningSlipway): Promise<Readiness> =>
    (await (await fetch(new URL('/readyz', node.url))).json()) as Readiness;
  const sameEverywhere = async (position: string, nodes: readonly RunningSlipway[] = [a, b]): Promise<void> => {
    for (const node of nodes) {
      const seen = await node.gql(POINTER, {}, node.adminToken, { 'x-slipway-min-position': position });
      expect(seen.errors).toEqual([]);
      await node.published();
    }
    const [first, ...others] = nodes.map(mainOf);
    for (const other of others) expect(other).toBe(first);
    await until(() => git(log.bare, ['rev-parse', 'main']) === first);
    for (const node of nodes) expect((await readiness(node)).remote.drift).toEqual([]);
  };
  /** A release that was committed on a node, from a draft that lives there. */
  const committed = async (node: RunningSlipway): Promise<{ draft: string; version: string; position: string }> => {
    const { id } = await node.commands.start({ package: DISCOVERY });
    await node.commands.save(id, [{ path: TASK, content: `Text ${String((texts += 1))} of a test.\n` }]);
    const { release, position } = await node.commands.commit({ draft: id, changeType: 'MINOR' });
    return { draft: id, version: release.version, position };
  };
  const after = (node: RunningSlipway, position: string) =>
    node.gql(POINTER, {}, node.adminToken, { 'x-slipway-min-position': position });

  it('begin with the same commit, and make the same commits', async () => {
    const move = await a.commands.deactivate(['implementation_plan']);
    await sameEverywhere(move.position);
    const back = await b.commands.activate({ implementation_plan: '1.0.0' });
    await sameEverywhere(back.position);
  });

  it('show a mutation on one to a subscriber of another', async () => {
    const following = await b.subscribe<{ action: string }>('subscription { activations { action id } }');
    const { id } = await a.commands.deactivate(['implementation_plan']);
    await expect(following.take(1)).resolves.toMatchObject([{ id }]);
    await b.commands.activate({ implementation_plan: '1.0.0' });
  });

  it('commit on one, stage and activate on the other; the draft ends where it lives', async () => {
    const { draft, version, position } = await committed(a);
    expect((await after(b, position)).errors).toEqual([]);
    const { staged, release } = await b.commands.stage({ package: DISCOVERY, version });
    expect(staged).toBe(true);
    const move = await b.commands.activate({ [DISCOVERY]: version });
    await sameEverywhere(move.position);
    expect(b.git('rev-parse', `main:document_types/${DISCOVERY}/releases/${version}`)).toBe(release.tree);
    await until(async () => (await a.ask('query ($id: ID!) { draft(id: $id) { id } }', { id: draft })).draft === null);
    await until(() => git(log.bare, ['for-each-ref', '--format=%(refname)', `refs/slipway/drafts/${draft}`]) === '');
    await until(() => git(log.bare, ['for-each-ref', '--format=%(refname)', `refs/heads/draft/${draft}`]) === '');
  });

  it('decide what is asked of both at once one after the other', async () => {
    const { version, position } = await committed(a);
    await after(b, position);
    await b.commands.stage({ package: DISCOVERY, version });
    const outcomes = await Promise.allSettled([a, b].map((node) => node.commands.activate({ [DISCOVERY]: version })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(['ALREADY_ACTIVE', 'CONCURRENT_CHANGE']).toContain((refused?.reason as { code: string }).code);
    const others = await Promise.all([
      a.commands.deactivate(['implementation_plan']),
      b.commands.rollback({ package: DISCOVERY, toVersion: '1.4.0' }),
    ]);
    await sameEverywhere(
      others
        .map((move) => move.position)
        .sort()
        .at(-1) ?? '',
    );
  });

  it('wait for a position that is ahead of what they have seen, and refuse one that never comes', async () => {
    const { position } = await a.commands.activate({ implementation_plan: '1.0.0' });
    const [logId = '', place = ''] = position.split('-');
    const ahead = `${logId}-${(Number.parseInt(place, 16) + 1).toString(16).padStart(place.length, '0')}`;
    const waiting = after(b, ahead);
    const asOf = b.ask('query ($ahead: Position!) { activeReleases(position: $ahead) { position } }', { ahead });
    const following = await b.subscribe<{ id: string }>(`subscription { activations(after: "${ahead}") { id } }`);
    const move = await a.commands.deactivate(['implementation_plan']);
    expect(move.position).toBe(ahead);
    expect((await waiting).errors).toEqual([]);
    expect((await asOf).activeReleases).toEqual({ position: ahead });
    const next = await a.commands.activate({ implementation_plan: '1.0.0' });
    expect(await following.take(1)).toMatchObject([{ id: next.id }]);
    const never = `${logId}-${'f'.repeat(place.length)}`;
    expect((await after(b, never)).errors).toMatchObject([{ extensions: { code: 'POSITION_UNKNOWN' } }]);
  });

  it('catch up after they were down, and join with an empty data directory', async () => {
    let position = '';
    await b.restart(async () => {
      const { version } = await committed(a);
      await a.commands.stage({ package: DISCOVERY, version });
      ({ position } = await a.commands.activate({ [DISCOVERY]: version }));
    });
    await sameEverywhere(position);
    const c = await log.node('c');
    try {
      await sameEverywhere(position, [a, b, c]);
      const { version } = await committed(c);
      expect(version).toMatch(/^\d/);
    } finally {
      await c.close();
    }
  });

  it('refuse to start alone with an empty data directory, and join there when they are given the remote', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-alone-'));
    const alone = log.node('alone', { dataDirectory, remote: null });
    await expect(alone).rejects.toThrow(BadConfiguration);
    await expect(alone).rejects.toThrow(
      /holds nothing of it\. Start with the data directory that holds it, or .* --remote/,
    );
    const joined = await log.node('alone', { dataDirectory });
    await a.published();
    await until(() => mainOf(joined) === mainOf(a)).finally(() => joined.close());
  });

  it('answer while they fetch what they join with, and are not ready before', async () => {
    const git = await startGitHttpServer(log.bare);
    git.faults = { slowMs: 2_000 };
    const port = await freePort();
    const joining = log.node('joining', { port, remote: remoteAt(git.url) });
    const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${String(port)}${path}`);
    await until(() =>
      ask('/healthz').then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    const ready = await ask('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ publisher: { joining: true, position: null, retrying: null } });
    git.faults = {};
    const c = await joining;
    try {
      expect((await readiness(c)).publisher).toMatchObject({ joining: false, retrying: null });
      await a.published();
      await until(() => mainOf(c) === mainOf(a));
    } finally {
      await c.close();
      await git.close();
    }
  });

  it('answer UNAVAILABLE for a commit while the shared repository is away, and append nothing', async () => {
    const git = await startGitHttpServer(log.bare);
    const c = await log.node('d', { remote: remoteAt(git.url) });
    try {
      const { id } = await c.commands.start({ package: DISCOVERY });
      await c.commands.save(id, [{ path: TASK, content: 'A text that waits.\n' }]);
      git.faults = { down: true };
      const asked = c.ask('query ($id: ID!) { draft(id: $id) { classification { required } } }', { id });
      await expect(asked).resolves.toMatchObject({
        draft: { classification: { required: expect.any(String) as string } },
      });
      const count = async (): Promise<unknown> =>
        (await c.ask('{ events(first: 1) { totalCount } }')).events.totalCount as unknown;
      const before = await count();
      await expect(c.commands.commit({ draft: id, changeType: 'MINOR' })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
      expect(await count()).toBe(before);

      // Content of others is waited for, said to be, and never passed over.
      const { version } = await committed(a);
      await a.commands.stage({ package: DISCOVERY, version });
      const move = await a.commands.activate({ [DISCOVERY]: version });
      await until(async () => (await readiness(c)).publisher.retrying?.startsWith('Waits for content') === true);
      await a.published();
      expect(mainOf(c)).not.toBe(mainOf(a));
      git.faults = {};
      await sameEverywhere(move.position, [a, b, c]);
      expect((await readiness(c)).publisher).toMatchObject({ retrying: null, stopped: null });
      await c.commands.commit({ draft: id, changeType: 'MINOR' });
    } finally {
      await c.close();
      await git.close();
    }
  });

  it('stop in time, whatever waits for a shared repository that does not answer', async () => {
    const git = await startGitHttpServer(log.bare);
    const c = await log.node('frozen', { remote: remoteAt(git.url) });
    try {
      const { version, position } = await committed(c);
      await after(a, position);
      git.faults = { frozen: true };
      const { position: staged } = await a.commands.stage({ package: DISCOVERY, version });
      await after(c, staged);
      await c.published();
      const requests = git.requests;
      const waiting = c.commands.start({ package: DISCOVERY });
      const refused = expect(waiting).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await until(() => git.requests > requests);
      const began = performance.now();
      await c.close();
      // The command, Git and the remote have 5 s each; Git has nothing to do.
      expect(performance.now() - began).toBeLessThan(13_000);
      await refused;
    } finally {
      await c.close();
      await git.close();
    }
  });

  it('answer DRAFT_ELSEWHERE for a draft of another node, and give each name and version once', async () => {
    const name = 'shared-name';
    const { id } = await a.commands.start({ package: DISCOVERY, name });
    const elsewhere = { code: 'DRAFT_ELSEWHERE', extensions: { draft: id, address: addressOf('a') } };
    const change = [{ path: TASK, content: 'A text from elsewhere.\n' }];
    await expect(b.commands.save(id, change)).rejects.toMatchObject(elsewhere);
    await expect(b.commands.discard({ draft: id })).rejects.toMatchObject(elsewhere);
    await expect(b.commands.commit({ draft: id, changeType: 'MINOR' })).rejects.toMatchObject(elsewhere);
    await expect(b.commands.abandon(id)).rejects.toMatchObject(elsewhere);
    await expect(b.ask('query ($id: ID!) { draft(id: $id) { id } }', { id })).rejects.toMatchObject(elsewhere);
    await expect(b.commands.start({ package: DISCOVERY, name })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const race = [a, b].map((node) => node.commands.start({ package: DISCOVERY, name: 'raced-name' }));
    const outcomes = await Promise.allSettled(race);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    await a.commands.save(id, change);
    const { release, position } = await a.commands.commit({ draft: id, changeType: 'MINOR' });
    await after(b, position);
    const own = await b.commands.start({ package: DISCOVERY });
    await b.commands.save(own.id, [{ path: TASK, content: 'Another text.\n' }]);
    const taken = { draft: own.id, changeType: 'MINOR', version: release.version };
    // What is refused is not shared.
    const given = (): string => git(log.bare, ['for-each-ref', '--format=%(refname)', 'refs/slipway/commits']);
    const before = given();
    await expect(b.commands.commit(taken)).rejects.toMatchObject({ code: 'VERSION_TAKEN' });
    expect(given()).toBe(before);

    // What another node has there is neither removed nor called drift.
    const headOf = (draft: string): string =>
      git(log.bare, ['for-each-ref', '--format=%(objectname)', `refs/slipway/drafts/${draft}`]);
    await b.commands.abandon(own.id);
    await until(() => headOf(own.id) === '');
    expect(headOf(id)).not.toBe('');
    for (const node of [a, b]) expect((await readiness(node)).remote).toMatchObject({ drift: [], failing: null });
    await a.commands.abandon(id);
    await until(() => headOf(id) === '');
    await expect(b.commands.save(id, change)).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  it('know their drafts where all of them say the same address', async () => {
    const nodeAddress = 'http://127.0.0.1:4000';
    const nodes = await Promise.all(['e', 'f'].map((name) => log.node(name, { nodeAddress })));
    const [e = a, f = b] = nodes;
    try {
      const { id } = await e.commands.start({ package: DISCOVERY });
      const elsewhere = { code: 'DRAFT_ELSEWHERE', extensions: { draft: id, address: nodeAddress } };
      await expect(f.commands.abandon(id)).rejects.toMatchObject(elsewhere);
      const head = git(log.bare, ['rev-parse', `refs/slipway/drafts/${id}`]);
      // The others look at the refs meanwhile, and push something of their own.
      const own = await f.commands.start({ package: DISCOVERY });
      await f.commands.abandon(own.id);
      await until(() => git(log.bare, ['for-each-ref', `refs/slipway/drafts/${own.id}`]) === '');
      expect(git(log.bare, ['rev-parse', `refs/slipway/drafts/${id}`])).toBe(head);
      await e.commands.abandon(id);
      await until(() => git(log.bare, ['for-each-ref', `refs/slipway/drafts/${id}`]) === '');
    } finally {
      await Promise.all(nodes.map((node) => node.close()));
    }
  });

  it('refuse to commit a draft whose name another node has, and name themselves in older ones', async () => {
    const name = 'lost-name';
    const older = await b.commands.start({ package: DISCOVERY });
    const olderRef = `refs/slipway/drafts/${older.id}`;
    const change = (content: string) => [{ path: TASK, content }];
    await b.commands.start({ package: DISCOVERY, name });
    await b.commands.save(name, change('A text that has lost its name.\n'));
    await b.restart(async () => {
      git(log.bare, ['update-ref', '-d', `refs/slipway/drafts/${name}`]);
      await a.commands.start({ package: DISCOVERY, name });
      await a.commands.save(name, change('A text that has its name.\n'));
      const message = b.git('log', '-1', '--format=%B', older.head).replace(/^Slipway-Node: .*\n/m, '');
      const ofNobody = git(
        log.bare,
        ['commit-tree', `${older.head}^{tree}`, '-p', `${older.head}^`, '-F', '-'],
        message,
      );
      git(log.bare, ['update-ref', olderRef, ofNobody]);
      b.git('fetch', '--quiet', log.bare, `+${olderRef}:${olderRef}`);
    });
    const asked = a.ask.bind(null, 'query ($id: ID!) { draft(id: $id) { id } }', { id: older.id });
    await until(async () => {
      const { extensions } = await asked().catch((error: unknown) => error as { extensions: { address: string } });
      return extensions.address === addressOf('b');
    });
    await b.commands.abandon(older.id);
    await until(() => git(log.bare, ['for-each-ref', olderRef]) === '');
    await expect(b.commands.commit({ draft: name, changeType: 'MINOR' })).rejects.toMatchObject({
      code: 'DRAFT_ELSEWHERE',
      extensions: { draft: name, address: addressOf('a') },
    });
    const { position } = await a.commands.commit({ draft: name, changeType: 'MINOR' });
    await sameEverywhere(position);
    await b.commands.abandon(name);
    await a.commands.abandon(name);
  });
});
