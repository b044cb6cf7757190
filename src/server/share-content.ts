import {
  type ContentExchange,
  type ContentSource,
  createContentExchange,
  type DraftNode,
  type DraftRepository,
  draftsOfNode,
  type GitRepository,
  keepingRef,
  type LocalDrafts,
  makeRef,
} from '../git';
import { GitRemote } from '../git/program/git-remote';
import { type Log } from './log';
import { type RemoteConfig } from './remote-config';

/** Milliseconds that the calls may take: commands wait for listings and pushes. A new node fetches everything at once. */
const WITHIN = { listing: 10_000, pushing: 20_000, fetching: 30 * 60_000 };

/** What a node shares with the other nodes of its log. */
export interface Sharing {
  /** This node, as its drafts name it. */
  readonly node: DraftNode;
  readonly exchange: ContentExchange;
  /** Ids of drafts that have their name on the remote and do not live here yet. */
  readonly starting: ReadonlySet<string>;
  /** The drafts of this node among those of the others. */
  drafts(own: LocalDrafts, changed: () => void): DraftRepository;
  /** For the publisher. */
  readonly content: ContentSource;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Shares the content of a log through a remote. */
export function shareThrough(
  { address, access }: RemoteConfig,
  {
    gitdir,
    repository,
    writeFirst,
    node,
    log,
  }: {
    /** The bare repository's directory. */
    readonly gitdir: string;
    readonly repository: GitRepository;
    /** Writes the commit that the log may have begun with: then it need not be fetched. */
    readonly writeFirst: () => Promise<string>;
    readonly node: DraftNode;
    readonly log: Pick<Log, 'error'>;
  },
): Sharing {
  const closing = new AbortController();
  const remote = new GitRemote({ gitdir, address, access, within: WITHIN });
  const { signal } = closing;
  const starting = new Set<string>();
  const exchange = createContentExchange({
    refs: repository.refs,
    remote,
    signal,
    onRefused: (ref, message) =>
      log.error({ ref, message }, 'content of the shared repository cannot be fetched: run git fsck --full there'),
  });
  return {
    node,
    exchange,
    starting,
    drafts: (own, changed) => draftsOfNode(own, { repository, remote, node, starting, changed, signal }),
    content: {
      take: (commit) => exchange.take(commit),
      takeAdopted: async (commit) => {
        if ((await writeFirst()) === commit) await makeRef(repository.refs, keepingRef(commit), commit);
        else await exchange.take(commit);
        // What was committed before this node joined is asked for once, together.
        await exchange.lookFor(commit);
      },
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}
