import { type EventStore } from '../eventstore';
import {
  createPusher,
  type DraftNode,
  type ExpectedRefs,
  type GitRepository,
  type IsAhead,
  type Publishing,
  type Pusher,
  type RefObservation,
} from '../git';
import { gitFirstParents } from '../git/program/first-parents';
import { GitRemote } from '../git/program/git-remote';
import { type Log } from './log';
import { type RemoteConfig } from './remote-config';

/** The pusher of a node to its remote. */
export function pusherTo(
  { address, access, observeEveryMs }: RemoteConfig,
  {
    repository,
    store,
    expected,
    gitdir,
    publisher,
    log,
    shared,
  }: {
    readonly repository: GitRepository;
    readonly store: Pick<EventStore, 'head' | 'status'>;
    readonly expected: ExpectedRefs;
    /** The bare repository's directory. */
    readonly gitdir: string;
    readonly publisher: Pick<Publishing, 'status'>;
    readonly log: Log;
    /** This node, where others publish the same log; null for the only one. */
    readonly shared: {
      readonly node: DraftNode;
      readonly starting: ReadonlySet<string>;
      readonly isAhead: IsAhead;
    } | null;
  },
): Pusher {
  if (address.protocol === 'http' && (access.secret ?? access.secretFile) !== null) {
    log.warn({}, 'the credentials of the remote cross the network unencrypted: prefer https');
  }
  return createPusher({
    repository,
    expected,
    remote: new GitRemote({ gitdir, address, access }),
    firstParents: gitFirstParents({ gitdir }),
    publishedTip: () => publisher.status().tip,
    observeEveryMs,
    shared:
      shared === null
        ? null
        : {
            node: shared.node.id,
            isAhead: shared.isAhead,
            starting: shared.starting,
            mayBeBehind: async () => {
              const { position, stopped } = publisher.status();
              return stopped === null && (store.status().failing !== null || (await store.head()) !== position);
            },
          },
    hooks: {
      onRetry: (error, delayMs) => log.warn({ err: error, delayMs }, 'the remote was not reached and is tried again'),
      onRefused: (ref, message) => log.error({ ref, message }, 'the remote refuses a push'),
      onDrift: (drift) => {
        if (drift.length > 0) log.error({ drift }, 'somebody else moved refs of the remote; they are not pushed to');
      },
      onSetBack: (from, to) =>
        log.warn({ from, to }, 'somebody took main of the remote back; it is pushed forward again'),
    },
  });
}

/** The refs of the remote that somebody else moved, as the watch for drift wants to see them. */
export function seenOnRemote(pusher: Pick<Pusher, 'status'>): readonly RefObservation[] {
  return pusher.status().drift.map(({ ref, found }) => ({ place: 'remote', ref, oid: found }));
}

/** Pushes what is left, unless the remote does not answer now: that is pushed after the next start. */
export async function drainToRemote(pusher: Pusher | null): Promise<void> {
  if (pusher === null || pusher.status().state === 'in step' || pusher.status().failing !== null) return;
  await pusher.push();
}
