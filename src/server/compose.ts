import { join } from 'node:path';
import { type Application, createApplication, createShareContent, type StepHook } from '../application';
import { type EventStore } from '../eventstore';
import {
  createDrafts,
  createDriftWatch,
  createIsAhead,
  createPublisher,
  createPublishing,
  type DriftWatch,
  ExpectedRefs,
  fetchingRepository,
  nameNodeInDrafts,
  ObjectMissing,
  type ObservedRefs,
  type Predicted,
  type Publishing,
  type Pusher,
  RefUnreadable,
} from '../git';
import { refStamp } from '../git/isomorphic/ref-stamp';
import { createProjections, type Projections, takeRebuiltReadModel } from '../projections';
import { READ_MODEL_FILE } from './data-directory';
import { endAsStaged } from './end-as-staged';
import { completePublications, lastPublication } from './known-publications';
import { type Log } from './log';
import { logRetries } from './log-retries';
import { type Foundation } from './open-foundation';
import { drainToRemote, pusherTo, seenOnRemote } from './push-to-remote';
import { type RemoteConfig } from './remote-config';
import { type Sharing } from './share-content';
import { waitAtMost } from './wait-at-most';

/** How long a command waits for this node's own projections before it answers anyway. */
const PROJECTED_WITHIN_MS = 1_000;
/** How long a stopping process lets the publisher finish what the log holds, and then the pusher what is published. */
const DRAIN_MS = 5_000;

/** A running node: the use cases, and the followers that keep read models and Git up to date. */
export interface SlipwayNode {
  readonly application: Application;
  readonly projections: Projections;
  readonly publisher: Publishing;
  /** Resolves when this node has fetched what it joins the others with, or failed to for the first time. Its refs are neither watched nor pushed before. */
  readonly joined: Promise<void>;
  /** Whether it has yet to fetch that, also after it failed to. */
  joining(): boolean;
  readonly driftWatch: DriftWatch;
  /** Null without a remote. */
  readonly pusher: Pusher | null;
  /** Lets the publisher and the pusher finish, 5 s each at most, then ends the followers. */
  stop(): Promise<void>;
}

