import { type Position, type RecordedEvent } from '../../domain';
import { type EventStore } from '../../eventstore';
import { ContentAwaited, Drift } from '../errors';
import { type GitRepository, type ObjectId } from '../git-repository';
import { pause } from '../pause';
import { isCommitMaking } from './commit-making';
import { type ContentSource } from './content-source';
import { MainDrift } from './drift-advice';
import { type Checkpoint, findCheckpoint } from './find-checkpoint';
import { IntactLog } from './intact-log';
import { joinLog } from './join-log';
import { Latch } from './latch';
import { Progress } from './progress';
import { publishCommit, publishDraftCommit, publishTag } from './publish-event';
import {
  PAUSE,
  type Predicted,
  type Publication,
  type Publisher,
  type PublisherHooks,
  PublishingStopped,
} from './publisher';
import { Retries } from './retries';
import { needsOperator } from './retry';

/** Longest pause, in milliseconds, between two tries to get content that another node has. */
const AWAITING_MS = 2_000;

/** A publisher of one log into one repository. */
export function createPublisher(options: {
  readonly repository: GitRepository;
  readonly store: Pick<EventStore, 'readAll' | 'readStream' | 'subscribe'>;
  /** Told of each commit once `main` holds it, again after a restart: recording it twice must do no harm. */
  readonly onPublished: (publication: Publication) => Promise<void>;
  /** The commit that was published last, where that is written down; only a help when `main` is not what the log predicts. */
  readonly lastPublished?: () => Promise<ObjectId | null>;
  /** Where content of other nodes of the log comes from; all of it is here when left out. */
  readonly content?: ContentSource | null;
  readonly hooks?: PublisherHooks;
}): Publisher {
  const { repository, store, onPublished, lastPublished, content = null, hooks = {} } = options;
  const progress = new Progress();
  let tip: ObjectId | null = null;
  let predicted: Predicted = { tip: null, next: null, after: null };
  let stopped: string | null = null;
  let stoppedBy: unknown = null;
  const retries = new Retries();
  /** The event that is being published now; null while it is looked for where to go on. */
  let publishing: Position | null = null;
  let settled = new Latch();

  const reached = (checkpoint: Pick<Checkpoint, 'tip' | 'after'>): void => {
    tip = checkpoint.tip;
    predicted = { tip, next: null, after: checkpoint.after };
    progress.reached(checkpoint.after);
    settled.open();
  };

  /** @returns the tip of `main` after the event. */
  const publish = async (event: RecordedEvent, { adoption }: Checkpoint, on: ObjectId): Promise<ObjectId> => {
    const step = async (name: Parameters<NonNullable<PublisherHooks['onStep']>>[0]): Promise<void> =>
      hooks.onStep?.(name, event);
    if (isCommitMaking(event)) {
      const { after } = predicted;
      const announce = (next: ObjectId): void => void (predicted = { tip: on, next, after });
      const commit = await publishCommit(
        repository,
        { event, adoption: adoption.data, tip: on, after, announce },
        step,
      );
      await onPublished({ eventId: event.metadata.eventId, commit, position: event.position });
      return commit;
    }
    // From here on the release is here whole, so that no commit names a tree which is not.
    if (event.type === 'Committed') await content?.take(event.data.commit);
    if (event.type === 'Committed') await publishDraftCommit(repository, event, step);
    if (event.type === 'Tagged') await publishTag(repository, event, step);
    return on;
  };

  /** Publishes from what Git says is published already. @returns whether a newer adoption asks to begin anew. */
  const follow = async (signal: AbortSignal): Promise<boolean> => {
    publishing = null;
    if (content !== null) await joinLog(repository, store, (adopted) => content.takeAdopted(adopted));
    const checkpoint = await findCheckpoint(repository, store, lastPublished);
    if (checkpoint === null) {
      settled.open();
      return anAdoption(store, signal);
    }
    const { adoption, event: last } = checkpoint;
    if (last !== null) {
      // The process may have ended between the move of the ref and this.
      await onPublished({ eventId: last.metadata.eventId, commit: checkpoint.tip, position: last.position });
    }
    reached(checkpoint);
    retries.found(checkpoint.after);
    let on = checkpoint.tip;
    const intact = new IntactLog(store);
    for await (const event of store.subscribe({ after: checkpoint.after, signal })) {
      await intact.require(event);
      if (event.type === 'Adopted' && event.revision > adoption.revision) return true;
      publishing = event.position;
      on = await publish(event, checkpoint, on);
      reached({ tip: on, after: event.position });
      retries.published(event.position);
      publishing = null;
    }
    return false;
  };

  const stop = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    stopped = message;
    stoppedBy = error;
    if (error instanceof MainDrift) predicted = { tip: error.expected, next: null, after: error.after };
    progress.end(new PublishingStopped(message, { cause: error }));
    settled.open();
    hooks.onStopped?.(error);
  };

  return {
    status: () => ({
      tip,
      position: progress.position,
      stopped,
      retrying: retries.message,
      retryingForMs: retries.forMs,
    }),
    predicted: () => predicted,
    stoppedBy: () => stoppedBy,
    settled: () => settled.opened,
    publishedUpTo: (position: Position) => progress.waitFor(position),
    async run(signal) {
      let going = true;
      stopped = null;
      stoppedBy = null;
      settled = new Latch();
      progress.begin();
      while (going && !signal.aborted) {
        try {
          going = await follow(signal);
        } catch (error) {
          if (needsOperator(error)) {
            stop(error);
            return;
          }
          settled.open();
          const message = error instanceof Error ? error.message : String(error);
          const delayMs = retries.failed(
            message,
            publishing,
            error instanceof ContentAwaited ? AWAITING_MS : undefined,
          );
          hooks.onRetry?.(error, delayMs);
          await pause(delayMs, signal);
        }
      }
      if (signal.reason instanceof Drift) stop(signal.reason);
      else if (signal.reason !== PAUSE) progress.end(new PublishingStopped('the process is shutting down.'));
      settled.open();
    },
  };
}

/** Waits for the first adoption. */
async function anAdoption(store: Pick<EventStore, 'subscribe'>, signal: AbortSignal): Promise<boolean> {
  for await (const event of store.subscribe({ after: null, types: ['Adopted'], signal })) {
    return event.type === 'Adopted';
  }
  return false;
}
