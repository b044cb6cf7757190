import { join } from 'node:path';
import {
  ContentAwaited,
  createContentExchange,
  createDrafts,
  draftsOfNode,
  fetchingRepository,
  type GitRepository,
  keepingRef,
  NO_ACCESS,
  ObjectMissing,
  parseRemoteAddress,
  type Remote,
  TransferFailed,
} from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { GitRemote } from '../../../src/git/program/git-remote';
import { git, gitIsThere, scratch } from '../real-git';
import { bareRepository } from '../remote/pushed-story';

const { next } = scratch();
const signal = new AbortController().signal;
const actor = { id: 'ada', name: 'Ada' };
const now = '2026-03-01T10:00:00.000Z';
const START = { package: 'p', baseVersion: null, baseTree: null, actor, now };
const BY = { name: 'Ada', email: 'ada@example.com', seconds: 1_772_359_200 };

/** A node's repository, and what it shares through a bare one. */
async function nodeOn(
  bare: string,
  name: string,
  {
    address = `https://${name}.example.com`,
    around = (remote) => remote,
    onRefused = () => undefined,
  }: {
    readonly address?: string;
    readonly around?: (remote: Remote) => Remote;
    readonly onRefused?: (ref: string, message: string) => void;
  } = {},
) {
  const gitdir = join(next(''), `${name}.git`);
  const repository = await initGitRepository({ gitdir });
  const remote = around(new GitRemote({ gitdir, address: parseRemoteAddress(bare), access: NO_ACCESS }));
  const exchange = createContentExchange({ refs: repository.refs, remote, signal, onRefused, random: () => 0 });
  const node = { id: name.padStart(12, '0'), address };
  const starting = new Set<string>();
  const own = createDrafts({ repository, node });
  const drafts = draftsOfNode(own, {
    repository,
    remote,
    node,
    starting,
    changed: () => undefined,
    signal,
  });
  return {
    repository,
    exchange,
    gitdir,
    node,
    own,
    starting,
    drafts,
    fetching: fetchingRepository(repository, exchange),
  };
}

async function commitOf({ objects }: GitRepository, text: string): Promise<{ commit: string; blob: string }> {
  const blob = await objects.writeBlob(new TextEncoder().encode(text));
  const tree = await objects.writeTree([{ name: 'a.txt', mode: '100644', oid: blob }]);
  return { blob, commit: await objects.writeCommit({ tree, parents: [], author: BY, committer: BY, message: 'A\n' }) };
}