/** Starts the followers on an adopted foundation and puts the use cases on top. Resolves when the read models are up to date. */
export async function startNode(
  foundation: Foundation,
  {
    log,
    step,
    remote = null,
    sharing = null,
    elsewhere = [],
    lookEveryMs,
  }: {
    readonly log: Log;
    readonly step: StepHook;
    /** Where to push what is published; nowhere by default. */
    readonly remote?: RemoteConfig | null;
    /** What other nodes of the log share with this one; null for the only node. */
    readonly sharing?: Sharing | null;
    /** What is seen of the refs of other places than that remote. */
    readonly elsewhere?: readonly ObservedRefs[];
    /** Pause between two looks at the refs, in milliseconds. */
    readonly lookEveryMs?: number | undefined;
  },
): Promise<SlipwayNode> {
  const { dataDirectory, store, repository } = foundation;
  // First: a ref that cannot be read ends the start while nothing is open yet.
  if (sharing !== null) await nameNodeInDrafts(repository, sharing.node);
  takeRebuiltReadModel(join(dataDirectory, READ_MODEL_FILE));
  const projections = createProjections({
    path: join(dataDirectory, READ_MODEL_FILE),
    store,
    committed: () => step('projected'),
    othersAppend: sharing !== null,
  });
  await projections.start();
  const { publications } = projections;
  await completePublications(store, repository, publications).catch(async (error: unknown) => {
    // The publisher meets the same and says so in `/readyz`; what can be read is served.
    if (!(error instanceof ObjectMissing || error instanceof RefUnreadable)) {
      await projections.close();
      throw error;
    }
    log.error({ err: error }, 'the history of main cannot be read');
  });

  const publisher = createPublishing(
    createPublisher({
      repository,
      store,
      onPublished: ({ eventId, commit }) => {
        publications.record(eventId, commit);
        return Promise.resolve();
      },
      lastPublished: () => lastPublication(store, publications),
      content: sharing?.content ?? null,
      hooks: {
        onStep: async (name) => {
          await step(name);
          if (name === 'ref moved') pusher?.wake();
        },
        onRetry: logRetries(log),
        onStopped: (error) => log.error({ err: error }, 'publishing to Git has stopped until an operator acts'),
      },
    }),
  );
  const expected = new ExpectedRefs(store);
  const predicted = (): Predicted => publisher.predicted();
  const isAhead = sharing === null ? null : createIsAhead({ repository, store, expected, predicted });
  const shared = sharing === null || isAhead === null ? null : { ...sharing, isAhead };
  const pusher = remote === null ? null : pusherTo(remote, { ...foundation, expected, publisher, log, shared });
  const driftWatch = createDriftWatch({
    repository,
    expected,
    publishing: publisher,
    now: () => foundation.clock.now(),
    stampOf: (prefix) => refStamp(foundation.gitdir, prefix),
    ...(isAhead === null ? {} : { isAhead }),
    elsewhere: pusher === null ? elsewhere : [...elsewhere, () => seenOnRemote(pusher)],
    everyMs: lookEveryMs,
    onChange: ({ transition, drift }) => log.warn({ transition, drift }, 'drift: a ref is not what the log predicts'),
    onFailed: (error) => log.warn({ err: error }, 'the refs could not be looked at and are looked at again'),
  });
  const stopping = new AbortController();
  publisher.start();
  // A node that joins has no main before; where its content is not to be had yet it begins all the same.
  const joined = sharing === null ? Promise.resolve() : publisher.settled();
  const joining = (): boolean => {
    const { tip, stopped } = publisher.status();
    return sharing !== null && tip === null && stopped === null;
  };
  const watching = joined.then(() => driftWatch.run(stopping.signal));
  const pushing = joined.then(() => pusher?.run(stopping.signal));

  const fetching = sharing === null ? repository : fetchingRepository(repository, sharing.exchange);
  const own = createDrafts({ repository: fetching, node: sharing?.node ?? null });
  const drafts = sharing?.drafts(own, () => pusher?.wake()) ?? own;
  const application = createApplication({
    ...foundation,
    repository: fetching,
    drafts,
    shareContent: createShareContent(sharing?.exchange ?? null),
    driftWatch,
    step,
    projected: async (position) => {
      await projections.waitFor(position, PROJECTED_WITHIN_MS);
    },
  });
  let ending: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    // What joins has published nothing, and waits for what others have.
    if (!joining()) {
      await drain(store, publisher);
      await waitAtMost(DRAIN_MS, drainToRemote(pusher));
    }
    stopping.abort();
    // What waits for other nodes' content by now would hold up all that follows.
    await sharing?.close();
    await watching;
    await ending;
    await pushing;
    await publisher.stop();
    await projections.close();
  };
  try {
    const from = await store.head();
    const endStaged = (): Promise<void> => application.endStagedDrafts();
    const ended = await endStaged().then(
      () => true,
      (error: unknown) => {
        if (sharing === null) throw error;
        log.warn({ err: error }, 'drafts whose release is staged could not be ended and are ended again');
        return false;
      },
    );
    // Another node may stage what was committed here.
    if (sharing !== null) ending = endAsStaged(store, { from, ended, endStaged }, stopping.signal, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { application, projections, publisher, joined, joining, driftWatch, pusher, stop };
}

async function drain(store: EventStore, publisher: Publishing): Promise<void> {
  const head = await store.head().catch(() => null); // a log that cannot be read holds up no stop
  const { stopped, retrying } = publisher.status();
  if (head === null || stopped !== null || retrying !== null) return; // what fails goes on after the next start
  const published = publisher.publishedUpTo(head).catch(() => undefined); // stopped meanwhile: nothing left to wait for
  await waitAtMost(DRAIN_MS, published);
}
