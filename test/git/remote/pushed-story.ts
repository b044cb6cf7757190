import { execFileSync } from 'node:child_process';
import {
  NO_ACCESS,
  createPusher,
  ExpectedRefs,
  parseRemoteAddress,
  type Pusher,
  type PusherHooks,
  type RemoteAccess,
} from '../../../src/git';
import { gitFirstParents } from '../../../src/git/program/first-parents';
import { GitRemote, type GitRemoteOptions } from '../../../src/git/program/git-remote';
import { git } from '../real-git';
import { publish, type Run, type Story } from '../publisher/story';

export interface Pushing {
  readonly pusher: Pusher;
  /** What it told of, in order. */
  readonly told: { readonly what: string; readonly said: unknown }[];
  /** The publisher that it pushes after. */
  readonly run: Run;
  readonly stop: () => Promise<void>;
}

export interface PushingOptions {
  readonly access?: RemoteAccess;
  readonly observeEveryMs?: number;
  readonly within?: GitRemoteOptions['within'];
  readonly maxFetchedBytes?: number;
  /** Id of the node, where others publish the same log. */
  readonly node?: string | null;
}

/** Publishes a story and pushes it to an address, as a node does. */
export function pushTo(
  { repository, gitdir, log }: Story,
  address: string,
  { access = NO_ACCESS, observeEveryMs = 60_000, node = null, ...limits }: PushingOptions = {},
): Pushing {
  const told: { what: string; said: unknown }[] = [];
  const tell =
    (what: string) =>
    (...said: unknown[]): void =>
      void told.push({ what, said: said.map((each) => (each instanceof Error ? each.message : each)) });
  const hooks: PusherHooks = {
    onRetry: tell('retry'),
    onRefused: tell('refused'),
    onDrift: tell('drift'),
    onSetBack: tell('set back'),
  };
  const run = publish(repository, log.store);
  const pusher = createPusher({
    repository,
    expected: new ExpectedRefs(log.store),
    remote: new GitRemote({ gitdir, address: parseRemoteAddress(address), access, ...limits }),
    firstParents: gitFirstParents({ gitdir }),
    publishedTip: () => run.publisher.status().tip,
    observeEveryMs,
    shared:
      node === null
        ? null
        : {
            node,
            starting: new Set(),
            mayBeBehind: () => Promise.resolve(false),
            isAhead: () => Promise.resolve(false),
          },
    hooks,
    random: () => 0,
  });
  const stopping = new AbortController();
  const ended = pusher.run(stopping.signal);
  return {
    pusher,
    told,
    run,
    stop: async () => {
      stopping.abort();
      await ended;
      await run.stop();
    },
  };
}

export function bareRepository(path: string): string {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', path]);
  return path;
}

/** All refs of a repository that are pushed, or are to be. */
export function refsOf(repository: string): string[] {
  const listed = git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']).split('\n');
  return listed.filter((line) => line !== '' && !line.startsWith('refs/slipway/remote/'));
}

/** First-parent commits of `main`, oldest first; none while there is no such branch. */
export function mainOf(repository: string): string[] {
  if (git(repository, ['for-each-ref', 'refs/heads/main']) === '') return [];
  return git(repository, ['rev-list', '--first-parent', '--reverse', 'main']).split('\n');
}

/** Waits until something is so, looking every 20 ms. */
export async function until(isSo: () => boolean | Promise<boolean>, patienceMs = 15_000): Promise<void> {
  const giveUp = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > giveUp) throw new Error(`It did not come to it: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Commits a file on top of a branch of a bare repository, as somebody else does who pushes there. */
export function commitForeign(bare: string, branch: string, file = 'foreign.txt'): string {
  const blob = git(bare, ['hash-object', '-w', '--stdin'], 'foreign\n');
  const entries = git(bare, ['ls-tree', branch]);
  const tree = git(bare, ['mktree'], `${entries}\n100644 blob ${blob}\t${file}\n`);
  const commit = git(bare, ['commit-tree', tree, '-p', branch, '-m', 'foreign']);
  git(bare, ['update-ref', `refs/heads/${branch}`, commit]);
  return commit;
}