(gitIsThere ? describe : describe.skip)('content that nodes exchange (needs git)', () => {
  it('is here whole once it was given, also when two give it at once or one twice', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    const { commit, blob } = await commitOf(a.repository, 'one');
    await commitOf(b.repository, 'one');
    await Promise.all([a.exchange.give(commit), b.exchange.give(commit)]);
    await a.exchange.give(commit);
    const c = await nodeOn(bare, 'c');
    await Promise.all([c.exchange.take(commit), c.exchange.take(commit)]);
    expect(await c.repository.refs.read(keepingRef(commit))).toBe(commit);
    expect(new TextDecoder().decode(await c.repository.objects.readBlob(blob))).toBe('one');
  });

  it('is given where the answer was lost, without a list of all that the remote holds', async () => {
    const bare = bareRepository(next('.git'));
    let [pushes, lists] = [0, 0];
    const { repository, exchange } = await nodeOn(bare, 'a', {
      around: (remote) => ({
        refs: (...args) => {
          lists += 1;
          return remote.refs(...args);
        },
        fetch: (...args) => remote.fetch(...args),
        fetchAll: (...args) => remote.fetchAll(...args),
        push: async (...args) => {
          const answer = await remote.push(...args);
          if ((pushes += 1) === 1) throw new TransferFailed('the connection was cut');
          return answer;
        },
      }),
    });
    const { commit } = await commitOf(repository, 'one');
    await exchange.give(commit);
    expect(git(bare, ['rev-parse', keepingRef(commit)])).toBe(commit);
    expect([pushes, lists]).toEqual([2, 0]);
  });

  it('is waited for where nobody gave it, and told apart from what is lost', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    const { commit, blob } = await commitOf(a.repository, 'two');
    await expect(b.exchange.take(commit)).rejects.toThrow(ContentAwaited);
    await expect(b.fetching.objects.readBlob(blob)).rejects.toThrow(ObjectMissing);
    await expect(b.fetching.objects.readBlob(blob)).rejects.not.toThrow(ContentAwaited);
    await a.exchange.give(commit);
    // A remote that was just seen to lack it is not asked at once again.
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(b.fetching.objects.readBlob(blob)).resolves.toHaveLength(3);
  });

  it('is waited for no longer than a reader can wait, and comes all the same', async () => {
    const bare = bareRepository(next('.git'));
    let arrive = (): void => undefined;
    const held = new Promise<void>((resolve) => (arrive = resolve));
    const slow = (remote: Remote): Remote => ({
      refs: (...args) => remote.refs(...args),
      fetch: (...args) => held.then(() => remote.fetch(...args)),
      fetchAll: (...args) => held.then(() => remote.fetchAll(...args)),
      push: (...args) => remote.push(...args),
    });
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b', { around: slow })];
    const { commit, blob } = await commitOf(a.repository, 'slow');
    await a.exchange.give(commit);
    const fetching = fetchingRepository(b.repository, b.exchange, 50);
    await expect(fetching.objects.readBlob(blob)).rejects.toThrow(/^Waits for content: .* still being fetched/);
    const taken = b.exchange.take(commit);
    arrive();
    await taken;
    await expect(fetching.objects.readBlob(blob)).resolves.toHaveLength(4);
  });

  it('cannot be given or taken while the remote is away, and is said to be on its way', async () => {
    const a = await nodeOn(next('.git'), 'a');
    const { commit } = await commitOf(a.repository, 'three');
    await expect(a.exchange.give(commit)).rejects.toThrow(TransferFailed);
    await expect(a.fetching.objects.readBlob('0'.repeat(40))).rejects.toThrow(
      /^Waits for content: .* cannot be reached/,
    );
    // Not asked again at once.
    await expect(a.exchange.take(commit)).rejects.toThrow(ContentAwaited);
  });

  it('is had although the remote holds some that is damaged, which is told', async () => {
    const bare = bareRepository(next('.git'));
    const told: string[] = [];
    const a = await nodeOn(bare, 'a');
    const b = await nodeOn(bare, 'b', { onRefused: (ref, message) => void told.push(`${ref} ${message}`) });
    const given: string[] = [];
    for (const text of ['four', 'five', 'six']) {
      const { commit } = await commitOf(a.repository, text);
      await a.exchange.give(commit);
      given.push(commit);
    }
    const forged = `tree ${git(bare, ['rev-parse', `${given[0] ?? ''}^{tree}`])}\nauthor nobody\n\nA\n`;
    const damaged = git(bare, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], forged);
    git(bare, ['update-ref', keepingRef(damaged), damaged]);
    const [first = ''] = given;
    await b.exchange.take(first);
    for (const commit of given) expect(await b.repository.refs.read(keepingRef(commit))).toBe(commit);
    expect(told).toEqual([expect.stringMatching(`^${keepingRef(damaged)} .`)]);
    await expect(b.exchange.take(damaged)).rejects.toThrow(`${keepingRef(damaged)} of the remote cannot be fetched: `);
    // What is given later comes at once.
    const { commit: later } = await commitOf(a.repository, 'seven');
    await a.exchange.give(later);
    await b.exchange.take(later);
    expect(told).toHaveLength(1);
  });

  it('is not taken under a name that is not its own', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    const { commit } = await commitOf(a.repository, 'four');
    const wrong = keepingRef('1'.repeat(40));
    await a.exchange.give(commit);
    git(bare, ['update-ref', wrong, commit]);
    await b.exchange.take(commit);
    expect(await b.repository.refs.read(wrong)).toBeNull();
  });
});

