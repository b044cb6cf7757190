import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POINTER_STREAM } from '../../../src/domain';
import {
  nameNodeInDrafts,
  createDrafts,
  draftBranch,
  draftRef,
  keepingRef,
  NO_ACCESS,
  observedRef,
} from '../../../src/git';
import { activated, beginStory, type Story, TAG, tellStory } from '../publisher/story';
import { NOW, TOM } from '../fixture-repository';
import { git, gitIsThere, scratch } from '../real-git';
import { type GitHttpServer, startGitHttpServer } from './git-http-server';
import { bareRepository, commitForeign, mainOf, type Pushing, pushTo, refsOf, until } from './pushed-story';

const { next } = scratch();

(gitIsThere ? describe : describe.skip)('pushing to a remote (needs git)', () => {
  let story: Story;
  let bare: string;
  let server: GitHttpServer;
  let pushings: Pushing[];

  beforeEach(async () => {
    story = await beginStory(next('.git'), next('.db'));
    await tellStory(story);
    bare = bareRepository(next('.git'));
    server = await startGitHttpServer(bare);
    pushings = [];
  });
  afterEach(async () => {
    for (const pushing of pushings) await pushing.stop();
    await server.close();
    await story.log.store.close();
  });

  const start = async (
    ...over: Partial<Parameters<typeof pushTo>> extends [unknown?, ...infer Rest] ? Rest : never
  ) => {
    const [address = server.url, options = {}] = over;
    const pushing = pushTo(story, address, options);
    pushings.push(pushing);
    await pushing.run.caughtUp();
    return pushing;
  };
  const activateAgain = async ({ run }: Pushing): Promise<void> => {
    await story.log.append(POINTER_STREAM, activated('1.0.0', '1.1.0'));
    await run.caughtUp();
  };
  const hook = (name: string, script: string): void => {
    writeFileSync(join(bare, 'hooks', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bare, 'hooks', name), 0o755);
  };

  test.each(['a bare repository on disk', 'a server over HTTP'])(
    'everything that is published stands in %s, and nothing else',
    async (where) => {
      const { pusher } = await start(where.startsWith('a bare') ? bare : server.url);
      expect(await pusher.push()).toBe(true);
      expect(refsOf(bare)).toEqual(refsOf(story.gitdir));
      expect(refsOf(bare).map((line) => line.split(' ')[0])).toEqual([
        draftBranch('fix'),
        'refs/heads/main',
        keepingRef(story.draftCommit),
        draftRef('fix'),
        `refs/tags/${TAG}`,
      ]);
      expect(git(bare, ['fsck', '--full', '--strict'])).toBe('');
      expect(pusher.status()).toEqual({
        state: 'in step',
        lag: { refs: 0, commits: 0, seconds: null },
        failing: null,
        failingForMs: null,
        refused: [],
        drift: [],
      });
    },
  );

  test('what is published later follows by itself', async () => {
    const pushing = await start();
    await pushing.pusher.push();
    await activateAgain(pushing);
    pushing.pusher.wake();
    await until(() => git(bare, ['rev-parse', 'main']) === git(story.gitdir, ['rev-parse', 'main']));
    expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
  });

  test('saved work replaces what was pushed of a draft, and an ended draft goes', async () => {
    const { pusher } = await start();
    await pusher.push();
    const drafts = createDrafts({ repository: story.repository });
    const saving = { draft: 'fix', lastCommit: null, actor: TOM, now: NOW };
    const { head } = await drafts.save({ ...saving, changes: [{ path: 'new.txt', content: 'new\n' }] });
    expect(await pusher.push()).toBe(true);
    expect(git(bare, ['rev-parse', draftRef('fix')])).toBe(head);
    await drafts.abandon('fix');
    expect(await pusher.push()).toBe(true);
    expect(refsOf(bare)).toEqual(refsOf(story.gitdir));
    expect(git(bare, ['for-each-ref', draftBranch('fix'), draftRef('fix')])).toBe('');
  });

  describe('a draft from before nodes shared the log', () => {
    const node = { id: '0123456789ab', address: 'https://a.example.com' };
    const headThere = (): string => git(bare, ['for-each-ref', '--format=%(objectname)', draftRef('fix')]);
    const aloneFirst = async (): Promise<void> => {
      const alone = await start(bare);
      expect(await alone.pusher.push()).toBe(true);
      await alone.stop();
      pushings.pop();
    };

    test('comes to name its node, there too, by nothing but a further trailer', async () => {
      await aloneFirst();
      const before = await story.repository.objects.readCommit(headThere());
      await nameNodeInDrafts(story.repository, node);
      await nameNodeInDrafts(story.repository, node);
      const { pusher } = await start(bare, { node: node.id });
      expect(await pusher.push()).toBe(true);
      const draft = await createDrafts({ repository: story.repository, node }).get('fix');
      expect(draft).toMatchObject({ node, head: headThere() });
      expect(await story.repository.objects.readCommit(headThere())).toEqual({
        ...before,
        message: `${before.message}Slipway-Node: ${node.id} ${node.address}\n`,
      });
      // A save stays on its node from then on, and the draft that ended goes.
      const own = createDrafts({ repository: story.repository, node });
      const saving = { draft: 'fix', lastCommit: null, actor: TOM, now: NOW };
      const { head } = await own.save({ ...saving, changes: [{ path: 'new.txt', content: 'new\n' }] });
      expect(await pusher.push()).toBe(true);
      expect(headThere()).not.toBe(head);
      await own.abandon('fix');
      expect(await pusher.push()).toBe(true);
      expect(headThere()).toBe('');
    });

    test('is replaced nowhere but where it stood, and not where it does not live', async () => {
      await aloneFirst();
      await nameNodeInDrafts(story.repository, node);
      const other = git(bare, ['commit-tree', 'main^{tree}', '-p', 'main', '-F', '-'], 'wip\n\nSlipway-Draft: fix\n');
      hook('pre-receive', `env -u GIT_QUARANTINE_PATH git update-ref ${draftRef('fix')} ${other}`);
      const { pusher } = await start(bare, { node: node.id });
      expect(await pusher.push()).toBe(true);
      // It may be the draft of another node, which alone can read it.
      expect(headThere()).toBe(other);
      await createDrafts({ repository: story.repository }).abandon('fix');
      rmSync(join(bare, 'hooks', 'pre-receive'));
      await pusher.push();
      expect(headThere()).toBe(other);
    });

    test('goes from the remote when it ends before it has come to name its node there', async () => {
      await aloneFirst();
      const { pusher } = await start(bare, { node: node.id });
      expect(await pusher.push()).toBe(true);
      expect(headThere()).not.toBe('');
      await createDrafts({ repository: story.repository }).abandon('fix');
      expect(await pusher.push()).toBe(true);
      expect(headThere()).toBe('');
    });
  });

  test('a draft of nodes that share goes when it ends, also where Git collected the work that it began with', async () => {
    const node = { id: '0123456789ab', address: 'https://a.example.com' };
    await nameNodeInDrafts(story.repository, node);
    const first = await start(bare, { node: node.id });
    await first.pusher.push();
    await first.stop();
    const began = git(bare, ['rev-parse', draftRef('fix')]);
    const drafts = createDrafts({ repository: story.repository, node });
    const saving = { draft: 'fix', lastCommit: null, actor: TOM, now: NOW };
    await drafts.save({ ...saving, changes: [{ path: 'new.txt', content: 'new\n' }] });
    git(story.gitdir, ['gc', '--quiet', '--prune=now']);
    expect(await story.repository.objects.has(began)).toBe(false);
    const { pusher } = await start(bare, { node: node.id });
    expect(await pusher.push()).toBe(true);
    await drafts.abandon('fix');
    // A remote that does not give it now is asked again.
    const stored = join(bare, 'objects', began.slice(0, 2), began.slice(2));
    renameSync(stored, `${stored}.away`);
    await pusher.push();
    expect(git(bare, ['for-each-ref', '--format=%(refname)', draftRef('fix')])).toBe(draftRef('fix'));
    renameSync(`${stored}.away`, stored);
    expect(await pusher.push()).toBe(true);
    expect(git(bare, ['for-each-ref', draftBranch('fix'), draftRef('fix')])).toBe('');
    expect(git(story.gitdir, ['for-each-ref', 'refs/slipway/remote'])).toBe('');
  });

  test('branches and drafts that other people have at the remote are left alone', async () => {
    const { pusher } = await start();
    await pusher.push();
    const foreign = commitForeign(bare, 'draft/fix');
    git(bare, ['update-ref', draftBranch('theirs'), 'main']);
    git(bare, ['update-ref', 'refs/heads/topic', 'main']);
    git(bare, ['tag', 'other', 'main']);
    expect(await pusher.push()).toBe(false);
    expect(pusher.status().drift).toEqual([{ ref: draftBranch('fix'), expected: story.draftCommit, found: foreign }]);
    await createDrafts({ repository: story.repository }).abandon('fix');
    expect(await pusher.push()).toBe(true);
    expect(git(bare, ['rev-parse', draftBranch('fix')])).toBe(foreign);
    expect(git(bare, ['for-each-ref', '--format=%(refname)', draftRef('fix')])).toBe('');
    expect(refsOf(bare).join()).toMatch(/draft\/theirs.*topic.*tags\/other/);
  });

  test('of a repository that somebody tampered with, nothing is pushed that the log does not predict', async () => {
    server.faults = { down: true };
    const pushing = await start();
    await pushing.run.stop();
    const published = git(story.gitdir, ['rev-parse', 'main']);
    const foreign = commitForeign(story.gitdir, 'main');
    git(story.gitdir, ['tag', 'epic/v9.9.9', foreign]);
    git(story.gitdir, ['update-ref', `refs/tags/${TAG}`, foreign]);
    git(story.gitdir, ['update-ref', draftBranch('fix'), foreign]);
    server.faults = {};
    await pushing.pusher.push();
    expect(git(bare, ['rev-parse', 'main'])).toBe(published);
    expect(git(bare, ['for-each-ref', 'refs/tags', 'refs/heads/draft'])).toBe('');
  });

  describe('a remote that cannot be reached', () => {
    test('is told with the lag that grows, and gets everything in order when it is back', async () => {
      const pushing = await start();
      await pushing.pusher.push();
      server.faults = { down: true };
      await activateAgain(pushing);
      pushing.pusher.wake();
      expect(await pushing.pusher.push()).toBe(false);
      expect(pushing.pusher.status()).toMatchObject({ state: 'failing', failing: expect.stringMatching(/^fatal: /) });
      await story.log.append(POINTER_STREAM, activated('1.1.0', '1.0.0'));
      await pushing.run.caughtUp();
      pushing.pusher.wake();
      await until(() => pushing.pusher.status().lag.commits === 2);
      expect(pushing.pusher.status().lag).toMatchObject({ refs: 1, seconds: expect.any(Number) as number });

      server.faults = {};
      await until(() => pushing.pusher.status().state === 'in step');
      expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
      expect(pushing.told.filter(({ what }) => what === 'retry').length).toBeLessThan(6);
    });

    test('frozen, holds up neither publishing nor shutdown', async () => {
      server.faults = { frozen: true };
      const pushing = await start(server.url, { within: { listing: 300 } });
      expect(await pushing.pusher.push()).toBe(false);
      expect(pushing.pusher.status().failing).toBe('git did not end within 0.3 s and was ended.');
      const waiting = pushTo(story, server.url);
      const { requests } = server;
      await until(() => server.requests > requests);
      const began = performance.now();
      await activateAgain(pushing);
      await waiting.stop();
      expect(performance.now() - began).toBeLessThan(2_000);
    });

    test('that accepts a push and cuts the connection has it once', async () => {
      const pushing = await start();
      await pushing.pusher.push();
      server.faults = { cutAfterPush: true };
      await activateAgain(pushing);
      expect(await pushing.pusher.push()).toBe(true);
      expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
      expect(pushing.told).toEqual([]);
    });

    test('whose credentials expire gets what waited once they are renewed, and no error repeats them', async () => {
      const secretFile = next('.token');
      writeFileSync(secretFile, 'made-up-1');
      server.credentials = { user: 'x-access-token', password: 'made-up-1' };
      const pushing = await start(server.url, { access: { ...NO_ACCESS, secretFile } });
      expect(await pushing.pusher.push()).toBe(true);
      server.credentials = { user: 'x-access-token', password: 'made-up-2' };
      await activateAgain(pushing);
      expect(await pushing.pusher.push()).toBe(false);
      expect(pushing.pusher.status().failing).toContain('Authentication failed');
      expect(JSON.stringify([pushing.told, pushing.pusher.status()])).not.toContain('made-up');
      writeFileSync(secretFile, 'made-up-2\n');
      expect(await pushing.pusher.push()).toBe(true);
      expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
      expect(git(story.gitdir, ['config', '--list'])).not.toContain('made-up');
    });
  });

  describe('a remote that refuses', () => {
    test.each([
      ['an update hook', 'update', 'test "$1" != refs/heads/main || { echo "GH006: Protected branch" >&2; exit 1; }'],
      [
        'a hook for whole pushes',
        'pre-receive',
        'if grep -q refs/heads/main; then echo "GH006: Protected branch" >&2; exit 1; fi',
      ],
      [
        'other words',
        'update',
        'test "$1" != refs/heads/main || { echo "GitLab: You are not allowed (Protected branch)" >&2; exit 1; }',
      ],
    ])('one ref by %s gets the others, and the reason is told', async (_how, name, script) => {
      hook(name, script);
      const { pusher, told } = await start();
      expect(await pusher.push()).toBe(false);
      expect(git(bare, ['for-each-ref', '--format=%(refname)', 'refs/heads', 'refs/tags'])).toBe(
        `${draftBranch('fix')}\nrefs/tags/${TAG}`,
      );
      const status = pusher.status();
      expect(status).toMatchObject({ state: 'refused', failing: null, lag: { refs: 1 } });
      expect(status.refused).toEqual([
        { ref: 'refs/heads/main', message: expect.stringContaining('Protected branch'), forMs: expect.any(Number) },
      ]);
      expect(told.filter(({ what }) => what === 'refused')).toHaveLength(1);
      hook(name, 'exit 0');
      expect(await pusher.push()).toBe(true);
      expect(pusher.status()).toMatchObject({ state: 'in step', refused: [] });
    });

    test('is not asked again and again', async () => {
      hook('update', 'test "$1" != refs/heads/main');
      const pushing = await start(server.url, { observeEveryMs: 20 });
      await until(() => pushing.pusher.status().state === 'refused');
      const { pushes, requests } = server;
      await until(() => server.requests > requests + 12);
      expect(server.pushes - pushes).toBeLessThanOrEqual(6);
    });
  });

  describe('a remote that somebody else pushes to', () => {
    test('a commit on main stops main alone, is fetched, and is seen within seconds without a push of ours', async () => {
      const pushing = await start(server.url, { observeEveryMs: 100 });
      await pushing.pusher.push();
      const expected = git(story.gitdir, ['rev-parse', 'main']);
      const found = commitForeign(bare, 'main', 'a.txt');
      await until(() => pushing.pusher.status().state === 'drifted', 5_000);
      const drift = [{ ref: 'refs/heads/main', expected, found }];
      expect(pushing.pusher.status()).toMatchObject({ drift, lag: { commits: null } });
      expect(pushing.told).toEqual([{ what: 'drift', said: [drift] }]);
      await until(() => git(story.gitdir, ['for-each-ref', observedRef('refs/heads/main')]) !== '');
      expect(git(story.gitdir, ['rev-parse', observedRef('refs/heads/main')])).toBe(found);
      expect(git(story.gitdir, ['rev-parse', 'main'])).toBe(expected);

      git(bare, ['tag', '-d', TAG]);
      await activateAgain(pushing);
      await until(() => git(bare, ['tag', '-l']) === TAG);
      expect(git(bare, ['rev-parse', 'main'])).toBe(found);

      git(bare, ['update-ref', 'refs/heads/main', expected]);
      await until(() => pushing.pusher.status().state === 'in step');
      expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
      expect(git(story.gitdir, ['for-each-ref', 'refs/slipway/remote'])).toBe('');
      expect(pushing.told.at(-1)).toEqual({ what: 'drift', said: [[]] });
    });

    test('in the middle of our push, is not overwritten', async () => {
      const pushing = await start();
      await pushing.pusher.push();
      await activateAgain(pushing);
      const foreign = commitForeign(bare, 'main');
      git(bare, ['update-ref', 'refs/heads/main', 'main~1']);
      hook('pre-receive', `unset GIT_QUARANTINE_PATH; git update-ref refs/heads/main ${foreign}`);
      expect(await pushing.pusher.push()).toBe(false);
      expect(git(bare, ['rev-parse', 'main'])).toBe(foreign);
      expect(pushing.pusher.status()).toMatchObject({ state: 'drifted', refused: [], drift: [{ found: foreign }] });
    });

    test('a moved tag is drift, and stays where it was put', async () => {
      const { pusher } = await start();
      await pusher.push();
      const expected = git(bare, ['rev-parse', TAG]);
      const found = git(bare, ['rev-parse', 'main']);
      git(bare, ['update-ref', `refs/tags/${TAG}`, found]);
      expect(await pusher.push()).toBe(false);
      expect(pusher.status().drift).toEqual([{ ref: `refs/tags/${TAG}`, expected, found }]);
      expect(git(bare, ['rev-parse', TAG])).toBe(found);
    });

    test('a main that was taken back or away is told and pushed forward again', async () => {
      const { pusher, told } = await start();
      await pusher.push();
      const tip = git(bare, ['rev-parse', 'main']);
      const earlier = git(bare, ['rev-parse', 'main~2']);
      git(bare, ['update-ref', 'refs/heads/main', earlier]);
      expect(await pusher.push()).toBe(true);
      git(bare, ['update-ref', '-d', 'refs/heads/main']);
      expect(await pusher.push()).toBe(true);
      expect(mainOf(bare)).toEqual(mainOf(story.gitdir));
      expect(told).toEqual([
        { what: 'set back', said: [tip, earlier] },
        { what: 'set back', said: [tip, null] },
      ]);
    });

    test('damaged foreign commits, and ones that are too large, are drift and are not taken in', async () => {
      const pushing = await start(server.url, { maxFetchedBytes: 100_000 });
      await pushing.pusher.push();
      const tree = git(bare, ['rev-parse', 'main^{tree}']);
      const forged = `tree ${tree}\nauthor A <a@b> 1 +0000\nauthor B <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nforged\n`;
      const damaged = git(bare, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], forged);
      const blob = git(bare, ['hash-object', '-w', '--stdin'], Buffer.from(randomLike(300_000)));
      const large = git(bare, ['commit-tree', git(bare, ['mktree'], `100644 blob ${blob}\tbig\n`), '-m', 'big']);
      for (const found of [damaged, large]) {
        git(bare, ['update-ref', 'refs/heads/main', found]);
        expect(await pushing.pusher.push()).toBe(false);
        expect(pushing.pusher.status().drift).toMatchObject([{ found }]);
        expect(git(story.gitdir, ['for-each-ref', 'refs/slipway/remote'])).toBe('');
        expect(await story.repository.objects.has(found)).toBe(false);
      }
    });
  });
});

/** Bytes that do not compress, the same every time. */
function randomLike(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = (state * 48_271) % 2_147_483_647) & 255);
}