(gitIsThere ? describe : describe.skip)('drafts of nodes (needs git)', () => {
  it('live where they were started; the name is given once', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    const { commit } = await commitOf(a.repository, 'base');
    await commitOf(b.repository, 'base');
    const input = { ...START, id: 'texts', baseCommit: commit };
    const outcomes = await Promise.allSettled([a, b].map(({ drafts }) => drafts.start(input)));
    // Started at the same instant by the same actor, only the node makes them differ.
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [winner, loser] = outcomes[0]?.status === 'fulfilled' ? [a, b] : [b, a];
    const elsewhere = { code: 'DRAFT_ELSEWHERE', data: { draft: 'texts', address: winner.node.address } };
    await expect(loser.drafts.get('texts')).rejects.toMatchObject(elsewhere);
    await expect(loser.drafts.abandon('texts')).rejects.toMatchObject(elsewhere);
    expect(await loser.drafts.ids()).toEqual(new Set(['texts']));
    expect(await loser.drafts.list()).toEqual([]);
    expect((await winner.drafts.get('texts'))?.node).toEqual(winner.node);
    await expect(loser.drafts.get('unknown')).resolves.toBeNull();
  });

  it('are told apart where nodes say the same address, and known by a node that says another later', async () => {
    const bare = bareRepository(next('.git'));
    const loopback = 'http://127.0.0.1:4000';
    const [a, b] = [await nodeOn(bare, 'a', { address: loopback }), await nodeOn(bare, 'b', { address: loopback })];
    const { commit } = await commitOf(a.repository, 'base');
    await a.drafts.start({ ...START, id: 'texts', baseCommit: commit });
    await expect(b.drafts.get('texts')).rejects.toMatchObject({
      code: 'DRAFT_ELSEWHERE',
      data: { address: loopback },
    });
    const moved = await nodeOn(bare, 'a', { address: 'https://elsewhere.example.com' });
    await expect(moved.drafts.get('texts')).resolves.toBeNull();
  });

  it('do not live anywhere before they have their name, and are known to be starting until they do', async () => {
    const bare = bareRepository(next('.git'));
    const seen: boolean[] = [];
    // The process ends before, or right after, the remote has taken the name.
    const endsAt = (push: (remote: Remote, ...args: Parameters<Remote['push']>) => Promise<unknown>) => ({
      around: (remote: Remote): Remote => ({
        refs: (...args) => remote.refs(...args),
        fetch: (...args) => remote.fetch(...args),
        fetchAll: (...args) => remote.fetchAll(...args),
        push: async (...args) => {
          await push(remote, ...args);
          throw new Error('the process ends');
        },
      }),
    });
    const before = await nodeOn(
      bare,
      'a',
      endsAt(() => Promise.resolve()),
    );
    const after = await nodeOn(
      bare,
      'b',
      endsAt((remote, ...args) => {
        seen.push(after.starting.has('texts'));
        return remote.push(...args);
      }),
    );
    for (const ended of [before, after]) {
      const { commit } = await commitOf(ended.repository, 'base');
      const start = ended.drafts.start({ ...START, id: 'texts', baseCommit: commit });
      await expect(start).rejects.toThrow('the process ends');
      expect(await ended.own.list()).toEqual([]);
      expect(await ended.own.leftBranches()).toEqual([]);
      expect(ended.starting.size).toBe(0);
    }
    expect(seen).toEqual([true]);
    const other = await nodeOn(bare, 'c');
    const { commit } = await commitOf(other.repository, 'base');
    await expect(other.drafts.start({ ...START, id: 'texts', baseCommit: commit })).rejects.toThrow(/another node/);
    // The one that has the name may start it once its pusher has let go of the name.
    await expect(after.drafts.get('texts')).resolves.toBeNull();
  });

  it('are held before they are committed, by one node', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    for (const { repository, own } of [a, b]) {
      const { commit } = await commitOf(repository, 'base');
      await own.start({ ...START, id: 'texts', baseCommit: commit });
    }
    expect(await a.drafts.hold('texts')).toEqual(new Set(['texts']));
    await a.drafts.hold('texts');
    await expect(b.drafts.hold('texts')).rejects.toMatchObject({
      code: 'DRAFT_ELSEWHERE',
      data: { draft: 'texts', address: a.node.address },
    });
    await expect(b.drafts.hold('unknown')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  it('are listed by the remote once for a commit, and known without it', async () => {
    const bare = bareRepository(next('.git'));
    let asked = 0;
    const counting = (remote: Remote): Remote => ({
      refs: (...args) => {
        asked += 1;
        return remote.refs(...args);
      },
      fetch: (...args) => remote.fetch(...args),
      fetchAll: (...args) => remote.fetchAll(...args),
      push: (...args) => remote.push(...args),
    });
    const [a, b] = [await nodeOn(bare, 'a', { around: counting }), await nodeOn(bare, 'b')];
    for (const [{ repository, drafts }, id] of [[a, 'mine'] as const, [b, 'theirs'] as const]) {
      const { commit } = await commitOf(repository, 'base');
      await drafts.start({ ...START, id, baseCommit: commit });
    }
    asked = 0;
    expect(await a.drafts.knownIds()).toEqual(new Set(['mine']));
    expect(asked).toBe(0);
    expect(await a.drafts.hold('mine')).toEqual(new Set(['mine', 'theirs']));
    expect(asked).toBe(1);
    await a.drafts.abandon('mine');
    expect(await a.drafts.knownIds()).toEqual(new Set(['theirs']));
    expect(asked).toBe(1);
  });

  it('are held by the node that they live on where they began before the log was shared', async () => {
    const bare = bareRepository(next('.git'));
    const [a, b] = [await nodeOn(bare, 'a'), await nodeOn(bare, 'b')];
    const { commit } = await commitOf(a.repository, 'base');
    const alone = createDrafts({ repository: a.repository });
    const { head } = await alone.start({ ...START, id: 'texts', baseCommit: commit });
    git(bare, ['fetch', '--quiet', a.gitdir, `${head}:refs/slipway/drafts/texts`]);
    await expect(a.drafts.hold('texts')).resolves.toEqual(new Set(['texts']));
    await expect(b.drafts.hold('texts')).rejects.toMatchObject({ code: 'DRAFT_ELSEWHERE', data: { address: null } });
  });
});
